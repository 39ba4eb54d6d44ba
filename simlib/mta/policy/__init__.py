"""What is known and decided without a clock: data, and plain functions of them."""
