"""Rules about the schema of the Sym provider."""
