"""Functions on strings, and how Terraform writes texts."""
