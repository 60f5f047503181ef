"""Rules about flows, their parameters and prompt fields."""
