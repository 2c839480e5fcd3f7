"""Exports: programs, JSON, links and tables of an experiment or its result."""
