"""Which cases a view holds under a filter: tests of whole columns, one after the other on what is left."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from console.desk.index.codes import Codes
from console.desk.index.columns import CALLBACK, NO_CLOCK, OPEN, RESTS, TRIAGE, Columns, Slots
from console.desk.rows import DueState, Filter, Values, View
from console.domain.answer_keys import by_question

Mask = NDArray[np.bool_]
Column = Callable[[str], NDArray[Any]]
"""A column by its name, of the cases that are left."""
Test = Callable[[Column], Mask]
CLOSED_TOO = (View.ALL, View.CALLBACK)
"""The other views hold open cases alone."""
FEW = 6
"""Up to so many codes are compared one by one, more are looked up: both read a million in a few ms."""


class Asked(NamedTuple):
    """What decides which cases they are. `found`: those that the filter's words and callers find, rising."""

    view: View
    filter: Filter
    user: str
    now_ms: int
    found: Slots | None = None


def chosen(columns: Columns, asked: Asked) -> Slots:
    """Those that the view holds under the filter."""
    tests = [*_of_view(columns, asked), *_of_filter(columns, asked)]
    slots, tests = _begin(columns, asked, tests)
    for test in tests:
        slots = slots[test(_of(columns, slots))]
    return slots


def _begin(columns: Columns, asked: Asked, tests: list[Test]) -> tuple[Slots, list[Test]]:
    """Where to begin, and what is still to be tested from there."""
    if asked.found is not None:
        bit = np.uint8({View.ALL: 255, View.TRIAGE: TRIAGE, View.CALLBACK: CALLBACK}.get(asked.view, OPEN))
        here = asked.found[asked.found < len(columns.flags)]
        return here, [lambda of: of("flags") & bit != 0, *tests]
    match asked.view:
        case View.ALL if (within := _entered_within(columns, asked.filter)) is not None:
            return within, tests
        case View.ALL if tests:  # whole columns are read faster than by places
            mask = tests[0](lambda name: getattr(columns, name)) & (columns.flags != 0)
            return np.flatnonzero(mask).astype(np.int32), tests[1:]
        case View.ALL:
            return columns.all(), []
        case View.TRIAGE:
            return columns.triage, tests
        case View.CALLBACK:
            return columns.callback, tests
        case _:
            return columns.open, tests


def _entered_within(columns: Columns, filter: Filter) -> Slots | None:
    """Those that came in the filter's time, where few stretches of the column can hold them."""
    if filter.entered_from_ms is None and filter.entered_until_ms is None:
        return None
    begin, end = filter.entered_from_ms or 0, filter.entered_until_ms or NO_CLOCK
    stretches = columns.entered_zones.stretches(begin, end)
    if stretches is None or sum(b - a for a, b in stretches) > len(columns.flags) // 2:
        return None
    found = [np.zeros(0, np.int32)]
    for first, last in stretches:
        times, flags = columns.entered[first:last], columns.flags[first:last]
        here = np.flatnonzero((times >= begin) & (times < end) & (flags != 0))
        found.append((here + first).astype(np.int32))
    return np.concatenate(found)


def _of(columns: Columns, slots: Slots) -> Column:
    return lambda name: getattr(columns, name)[slots]


def _of_view(columns: Columns, asked: Asked) -> list[Test]:
    match asked.view:
        case View.MINE:
            return [_either("handler", _codes(columns.handlers, {asked.user}))]
        case View.SOON:  # open ones alone are looked at; few are left after the first test
            return [lambda of: of("near") <= asked.now_ms, lambda of: of("due") > asked.now_ms]
        case View.OVERDUE:
            return [lambda of: of("due") <= asked.now_ms]
        case View.APPROVAL:
            return [_either("status", _codes(columns.statuses, {"pending_approval"}))]
        case _:
            return []


def _of_filter(columns: Columns, asked: Asked) -> list[Test]:
    """What the filter asks, but for its words. What reads least comes first."""
    chosen, tests = asked.filter, list[Test]()
    tests += _of_values(columns, chosen)
    tests += _pair("kind", columns.kinds, chosen.types, chosen.categories)
    tests += _pair("place", columns.places, chosen.communes, chosen.districts, turned=True)
    tests += _answered(columns, chosen.answers)
    tests += map(_not, _one_by_one(columns, chosen.but))
    if chosen.entered_from_ms is not None or chosen.entered_until_ms is not None:
        tests.append(_within("entered", chosen.entered_from_ms, chosen.entered_until_ms))
    if chosen.resolved_from_ms is not None or chosen.resolved_until_ms is not None:
        bounds = (seconds(at) for at in (chosen.resolved_from_ms, chosen.resolved_until_ms))
        tests += [_within("resolved", *bounds), _has_result]
    if chosen.due:
        tests.append(_clocks(chosen.due, asked))
    if chosen.but.due:
        tests.append(_not(_clocks(chosen.but.due, asked)))
    return tests


def _of_values(columns: Columns, values: Values) -> list[Test]:
    """Of the fields that have a column of their own."""
    tests = list[Test]()
    if values.statuses:
        tests.append(_either("status", _codes(columns.statuses, set(values.statuses))))
    if values.urgencies:
        tests.append(_either("urgency", np.array([3 - urgency.rank for urgency in values.urgencies])))
    if values.channels:
        tests.append(_either("channel", _codes(columns.channels, set(map(str, values.channels)))))
    if values.handlers:
        tests.append(_either("handler", _codes(columns.handlers, set(values.handlers))))
    if values.outcomes:
        tests.append(_either("outcome", _codes(columns.outcomes, set(values.outcomes))))
    if values.leads:
        tests.append(_either("lead", _codes(columns.leads, set(values.leads))))
    return tests


def _answered(columns: Columns, keys: tuple[str, ...]) -> list[Test]:
    """One test for each question."""
    codes = (columns.answer_sets.having(wanted) for wanted in by_question(keys).values())
    return [_either("answers", having) for having in codes]


def _one_by_one(columns: Columns, values: Values) -> list[Test]:
    """A test for each field, also of those that share a column: a case with any of the values passes one."""
    tests = _of_values(columns, values)
    for narrow, wide in ((values.types, ()), ((), values.categories)):
        tests += _pair("kind", columns.kinds, narrow, wide)
    for narrow, wide in ((values.communes, ()), ((), values.districts)):
        tests += _pair("place", columns.places, narrow, wide, turned=True)
    return tests + _answered(columns, values.answers)


def _not(test: Test) -> Test:
    return lambda of: ~test(of)


def _codes(codes: Codes[str], wanted: set[str]) -> NDArray[np.intp]:
    return codes.codes(value in wanted for value in codes.values)


def _pair(
    name: str,
    codes: Codes[tuple[str, str]],
    narrow: tuple[str, ...],
    wide: tuple[str, ...],
    turned: bool = False,
) -> list[Test]:
    """A column whose codes stand for two texts: the wide one (district) comes first if `turned`."""
    if not narrow and not wide:
        return []
    first, second = (set(wide), set(narrow)) if turned else (set(narrow), set(wide))
    wanted = ((not first or a in first) and (not second or b in second) for a, b in codes.values)
    return [_either(name, codes.codes(wanted))]


def _either(name: str, codes: NDArray[np.intp]) -> Test:
    def test(of: Column) -> Mask:
        column = of(name)
        if len(codes) > FEW:
            wanted = np.zeros(int(codes[-1]) + 1, np.bool_)
            wanted[codes] = True
            return (column < len(wanted)) & wanted.take(column, mode="clip")
        return _any((column == code for code in codes.tolist()), len(column))

    return test


def _any(masks: Iterable[Mask], size: int) -> Mask:
    found = np.zeros(size, np.bool_)
    for mask in masks:
        found |= mask
    return found


def _within(name: str, begin: int | None, end: int | None) -> Test:
    def test(of: Column) -> Mask:
        times = of(name)
        mask = np.ones(len(times), np.bool_)
        if begin is not None:
            mask &= times >= begin
        if end is not None:
            mask &= times < end
        return mask

    return test


def seconds(at_ms: int | None) -> int | None:
    """A bound in milliseconds as one in the whole seconds that the column has."""
    return None if at_ms is None else -(-at_ms // 1000)


def _has_result(of: Column) -> Mask:
    found: Mask = of("resolved") > 0
    return found


def _clocks(states: tuple[DueState, ...], asked: Asked) -> Test:
    """Cases whose deadline stands in one of these states."""
    now_ms, closed_too = asked.now_ms, asked.view in CLOSED_TOO

    def test(of: Column) -> Mask:
        due = of("due")
        open_: Any = of("flags") & np.uint8(OPEN) != 0 if closed_too else np.True_
        masks: dict[DueState, Callable[[], Mask]] = {
            DueState.OVERDUE: lambda: open_ & (due <= now_ms),
            DueState.SOON: lambda: open_ & (of("near") <= now_ms) & (due > now_ms),
            DueState.RUNNING: lambda: open_ & (of("near") > now_ms) & (due > now_ms) & (due < RESTS),
            DueState.RESTING: lambda: open_ & (due >= RESTS) & (due < NO_CLOCK),
            DueState.NONE: lambda: ~open_ | (due >= NO_CLOCK),
        }
        return _any((masks[state]() for state in states), len(due))

    return test
