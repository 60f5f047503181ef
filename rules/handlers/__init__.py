"""Rules about the functions and classes that Sym calls."""
