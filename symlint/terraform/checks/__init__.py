"""What Terraform itself would refuse."""
