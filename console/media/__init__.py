"""What files are, judged by their bytes: their kind, and what a picture shows and gives away."""
