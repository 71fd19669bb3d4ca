"""The wire types, once, for both sides. See docs/protocol.md."""
