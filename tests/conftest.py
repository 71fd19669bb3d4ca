"""Fixtures for every room."""

import gc
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.support.central import central, cluster

__all__ = ["central", "cluster"]

settings.register_profile("busy", suppress_health_check=[HealthCheck.too_slow], deadline=None)
settings.load_profile("busy")  # how fast examples are made tells of the machine, not of the program

YOUNG = 1
"""The generations that are collected after each test."""


@pytest.fixture(scope="session", autouse=True)
def modules_set_apart() -> None:
    """All modules are there by now, for good: no collection looks through them again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def collected_by_this_thread() -> Iterator[None]:
    """Cycles are collected by the main thread between tests, never by a server's or a wire's thread within
    one: a Qt object left over from an earlier test would be destroyed there, and the process with it."""
    gc.disable()
    yield
    gc.collect(YOUNG)
