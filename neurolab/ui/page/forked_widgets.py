"""Widgets that were made before their kernel."""

import comm
import ipywidgets

from .kernel_messages import deliver_all_once


def connect(kernel):
    """Have the widgets of this process, made while it had no kernel, speak through this one.

    Parameters
    ----------
    kernel : ipykernel.kernelbase.Kernel
    """
    ipywidgets.register_comm_target()  # which importing ipywidgets does in a kernel
    deliver_all_once()
    for line in comm.get_comm_manager().comms.values():
        line.kernel = kernel
