"""The program from its first window to its last thread, in practice mode and on duty."""

import asyncio
import json
import os
import signal
import tempfile
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import keyring
import platformdirs
import pytest
import qasync
from keyring.backend import KeyringBackend
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from console.app import Program
from console.models.keys import store_key
from console.models.store import open_store
from console.options import PRACTICE_PASSWORD, Options
from console.practice_server import PracticeServer, forget_practice
from console.settings import settings_file
from console.ui.account.sign_in_window import SignInWindow
from console.ui.main_window import MainWindow
from console.ui.starting import StartingWindow
from console.ui.theme import Theme
from console.ui.words import t

W = TypeVar("W", bound=QWidget)
PATIENCE_S = 90.0


@pytest.fixture(scope="module")
def province() -> Iterator[Path]:
    """A small practice province whose centre stands still; it ends with these tests. Not in pytest's own
    folder, which is closed to the user that PostgreSQL runs as where the tests run as root."""
    folder = Path(tempfile.mkdtemp(prefix="practice-"))
    yield folder
    forget_practice(folder)


def shown(kind: type[W]) -> W | None:
    windows = QApplication.topLevelWidgets()
    return next((w for w in windows if isinstance(w, kind) and w.isVisible()), None)


async def sees(true: Callable[[], Any], what: str) -> Any:
    async with asyncio.timeout(PATIENCE_S):
        while not (found := true()):
            await asyncio.sleep(0.01)
    assert found, what
    return found


def during(qapp: QApplication, options: Options, person: Callable[[], Awaitable[None]]) -> None:
    """Run the program with a person before it; both must end."""
    qapp.setQuitOnLastWindowClosed(False)
    theme = Theme()
    theme.apply(qapp)
    before = set(threading.enumerate())

    async def whole() -> None:
        async with asyncio.TaskGroup() as group:
            program = group.create_task(Program(options, qapp, theme).run())
            await person()
            await program

    with qasync.QEventLoop(qapp) as loop:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(whole())
    asyncio.set_event_loop(None)
    left = [thread.name for thread in set(threading.enumerate()) - before if thread.is_alive()]
    assert left == [], "threads were left running"


def practice(folder: Path, **more: Any) -> Options:
    return Options(practice=True, folder=folder, user="op03", speed=0.0, count=60, **more)


async def signs_in() -> MainWindow:
    window = await sees(lambda: shown(SignInWindow), "the sign-in window")
    assert window.user.text() == "op03"
    await sees(window.isActiveWindow, "an active window")
    QTest.keyClicks(window.password, PRACTICE_PASSWORD)
    QTest.keyClick(window.password, Qt.Key.Key_Return)
    main: MainWindow = await sees(lambda: shown(MainWindow), "the window")
    return main


@pytest.mark.timeout(240)
def test_a_practice_desk_from_start_to_end(
    qapp: QApplication, province: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def person() -> None:
        main = await signs_in()
        await sees(lambda: main.workspace.queue.model.rowCount() > 0, "rows")
        main.close()

    during(qapp, practice(province), person)
    told = capsys.readouterr().out
    assert f"main.py --practice --desk 08 --user op07 --folder {province}" in told
    assert PRACTICE_PASSWORD in told


def test_signing_out_lets_the_next_one_in(qapp: QApplication, province: Path, tmp_path: Path) -> None:
    """What still runs is told once, and stopped when somebody leaves all the same."""

    async def person() -> None:
        main = await signs_in()
        main._tasks.start(main.errands.files.export(tmp_path / "ra.csv"))
        await sees(lambda: main.errands.running, "an export that runs")
        main.sign_out.emit()
        assert main._notices.shown is not None
        assert main._notices.shown.text == t("shift.still_runs", what=t("progress.what.export"))
        assert main.isVisible()
        main.sign_out.emit()
        await sees(lambda: shown(MainWindow) is None, "the window gone")
        again = await signs_in()
        assert list(tmp_path.glob("*.part")) == []
        again.close()

    during(qapp, practice(province), person)


def test_a_second_program_on_the_same_desk_says_what_to_do(qapp: QApplication, province: Path) -> None:
    async def person() -> None:
        main = await signs_in()
        second = asyncio.create_task(Program(practice(province), qapp, Theme()).run())
        window = await sees(lambda: shown(StartingWindow), "the starting window")
        await sees(lambda: window.words.text() == t("error.store_busy"), "the sentence")
        await sees(lambda: window.again.isVisible(), "try again")
        QTest.keyClick(window, Qt.Key.Key_Escape)
        await second
        main.close()

    during(qapp, practice(province), person)


def test_a_centre_that_died_comes_back_at_its_address(province: Path) -> None:
    server = PracticeServer(province, speed=0.0, count=60)
    url = server.ensure(lambda line: None)
    pid = json.loads((province / "server.json").read_text(encoding="utf-8"))["pid"]
    os.kill(pid, signal.SIGKILL)
    again = threading.Event()
    server._start_again(again.set)
    assert again.is_set()
    assert server.live() == url


def test_without_an_address_it_says_where_to_write_it(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platformdirs, "user_config_path", lambda app: tmp_path / app)

    async def person() -> None:
        window = await sees(lambda: shown(StartingWindow), "the starting window")
        await sees(lambda: str(settings_file()) in window.words.text(), "the file's place")
        QTest.keyClick(window, Qt.Key.Key_Escape)

    during(qapp, Options(folder=tmp_path), person)


class Keys(KeyringBackend):
    """A keyring for one test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def on_duty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a desk whose key lies in the keyring; its centre is away."""
    monkeypatch.setattr(platformdirs, "user_config_path", lambda app: tmp_path / app)
    settings_file().parent.mkdir()
    settings_file().write_text('server = "http://127.0.0.1:9"\nstation = "03"\n', encoding="utf-8")
    before = keyring.get_keyring()
    keyring.set_keyring(Keys())
    folder = tmp_path / "desk"
    open_store(folder, store_key(folder, lambda new: None)).close()
    yield folder
    keyring.set_keyring(before)


def test_the_sign_in_waits_behind_a_store_that_does_not_open(qapp: QApplication, on_duty: Path) -> None:
    other = open_store(on_duty, store_key(on_duty, lambda new: None))

    async def person() -> None:
        window = await sees(lambda: shown(StartingWindow), "the starting window")
        await sees(lambda: window.words.text() == t("error.store_busy"), "the sentence")
        await sees(lambda: shown(SignInWindow) is None, "no sign-in meanwhile")
        other.close()
        QTest.keyClick(window, Qt.Key.Key_Return)
        sign_in = await sees(lambda: shown(SignInWindow), "the sign-in window")
        assert shown(StartingWindow) is None
        sign_in.close()

    during(qapp, Options(folder=on_duty), person)


def test_giving_up_on_the_store_ends_the_sign_in(qapp: QApplication, on_duty: Path) -> None:
    other = open_store(on_duty, store_key(on_duty, lambda new: None))

    async def person() -> None:
        window = await sees(lambda: shown(StartingWindow), "the starting window")
        await sees(lambda: window.words.text() == t("error.store_busy"), "the sentence")
        QTest.keyClick(window, Qt.Key.Key_Escape)

    during(qapp, Options(folder=on_duty), person)
    assert shown(SignInWindow) is None
    other.close()


def test_closing_the_sign_in_while_the_store_still_opens_ends_in_order(
    qapp: QApplication, on_duty: Path
) -> None:
    async def person() -> None:
        sign_in = await sees(lambda: shown(SignInWindow), "the sign-in window")
        await sees(sign_in.isActiveWindow, "an active window")
        sign_in.user.setText("op03")
        QTest.keyClicks(sign_in.password, PRACTICE_PASSWORD)
        QTest.keyClick(sign_in.password, Qt.Key.Key_Return)  # waits for the centre to be met
        sign_in.close()

    during(qapp, Options(folder=on_duty), person)
    open_store(on_duty, store_key(on_duty, lambda new: None)).close()
