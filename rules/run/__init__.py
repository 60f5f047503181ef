"""Rules about ignore comments and the baseline."""
