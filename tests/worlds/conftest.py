"""The real centre, for the histories that are held against it."""

from tests.support.central import cluster

__all__ = ["cluster"]
