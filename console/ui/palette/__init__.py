"""The command palette: one line that finds cases, places, agencies, commands and screens."""
