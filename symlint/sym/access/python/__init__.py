"""What the Python of a flow gives, read from its text and never run."""
