"""The room of chasing: messages that leave the centre, and the list of the day of each agency."""
