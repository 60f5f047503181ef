"""The questions that an auditor asks, each answered from the inventory."""
