"""Roles of AWS: which one a runtime acts with, and how roles are named and passed on."""
