"""What connectors are made for: whom they trust, what they may do, and what is taken from them."""
