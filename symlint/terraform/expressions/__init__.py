"""Expressions evaluated in a scope."""
