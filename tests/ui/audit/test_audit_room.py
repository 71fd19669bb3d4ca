"""The audit room by its keys. The centre is a list behind the desk's port: the wire has tests of its own."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.desk.errors import AuditOffline
from console.protocol.audit import AuditAnswer, AuditCheck, AuditEntry, AuditQuestion
from console.ui.audit.audit_room import AuditRoom
from console.ui.audit.audit_words import cells
from console.ui.more_rooms import Kit
from console.ui.words import t
from tests.desk.people import MONDAY, SUPERVISOR
from tests.ui.conftest import Stage

CASE = "018b9a52-0000-7000-8000-000000000001"


class Centre:
    """What the centre would answer."""

    def __init__(self) -> None:
        self.entries = [entry(n) for n in range(250, 0, -1)]
        self.asked: list[AuditQuestion] = []
        self.away = False
        self.flaw = ""

    def find(self, asked: AuditQuestion) -> AuditAnswer:
        if self.away:
            raise AuditOffline
        self.asked.append(asked)
        older = [one for one in self.entries if asked.before is None or one.n < asked.before]
        return AuditAnswer(entries=tuple(older[: asked.limit]), more=len(older) > asked.limit)

    def check(self, asked: AuditCheck) -> AuditCheck:
        n = min(asked.n + 100, 250)
        flaw = self.flaw if n == 250 else ""
        return AuditCheck(n=n, hash="ab" * 32, total=250, flaw=flaw, at=230 if flaw else 0)


class Window:
    """What the room asks of the window."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def open_case(self, case: str) -> None:
        self.opened.append(case)


def entry(n: int, kind: str = "command:assign", **more: object) -> AuditEntry:
    return AuditEntry(
        n=n, at=MONDAY - timedelta(minutes=250 - n), kind=kind, who="op03", who_name="Trần Thị Hà",
        station="03", case=CASE, number="2411-03007-5", **more,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture
def centre() -> Centre:
    return Centre()


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture
def room(stage: Stage, qtbot: QtBot, centre: Centre, window: Window) -> AuditRoom:
    desk = stage.desk(actor=SUPERVISOR)
    desk.sync_port.audits(centre)
    more = (stage.tasks, stage.notices, stage.memory, None, None, window)
    made = AuditRoom(Kit(desk, stage.signals(desk), stage.theme, *more))  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activated()
    stage.settle()
    return made


def said(stage: Stage) -> str:
    return stage.notices.shown.text if stage.notices.shown is not None else ""


def test_it_lists_the_newest_and_reads_on_as_one_scrolls(
    room: AuditRoom, stage: Stage, centre: Centre
) -> None:
    assert [one.n for one in room.entries] == list(range(250, 150, -1))
    QTest.keyClick(room.table, Qt.Key.Key_End)
    stage.settle()
    assert [one.n for one in room.entries] == list(range(250, 50, -1))
    QTest.keyClick(room.table, Qt.Key.Key_End)
    stage.settle()
    assert len(room.entries) == 250
    QTest.keyClick(room.table, Qt.Key.Key_End)
    stage.settle()
    assert len(centre.asked) == 3, "there is no more"


def test_words_kind_and_time_narrow_it_and_enter_opens_the_report(
    room: AuditRoom, stage: Stage, centre: Centre, window: Window
) -> None:
    QTest.keyClick(room.table, Qt.Key.Key_Slash)
    assert room.words.hasFocus()
    QTest.keyClicks(room.words, "2411-03007-5")
    QTest.keyClick(room.words, Qt.Key.Key_Return)
    room.groups.set_value("taken")
    room.groups.chosen.emit("taken")
    stage.settle()
    asked = centre.asked[-1]
    assert (asked.text, asked.kinds) == ("2411-03007-5", ("list_", "report_", "outbox_"))
    assert asked.since is not None
    assert timedelta(days=6) <= room._desk.clock.now() - asked.since < timedelta(days=7)
    room.table.setFocus()
    QTest.keyClick(room.table, Qt.Key.Key_Return)
    assert window.opened == [CASE]


def test_what_is_listed_stays_where_the_centre_is_away(room: AuditRoom, stage: Stage, centre: Centre) -> None:
    centre.away = True
    room.refresh()
    stage.settle()
    assert len(room.entries) == 100
    assert room.said.text() == t("error.audit_offline")


def test_the_chain_is_checked_by_a_key_and_a_break_is_said_with_its_place(
    room: AuditRoom, stage: Stage, centre: Centre
) -> None:
    QTest.keyClick(room.table, Qt.Key.Key_C)
    stage.settle()
    assert said(stage) == t("audit.whole", n="250", hash="ab" * 8)
    centre.flaw = "command"
    QTest.keyClick(room.table, Qt.Key.Key_C)
    stage.settle()
    assert said(stage) == t("audit.flaw.command", at="230")


def test_it_goes_into_a_file_whole_and_that_is_noted(
    room: AuditRoom, stage: Stage, centre: Centre, tmp_path: Path
) -> None:
    centre.entries[0] = entry(250, "list_exported", fact={"rows": 12, "new": "=1+1"})
    stage.run(room.write(tmp_path / "nhat-ky.csv"))
    lines = (tmp_path / "nhat-ky.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 251
    assert t("audit.kind.list_exported") in lines[1]
    (act,) = stage.run(room._desk._held.call(lambda: room._desk._held.audit_acts.first(9)))
    assert act.kind == "audit_exported"


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (entry(1, "later_kind", fact={"what": 3}), ("later_kind", "what: 3")),
        (entry(1, "sign_in_refused", fact={"left": 7}), (t("audit.kind.sign_in_refused"), "còn 7 lần thử")),
        (entry(1, fact={"refused": "later_code"}), (t("outbox.kind.assign"), "refused: later_code")),
    ],
)
def test_kinds_and_facts_of_a_newer_centre_are_shown_as_they_are(
    told: AuditEntry, shown: tuple[str, str]
) -> None:
    row = cells(told)
    assert (row[3], row[5]) == shown
