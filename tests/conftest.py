"""Fixtures for every room."""

from tests.support.central import central, cluster

__all__ = ["central", "cluster"]
