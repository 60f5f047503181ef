"""Rules about what Terraform itself would refuse."""
