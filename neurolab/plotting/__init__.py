"""Plotting for programs: one facade with two backends, bqplot in a notebook and matplotlib in a script."""
