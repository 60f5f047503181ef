"""The access inventory of a run: taken, locked, compared."""
