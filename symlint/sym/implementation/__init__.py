"""The Python that a flow's Terraform carries, read and never run."""
