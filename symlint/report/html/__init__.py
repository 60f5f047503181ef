"""Pages: what the HTML forms of the inventory and of findings have in common."""
