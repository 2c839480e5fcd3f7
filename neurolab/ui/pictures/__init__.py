"""Plots over time: traces, raster, time cursor, and the curves that panels draw over them."""
