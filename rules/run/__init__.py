"""Rules about the run itself and about style."""
