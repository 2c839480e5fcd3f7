"""The lab as a whole: the page, its toolbar, its address, and what it exchanges with the browser and the kernel."""
