"""The same relay in five ways: in simlib with all that sendmail does, and as a plain model of its waiting lines."""
