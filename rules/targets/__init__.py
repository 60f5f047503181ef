"""Rules about targets and their settings."""
