"""Geography without pictures: projection, clusters, outlines, states. Arrays in, arrays out; no Qt."""
