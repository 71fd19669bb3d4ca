"""Everything seen: one room per kind of work."""
