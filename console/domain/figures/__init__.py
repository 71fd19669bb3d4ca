"""What is counted of a period, defined once: the same figures at the desk and at the centre."""
