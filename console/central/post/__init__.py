"""The post: what leaves the centre for agencies, supervisors and citizens, and the chasing behind it."""
