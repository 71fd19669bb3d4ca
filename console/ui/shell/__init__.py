"""The frame around the rooms: top bar, banner, rail, status bar, key sheet, settings."""
