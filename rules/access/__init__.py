"""Rules about what must hold of the access that is granted."""
