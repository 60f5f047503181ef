"""Regular expressions as Python compiles them, for ``fast_re``: a module for each form they have had."""
