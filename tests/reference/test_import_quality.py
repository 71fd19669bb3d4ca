"""Targets and score forms that are brought in: what cannot be is told, what holds is drawn and summed."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from console.domain.case import Channel
from console.domain.category import Urgency
from console.domain.quality import fits_form, form_on, is_drawn, points_of, target_of
from console.reference import bundled
from console.reference.reading import BadFile, read_file

DAY = date(2026, 1, 1)


def read(kind: str, body: dict[str, Any], tmp_path: Path) -> list[Any]:
    (tmp_path / "in.json").write_text(json.dumps([body]), encoding="utf-8")
    return read_file(tmp_path / "in.json", kind, bundled(), DAY)


def item(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "text": code, "text_en": code, "most": 2} | more


@pytest.mark.parametrize(
    ("kind", "body", "says"),
    [
        ("targets", {"code": "speed", "percent": 90}, "không có chỉ tiêu speed"),
        ("targets", {"code": "answered", "percent": 90}, "cần số giây"),
        ("targets", {"code": "on_time", "percent": 101}, "percent"),
        ("score_forms", {"code": "c", "name": "C", "percent": 5, "days": 7, "items": []}, "items"),
        (
            "score_forms",
            {"code": "c", "name": "C", "percent": 5, "days": 7, "items": [item("a"), item("a")]},
            "mục a có 2 lần",
        ),
    ],
)
def test_what_cannot_be_is_a_sentence(kind: str, body: dict[str, Any], says: str, tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        read(kind, body, tmp_path)
    assert says in str(caught.value)


def test_a_form_sums_its_points_and_none_where_something_must_be(tmp_path: Path) -> None:
    body = {"code": "c", "name": "C", "percent": 5, "days": 7, "items": [item("a"), item("b", must=True)]}
    (form,) = read("score_forms", body, tmp_path)
    assert form_on([form], DAY) == form
    assert form_on([form], date(2025, 12, 31)) is None
    assert [points_of(form, {"a": 2, "b": b}) for b in (0, 1, 2)] == [0, 3, 4]
    fitting = [{"a": 2, "b": 2}, {"a": 2}, {"a": 3, "b": 1}, {"a": -1, "b": 1}, {"a": 1, "b": 1, "c": 1}]
    assert [fits_form(form, points) for points in fitting] == [True, False, False, False, False]


def test_critical_calls_are_drawn_and_so_many_of_the_others() -> None:
    numbers = [f"2411-{station:02d}{n:03d}-{n % 10}" for station in range(1, 11) for n in range(1000)]
    drawn = [number for number in numbers if is_drawn(number, Channel.PHONE, Urgency.NORMAL, 5)]
    assert 0.04 < len(drawn) / len(numbers) < 0.06
    assert all(is_drawn(number, Channel.PHONE, Urgency.CRITICAL, 5) for number in numbers[:50])
    assert not any(is_drawn(number, Channel.APP, Urgency.CRITICAL, 100) for number in numbers[:50])


def test_a_target_holds_in_its_days() -> None:
    found = target_of(bundled().targets, "on_time", DAY)
    assert found is not None
    assert target_of(bundled().targets, "on_time", date(2020, 1, 1)) is None
