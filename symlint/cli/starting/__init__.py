"""What ``symlint init`` writes into a repository."""
