"""The list as text, as a file and on paper: what it shows, whole or not at all, and nobody's name."""

import csv
import io
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from console.desk.desk import Desk
from console.desk.rows import DueState, Filter, Sort
from console.domain.command import EditReport, FieldChange
from console.ui.queue.cells import Words
from console.ui.queue.columns import USUAL
from console.ui.queue.errands import ListErrands
from console.ui.queue.lines import BOM, Lines, csv_of, tabbed
from console.ui.queue.list_file import ExportFull, ExportUnwritable, ListFile
from console.ui.queue.list_files import ListFiles
from console.ui.queue.queue_room import QueueRoom
from console.ui.queue.state import PAGE
from console.ui.words import t
from tests.ui.conftest import Stage
from tests.ui.queue.conftest import CROWD
from tests.ui.queue.test_state import NOW, row


@pytest.fixture
def files(crowded: QueueRoom, crowd: Desk, stage: Stage) -> ListFiles:
    return ListErrands(crowded, crowd, stage.theme, stage.tasks, stage.notices).files


def read(file: Path) -> list[list[str]]:
    text = file.read_bytes().decode("utf-8")
    assert text.startswith(BOM)
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline="")))


def test_lines_say_what_the_list_shows_by_its_columns() -> None:
    lines = Lines(USUAL, Words(), NOW)
    assert len(lines.heads) == len(lines.parts) == 9
    said = dict(zip(lines.parts, lines.of(row("a")), strict=True))
    assert said["number"] == "2411-07001-3"
    assert (said["title"], said["place"]) == ("Nắp cống vỡ", "Đường Lý Thường Kiệt")
    assert (said["due"], said["left"]) == ("18:00 04/11/2024", "Còn 4 giờ")
    assert Lines(("number", "entered"), Words(), NOW).parts == ("number", "urgency", "channel", "entered")


@pytest.mark.parametrize("bad", ['=HYPERLINK("x")', "+84912", "-1", "@SUM(A1)", "\t=1"])
def test_no_text_is_a_formula(bad: str) -> None:
    assert next(csv.reader(io.StringIO(csv_of([[bad, "a\r\nb"]]), newline=""))) == [f"'{bad}", "a\r\nb"]
    assert tabbed([[bad.strip(), "a\tb\nc"]]) == f"'{bad.strip()}\ta b c"


def test_lines_of_a_file_are_ended_and_quoted_as_the_standard_has_it() -> None:
    assert csv_of([["a", 'say "x", then'], ["", "b"]]) == 'a,"say ""x"", then"\r\n,b\r\n'


def test_chosen_rows_are_copied_with_tabs(files: ListFiles, crowded: QueueRoom, stage: Stage) -> None:
    rows = [crowded.state.row(at) for at in (2, 0)]
    crowded.select_many([one.id for one in rows if one is not None])
    QTest.keyClick(crowded.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[0] for line in lines] == [one.number for one in rows if one is not None]
    crowded.selecting.clear()
    QTest.keyClick(crowded.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    assert "\n" not in QGuiApplication.clipboard().text()


def test_the_whole_view_goes_into_a_file(
    files: ListFiles, crowded: QueueRoom, stage: Stage, tmp_path: Path
) -> None:
    file = tmp_path / "ra.csv"
    stage.run(files.export(file))
    heads, *lines = read(file)
    assert heads[0] == t("col.number")
    assert len(lines) == CROWD
    assert lines[0][0] == crowded.state.row(0).number  # type: ignore[union-attr]
    assert b"Nguy\xe1\xbb\x85n V\xc4\x83n Long" not in file.read_bytes()
    assert b"912345678" not in file.read_bytes()
    assert [one.name for one in tmp_path.glob("ra*")] == ["ra.csv"]
    assert stage.notices.shown is not None
    assert stage.notices.shown.text == t("list.exported", n=CROWD, file="ra.csv")


def test_what_was_answered_goes_into_the_file_by_question_where_one_type_is_meant(
    files: ListFiles, crowded: QueueRoom, crowd: Desk, stage: Stage, tmp_path: Path
) -> None:
    """Answers in words are somebody's own words: only that there are some."""
    first = crowded.state.row(0)
    assert first is not None
    given = {"injured": "yes", "size": "a row of houses", "gone.q": "odd"}
    case = stage.run(crowd.case(first.id)).case  # type: ignore[union-attr]
    change = FieldChange(old=case.answers, new=given)
    stage.run(crowd.act(first.id, EditReport(fields={"answers": change})))
    stage.run(files.export(tmp_path / "ra.csv"))
    heads, *lines = read(tmp_path / "ra.csv")
    assert heads[-1] == "Trả lời"
    said = {line[0]: line[-1] for line in lines}
    assert said.pop(first.number) == "Có người bị thương không? Có; gone.q odd; size (đã trả lời)"
    crowded.bar.set_filter(Filter(types=(first.type,), answers=("injured=yes",)))
    stage.until(lambda: crowded.state.total == 1)
    stage.run(files.export(tmp_path / "ra.csv"))
    heads, line = read(tmp_path / "ra.csv")
    assert dict(zip(heads, line, strict=True))["Có người bị thương không?"] == "Có"
    assert heads[-len(crowd.reference.type(first.type).questions) :] == [  # type: ignore[union-attr]
        question.text
        for question in crowd.reference.type(first.type).questions  # type: ignore[union-attr]
    ]
    assert b"a row of houses" not in (tmp_path / "ra.csv").read_bytes()


def test_chosen_cases_alone_go_into_a_file(
    files: ListFiles, crowded: QueueRoom, stage: Stage, tmp_path: Path
) -> None:
    rows = [crowded.state.row(at) for at in (7, 3)]
    crowded.select_many([one.id for one in rows if one is not None])
    stage.run(files.export(tmp_path / "ra.csv"))
    assert [line[0] for line in read(tmp_path / "ra.csv")[1:]] == [one.number for one in rows if one]


def test_what_is_stopped_leaves_the_old_file_as_it_was(
    files: ListFiles, crowded: QueueRoom, crowd: Desk, stage: Stage, tmp_path: Path
) -> None:
    file = tmp_path / "ra.csv"
    file.write_text("cũ", encoding="utf-8")
    running = stage.tasks.start(files.export(file))
    stage.until(lambda: crowd.works.running)
    QTest.keyClick(crowded.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert stage.notices.shown is not None
    assert stage.notices.shown.text == t("progress.busy")
    stage.notices.dismiss()
    crowd.works.stop(crowd.works.running[0].id)
    stage.settle()
    assert crowd.works.running == ()
    assert running.done()
    assert file.read_text(encoding="utf-8") == "cũ"
    assert [one.name for one in tmp_path.glob("ra*")] == ["ra.csv"]
    assert stage.notices.shown is not None
    assert stage.notices.shown.text == t("list.stopped")


def test_a_place_that_cannot_be_written_is_told_with_what_to_do(
    files: ListFiles, stage: Stage, tmp_path: Path
) -> None:
    stage.run(files.export(tmp_path / "khong-co" / "ra.csv"))
    assert stage.notices.shown is not None
    assert stage.notices.shown.text == t("error.export_unwritable")


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    out = ListFile(tmp_path / "ra.csv", Lines(USUAL, Words(), NOW))
    out.begin()
    assert out._out is not None
    os.dup2(os.open("/dev/full", os.O_WRONLY), out._out.fileno())
    with pytest.raises(ExportFull):
        out.put([row(f"r{at}") for at in range(2000)])
    assert list(tmp_path.glob("ra*")) == []
    with pytest.raises(ExportUnwritable):
        ListFile(tmp_path / "x" / "ra.csv", out._lines).begin()


def test_the_list_is_printed_page_by_page(
    files: ListFiles, crowded: QueueRoom, stage: Stage, tmp_path: Path
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "ra.pdf"))
    pages = stage.run(files.print(printer))
    made = (tmp_path / "ra.pdf").read_bytes()
    assert pages >= 3
    assert made.count(b"/Type /Page\n") == pages
    assert stage.notices.shown is not None
    assert stage.notices.shown.text == t("list.printed", n=CROWD, pages=pages)


def heads(files: ListFiles) -> tuple[str, str]:
    sheet = files._sheet(files._title(), files._said_of(files._listed()), 100, 30)
    assert sheet.as_of.endswith("04/11/2024")
    return sheet.title, sheet.what.removesuffix(f" · {t('list.more', n=100, left=30)}")


def test_paper_says_what_of_the_view_is_on_it(files: ListFiles, crowded: QueueRoom, stage: Stage) -> None:
    crowded.bar.set_filter(Filter(words="nap cong", due=(DueState.RUNNING,)))
    stage.settle()
    in_words = "Thời hạn: Còn hạn · Từ: nap cong"
    assert heads(files) == ("Đang mở", in_words)
    saved = stage.run(crowded._desk.keep_view(crowded.viewing.now("Cống ca đêm")))
    crowded.viewing.show_saved(saved)
    stage.settle()
    assert heads(files) == ("Cống ca đêm", f"Đang mở · {in_words}")
    crowded.bar.set_filter(Filter(words="nap"))
    stage.settle()
    assert heads(files) == ("Cống ca đêm (đã đổi so với khi lưu)", "Đang mở · Từ: nap")
    choose = [row.id for row in map(crowded.state.row, (1, 2)) if row is not None]
    crowded.select_many(choose)
    assert heads(files)[1] == "Đang mở · 2 phản ánh được chọn"


def test_what_is_looked_at_meanwhile_does_not_get_into_the_file(
    files: ListFiles, crowded: QueueRoom, crowd: Desk, stage: Stage, tmp_path: Path
) -> None:
    crowded.bar.sorted.emit(Sort.NUMBER)
    stage.until(lambda: crowded.state.sort is Sort.NUMBER)
    stage.settle()
    meant = [row.number for row in map(crowded.state.row, range(PAGE)) if row is not None]
    running = stage.tasks.start(files.export(tmp_path / "ra.csv"))
    crowded.bar.sorted.emit(Sort.NEWEST)
    crowded.bar.set_filter(Filter(words="khong co chu nay"))
    stage.until(running.done)
    assert [line[0] for line in read(tmp_path / "ra.csv")[1 : PAGE + 1]] == meant
