"""Small controls, of which the panels consist, and the style sheets."""
