"""The outbox out to a stick and in at another desk, by keys, with everything that can be wrong with it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.desk.rows import Sending
from console.ui.outbox.carry_sheet import ExportSheet, ImportSheet, facts
from console.ui.outbox.pane_foot import APPLY, COPY, DROP
from console.ui.words import t
from tests.desk.people import OPERATOR, SUPERVISOR
from tests.ui.conftest import Stage
from tests.ui.outbox.conftest import Scene

PHRASE = "muoi hai con co"
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def sit(stage: Stage) -> Iterator[Callable[..., Scene]]:
    """Another desk's outbox, with somebody before it."""
    made: list[Scene] = []

    def open_one(name: str, **who: object) -> Scene:
        scene = Scene(stage, stage.desk(name, **who))
        scene.room.resize(1420, 700)
        scene.room.show()
        scene.room.activateWindow()
        stage.until(scene.room.isActiveWindow)
        made.append(scene)
        return scene

    yield open_one
    for scene in made:
        stage.until(lambda scene=scene: not scene.room._soon.isActive())
        stage.settle()
        scene.room.close()
        scene.room.deleteLater()
        scene.errands.shutdown()


def export_sheet(scene: Scene) -> ExportSheet:
    QTest.keyClick(scene.room, Qt.Key.Key_S, CTRL_SHIFT)
    scene.stage.settle()
    sheet = scene.room.carry.sheet
    assert isinstance(sheet, ExportSheet)
    return sheet


def import_sheet(scene: Scene) -> ImportSheet:
    scene.room.activateWindow()
    scene.stage.until(scene.room.isActiveWindow)
    QTest.keyClick(scene.room, Qt.Key.Key_O, CTRL_SHIFT)
    scene.stage.settle()
    sheet = scene.room.carry.sheet
    assert isinstance(sheet, ImportSheet)
    return sheet


def enter(scene: Scene, sheet: ExportSheet | ImportSheet) -> None:
    QTest.keyClick(sheet.phrase if sheet.phrase.isEnabled() else sheet.go, Qt.Key.Key_Return)
    if scene.room.carry.sheet is sheet and not sheet.phrase.isEnabled():
        sheet.go.click()
    scene.stage.settle()
    scene.read()


@pytest.fixture
def carried(scene: Scene, tmp_path: Path) -> Path:
    """One report and its forwarding on a stick."""
    scene.stage.log(scene.desk, forward=True)
    sheet, file = export_sheet(scene), tmp_path / "stick.iochopthu"
    sheet.file.setText(str(file))
    sheet.phrase.setText(PHRASE)
    sheet.again.setText(PHRASE)
    enter(scene, sheet)
    assert scene.room.carry.sheet is None
    return file


def test_the_proposed_name_says_station_and_time_only(scene: Scene) -> None:
    sheet = export_sheet(scene)
    assert Path(sheet.file.text()).name == "hop-thu-di-ban-07-20241104-1400.iochopthu"
    sheet.reject()


def test_what_is_missing_or_wrong_is_said_before_anything_is_packed(scene: Scene, tmp_path: Path) -> None:
    scene.stage.log(scene.desk, forward=True)
    sheet = export_sheet(scene)
    sheet.file.setText(str(tmp_path / "x"))
    for phrase, again, said in (
        ("", "", t("intake.missing", fields=f"{t('carry.phrase')}, {t('carry.again')}")),
        ("ngan", "ngan", t("carry.short", n=10)),
        (PHRASE, PHRASE + "x", t("carry.differs")),
    ):
        sheet.phrase.setText(phrase)
        sheet.again.setText(again)
        enter(scene, sheet)
        assert sheet.trouble.text() == said
    assert Sending.HELD in {row.state for row in scene.stage.run(scene.desk.outbox()).waiting}
    sheet.reject()


def test_an_empty_outbox_and_a_pulled_stick_are_said_in_the_sheet(scene: Scene, tmp_path: Path) -> None:
    sheet = export_sheet(scene)
    sheet.file.setText(str(tmp_path / "pulled out" / "x"))
    sheet.phrase.setText(PHRASE)
    sheet.again.setText(PHRASE)
    enter(scene, sheet)
    assert sheet.trouble.text() == t("error.parcel_empty")
    scene.stage.log(scene.desk)
    enter(scene, sheet)
    assert sheet.trouble.text() == t("error.parcel_unreachable")
    assert sheet.phrase.text() == PHRASE
    sheet.reject()


def test_it_shows_what_is_inside_and_sends_it_from_there(
    scene: Scene, sit: Callable[..., Scene], carried: Path
) -> None:
    other = sit("other", actor=SUPERVISOR)
    sheet = import_sheet(other)
    sheet.file.setText(str(carried))
    sheet.phrase.setText("mot con co khac")
    enter(other, sheet)
    assert sheet.trouble.text() == t("error.parcel_locked")
    sheet.phrase.setText(PHRASE)
    enter(other, sheet)
    assert sheet.facts.isVisible()
    assert sheet.go.text() == t("carry.in.take", n=2)
    enter(other, sheet)
    assert other.room.carry.sheet is None
    rows = other.stage.run(other.desk.outbox()).waiting
    assert [(row.kind, row.carried) for row in rows] == [("log_report", "07"), ("assign", "07")]
    other.centre = scene.centre
    other.exchange()
    other.read()
    scene.exchange()
    for each in (scene, other):
        assert {row.state for row in each.stage.run(each.desk.outbox()).sent} == {Sending.SENT}
    line = next(line for line in other.room.model.lines if line.choosable)
    assert t("outbox.carried", station="07") in line.second
    assert {button for button, made in other.room.pane.foot.buttons.items() if made.isVisible()} == set()


def test_a_second_time_there_is_nothing_to_take(sit: Callable[..., Scene], carried: Path) -> None:
    other = sit("other", actor=SUPERVISOR)
    for take in (True, False):
        sheet = import_sheet(other)
        sheet.file.setText(str(carried))
        sheet.phrase.setText(PHRASE)
        enter(other, sheet)
        assert sheet.go.isEnabled() is take
        if take:
            enter(other, sheet)
    assert sheet.trouble.text() == t("carry.in.nothingNew")
    sheet.reject()


def test_a_refused_one_is_read_and_put_away_there(
    scene: Scene, sit: Callable[..., Scene], carried: Path
) -> None:
    other = sit("other", actor=SUPERVISOR)
    sheet = import_sheet(other)
    sheet.file.setText(str(carried))
    sheet.phrase.setText(PHRASE)
    enter(other, sheet)
    enter(other, sheet)
    verdicts = [other.centre.refuse(command) for command in other.desk.sync_port.next_batch(9)]
    other.desk.sync_port.apply_verdicts(verdicts, other.centre.now)
    other.room.activated()
    other.read()
    shown = {name for name, made in other.room.pane.foot.buttons.items() if made.isVisible()}
    assert DROP in shown
    assert COPY in shown
    assert APPLY not in shown
    assert t("outbox.says.carriedBack", station="07") in other.room.pane.sentence.text()
    QTest.keyClick(other.room.table, Qt.Key.Key_Delete)
    other.read()
    assert other.stage.run(other.desk.outbox()).attention == ()


def test_an_operator_is_told_who_may(sit: Callable[..., Scene], stage: Stage) -> None:
    other = sit("other", actor=OPERATOR)
    QTest.keyClick(other.room, Qt.Key.Key_O, CTRL_SHIFT)
    stage.settle()
    assert other.room.carry.sheet is None
    assert stage.notices.shown is not None
    assert stage.notices.shown.text == t("carry.notAllowed")


def test_many_numbers_are_counted(scene: Scene) -> None:
    for _ in range(15):
        scene.stage.log(scene.desk)
    parcel = scene.stage.run(scene.desk.pack_outbox())
    view = scene.stage.run(scene.desk.look_into(parcel))
    said = dict(facts(view, scene.stage.wall.at))
    assert said[t("carry.fact.numbers")].endswith(t("carry.numbersMore", numbers="", n=3))
    assert said[t("carry.fact.total")] == t("carry.total", n=15, known=15)
