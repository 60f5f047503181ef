"""Rules about connectors: the modules that create the AWS roles Sym uses."""
