"""Other names: of what a module declares, and of files."""
