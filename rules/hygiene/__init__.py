"""Rules about names, unused resources and secrets in plain text."""
