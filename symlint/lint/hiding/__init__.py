"""What of the text of a configuration is secret, and never shown."""
