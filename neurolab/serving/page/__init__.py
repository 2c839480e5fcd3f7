"""The notebook that the server shows."""
