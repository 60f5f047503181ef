"""What suppresses findings: ignore comments and the baseline."""
