"""What was meant by strategies, their targets, and the flows that use them."""
