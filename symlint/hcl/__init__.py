"""HCL syntax: nodes with exact ranges, and the parsers that make them."""
