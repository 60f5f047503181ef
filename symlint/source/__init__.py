"""Files on disk and text: reading, line index, positions and ranges."""
