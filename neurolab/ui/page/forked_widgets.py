"""Widgets that were made before their kernel existed."""

from typing import TYPE_CHECKING

import comm
import ipywidgets

from .kernel_messages import deliver_all_once

if TYPE_CHECKING:
    from ipykernel.kernelbase import Kernel


def connect(kernel: "Kernel") -> None:
    """Connect the widgets of this process to its new kernel.

    Parameters
    ----------
    kernel : ipykernel.kernelbase.Kernel
    """
    ipywidgets.register_comm_target()  # an import of ipywidgets in a kernel does this
    deliver_all_once()
    for line in comm.get_comm_manager().comms.values():
        # The comms that ipykernel makes have a kernel; their base class has none.
        line.kernel = kernel  # type: ignore[attr-defined]
