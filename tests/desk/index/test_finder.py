"""The columns' answers equal slow and obvious ones: any rows, changes, filters, orders."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.desk.index import answers, order, zones
from console.desk.index.answers import Answer
from console.desk.index.columns import Columns
from console.desk.index.finder import Finder
from console.desk.names import STATUSES
from console.desk.rows import BUILT_IN, DueState, Filter, Question, Sort, Values, View
from console.domain.case import Channel
from console.domain.category import Urgency
from console.models.case_rows import NEVER, RESTING
from tests.desk.index import slow
from tests.desk.index.slow import Row
from tests.desk.people import REFERENCE, TYPE, WARDS

USER = "op01"
NOW = 1_730_700_000_000
KEYS = 24

TYPES = [(TYPE.code, TYPE.category), (REFERENCE.types[0].code, "road"), ("no.longer", "road"), ("", "")]
PLACES = [(ward.parent or "", ward.code) for ward in WARDS[:3]] + [("", "nowhere"), ("", "")]
LEADS = [None, *(agency.code for agency in REFERENCE.agencies[:2]), "X99"]
ANSWERS = ["", "hurt=yes", "hurt=no\nwho=", "hurt=yes\nwho=known\nhurts=no", "who=\nwhose=no"]
OUTCOMES = ["", "met", "metExtended", "late"]
HANDLERS = ["", USER, "op02"]
NUMBERS = ["2411-07001-2", "2411-070010-5", "2411-07002-0", "2410-07001-9"]
TIMES = st.integers(-3, 3).map(lambda step: NOW + step)
SECONDS = st.integers(-3, 3).map(lambda step: NOW + step * 1000)


def some_rows(seed: int, count: int) -> list[Row]:
    """Out of few values, so that many are equal and one key comes again."""
    chance = random.Random(seed)
    return [_row(chance) for _ in range(count)]


def _row(chance: random.Random) -> Row:
    (type_, category), (district, commune) = chance.choice(TYPES), chance.choice(PLACES)
    open_, (due, near) = chance.randint(0, 1), (NOW + chance.randint(-3, 3) for _ in range(2))
    clock = chance.choice([(due, near), (due, near), (RESTING + due, NEVER), (NEVER, NEVER)])
    return Row(
        chance.randint(1, KEYS), chance.choice(STATUSES), chance.randint(0, 3),
        chance.choice(list(Channel)).value, type_, category, district, commune, chance.choice(LEADS),
        chance.choice(HANDLERS), NOW + chance.randint(-3, 3), chance.choice(NUMBERS),
        open_, open_ * chance.randint(0, 1), chance.randint(0, 1), *clock, chance.choice(ANSWERS),
        chance.choice(OUTCOMES), chance.choice([None, NOW + chance.randint(-3000, 3000)]),
    )  # fmt: skip


def some(values: Sequence[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    few = st.lists(st.sampled_from(values), max_size=3, unique=True)
    return st.one_of(st.just(()), st.just(()), few.map(tuple))


FIELDS = {
    "statuses": some(STATUSES),
    "urgencies": some(list(Urgency)),
    "types": some([code for code, _ in TYPES]),
    "categories": some(["road", TYPE.category, "never"]),
    "leads": some(["", "X99", REFERENCE.agencies[0].code]),
    "communes": some([code for _, code in PLACES]),
    "districts": some([code for code, _ in PLACES]),
    "channels": some(list(Channel)),
    "due": some(list(DueState)),
    "handlers": some(["", USER, "nobody"]),
    "outcomes": some(["met", "late", ""]),
    "answers": some(["hurt=yes", "hurt=no", "hurt=", "who=", "who=known", "never=was"]),
}
FILTERS = st.builds(
    Filter,
    **FIELDS,
    but=st.just(Values()) | st.builds(Values, **FIELDS),
    entered_from_ms=st.none() | TIMES,
    entered_until_ms=st.none() | TIMES,
    resolved_from_ms=st.none() | SECONDS,
    resolved_until_ms=st.none() | SECONDS,
)
QUESTIONS = st.builds(
    Question,
    view=st.sampled_from(View),
    filter=FILTERS | st.just(Filter()),
    sort=st.sampled_from(Sort),
    reverse=st.booleans(),
)
ROWS = st.builds(some_rows, st.integers(0, 2**32), st.integers(1, 2 * KEYS))
CHANGES = st.lists(
    st.one_of(
        ROWS,
        st.lists(st.integers(1, KEYS), min_size=1, max_size=4),
        st.just("clear"),
    ),
    max_size=6,
)


@pytest.fixture(scope="module", autouse=True)
def few_are_many() -> Iterator[None]:
    """What is done for many cases only, done for a handful."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answers, "AT_ONCE", 4)
        patch.setattr(answers, "FEW", 1)
        patch.setattr(answers, "AT_FIRST", 2)
        patch.setattr(answers, "SHARE", 2)
        patch.setattr(order, "_SAMPLES", 3)
        patch.setattr(zones, "BITS", 2)
        patch.setattr(zones, "RUNS_MOST", 2)
        yield


def read(finder: Finder, answer: Answer, end: int) -> list[int]:
    """The first so many, in pages of three."""
    found: list[int] = []
    for offset in range(0, end, 3):
        while sorting := finder.reach(answer, offset + 3, REFERENCE):
            answer.take(sorting, sorting.done())
        found += answer.keys(offset, 3)
    return found


def places(finder: Finder, answer: Answer, keys: list[int]) -> list[int | None]:
    return [finder.place_of(answer, key, REFERENCE) for key in keys]


@settings(max_examples=120, deadline=None)
@given(
    ROWS,
    CHANGES,
    st.lists(QUESTIONS, min_size=1, max_size=4),
    st.data(),
)
def test_answers_and_counts_are_the_obvious_ones(
    first: list[Row], changes: list[Any], asked: list[Question], data: st.DataObject
) -> None:
    columns = Columns()
    columns.summed(False)
    columns.put(first)
    columns.summed(True)
    here = {row.pk: row for row in first}
    words = data.draw(st.none() | st.lists(st.integers(1, KEYS + 5), max_size=20))
    found = None if words is None else np.unique(np.array(words, np.int32))
    finder = Finder(columns, lambda *_: found)
    for change in changes:
        _change(columns, here, change)
        everything = finder.answer(Question(view=View.ALL, sort=Sort.NEWEST), None, USER, NOW)
        assert everything.total == finder.count(View.ALL, Filter(), USER, NOW) == len(here)
    for question in asked:
        answer = finder.answer(question, None, USER, NOW)
        expected = slow.answer(list(here.values()), question, USER, NOW, REFERENCE)
        assert answer.total == len(expected)
        assert places(finder, answer, expected) == list(range(len(expected))), "before any is in order"
        read(finder, answer, answer.total // 2)
        assert places(finder, answer, expected) == list(range(len(expected))), "some are, some are not"
        assert finder.place_of(answer, KEYS + 9, REFERENCE) is None
        assert read(finder, answer, answer.total + 3) == expected
        obvious = slow.counts(list(here.values()), question.filter, USER, NOW)
        assert finder.counts(question.filter, USER, NOW) == obvious
        named = list(here.values()) if words is None else [here[key] for key in {*words} & here.keys()]
        with_words = Filter(words="x", channels=question.filter.channels, due=question.filter.due)
        assert {view: finder.count(view, with_words, USER, NOW) for view in View} == {
            view: len(slow.held(named, view, with_words, USER, NOW)) for view in View
        }


def _change(columns: Columns, here: dict[int, Row], change: Any) -> None:
    match change:
        case "clear":
            columns.clear()
            here.clear()
        case [int(), *_]:
            columns.remove(change)
            for key in change:
                here.pop(key, None)
        case _:
            columns.put(change)
            here |= {row.pk: row for row in change}


@settings(max_examples=60, deadline=None)
@given(ROWS, ROWS, QUESTIONS, st.integers(0, 9))
def test_an_answer_stays_as_it_was_given_while_cases_change(
    first: list[Row], later: list[Row], question: Question, read_before: int
) -> None:
    columns = Columns()
    columns.put(first)
    finder = Finder(columns, lambda *_: None)
    answer = finder.answer(question, None, USER, NOW)
    members = slow.answer(list({row.pk: row for row in first}.values()), question, USER, NOW, REFERENCE)
    seen = read(finder, answer, read_before)
    columns.put(later)
    known = finder.answer(question, answer.id, USER, NOW)
    assert known is answer
    whole = read(finder, answer, answer.total)
    assert whole[: len(seen)] == seen == members[: len(seen)]
    assert sorted(whole) == sorted(members), "each once, whatever became of it"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("statuses", "new"), ("urgencies", Urgency.HIGH), ("types", TYPE.code), ("categories", "road"),
        ("leads", ""), ("communes", WARDS[0].code), ("districts", ""), ("channels", Channel.APP),
        ("handlers", USER), ("answers", "hurt=yes"), ("answers", "who="),
        *(("due", state) for state in DueState),
    ],
)  # fmt: skip
def test_a_value_and_all_but_it_are_everything(field: str, value: Any) -> None:
    columns = Columns()
    columns.put(list({row.pk: row for row in some_rows(7, 2 * KEYS)}.values()))
    finder = Finder(columns, lambda *_: None)
    asked: dict[str, Any] = {field: (value,)}
    with_it = finder.count(View.ALL, Filter(**asked), USER, NOW)
    without = finder.count(View.ALL, Filter(but=Values(**asked)), USER, NOW)
    assert 0 < with_it < columns.total
    assert with_it + without == columns.total


def test_an_answer_that_is_no_longer_kept_is_made_anew() -> None:
    finder = Finder(Columns(), lambda *_: None)
    asked = [Question(view=view) for view in BUILT_IN]
    given = [finder.answer(question, None, USER, NOW).id for question in asked]
    assert len(given) > answers.KEPT_ANSWERS
    assert finder.answer(asked[-1], given[-1], USER, NOW).id == given[-1]
    assert finder.answer(asked[0], given[0], USER, NOW).id not in given
    assert finder.answer(asked[1], given[-1], USER, NOW).id not in given, "of another question"
    last = finder.answer(asked[0], None, USER, NOW).id
    finder.forget()
    assert finder.answer(asked[0], last, USER, NOW).id != last


def test_minutes_turn_the_counts_without_any_change() -> None:
    columns = Columns()
    row = Row(1, "new", 0, "phone", "", "", "", "", None, "", 0, "1", 1, 0, 0, NOW + 60_000, NOW)
    columns.put([row])
    finder = Finder(columns, lambda *_: None)
    seen = [finder.counts(Filter(), USER, NOW + after) for after in (-1, 0, 59_999, 60_000)]
    assert [(found[View.SOON], found[View.OVERDUE]) for found in seen] == [(0, 0), (1, 0), (1, 0), (0, 1)]


def test_more_codes_than_a_narrow_column_holds_widen_it() -> None:
    columns = Columns()
    row = Row(1, "new", 0, "phone", "", "", "", "", None, "", 0, "1", 1, 0, 0, NEVER, NEVER)
    columns.put([row._replace(pk=pk, status=f"status {pk}") for pk in range(1, 300)])
    finder = Finder(columns, lambda *_: None)
    assert finder.count(View.ALL, Filter(statuses=("status 299",)), USER, NOW) == 1
