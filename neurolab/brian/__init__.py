"""The script API of the tutorial on top of the engine: groups, connections, monitors, clocks, networks and `run`."""
