"""The law of the typed filter: what a filter is spelled as asks the same filter again."""

from datetime import date
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from console.desk.names import STATUSES
from console.desk.rows import DueState, Filter, Values
from console.domain.case import Channel
from console.domain.category import Urgency
from console.domain.number import make_number
from console.reference import bundled
from console.ui.queue.filter_words import FilterWords, removed

TODAY = date(2024, 11, 4)
REFERENCE = bundled()
WORDS = FilterWords(REFERENCE, TODAY, "op03")
DAY_MS = 86_400_000
MIDNIGHT_MS = 1_730_653_200_000  # 4 November 2024 at Đồng Hới


def some(values: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(list(values)), max_size=4, unique=True).map(tuple)


def codes(items: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return some([*dict.fromkeys(item.code for item in items), "H46.99.99", "gone"])


days = st.none() | st.integers(-400, 400).map(lambda day: MIDNIGHT_MS + day * DAY_MS)
fields = {
    "statuses": some(STATUSES),
    "urgencies": some(Urgency),
    "types": codes(REFERENCE.types),
    "categories": codes(REFERENCE.categories),
    "leads": st.one_of(codes(REFERENCE.agencies), st.just(("",))),
    "communes": codes([unit for unit in REFERENCE.units if unit.kind.is_commune]),
    "districts": codes([unit for unit in REFERENCE.units if unit.kind.is_district]),
    "channels": some(Channel),
    "due": some(DueState),
    "handlers": some(["op03", "", "op07"]),
    "outcomes": some(["met", "metExtended", "late"]),
}
filters = st.builds(
    Filter,
    words=st.lists(st.sampled_from(["cột", "điện", "đổ", "công", "nước", "12.5"]), max_size=3).map(" ".join),
    callers=some(make_number("2411", station, 42) for station in ("07", "08")),
    **fields,
    but=st.just(Values()) | st.builds(Values, **fields),
    entered_from_ms=days,
    entered_until_ms=days,
    resolved_from_ms=days,
    resolved_until_ms=days,
)


@settings(max_examples=15, deadline=None)
@given(filters)
def test_a_filter_is_spelled_as_a_line_that_asks_the_same(chosen: Filter) -> None:
    words = WORDS.knowing(chosen)
    line = words.reader.read(words.text_of(chosen))
    assert line.troubles == ()
    assert words.filter_of(line) == chosen
    assert words.text_of(words.filter_of(line)) == words.text_of(chosen)


@settings(max_examples=15, deadline=None)
@given(st.text(st.sampled_from('dvtrexan:,"- đệ0123/'), max_size=40))
def test_any_line_that_can_be_read_is_spelled_as_one_that_asks_the_same(text: str) -> None:
    once = WORDS.filter_of(WORDS.reader.read(text))
    assert WORDS.filter_of(WORDS.reader.read(WORDS.text_of(once))) == once


@settings(max_examples=15, deadline=None)
@given(filters)
def test_every_part_can_be_taken_away_by_itself(chosen: Filter) -> None:
    words = WORDS.knowing(chosen)
    left = chosen
    for name, _text in words.parts_of(chosen):
        left = removed(left, name)
        assert name not in dict(words.parts_of(left))
    assert msgspec.structs.replace(left, words="") == Filter()
