"""Explanations of a run: events, contributions, the exact solution, comparisons and targets."""
