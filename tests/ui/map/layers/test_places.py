"""Boundaries of a day, duty posts, flood marks: shown with their words, or told with the map left as is."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest

from console.domain.place import PostKind
from console.domain.reference import in_force
from console.geo.mercator import point_to_world
from console.ui.map.layers.marks_part import time_text
from console.ui.map.layers.sections import DayEdit
from tests.desk.people import REFERENCE
from tests.ui.conftest import Stage
from tests.ui.map.conftest import DAY, color_at, picture
from tests.ui.map.layers.conftest import Scene

LATER = date(2025, 8, 1)


def spot(scene: Scene, lon: float, lat: float) -> QPoint:
    x, y = scene.pane.view.camera.window.to_screen(*point_to_world(lon, lat))
    return QPoint(round(x), round(y))


def test_another_day_has_other_boundaries_and_the_map_says_which(scene: Scene) -> None:
    view, plate = scene.pane.view, scene.keeper.bounds.plate
    assert (len(view.outlines.communes), plate.isVisible()) == (145, False)
    edit = scene.named(DayEdit, "Ranh giới ngày")
    assert isinstance(edit, DayEdit)
    edit.setDate(QDate(2025, 8, 1))
    scene.stage.settle()
    assert len(view.outlines.communes) == 41
    assert plate.text() == "Ranh giới ngày 01/08/2025, không phải hôm nay"
    facts = scene.pane.legend_facts()
    assert (facts.day, facts.other_day, facts.approximate) == (LATER, True, True)
    scene.pane.set_reference(REFERENCE, DAY)  # as after a change of the reference
    scene.stage.settle()
    assert len(view.outlines.communes) == 41
    scene.choose(day=None)
    assert (len(view.outlines.communes), plate.isVisible()) == (145, False)


def test_a_day_without_boundaries_is_told_and_changes_nothing(scene: Scene) -> None:
    scene.keeper.toggle()
    scene.choose(day=date(2001, 1, 1))
    assert len(scene.pane.view.outlines.communes) == 145
    told = scene.keeper.sheet.trouble.accessibleName()
    assert told.startswith(
        "Không có ranh giới nào có hiệu lực ngày 01/01/2001; bản đồ giữ ranh giới đang hiện"
    )


def test_posts_of_the_day_stand_on_the_map_with_their_words(scene: Scene) -> None:
    view = scene.pane.view
    fire = next(p for p in in_force(REFERENCE.posts, DAY) if p.kind is PostKind.FIRE)
    view.show_around(fire.lon, fire.lat, 3000)
    scene.stage.until(view.background_ready)
    at = spot(scene, fire.lon, fire.lat)
    before = picture(view)
    scene.choose(posts=True, pins=False)
    after = picture(view)
    changed = [
        d for d in range(-8, 9) if color_at(before, at + QPoint(d, 0)) != color_at(after, at + QPoint(d, 0))
    ]
    assert len(changed) > 6
    assert view.words_at(at.x(), at.y()) == "Trực chỉ huy cứu nạn, cứu hộ tỉnh · Chữa cháy, cứu nạn"
    told = scene.keeper.legend.accessibleDescription()
    assert "Công an. Chữa cháy, cứu nạn. Y tế" in told
    assert "trụ sở là dữ liệu luyện tập" in told
    scene.choose(day=LATER)
    assert "Công an" not in scene.keeper.legend.accessibleDescription()


def feature(kind: str, coordinates: Any, **words: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": words, "geometry": {"type": kind, "coordinates": coordinates}}


def marks_file(tmp_path: Path, *features: dict[str, Any]) -> Path:
    file = tmp_path / "lũ 2020.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return file


POINT = feature("Point", [106.05, 17.55], name="Cầu Trung Quán", level=4.1, time="2020-10-19T04:30")
AREA = feature("Polygon", [[[106.4, 17.3], [106.5, 17.3], [106.5, 17.4], [106.4, 17.4], [106.4, 17.3]]])
LINE = feature("LineString", [[106.0, 17.7], [106.2, 17.7]], name="Đê")


def test_flood_marks_are_drawn_and_say_name_level_and_time(scene: Scene, tmp_path: Path) -> None:
    view = scene.pane.view
    scene.stage.until(view.background_ready)
    before = picture(view)
    scene.keeper.marks.try_file(str(marks_file(tmp_path, POINT, AREA, LINE)))
    scene.stage.settle()
    picture(view)
    scene.stage.until(lambda: scene.keeper.marks.layer.settled(view.camera.window))
    after = picture(view)
    for place in ((106.05, 17.55), (106.42, 17.32), (106.05, 17.7)):
        at = spot(scene, *place)
        assert color_at(before, at) != color_at(after, at), place
    at = spot(scene, 106.05, 17.55)
    assert view.words_at(at.x(), at.y()) == "Cầu Trung Quán · mức nước 4.1 · lúc 04:30 19/10/2020"
    facts = scene.pane.legend_facts()
    assert (facts.marks, facts.marks_count) == ("lũ 2020.geojson", 3)
    assert "3 mốc lũ, tệp lũ 2020.geojson" in scene.keeper.legend.accessibleDescription()
    scene.choose(marks=False)
    assert color_at(picture(view), at) == color_at(before, at)


def test_a_broken_file_is_told_with_its_place_and_the_marks_stay(scene: Scene, tmp_path: Path) -> None:
    scene.keeper.marks.try_file(str(marks_file(tmp_path, POINT)))
    scene.stage.settle()
    kept = scene.keeper.choices
    broken = tmp_path / "hỏng.geojson"
    whole = {"type": "FeatureCollection", "features": [POINT] * 16 + [feature("Point", [200, 17])]}
    broken.write_text(json.dumps(whole))
    scene.keeper.toggle()
    scene.keeper.marks.try_file(str(broken))
    scene.stage.settle()
    told = scene.keeper.sheet.trouble.accessibleName()
    assert told.startswith("Không hiện được tệp hỏng.geojson: đối tượng 17: tọa độ ngoài khoảng.")
    assert told.endswith("Bản đồ vẫn như trước.")
    assert scene.keeper.choices == kept
    assert scene.pane.legend_facts().marks_count == 1


def test_marks_are_read_again_at_the_start_and_a_file_that_went_is_told(
    make_scene: Callable[[], Scene], stage: Stage, tmp_path: Path
) -> None:
    file = marks_file(tmp_path, POINT)
    first = make_scene()
    first.keeper.marks.try_file(str(file))
    stage.settle()
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [POINT, LINE]}))
    assert make_scene().pane.legend_facts().marks_count == 2
    file.unlink()
    last = make_scene()
    assert last.pane.legend_facts().marks == ""
    assert stage.notices.shown is not None
    assert "lũ 2020.geojson: không tìm thấy tệp. Cắm lại ổ hoặc" in stage.notices.shown.text


def test_keys_reach_every_part_of_the_sheet_and_none_of_the_map_beneath(scene: Scene) -> None:
    view = scene.pane.view
    view.setFocus()
    window = view.camera.window
    QTest.keyClick(view, Qt.Key.Key_L)
    sheet = scene.keeper.sheet
    seen = set()
    for _ in range(40):
        focus = sheet.focusWidget() if sheet.isAncestorOf(scene.host.focusWidget()) else None
        if focus is None:
            break
        seen.add(focus.accessibleName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert {"Trụ sở, trạm trực", "Tệp mốc lũ GeoJSON: Chọn tệp…", "Ranh giới ngày"} <= seen
    scene.keeper.sheet.sections[0].setFocus()
    QTest.keyClick(sheet, Qt.Key.Key_Plus)
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(5, sheet.height() - 5))
    assert view.camera.window == window


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2020-10-19T04:30", "04:30 19/10/2020"),
        ("2020-10-19", "19/10/2020"),
        ("đêm 18 rạng 19/10", "đêm 18 rạng 19/10"),
    ],
)
def test_times_are_read_as_people_here_write_them(written: str, read: str) -> None:
    assert time_text(written) == read
