"""Repairs what has a fix: together, as far as that works, and tried before anything is written."""
