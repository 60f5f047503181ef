"""Rules about what Python reads, beside the Terraform that gives it."""
