"""The simulation on SI arrays alone: the step loop, populations, projections, sources, recorders and integrators."""
