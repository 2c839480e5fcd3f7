"""A forked kernel: Jupyter's own, without steps that only write to memory that kernels share.

Forked processes share memory by copy-on-write. Python changes the reference count of each object
that it uses, so even reading an object copies its page of memory.
"""

import sys
from types import SimpleNamespace
from unittest.mock import patch

from ipykernel import ipkernel
from ipykernel.kernelapp import IPKernelApp


class LabKernelApp(IPKernelApp):
    """Starts a kernel in this process, without the user's own settings of IPython."""

    def parse_command_line(self, argv: list[str] | None = None) -> None:
        """Do nothing: there is no command line.

        Reading one would create the options of all classes, which takes a tenth of the start and
        6 MiB.
        """

    def load_config_file(self, *arguments: object, **options: object) -> None:
        """Do nothing: the server gives all settings."""

    def init_code(self) -> None:
        """Do nothing: no code runs at the start.

        IPython would store the names of all modules for its command ``%reset``, 3 MiB.
        """

    def init_kernel(self) -> None:
        """Create the kernel without the list of all modules' files for a debugger, 6 MiB."""
        without_modules = SimpleNamespace(**vars(sys) | {"modules": {}})
        with patch.object(ipkernel, "sys", without_modules, create=True):
            super().init_kernel()
