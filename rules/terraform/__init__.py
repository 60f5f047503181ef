"""Rules about what Terraform itself would reject."""
