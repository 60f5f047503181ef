"""What ``symlint trace`` shows."""
