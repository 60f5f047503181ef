"""HCL native syntax: tokens, expressions, templates, bodies."""
