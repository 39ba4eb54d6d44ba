"""What is carried: envelopes, precedence, and what became of a recipient."""
