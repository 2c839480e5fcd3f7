"""The state of one lab: experiment, last valid result, undo stack, errors and runs under way."""
