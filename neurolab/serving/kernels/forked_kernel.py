"""A kernel that is forked: as Jupyter's own, without what only writes to memory that all kernels share.

Whatever is looked at is written to, since Python counts who holds it; and what is written to is shared no longer.
"""

import sys
from types import SimpleNamespace
from unittest.mock import patch

from ipykernel import ipkernel
from ipykernel.kernelapp import IPKernelApp


class LabKernelApp(IPKernelApp):
    """Starts a kernel in this process; a person's own settings of IPython are meant for other kernels."""

    def parse_command_line(self, argv=None):
        """There is none; to read one means to build the options of all classes, a tenth of the start and 6 MiB."""

    def load_config_file(self, suppress_errors=None):
        """What the server says is all."""

    def init_code(self):
        """Nothing runs beforehand; the names of all modules would be kept, for a command that forgets modules: 3 MiB."""

    def init_kernel(self):
        # It would keep the files of all modules, for a debugger: 6 MiB.
        with patch.object(
            ipkernel, "sys", SimpleNamespace(**vars(sys) | {"modules": {}}), create=True
        ):
            super().init_kernel()
