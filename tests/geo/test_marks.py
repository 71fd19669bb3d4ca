"""Flood marks: what a GeoJSON file may hold, and what is said of one that cannot be shown."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.geo import marks
from console.geo.faults import MapFileFault
from console.geo.marks import Shape, read_marks
from console.geo.mercator import point_to_world


def feature(kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": kind, "coordinates": coordinates},
        "properties": properties,
    }


def written(tmp_path: Path, *features: Any, **more: Any) -> Path:
    file = tmp_path / "lu.geojson"
    whole = {"type": "FeatureCollection", "features": list(features), **more}
    file.write_text(json.dumps(whole), encoding="utf-8")
    return file


def fault(file: Path) -> MapFileFault:
    with pytest.raises(MapFileFault) as caught:
        read_marks(file)
    assert file.name not in str(caught.value)
    assert caught.value.file == file
    return caught.value


POINT = feature("Point", [106.62, 17.47, 3.5], name="Cầu Nhật Lệ", level=2.35, time="2020-10-19T04:00")
RING = [[106.6, 17.4], [106.7, 17.4], [106.7, 17.5], [106.6, 17.4]]


def test_points_lines_and_areas_with_their_words(tmp_path: Path) -> None:
    line = feature("LineString", [[106.6, 17.4], [106.7, 17.5]], name="Bờ  sông", level=None, time=True)
    found = read_marks(written(tmp_path, POINT, line, feature("Polygon", [RING]))).marks
    assert [m.shape for m in found] == [Shape.POINT, Shape.LINE, Shape.AREA]
    assert (found[0].name, found[0].level, found[0].time) == ("Cầu Nhật Lệ", "2.35", "2020-10-19T04:00")
    assert (found[1].name, found[1].level, found[1].time) == ("Bờ sông", "", "")
    assert found[0].anchor == pytest.approx(point_to_world(106.62, 17.47))
    np.testing.assert_allclose(found[2].parts[0][1], point_to_world(106.7, 17.4))


def test_many_parts_are_one_mark(tmp_path: Path) -> None:
    both = feature("MultiPolygon", [[RING], [RING, RING]])
    (mark,) = read_marks(written(tmp_path, both)).marks
    assert len(mark.parts) == 3
    (points,) = read_marks(written(tmp_path, feature("MultiPoint", RING))).marks
    assert (points.shape, len(points.parts[0])) == (Shape.POINT, 4)


@pytest.mark.parametrize(
    ("broken", "why", "where"),
    [
        (feature("Point", [17.47, 106.62]), "swapped", {"feature": 2}),
        (feature("Point", [190.0, 17.0]), "out_of_range", {"feature": 2}),
        (feature("Point", [562_000.0, 1_932_000.0]), "projected", {"feature": 2, "crs": ""}),
        (feature("Point", ["a", 1]), "coordinates", {"feature": 2}),
        (feature("Point", [10**400, 1]), "coordinates", {"feature": 2}),
        (feature("Polygon", [RING[:3]]), "coordinates", {"feature": 2}),
        (feature("LineString", []), "coordinates", {"feature": 2}),
        (feature("MultiPolygon", []), "coordinates", {"feature": 2}),
        (feature("Circle", [1, 2]), "geometry", {"feature": 2, "kind": "Circle"}),
        ({"type": "Feature", "geometry": None}, "geometry", {"feature": 2, "kind": "None"}),
        (17, "geometry", {"feature": 2, "kind": "None"}),
        ({"geometry": {"type": []}}, "geometry", {"feature": 2, "kind": "[]"}),
    ],
)
def test_a_broken_feature_is_named_by_number(
    tmp_path: Path, broken: Any, why: str, where: dict[str, Any]
) -> None:
    found = fault(written(tmp_path, POINT, broken))
    assert (found.why, found.where) == (why, where)


@pytest.mark.parametrize(
    ("data", "why", "where"),
    [
        (b'{"type":\n "FeatureCollection",, ', "not_json", {"line": 2, "column": 22}),
        ('{"name":\n "lũ"}'.encode("latin-1", "replace").replace(b"?", b"\xfb"), "not_utf8", {"line": 2}),
        (b'{"type": "Feature"}', "no_collection", {}),
        (b"[]", "no_collection", {}),
        (b"[" * 100_000, "no_collection", {}),
        (b'{"type": "FeatureCollection", "features": []}', "empty", {}),
        (b"", "not_json", {"line": 1, "column": 1}),
    ],
)
def test_a_file_that_is_no_geojson_says_at_which_line(
    tmp_path: Path, data: bytes, why: str, where: dict[str, Any]
) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(data)
    found = fault(file)
    assert (found.why, found.where) == (why, where)


def test_a_file_that_went_away_or_is_too_big(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fault(tmp_path / "none.geojson").why == "gone"
    assert fault(tmp_path).why == "unreadable"
    monkeypatch.setattr(marks, "MOST_BYTES", 100)
    assert fault(written(tmp_path, POINT)).why == "too_big"
    monkeypatch.undo()
    monkeypatch.setattr(marks, "MOST_FEATURES", 1)
    assert fault(written(tmp_path, POINT, POINT)).where == {"n": 1}
    monkeypatch.setattr(marks, "MOST_CORNERS", 3)
    assert fault(written(tmp_path, feature("Polygon", [RING]))).where == {"n": 3, "feature": 1}


def test_only_degrees_of_wgs_84_will_do(tmp_path: Path) -> None:
    old = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert read_marks(written(tmp_path, POINT, crs=old)).marks
    vn2000 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::9210"}}
    found = fault(written(tmp_path, POINT, crs=vn2000))
    assert (found.why, found.where["crs"]) == ("projected", "urn:ogc:def:crs:EPSG::9210")


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "geometry", "coordinates", "properties", "name"]), inner)
    ),
    max_leaves=12,
)
GEOMETRY = st.fixed_dictionaries({"type": st.sampled_from(sorted(marks._SHAPES)), "coordinates": JSON})


@given(st.lists(JSON | st.fixed_dictionaries({"geometry": GEOMETRY, "properties": JSON}), max_size=3))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_file_holds_it_is_shown_or_told(tmp_path: Path, features: list[Any]) -> None:
    try:
        found = read_marks(written(tmp_path, *features))
    except MapFileFault:
        return
    assert len(found.marks) == len(features)
    for mark in found.marks:
        assert all(np.all(np.isfinite(part)) for part in mark.parts)
