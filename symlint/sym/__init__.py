"""The Sym domain: the catalogue of facts, and typed views over a configuration."""
