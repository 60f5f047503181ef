"""A configuration in Sym's own words, and where each thing leads."""
