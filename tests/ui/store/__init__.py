"""What this workstation keeps, as it is shown."""
