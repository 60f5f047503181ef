"""Rules about log destinations and the runtime's access to them."""
