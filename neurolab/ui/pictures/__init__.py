"""The plots over time: traces, raster, time cursor, and what panels draw over them."""
