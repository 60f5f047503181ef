"""Rules about log destinations, and what may write to them."""
