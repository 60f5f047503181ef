"""The rules of symlint, one per file, one folder per subject: the registry walks them."""
