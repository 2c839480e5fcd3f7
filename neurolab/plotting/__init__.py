"""Plotting for programs, with two backends: bqplot in a notebook, matplotlib in a script."""
