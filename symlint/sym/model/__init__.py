"""Typed views of a configuration's Sym resources and modules, with references resolved."""
