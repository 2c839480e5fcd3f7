"""The plot of the network: places of neurons, arrows and labels, and what it highlights."""
