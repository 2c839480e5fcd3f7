"""Synapses with equations and code of their own, in the script API."""
