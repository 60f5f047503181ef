"""What was meant: of two things that contradict each other, which is the mistake, and what to write."""
