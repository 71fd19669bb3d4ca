"""What this workstation keeps, as a sheet."""
