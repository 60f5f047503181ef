"""What is written: files, declarations, and where they are found."""
