"""Small parts that several rooms draw alike."""
