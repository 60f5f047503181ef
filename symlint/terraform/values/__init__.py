"""Values and their types: what Terraform computes with, and what is not known."""
