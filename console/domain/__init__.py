"""What the words mean: pure rules, no input or output. Runs at the desk and at the centre."""
