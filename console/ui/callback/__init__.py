"""Calling reporters back: the result to read to them, what they say of it, when to try again."""
