"""What an editor shows while a configuration is written: ``symlint lsp``."""
