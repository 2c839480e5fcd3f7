"""The simulation on SI arrays: step loop, populations, projections, sources and recorders."""
