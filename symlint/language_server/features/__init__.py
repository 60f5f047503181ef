"""What an editor asks of a place in a file: a module for each feature of the protocol."""
