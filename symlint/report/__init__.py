"""Output: one module per format, all rendering the same Report; pure functions of their input."""
