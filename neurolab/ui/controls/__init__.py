"""Small controls that panels are made of, and the style sheets."""
