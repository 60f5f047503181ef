"""Who approves the requests of a flow, and where they are asked."""
