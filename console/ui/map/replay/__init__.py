"""Replaying a night on the map."""
