"""Keeping up with the centre: outbox out, changes in, over a line that may break at any moment."""
