"""The administration room: reference data, people, stations, edited in one form made of their own fields."""
