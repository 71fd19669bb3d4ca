"""The one door the screens use: acts, questions, the feed of changes, the connection's state."""
