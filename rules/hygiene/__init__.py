"""Rules about names, leftovers, and what does not belong in a configuration."""
