"""Which grants depend on something, and how: a resource, a setting, an account, a file of Python."""
