"""Speeds as ratios, against peers and limits, in one run: `make bench`."""
