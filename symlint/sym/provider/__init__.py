"""The Sym provider: its schema and its versions."""
