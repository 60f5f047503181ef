"""Which of two contradicting parts of a configuration is the mistake, and how to correct it."""
