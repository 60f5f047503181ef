"""Rules about the connectors: modules that strategies and environments work through."""
