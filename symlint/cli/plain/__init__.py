"""Commands as they are run without click: each of them, where it has no options to read."""
