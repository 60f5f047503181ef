"""What root modules add to a run, and linting many of them in several processes at once."""
