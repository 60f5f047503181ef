"""Answers to what reaches something, and what a change of something touches."""
