"""Rules about secrets and the runtime's access to them."""
