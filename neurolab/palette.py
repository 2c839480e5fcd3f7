"""The colours of curves, shared by the lab and by the plots of programs."""

COLOURS = ("#1f6fb4", "#2a8a2a", "#b45309", "#7b3fa0", "#0e7c86", "#a3324b")
"""Blue, green, …: the order in which the curves of a figure are coloured."""
