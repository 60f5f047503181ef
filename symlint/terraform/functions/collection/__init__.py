"""Functions on lists, maps, sets and objects."""
