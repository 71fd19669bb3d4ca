"""The calls under /api/v1, by subject."""
