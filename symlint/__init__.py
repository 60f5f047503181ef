"""symlint: a validator and linter for Sym access flows declared in Terraform."""

__version__ = "0.1.0"
