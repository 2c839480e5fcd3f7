"""The panels, one to a file: each shows a snapshot and sends edits to the store."""
