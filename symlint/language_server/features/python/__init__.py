"""Between the Python of a flow and the Terraform that carries it."""
