"""The labs' processes: forked from a warm process, watched, and ended."""
