"""Hours of shifts as they are imported: what no day could be worked by is said."""

from pathlib import Path
from typing import Any

import pytest

from tests.reference.test_import_json import problems, read


def a_shift(**more: Any) -> dict[str, Any]:
    usual = {"code": "long", "name": "Ca dài", "name_en": "Long", "starts": "07:00", "ends": "19:00"}
    return usual | {"valid_from": "2026-01-01"} | more


@pytest.mark.parametrize(
    ("shift", "said"),
    [
        (a_shift(ends="07:00"), "cùng lúc"),
        (a_shift(starts="06:00"), "ca Ca sáng cũng bắt đầu lúc 06:00"),
        (a_shift(starts="25:00"), "starts"),
    ],
)
def test_hours_that_cannot_be_are_told(shift: dict[str, Any], said: str, tmp_path: Path) -> None:
    assert said in problems("shifts", [shift], tmp_path)[0]


def test_other_hours_are_brought_in(tmp_path: Path) -> None:
    (one,) = read("shifts", [a_shift()], tmp_path)
    assert (one.starts, one.ends) == ("07:00", "19:00")
