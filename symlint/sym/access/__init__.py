"""Who can get what: the access that a configuration grants, and how it differs from another one."""
