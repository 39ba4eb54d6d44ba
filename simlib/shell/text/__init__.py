"""Tools for lines of text, as GNU's work in the locale C. Regular expressions are those of :mod:`simlib.regex`."""
