"""Mutation testing: small changes to the code, and whether a test notices each.

``changes`` says what can be changed in a file, ``tree`` copies the project, ``coverage_map`` learns
which tests execute which line, ``trial`` makes one change and runs those tests.
"""
