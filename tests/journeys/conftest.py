"""The world of desks and a centre; Qt objects are collected by the interface thread."""

import asyncio
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from console.ui.theme import Theme
from tests.support.office import qt_loop
from tests.support.world import centre, tell
from tests.ui.conftest import collected_here

__all__ = ["centre", "collected_here", "tell"]


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[asyncio.AbstractEventLoop]:
    with qt_loop(qapp) as made:
        yield made


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply(qapp)
    return made
