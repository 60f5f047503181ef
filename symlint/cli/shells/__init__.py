"""Completion of words in shells: what they offer, and the scripts that ask for it."""
