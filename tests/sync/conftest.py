"""The world of desks and a centre."""

from tests.support.world import centre, tell

__all__ = ["centre", "tell"]
