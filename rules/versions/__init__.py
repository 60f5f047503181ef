"""Rules about where the provider and modules come from, and which versions are installed."""
