"""Rewriting rules: addresses taken apart into tokens, rules run on them, maps asked; it knows no simulated time."""
