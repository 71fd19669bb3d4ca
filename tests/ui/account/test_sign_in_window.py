"""Signing in: by keys alone, what fails is said in place, the window answers once."""

import asyncio
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.sync.errors import Offline
from console.sync.sign_in import NotKnownHere, PasswordToSet, WrongPassword
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
    made = SignInWindow(stage.theme, "07", gate, **more)  # type: ignore[arg-type]
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


def test_the_roster_fills_in_who_comes_and_any_letter_takes_its_place(
    stage: Stage, gate: Gate, qtbot: QtBot
) -> None:
    made = window(stage, gate, qtbot)
    task = ask(stage, made)
    made.know(lambda user: {"op03": "Ca chiều"}.get(user, "Ca sáng"), "op03")
    assert (made.user.text(), made.shift.text()) == ("op03", "Ca chiều")
    qtbot.keyClicks(made.user, "op07")
    assert (made.user.text(), made.shift.text()) == ("op07", "Ca sáng")
    made.know(lambda _user: "Ca đêm", "op03")
    assert (made.user.text(), made.shift.text()) == ("op07", "Ca đêm"), "what is typed stays"
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert stage.run(task) is None


def test_a_one_time_code_asks_for_a_new_password_and_signs_in_with_it(
    stage: Stage, gate: Gate, qtbot: QtBot
) -> None:
    renew = Gate()
    made = window(stage, gate, qtbot, user="moi01", renew=renew)
    task = ask(stage, made)
    assert not made.new.isVisible()
    gate.failure = PasswordToSet()
    qtbot.keyClicks(made.password, "abcd-2345")
    qtbot.keyClick(made.password, Qt.Key.Key_Return)
    stage.until(made.new.isVisible)
    assert made.trouble.text() == t("error.password_to_set")
    for first, second in (("ngan", "ngan"), ("mat khau moi", "mat khau mo")):
        made.new.setText(first)
        made.again.setText(second)
        qtbot.keyClick(made.again, Qt.Key.Key_Return)
        assert made.trouble.text() == t("login.newUnequal", n=8)
        assert renew.asked == []
    made.again.setText("mat khau moi")
    qtbot.keyClick(made.again, Qt.Key.Key_Return)
    assert stage.run(task) == "hello moi01"
    assert renew.asked == [("moi01", "abcd-2345", "mat khau moi")]
    assert made.new.text() == made.password.text() == ""
