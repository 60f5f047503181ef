"""What a Terraform configuration means: modules, values, functions, evaluation, references."""
