"""Rules about integrations and permission contexts."""
