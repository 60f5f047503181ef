"""What is said of rules: their pages, where these are, and lists of them."""
