"""The version of symlint."""

__version__ = "0.1.0"
