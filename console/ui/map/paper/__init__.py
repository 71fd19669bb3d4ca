"""The map on paper and in files."""
