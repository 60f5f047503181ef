"""YAML as Terraform reads and writes it."""
