"""What holds findings back: ignore comments and the baseline."""
