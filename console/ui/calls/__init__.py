"""Telephone calls on the screen: the strip under the top bar, its keys, and what opens from it."""
