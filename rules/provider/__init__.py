"""Rules about the Sym provider's schema and the versions of provider and modules."""
