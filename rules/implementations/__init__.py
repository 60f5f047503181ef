"""Rules about the Python of flows as such: its file, its syntax, its names."""
