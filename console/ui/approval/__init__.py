"""Who decides while the supervisor is away."""
