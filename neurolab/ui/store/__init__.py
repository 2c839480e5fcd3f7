"""The state of one lab: experiment, last valid result, undo stack, messages, and the runs in progress."""
