"""Long work, shown in one place."""
