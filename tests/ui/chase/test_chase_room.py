"""The room of chasing by its keys. The centre is a list behind the desk: the wire has tests of its own."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.desk.errors import PostOffline
from console.domain.case import Actor
from console.domain.command import AddNote, Remind
from console.protocol.post import PostAnswer, PostLetter, PostRow
from console.ui.chase.chase_room import ChaseRoom
from console.ui.chase.post_words import state_text
from console.ui.more_rooms import Kit
from console.ui.words import t
from tests.desk.people import DISPATCHER, LEAD, MONDAY, REFERENCE, SUPERVISOR
from tests.ui.conftest import Stage

CASE = "018b9a52-0000-7000-8000-000000000001"


def row(n: int, **more: object) -> PostRow:
    usual = {
        "id": f"m{n:03d}", "case": CASE, "event": "e", "number": "2411-03007-5", "kind": "remind",
        "whom": "agency_contact", "name": "Sở GTVT", "channel": "email", "address": "a@quangbinh.example",
        "subject": "Nhắc", "state": "sent", "reason": "", "attempts": 1,
        "queued_at": MONDAY - timedelta(minutes=n), "ended_at": None,
    }  # fmt: skip
    return PostRow(**(usual | more))  # type: ignore[arg-type]


class Centre:
    """What the centre would answer."""

    def __init__(self) -> None:
        self.all = [row(n) for n in range(150)]
        self.all[2] = row(2, state="failed", reason="smtp 550")
        self.away = False
        self.sent_again: list[str] = []

    def rows(self, case: str | None, failed: bool, before: str | None) -> PostAnswer:
        if self.away:
            raise PostOffline
        found = [r for r in self.all if not failed or r.state == "failed"]
        at = [r.id for r in found].index(before) + 1 if before else 0
        return PostAnswer(rows=tuple(found[at : at + 100]), more=len(found) > at + 100)

    def letter(self, message: str) -> PostLetter:
        if self.away:
            raise PostOffline
        return PostLetter(row=next(r for r in self.all if r.id == message), body=f"Lời của {message}")

    def again(self, message: str) -> PostLetter:
        self.sent_again.append(message)
        self.all[2] = row(2, state="waiting", attempts=0)
        return self.letter(message)


class Window:
    """What the room asks of the window."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def open_case(self, case: str) -> None:
        self.opened.append(case)


@pytest.fixture
def centre() -> Centre:
    return Centre()


@pytest.fixture
def window() -> Window:
    return Window()


def room_of(stage: Stage, qtbot: QtBot, centre: Centre, window: Window, actor: Actor) -> ChaseRoom:
    desk = stage.desk(actor=actor)
    desk.sync_port.posts(centre)
    more = (stage.tasks, stage.notices, stage.memory, None, None, window)
    made = ChaseRoom(Kit(desk, stage.signals(desk), stage.theme, *more))  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activated()
    stage.settle()
    return made


@pytest.fixture
def room(stage: Stage, qtbot: QtBot, centre: Centre, window: Window) -> ChaseRoom:
    return room_of(stage, qtbot, centre, window, SUPERVISOR)


def test_messages_with_their_words_older_ones_as_one_scrolls(
    room: ChaseRoom, stage: Stage, window: Window
) -> None:
    assert len(room.posts.lines) == 100
    assert room.text.toPlainText() == "Lời của m000"
    QTest.keyClick(room.table, Qt.Key.Key_J)
    stage.settle()
    assert room.text.toPlainText() == "Lời của m001"
    QTest.keyClick(room.table, Qt.Key.Key_Return)
    assert window.opened == [CASE]
    QTest.keyClick(room.table, Qt.Key.Key_End)
    stage.settle()
    assert len(room.posts.lines) == 150


def test_a_failed_one_says_why_and_goes_again(room: ChaseRoom, stage: Stage, centre: Centre) -> None:
    QTest.keyClick(room.table, Qt.Key.Key_R)
    assert stage.notices.shown is not None
    assert stage.notices.shown.text == t("chase.again.not")
    QTest.keyClick(room.table, Qt.Key.Key_F)
    stage.settle()
    assert [line.id for line in room.posts.lines] == ["m002"]
    assert "550" in room.posts.lines[0].cells[-2]
    QTest.keyClick(room.table, Qt.Key.Key_R)
    stage.settle()
    assert centre.sent_again == ["m002"]
    assert room.posts.lines == []


def test_a_dispatcher_looks_and_does_not_send(
    stage: Stage, qtbot: QtBot, centre: Centre, window: Window
) -> None:
    room = room_of(stage, qtbot, centre, window, DISPATCHER)
    QTest.keyClick(room.table, Qt.Key.Key_F)
    stage.settle()
    QTest.keyClick(room.table, Qt.Key.Key_R)
    stage.settle()
    assert not room.again.isEnabled()
    assert centre.sent_again == []


def test_without_the_centre_lists_are_still_here_and_go_into_a_file(
    room: ChaseRoom, stage: Stage, centre: Centre, tmp_path: Path
) -> None:
    done = stage.log(room._desk, forward=True)
    centre.away = True
    room.refresh()
    stage.settle()
    assert room.said.text() == t("error.post_offline")
    assert len(room.posts.lines) == 100, "what was read stays"
    QTest.keyClick(room.table, Qt.Key.Key_L)
    stage.settle()
    agency = REFERENCE.agency(LEAD)
    assert agency is not None
    assert [line.cells[:2] for line in room.agencies.lines] == [(agency.short, "1")]
    assert done.number in room.text.toPlainText()
    file = tmp_path / "list.txt"
    stage.run(room.write(LEAD, file))
    assert done.number in file.read_text(encoding="utf-8")
    stage.run(room.write(LEAD, tmp_path / "no" / "list.txt"))
    assert stage.notices.shown is not None
    assert not (tmp_path / "no").exists()


def test_what_nobody_moves_is_listed_the_longest_first(room: ChaseRoom, stage: Stage, window: Window) -> None:
    old = stage.log(room._desk, forward=True)
    stage.wall.pass_(days=2)
    stage.log(room._desk, forward=True)
    stage.wall.pass_(days=6)
    stage.run(room._desk.act(old.case, Remind(text="Nhanh lên")))
    for _ in range(2):
        QTest.keyClick(room.pages.currentWidget(), Qt.Key.Key_L)
    stage.settle()
    assert [(line.id, line.cells[-1]) for line in room.quiet.lines] == [(old.case, "8 ngày")]
    QTest.keyClick(room.quiet_table, Qt.Key.Key_Return)
    assert window.opened == [old.case]
    stage.run(room._desk.act(old.case, AddNote(text="Đã gọi đơn vị")))
    room.refresh()
    stage.settle()
    assert room.quiet.lines == []
    QTest.keyClick(room.quiet_table, Qt.Key.Key_L)
    stage.settle()
    assert room.pages.currentWidget() is room.table


def test_how_it_fares_in_words() -> None:
    assert state_text(row(1)) == "Đã gửi"
    assert state_text(row(1, state="failed", reason="no_address")) == (
        "Thất bại: chưa có địa chỉ trong danh mục"
    )
    assert "429" in state_text(row(1, state="waiting", attempts=3, reason="http 429"))
    assert state_text(row(1, state="teleported", reason="x")) == "teleported"
