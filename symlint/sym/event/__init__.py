"""What an event is to the code of a flow: what Terraform gives it, and what the code makes of that."""
