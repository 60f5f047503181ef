"""Rules about integrations, permission contexts, secrets and log destinations."""
