"""Rules about strategies and the targets that they grant."""
