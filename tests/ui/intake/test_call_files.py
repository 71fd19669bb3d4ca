"""Files of a call that is being taken."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication

from tests.support.pictures import LAT, LON, PDF, photo
from tests.ui.intake.conftest import Hands


def carried(*paths: Path) -> QMimeData:
    made = QMimeData()
    made.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    made.setText("\n".join(str(path) for path in paths))
    return made


def pasted(hands: Hands, folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    QApplication.clipboard().setMimeData(carried(folder / name))
    hands.go("N")
    before = len(hands.room.form.files.tiles)
    hands.room.form.content.paste()
    hands.stage.until(lambda: len(hands.room.form.files.tiles) == before + 1)
    hands.stage.settle()


def test_files_pasted_before_anything_is_typed_go_with_the_report(hands: Hands, tmp_path: Path) -> None:
    pasted(hands, tmp_path, "ngap.jpg", photo(gps=False))
    assert hands.room.state.draft.number
    assert hands.room.form.content.toPlainText() == ""
    pasted(hands, tmp_path, "don.pdf", PDF)
    hands.fill()
    hands.room.save_later()
    hands.stage.settle()
    rows = hands.stage.run(hands.desk.attachments(hands.case().case.id))
    assert {row.name for row in rows} == {"ngap.jpg", "don.pdf"}
    assert not hands.room.form.files.tiles, "the next call begins with none"


def test_the_place_where_a_picture_was_taken_is_offered_and_not_taken(hands: Hands, tmp_path: Path) -> None:
    pasted(hands, tmp_path, "ngap.jpg", photo())
    offer = hands.room.form.taken_at
    assert offer.isVisibleTo(hands.room.form)
    assert "ngap.jpg" in offer.words.text()
    assert "Đồng Hới" in offer.words.text()
    assert hands.room.state.draft.place is None
    offer.take.click()
    place = hands.room.state.draft.place
    assert place is not None
    assert place.point is not None
    assert abs(place.point.lat - LAT) + abs(place.point.lon - LON) < 1e-6
    assert hands.room.state.draft.commune
    assert not offer.isVisibleTo(hands.room.form)


def test_each_draft_shows_its_own_files(hands: Hands, tmp_path: Path) -> None:
    pasted(hands, tmp_path, "ngap.jpg", photo())
    first = hands.room.state.draft.id
    hands.room.new()
    hands.stage.settle()
    assert not hands.room.form.files.tiles
    assert not hands.room.form.taken_at.isVisibleTo(hands.room.form)
    hands.room.resume(first)
    hands.stage.until(lambda: len(hands.room.form.files.tiles) == 1)
