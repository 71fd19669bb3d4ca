"""Signing in: by keys alone, what fails is said in place, the window answers once."""

import asyncio
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.domain.text import fold_text
from console.sync.errors import Offline
from console.sync.sign_in import NotKnownHere, WrongPassword
from console.ui.account.shift import shift_at
from console.ui.account.sign_in_window import SignInWindow
from console.ui.words import t
from tests.ui.conftest import Stage

NOW = datetime(2024, 11, 4, 7, 0, tzinfo=UTC)


class Gate:
    """Answers as told; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []
        self.failure: Exception | None = None

    async def __call__(self, user: str, password: str, station: str) -> str:
        self.asked.append((user, password, station))
        await asyncio.sleep(0)
        if self.failure is not None:
            raise self.failure
        return f"hello {user}"


@pytest.fixture
def gate() -> Gate:
    return Gate()


def window(stage: Stage, gate: Gate, qtbot: QtBot, **more: object) -> SignInWindow[str]:
    made = SignInWindow(stage.theme, "07", gate, lambda: NOW, **more)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    return made


def ask(stage: Stage, made: SignInWindow[str]) -> "asyncio.Task[str | None]":
    task = stage.loop.create_task(made.ask())
    stage.until(made.isVisible)
    return task


def test_user_password_enter(stage: Stage, gate: Gate, qtbot: QtBot) -> None:
    made = window(stage, gate, qtbot)
    task = ask(stage, made)
    qtbot.keyClicks(made.user, "op07")
    qtbot.keyClick(made.user, Qt.Key.Key_Return)
    qtbot.keyClicks(made.password, "thuchanh")

    async def press() -> str | None:
        qtbot.keyClick(made.password, Qt.Key.Key_Return)
        return await task

    assert stage.run(press()) == "hello op07"
    assert gate.asked == [("op07", "thuchanh", "07")]
    assert made.password.text() == ""
    assert not made.isVisible()


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (WrongPassword(3), "Còn 3 lần thử"),
        (WrongPassword(), t("error.wrong_password")),
        (Offline("no_route"), t("error.offline")),
        (NotKnownHere(), t("error.not_known_here")),
    ],
)
def test_what_fails_is_said_and_the_user_stays(
    stage: Stage, gate: Gate, qtbot: QtBot, failure: Exception, words: str
) -> None:
    made = window(stage, gate, qtbot, user="op07")
    task = ask(stage, made)
    gate.failure = failure
    made.password.setText("sai")

    async def press() -> None:
        made._pressed()

    stage.run(press())
    stage.until(lambda: words in made.trouble.text())
    assert made.user.text() == "op07"
    assert made.submit.isEnabled()
    assert not task.done()
    made.close()
    assert stage.run(task) is None


def test_empty_fields_are_named_and_nobody_is_asked(stage: Stage, gate: Gate, qtbot: QtBot) -> None:
    made = window(stage, gate, qtbot)
    task = ask(stage, made)

    async def press() -> None:
        made._pressed()

    stage.run(press())
    assert "Tên đăng nhập, Mật khẩu" in made.trouble.text()
    assert gate.asked == []
    made.close()
    assert stage.run(task) is None


def test_a_bug_behind_the_door_reaches_whoever_asked(stage: Stage, gate: Gate, qtbot: QtBot) -> None:
    made = window(stage, gate, qtbot, user="op07")
    task = ask(stage, made)
    gate.failure = ZeroDivisionError()
    made.password.setText("x")

    async def press() -> None:
        made._pressed()
        await task

    with pytest.raises(ZeroDivisionError):
        stage.run(press())


def test_escape_closes_it(stage: Stage, gate: Gate, qtbot: QtBot) -> None:
    made = window(stage, gate, qtbot, practice=True)
    task = ask(stage, made)
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert stage.run(task) is None


@pytest.mark.parametrize(
    ("hour_utc", "name"),
    [(0, "morning"), (7, "afternoon"), (14, "afternoon"), (15, "night"), (22, "night"), (23, "morning")],
)
def test_the_shift_follows_the_clock(hour_utc: int, name: str) -> None:
    assert shift_at(datetime(2024, 11, 4, hour_utc, 0, tzinfo=UTC))[0] == name
    assert fold_text(t(f"shift.{name}")).startswith("ca ")
