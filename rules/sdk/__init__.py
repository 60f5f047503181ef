"""Rules about uses of the SDK."""
