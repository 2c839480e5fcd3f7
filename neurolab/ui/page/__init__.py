"""The lab as a page: toolbar, address, and exchange with the browser and the kernel."""
