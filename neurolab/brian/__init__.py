"""The script API on top of the engine: groups, connections, monitors, clocks and networks."""
