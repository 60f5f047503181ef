"""Rules about secrets: where they are kept, and who may read them."""
