"""What the developers of symlint run beside the tests; not part of the package."""
