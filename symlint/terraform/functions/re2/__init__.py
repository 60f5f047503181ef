"""Regular expressions as Go's RE2 has them."""
