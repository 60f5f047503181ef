"""Rules about targets: what access is granted to, and what their settings say."""
