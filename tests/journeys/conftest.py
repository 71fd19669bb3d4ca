"""The world of desks and a centre; Qt objects are collected by the interface thread."""

from tests.support.world import centre, tell
from tests.ui.conftest import collected_here

__all__ = ["centre", "collected_here", "tell"]
