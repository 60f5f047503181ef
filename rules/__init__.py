"""The rules of symlint, a module per subject; found by the registry, never imported by name."""
