"""Files in the case's pane: dropped, pasted, looked at, saved, taken out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.desk.attachment_rows import Lying
from console.desk.desk import Desk
from console.ui.case.case_pane import CasePane
from console.ui.files.files_of import image_of
from console.ui.files.picture_sheet import PictureSheet
from console.ui.words import t
from tests.support.pictures import EXE, PDF, photo
from tests.ui.conftest import Stage

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def pane(stage: Stage, desk: Desk, qtbot: QtBot) -> Iterator[CasePane]:
    made = CasePane(desk, stage.signals(desk), stage.theme, stage.tasks, stage.notices)
    qtbot.addWidget(made)
    made.resize(446, 950)
    made.show()
    done = stage.log(desk)
    made.show_case(done.case)
    stage.until(lambda: made.view is not None)
    stage.settle()
    yield made
    stage.settle()


def file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def drop(pane: CasePane, *paths: Path) -> None:
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(QPoint(5, 5)), Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    pane.sheet.files.dropEvent(event)


def attached(stage: Stage, pane: CasePane, *paths: Path) -> None:
    before = len(pane.sheet.files.tiles)
    drop(pane, *paths)
    stage.until(lambda: len(pane.sheet.files.tiles) == before + len(paths))
    stage.settle()


def sheet_of(stage: Stage) -> PictureSheet:
    found: list[PictureSheet] = []

    def look() -> bool:
        found[:] = [w for w in QApplication.topLevelWidgets() if isinstance(w, PictureSheet)]
        return bool(found) and found[0].canvas.showing

    stage.until(look)
    return found[0]


def test_dropped_files_are_attached_and_stand_in_the_case(
    stage: Stage, desk: Desk, pane: CasePane, tmp_path: Path
) -> None:
    attached(stage, pane, file(tmp_path, "ngap.jpg", photo()), file(tmp_path, "to-khai.pdf", PDF))
    photo_tile, paper_tile = pane.sheet.files.tiles
    assert (photo_tile.row.name, paper_tile.row.name) == ("ngap.jpg", "to-khai.pdf")
    assert photo_tile.row.state is Lying.HERE
    assert not photo_tile._picture.isNull()
    assert "chờ gửi" in photo_tile.accessibleName()
    assert pane.sheet.files.count.text() == "2"
    stage.until(lambda: any("ngap.jpg" in line for line in pane.sheet.timeline.lines))


def test_what_cannot_be_attached_is_named_and_the_others_go(
    stage: Stage, pane: CasePane, tmp_path: Path
) -> None:
    bad, good = file(tmp_path, "anh.jpg", EXE), file(tmp_path, "ngap.jpg", photo())
    drop(pane, bad, good)
    stage.until(lambda: len(pane.sheet.files.tiles) == 1)
    notice = stage.notices.shown
    assert notice is not None
    assert notice.text == f"anh.jpg: {t('error.attachment_type')}"


def test_a_picture_from_the_clipboard_is_attached(stage: Stage, pane: CasePane) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor(Qt.GlobalColor.red))
    QApplication.clipboard().setImage(image)
    QTest.keyClick(pane._scroll, Qt.Key.Key_V, CONTROL)
    stage.until(lambda: len(pane.sheet.files.tiles) == 1)
    assert pane.sheet.files.tiles[0].row.name == t("files.pasted")
    QApplication.clipboard().setText("chỉ là chữ")
    assert not pane.files.paste()


def test_a_picture_is_looked_at_by_keys_and_its_neighbour_too(
    stage: Stage, pane: CasePane, tmp_path: Path
) -> None:
    attached(
        stage, pane, file(tmp_path, "a.jpg", photo(80, 60)), file(tmp_path, "b.png", photo(30, 60, "PNG"))
    )
    first, second = pane.sheet.files.tiles
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Return)
    sheet = sheet_of(stage)
    assert sheet.row.name == "b.png"
    QTest.keyClick(sheet, Qt.Key.Key_Left)
    stage.until(lambda: sheet.canvas._image.width() == 80)
    assert "a.jpg" in sheet.words.text()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)


def test_one_that_has_not_left_can_be_taken_out(stage: Stage, pane: CasePane, tmp_path: Path) -> None:
    attached(stage, pane, file(tmp_path, "nham.jpg", photo()))
    QTest.keyClick(pane.sheet.files.tiles[0], Qt.Key.Key_Delete)
    stage.until(lambda: not pane.sheet.files.tiles)
    stage.settle()
    assert not any("nham.jpg" in line for line in pane.sheet.timeline.lines)


def test_a_file_is_saved_where_the_operator_says(stage: Stage, pane: CasePane, tmp_path: Path) -> None:
    attached(stage, pane, file(tmp_path, "to-khai.pdf", PDF))
    row = pane.sheet.files.tiles[0].row
    stage.run(pane.files._save(row, tmp_path / "ra.pdf"))
    assert (tmp_path / "ra.pdf").read_bytes() == PDF
    stage.run(pane.files._save(row, tmp_path / "khong-co" / "ra.pdf"))
    assert stage.notices.shown is not None
    assert stage.notices.shown.text == t("files.notSaved", name="ra.pdf")


def test_a_picture_lies_upright(stage: Stage) -> None:
    upright = image_of(photo(80, 60, orientation=6))
    assert (upright.width(), upright.height()) == (60, 80)
    assert image_of(b"no picture").isNull()
