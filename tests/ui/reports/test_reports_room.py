"""The room of reports by its keys: a period counted here or at the centre, saved, printed, locked."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import Thread

import msgspec
import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.desk.connection import Net
from console.desk.desk import Desk
from console.desk.errors import ReportNotMade, ReportOffline
from console.desk.reports.child import Child
from console.domain.case import Actor
from console.domain.figures.figures import Figures, encoded
from console.domain.figures.period import Period, PeriodKind
from console.protocol.reports import KeptKind, KeptReport, LockRequest, ReportAnswer, ReportsAnswer
from console.ui.reports.paper.errand import Make, Printing
from console.ui.reports.report_files import CSV
from console.ui.reports.reports_room import ReportsRoom
from console.ui.reports.saving import held_by_office
from console.ui.words import t
from tests.desk.people import SUPERVISOR
from tests.ui.conftest import Stage
from tests.ui.reports.conftest import Open

Filled = Callable[[Actor], Desk]
OCTOBER = Period(first=date(2024, 10, 1), last=date(2024, 10, 31))


def shown(stage: Stage, room: ReportsRoom) -> None:
    stage.until(lambda: room.pages.count)
    stage.settle()


def test_a_period_is_counted_here_where_the_centre_is_away_and_says_so(
    stage: Stage, filled: Filled, open_room: Open
) -> None:
    desk = filled(SUPERVISOR)
    desk.sync_port.reports(Centre(None))
    stage.run(online(desk))
    room = open_room(desk)
    shown(stage, room)
    assert room.report is not None
    assert room.report.figures.period == OCTOBER, "the last whole month"
    assert room.report.figures.received > 30
    assert room.standing.text().startswith("Số liệu tạm tính")
    assert t("period.made.here") in room.made.text()
    assert "Tháng 10/2024" in room.pages.accessibleDescription()
    assert room.lock.toolTip() == t("reports.lock.offline")
    assert t("reports.kept.offline") in room.kept.note.text()
    QTest.keyClick(room.bar.kinds, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(room.bar.kinds, Qt.Key.Key_4)
    stage.until(lambda: room.report and room.report.figures.received == 150)
    room.bar.choose(PeriodKind.FREE)
    room.state.set_days(date(2024, 10, 9), date(2024, 10, 1))
    room.refresh()
    stage.settle()
    assert room.standing.text() == t("reports.fault.backward")
    assert room.state.period.first == date(2024, 10, 9), "it stays as typed"
    room.files.choose_file(CSV)
    assert stage.notices.stands(t("reports.nothing"))


def test_all_files_say_the_same_and_words_are_never_formulas(
    stage: Stage, filled: Filled, open_room: Open, tmp_path: Path
) -> None:
    room = open_room(filled(SUPERVISOR))
    shown(stage, room)
    assert room.files.of is not None
    report, document = room.files.of
    table = document.blocks[1].table
    evil = msgspec.structs.replace(table.rows[0][0], text="=1+1")
    table = msgspec.structs.replace(table, rows=((evil, *table.rows[0][1:]), *table.rows[1:]))
    blocks = (
        document.blocks[0],
        msgspec.structs.replace(document.blocks[1], table=table),
        *document.blocks[2:],
    )
    document = msgspec.structs.replace(document, blocks=blocks)
    for kind in (Make.PDF, Make.XLSX, CSV):
        stage.run(room.files.save(tmp_path / f"r.{kind}", kind, document))
    stage.run(room.files.print(Printing(printer="", file=str(tmp_path / "printed.pdf"), last=1), document))

    reader = PdfReader(tmp_path / "r.pdf")
    pages = [page.extract_text() for page in reader.pages]
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 1
    assert document.title in pages[0]
    assert "Số liệu tạm tính đến 14:00 04/11/2024" in pages[0]
    assert f"Trang 1/{len(pages)}" in pages[0]
    assert document.definitions_title in pages[-1]
    assert f"Tiếp nhận trong kỳ\n{report.figures.received}\n" in pages[0]
    communes = [page for page in pages if "Xã, phường, thị trấn\nTiếp nhận\nTỷ lệ" in page]
    assert len(communes) > 1, "heads come again on the next page"
    for page in communes[1:]:
        head = page.index("Tỷ lệ\n")
        assert page[head:].count("%") >= 4, "no row stands alone"
    fonts = [font for page in reader.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    for font in fonts:
        inside = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(inside)

    with zipfile.ZipFile(tmp_path / "r.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
        strings = book.read("xl/sharedStrings.xml").decode()
    assert len(sheets) == len(document.blocks) + 1
    assert not any("<f>" in sheet for sheet in sheets)
    assert "=1+1" in strings
    assert f"<v>{report.figures.received}</v>" in sheets[0]
    lines = list(csv.reader(io.StringIO((tmp_path / "r.csv").read_text("utf-8-sig"))))
    assert ["Tiếp nhận trong kỳ", str(report.figures.received), ""] in lines
    assert any(line[:1] == ["'=1+1"] for line in lines)

    before = (tmp_path / "r.xlsx").read_bytes()
    held_by_office(tmp_path / "r.xlsx").write_text("held")
    stage.tasks.start(room.files.save(tmp_path / "r.xlsx", Make.XLSX, document))
    stage.settle()
    assert stage.notices.stands(t("error.report_file_open"))
    assert ((tmp_path / "r.xlsx").read_bytes(), room.pages.count > 0) == (before, True)


class Centre:
    """What the centre would say, out of one desk's figures."""

    def __init__(self, figures: Figures | None) -> None:
        self._figures, self._kept = figures, None
        self.locked: list[LockRequest] = []

    def figures(self, period: Period) -> ReportAnswer:
        if self._figures is None:
            raise ReportOffline
        return ReportAnswer(figures=self._figures, kept=self._kept)

    def kept(self) -> ReportsAnswer:
        if self._figures is None:
            raise ReportOffline
        return ReportsAnswer(reports=(self.one("").kept,) if self._kept else ())

    def one(self, report_id: str) -> ReportAnswer:
        return self.figures(OCTOBER)

    def lock(self, asked: LockRequest) -> ReportAnswer:
        self.locked.append(asked)
        self._kept = KeptReport(
            id="k", kind=KeptKind.LOCKED, first=asked.first, last=asked.last,
            made_at=self._figures.as_of, by_name=SUPERVISOR.name,
            digest=sha256(encoded(self._figures)).hexdigest(),
        )  # fmt: skip
        return self.one("k")


def test_a_supervisor_locks_after_being_asked_once_more_and_the_paper_says_so(
    stage: Stage, filled: Filled, open_room: Open
) -> None:
    desk = filled(SUPERVISOR)
    own = stage.run(desk.reports.of_this_desk(OCTOBER))
    assert own is not None
    centre = Centre(own.figures)
    desk.sync_port.reports(centre)
    stage.run(online(desk))
    room = open_room(desk)
    shown(stage, room)
    assert t("period.made.centre") in room.made.text()
    assert room.lock.isEnabled()
    room.lock.click()
    QTest.keyClick(room.lock_line.yes, Qt.Key.Key_Escape)
    assert (room.lock_line.isVisible(), centre.locked) == (False, [])
    room.lock.click()
    QTest.keyClick(room.lock_line.yes, Qt.Key.Key_Return)
    stage.until(lambda: room.standing.text().startswith("Số liệu đã khóa"))
    stage.settle()
    assert [(one.first, one.last) for one in centre.locked] == [(OCTOBER.first, OCTOBER.last)]
    assert room.kept.rows.count() == 1
    assert "Số liệu đã khóa" in room.pages.accessibleDescription()
    assert room.lock.toolTip() == t("reports.lock.done")


async def online(desk: Desk) -> None:
    state = desk._held.connection
    state.update(lambda now: msgspec.structs.replace(now, net=Net.ONLINE))


def test_a_counter_that_fails_is_told_and_one_that_is_not_wanted_any_more_is_silent() -> None:
    failing, slow = Child("console.no_such_module"), Child("console.desk.reports.counting_child")
    with pytest.raises(ReportNotMade):
        failing.ask(b"")
    slow.warm()
    slow.end()
    waiting = Thread(target=lambda: heard.append(slow.ask(b"x" * (1 << 24))))
    heard: list[bytes | None] = []
    waiting.start()
    while slow._busy is None:
        pass
    slow.end()
    waiting.join()
    assert heard == [None]
