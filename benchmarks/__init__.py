"""Measurements; run by hand, never by the tests. Each script prints what it measured."""
