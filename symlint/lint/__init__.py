"""Rules, findings, and the engine that runs the ones over the others."""
