"""The reference graph: which thing of a configuration refers to which, and where."""
