"""Names: which at which zoom, and where they find room."""

from itertools import combinations

import numpy as np
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from console.geo.clusters import ClusterIndex
from console.geo.mercator import Window, point_to_world
from console.geo.outlines import Outlines
from console.geo.surroundings import open_names
from console.ui.map.labels import Labels, Name, Placed, Room, Style, names_at
from console.ui.theme import Theme

X, Y = point_to_world(106.4, 17.5)
WINDOW = Window(X, Y, 8.0, 606, 786)


def boxes(labels: Labels, plan: list[Placed]) -> list[QRectF]:
    sizes = [labels.picture(p.name).deviceIndependentSize() for p in plan]
    return [QRectF(p.left, p.top, s.width(), s.height()) for p, s in zip(plan, sizes, strict=True)]


def points(*xy: tuple[float, float]) -> ClusterIndex:
    x, y = np.array([p[0] for p in xy]), np.array([p[1] for p in xy])
    return ClusterIndex(x, y, np.ones(len(xy), np.int8))


def test_districts_from_afar_communes_from_near(outlines: Outlines) -> None:
    around = open_names()
    far = names_at(outlines, around, [], "vi", 8.0)
    near = names_at(outlines, around, [], "vi", 11.0)
    street = [Name("Đường Lý Thường Kiệt", Style.PLACE, X, Y)]
    assert {n.style for n in far} == {Style.DISTRICT, Style.SEA, Style.PROVINCE, Style.COUNTRY}
    assert [n.text for n in far if n.style is Style.SEA] == ["Biển Đông"]
    assert {n.text for n in near} >= {c.name for c in outlines.communes}
    assert not [n for n in near if n.style is Style.DISTRICT]
    assert not [n for n in names_at(outlines, around, street, "vi", 11.0) if n.style is Style.PLACE]
    assert street[0] in names_at(outlines, around, street, "vi", 14.0)


def test_a_figure_follows_the_name_of_its_commune_or_stands_in_its_place(outlines: Outlines) -> None:
    one = outlines.communes[0]
    near = names_at(outlines, (), [], "vi", 11.0, {one.code: "12"})
    assert f"{one.name} · 12" in {n.text for n in near if n.style is Style.COMMUNE}
    far = names_at(outlines, (), [], "vi", 8.0, {one.code: "12"})
    assert [n.text for n in far if n.style is Style.FIGURE] == ["12"]


def test_neighbours_have_a_name_in_each_language(outlines: Outlines) -> None:
    vi, en = (
        {n.text for n in names_at(outlines, open_names(), [], language, 8.0) if n.style is Style.COUNTRY}
        for language in ("vi", "en")
    )
    assert vi == {"CHDCND Lào"}
    assert en == {"Lao PDR"}


def test_names_never_cover_each_other(qtbot: QtBot, outlines: Outlines) -> None:
    labels = Labels(Theme("light"), 1.0)
    window = Window(X, Y, 10.5, 1200, 1000)
    names = names_at(outlines, open_names(), [], "vi", 10.5)
    plan = labels.plan(names, window, points().level(10.5))
    assert len(plan) > 20
    for a, b in combinations(boxes(labels, plan), 2):
        assert not a.adjusted(1, 1, -1, -1).intersects(b.adjusted(1, 1, -1, -1))


def test_a_name_stands_beside_the_bubble_on_its_point(qtbot: QtBot) -> None:
    labels = Labels(Theme("light"), 1.0)
    name = Name("Đồng Hới", Style.DISTRICT, X, Y, True)
    level = points((X, Y), (X, Y)).level(8.0)
    box = boxes(labels, labels.plan([name], WINDOW, level))[0]
    middle = (X * WINDOW.scale, Y * WINDOW.scale)
    assert not box.intersects(QRectF(middle[0] - 18, middle[1] - 18, 36, 36))


def test_without_a_bubble_the_name_stands_on_its_point(qtbot: QtBot) -> None:
    labels = Labels(Theme("light"), 1.0)
    name = Name("Đồng Hới", Style.DISTRICT, X, Y, True)
    box = boxes(labels, labels.plan([name], WINDOW, points().level(8.0)))[0]
    assert box.contains(X * WINDOW.scale, Y * WINDOW.scale)


def test_what_finds_no_room_is_left_out_unless_it_must_be_there(qtbot: QtBot) -> None:
    labels = Labels(Theme("light"), 1.0)
    grid = [
        (X + i / WINDOW.scale * 45, Y + j / WINDOW.scale * 45) for i in range(-6, 7) for j in range(-6, 7)
    ]
    crowd = points(*(p for p in grid for _ in range(2))).level(8.0)
    may = Name("Bắc Lý", Style.COMMUNE, X, Y)
    must = Name("Đồng Hới", Style.DISTRICT, X, Y, True)
    assert labels.plan([may], WINDOW, crowd) == []
    assert [p.name for p in labels.plan([must], WINDOW, crowd)] == [must]


def test_a_name_keeps_its_spot_while_that_is_free(qtbot: QtBot) -> None:
    labels = Labels(Theme("light"), 1.0)
    name = Name("Đồng Hới", Style.DISTRICT, X, Y, True)
    pushed = labels.plan([name], WINDOW, points((X, Y), (X, Y)).level(8.0))
    assert labels.plan([name], WINDOW, points().level(8.0)) == pushed


def test_room_knows_what_is_taken() -> None:
    room = Room(100, 100, 60, 60)
    assert room.taken(100, 100, 60, 60) == 0
    room.block(np.array([130.0, 5000.0]), np.array([130.0, 5000.0]), 6)
    assert room.taken(124, 124, 12, 12) > 0
    assert room.taken(100, 100, 12, 12) == 0
    room.take(100, 100, 12, 12)
    assert room.taken(100, 100, 6, 6) == 1
