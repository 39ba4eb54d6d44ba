"""Whom an address stands for: aliases, lists, .forward files."""
