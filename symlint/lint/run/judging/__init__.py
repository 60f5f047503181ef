"""What rules say of a configuration, and what becomes of it: merged, suppressed, with its severity."""
