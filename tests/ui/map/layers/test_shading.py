"""Communes by measure: on the map with hatching and numbers, in the legend, and in the table by keyboard."""

from dataclasses import replace
from datetime import date

import msgspec
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.desk.desk import Desk
from console.domain.place import Place
from console.geo.mercator import point_to_world
from console.geo.outlines import outlines_on
from console.geo.surroundings import neighbours
from console.ui.map.layers.choices import Measure
from console.ui.map.tile_art import Ground, Ink, TileKey, paint_tile
from console.ui.parts.drop_button import DropButton
from console.ui.theme import Theme
from tests.desk.people import REFERENCE, WARDS
from tests.ui.map.conftest import DAY, color_at, picture
from tests.ui.map.layers.conftest import Scene

BUSY, QUIET = WARDS[0], WARDS[1]


def report_calls(scene: Scene) -> None:
    for ward, count in ((BUSY, 3), (QUIET, 1)):
        for _ in range(count):
            scene.stage.log(scene.desk, place=Place(commune=ward.code))
    scene.pane.set_districts(scene.stage.run(scene.desk.districts()))


def middle(scene: Scene, code: str) -> QPoint:
    view = scene.pane.view
    unit = next(u for u in view.outlines.communes if u.code == code)
    x, y = view.camera.window.to_screen(unit.x, unit.y)
    return QPoint(round(x), round(y))


def test_the_busier_commune_is_darker_and_the_legend_says_so(scene: Scene) -> None:
    report_calls(scene)
    view = scene.pane.view
    view.show_unit(BUSY.parent or "")
    scene.choose(measure=Measure.OPEN, pins=False)
    scene.stage.until(view.background_ready)
    image = picture(view)
    aside = QPoint(0, 14)  # below the name
    tones = [color_at(image, middle(scene, ward.code) + aside).lightness() for ward in (BUSY, QUIET)]
    assert tones[0] < tones[1] - 40
    told = scene.keeper.legend.accessibleDescription()
    assert told == (
        "Phản ánh đang mở theo xã. rất ít: 1 (1 xã). rất nhiều: 3 (1 xã). "
        "không tô: 143 xã không có phản ánh nào. Ranh giới gần đúng ngày 04/11/2024, chỉ để định hướng"
    )
    scene.choose(measure=Measure.NONE)
    assert scene.pane.legend_facts().shade is None
    assert not scene.keeper.legend.isVisible()


def test_the_table_goes_into_a_district_and_says_each_level(scene: Scene) -> None:
    report_calls(scene)
    scene.choose(measure=Measure.OPEN)
    half = scene.pane.table.halves[0]
    model = scene.pane.table.models[0]
    row = next(r for r in range(model.rowCount()) if model.row(r).code == BUSY.parent)
    half.setFocus()
    half.setCurrentIndex(model.index(row, 0))
    QTest.keyClick(half, Qt.Key.Key_Return)
    scene.stage.settle()
    assert model.row(0).name.startswith("‹ ")
    at = next(r for r in range(model.rowCount()) if model.row(r).code == BUSY.code)
    spoken = model.index(at, 4).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"{BUSY.short}: mức 5/5, rất nhiều: từ 3 đến 3"
    assert model.index(at, 1).data() == "3"
    half.setCurrentIndex(model.index(at, 0))
    QTest.keyClick(half, Qt.Key.Key_Return)  # the commune as large as it fits
    assert scene.pane.view.camera.window.holds(*point_to_world(BUSY.lon, BUSY.lat))
    QTest.keyClick(half, Qt.Key.Key_Escape)
    assert model.columnCount() == 4
    assert scene.pane.table.halves[1].isVisible()


def test_figures_follow_what_happens(scene: Scene) -> None:
    report_calls(scene)
    scene.choose(measure=Measure.OPEN)
    scene.keeper.shade.news.setInterval(0)
    scene.stage.log(scene.desk, place=Place(commune=BUSY.code))

    def classes() -> list[float]:
        shade = scene.pane.legend_facts().shade
        return [c.most for c in shade.classes] if shade else []

    scene.stage.until(lambda: classes() == [1, 4])


def test_per_inhabitant_only_where_inhabitants_are_known(scene: Scene, desk: Desk) -> None:
    report_calls(scene)
    (drop,) = [d for d in scene.keeper.sheet.findChildren(DropButton) if d.text() == "Tô màu xã:"]
    assert [value for value, _ in drop._choices] == ["", "open", "overdue"]
    units = tuple(
        msgspec.structs.replace(u, people=2000) if u.code == BUSY.code else u for u in REFERENCE.units
    )
    desk._held.reference = replace(REFERENCE, units=units)
    scene.pane.set_reference(desk.reference, DAY)
    assert [value for value, _ in drop._choices] == ["", "open", "overdue", "per_1000"]
    scene.choose(measure=Measure.PER_1000)
    told = scene.keeper.legend.accessibleDescription()
    assert told.startswith(
        "Phản ánh đang mở trên 1.000 dân. trung bình: 1,5 (1 xã). không tô: 144 xã chưa có số dân."
    )


def test_where_districts_end_the_table_lists_communes(scene: Scene) -> None:
    report_calls(scene)
    scene.choose(day=date(2025, 8, 1))
    model = scene.pane.table.models[0]
    assert model.rowCount() == 41
    assert sum(model.row(r).open for r in range(41)) == 4


def test_each_class_has_a_hatching_of_its_own() -> None:
    """The same colour for all: what differs is the pattern alone."""
    theme = Theme("light")
    ink = Ink.of(theme)
    plain = Ink(*(getattr(ink, n) for n in ("sea", "out", "land", "land_alt", "line", "district")),
                (ink.land,) * 5, ink.hatch)  # fmt: skip
    outlines = outlines_on(REFERENCE, DAY)
    west, north, _, _ = outlines.box_of(BUSY.code) or (0, 0, 0, 0)
    scale = 512 * 2.0**12
    key = TileKey(48, int(west * scale // 512), int(north * scale // 512))
    seen = {
        bytes(paint_tile(Ground(outlines, neighbours(), plain, 1.0, (number,) * 145), key).constBits())
        for number in range(5)
    }
    assert len(seen) == 5


def test_the_legend_folds_and_stays_folded(scene: Scene) -> None:
    report_calls(scene)
    scene.choose(measure=Measure.OPEN)
    legend = scene.keeper.legend
    tall = legend.sizeHint().height()
    legend.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert legend.sizeHint().height() < tall / 2
    assert scene.keeper.choices.legend is False
    assert "rất nhiều" in legend.accessibleDescription()
