"""What Sym's resources mean in AWS: roles, policies, accounts, tags, streams."""
