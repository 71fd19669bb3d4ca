"""Long work, as it is shown."""
