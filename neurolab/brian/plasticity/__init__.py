"""Rules by which the weights of a connection change in a run."""
