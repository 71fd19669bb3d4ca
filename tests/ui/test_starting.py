"""The small window before the first one, by keys."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.ui.starting import StartingWindow
from console.ui.theme import Theme
from console.ui.words import t

T = TypeVar("T")


@pytest.fixture
def window(qtbot: QtBot) -> StartingWindow:
    made = StartingWindow(Theme())
    qtbot.addWidget(made)
    made.show()
    return made


def run(work: Callable[[], Awaitable[T]]) -> T:
    with qasync.QEventLoop(QApplication.instance()) as loop:
        answer: T = loop.run_until_complete(work())
        return answer


def press_soon(window: StartingWindow, act: Callable[[], None]) -> None:
    asyncio.get_running_loop().call_soon(act)


def test_enter_tries_again(window: StartingWindow) -> None:
    async def work() -> bool:
        press_soon(window, lambda: QTest.keyClick(window, Qt.Key.Key_Return))
        return await window.ask_again("x")

    assert run(work)
    assert not window.again.isVisible()


def test_escape_gives_up(window: StartingWindow) -> None:
    async def work() -> bool:
        press_soon(window, lambda: QTest.keyClick(window, Qt.Key.Key_Escape))
        return await window.ask_again("x")

    assert not run(work)


def test_a_new_passphrase_is_typed_twice(window: StartingWindow) -> None:
    def first_try() -> None:
        QTest.keyClicks(window.first, "long pass phrase")
        QTest.keyClicks(window.second, "other")
        QTest.keyClick(window.second, Qt.Key.Key_Return)
        asyncio.get_running_loop().call_later(0, second_try)

    def second_try() -> None:
        assert window.words.text() == t("start.passphrase.unequal")
        window.second.selectAll()
        QTest.keyClicks(window.second, "long pass phrase")
        QTest.keyClick(window.second, Qt.Key.Key_Return)

    async def work() -> str | None:
        press_soon(window, first_try)
        return await window.passphrase(True, "x")

    assert run(work) == "long pass phrase"
    assert window.first.text() == window.second.text() == ""


def test_a_known_one_is_typed_once(window: StartingWindow) -> None:
    def type_it() -> None:
        assert not window.second.isVisible()
        QTest.keyClicks(window.first, "abc")
        QTest.keyClick(window.first, Qt.Key.Key_Return)

    async def work() -> str | None:
        press_soon(window, type_it)
        return await window.passphrase(False, "x")

    assert run(work) == "abc"
