"""The engine: from paths to a report."""
