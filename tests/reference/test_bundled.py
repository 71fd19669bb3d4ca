"""The bundled lists are whole: everything that one list names stands in another, on the day that counts."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from console.domain.agency import AgencyKind
from console.domain.area import Area
from console.domain.calendar import DayKind
from console.domain.canned import SHORT, CannedUse
from console.domain.category import Clock, Term, Urgency
from console.domain.place import GazetteerKind
from console.domain.questions import asked
from console.domain.reference import in_force
from console.reference import FOLDER, KINDS, bundled, key_of, load_list, practice_notice, save_list

DAYS = (date(2024, 11, 4), date(2025, 7, 15))
SHIPPED = [kind for kind in KINDS if kind != "delegations"]
"""Who stands in for whom is written by supervisors at work."""
reference = bundled()


def test_the_lists_are_as_large_as_promised() -> None:
    on = DAYS[0]
    assert len(reference.districts(on)) == 8
    assert len(reference.communes(on)) == 145
    assert len(reference.communes(DAYS[1])) == 41
    assert not reference.districts(DAYS[1])
    assert len(in_force(reference.categories, on)) >= 14
    assert len(in_force(reference.types, on)) >= 70
    assert len(in_force(reference.gazetteer, on)) >= 800
    assert {e.kind for e in reference.gazetteer} == set(GazetteerKind)


@pytest.mark.parametrize("kind", SHIPPED)
def test_keys_are_unique_and_sorted(kind: str) -> None:
    keys = [key_of(item) for item in getattr(reference, kind)]
    assert keys
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("kind", [k for k in SHIPPED if k != "days"])
def test_a_code_has_one_span_at_a_time(kind: str, on: date) -> None:
    codes = Counter(item.code for item in in_force(getattr(reference, kind), on))
    assert max(codes.values()) == 1


@pytest.mark.parametrize("on", DAYS)
def test_every_commune_has_an_outline_and_a_peoples_committee(on: date) -> None:
    communes = {u.code for u in reference.communes(on)}
    committees = {a.area for a in in_force(reference.agencies, on) if a.kind is AgencyKind.COMMUNE}
    assert {b.code for b in in_force(reference.boundaries, on)} == communes
    assert committees == communes
    districts = {a.area for a in in_force(reference.agencies, on) if a.kind is AgencyKind.DISTRICT}
    assert districts == {u.code for u in reference.districts(on)}


@pytest.mark.parametrize("on", DAYS)
def test_units_and_agencies_name_parents_that_there_are(on: date) -> None:
    units = {u.code for u in in_force(reference.units, on)}
    assert {u.parent for u in in_force(reference.units, on) if u.parent} <= units
    agencies = {a.code for a in in_force(reference.agencies, on)}
    assert {a.parent for a in in_force(reference.agencies, on) if a.parent} <= agencies
    assert all(reference.unit(a.area) for a in reference.agencies)


@pytest.mark.parametrize("on", DAYS)
def test_routes_name_agencies_types_and_units_in_force(on: date) -> None:
    agencies = {a.code for a in in_force(reference.agencies, on)} | {"@commune"}
    if reference.districts(on):
        agencies.add("@district")
    types, categories = {t.code for t in reference.types}, {c.code for c in reference.categories}
    for route in in_force(reference.routes, on):
        assert {route.lead, *route.supporting} <= agencies, route.code
        assert reference.unit(route.area, on), route.code
        assert (route.type in types) != (route.category in categories), route.code
        assert route.reason
        assert route.reason_en


def in_all(term: Term) -> float:
    """About how many minutes of plain time a term is: a working day has 450."""
    return term.minutes * (1440 / 450 if term.clock is Clock.WORKING else 1)


def test_types_have_terms_for_every_urgency_questions_and_words() -> None:
    categories = {c.code for c in reference.categories}
    for type_ in reference.types:
        assert type_.category in categories
        assert set(type_.assign) == set(type_.resolve) == set(Urgency), type_.code
        assert 1 <= len(asked(type_, {})) <= 4, type_.code
        assert len(type_.keywords) >= 3, type_.code
        for terms in (type_.assign, type_.resolve):
            lengths = [in_all(terms[u]) for u in sorted(Urgency, key=lambda u: -u.rank)]
            assert lengths == sorted(lengths), type_.code
        for question in type_.questions:
            assert 2 <= len(question.answers) <= 4 or question.code == "customer"
            assert len({a.code for a in question.answers}) == len(question.answers)


def test_category_icons_are_tokens() -> None:
    icons = {"traffic", "lighting", "power", "water", "flood", "drainage", "waste", "environment", "tree"}
    icons |= {"order", "construction", "noise", "animal", "telecom", "health", "tourism", "fire"}
    assert {c.icon for c in reference.categories} <= icons


@pytest.mark.parametrize("on", DAYS)
def test_each_named_place_lies_in_its_commune(on: date) -> None:
    outlines = reference.built(Area).outlines(on)
    outside = [
        e.code for e in in_force(reference.gazetteer, on) if not outlines[e.commune].holds(e.lon, e.lat)
    ]
    assert outside == []


def test_calendar_has_holidays_and_make_up_saturdays() -> None:
    kinds = {day.day: day.kind for day in reference.days}
    assert {day.year for day in kinds} == {2023, 2024, 2025, 2026, 2027}
    assert {d for d, kind in kinds.items() if kind is DayKind.MAKE_UP} == {
        date(2024, 5, 4),
        date(2025, 4, 26),
        date(2026, 8, 22),
    }
    assert all(d.weekday() == 5 for d, kind in kinds.items() if kind is DayKind.MAKE_UP)
    for holiday in (
        date(2024, 9, 2),
        date(2024, 9, 3),
        date(2024, 4, 29),
        date(2025, 5, 2),
        date(2026, 8, 31),
    ):
        assert kinds[holiday] is DayKind.OFF
    assert all(kinds[date(year, 1, 1)] is DayKind.OFF for year in range(2023, 2028))
    assert [h.weekdays for h in reference.hours] == [(0, 1, 2, 3, 4)]


def test_canned_texts_and_reasons() -> None:
    on = DAYS[0]
    assert all(len(reference.canned_for(use, on)) >= 3 for use in CannedUse)
    assert {text.use for text in reference.phrases} == {CannedUse.INTAKE}
    assert CannedUse.INTAKE not in {text.use for text in reference.canned}, "older programs would not read it"
    shorts = [(text.use, text.short) for text in (*reference.canned, *reference.phrases)]
    assert len(set(shorts)) == len(shorts)
    assert all(SHORT.match(short) for _, short in shorts)
    assert len(reference.rejects(on)) >= 6


def test_practice_data_is_named_in_one_place() -> None:
    notice = practice_notice()
    assert notice is not None
    assert reference.practice
    assert set(notice.lists) <= set(KINDS)
    assert "units" not in notice.lists
    assert notice.vi
    assert notice.en


def test_a_list_is_written_as_it_was_read(tmp_path: Path) -> None:
    for kind in SHIPPED:
        save_list(tmp_path, kind, reversed(getattr(reference, kind)))
        assert (tmp_path / f"{kind}.json").read_bytes() == (FOLDER / f"{kind}.json").read_bytes()
        assert load_list(tmp_path, kind) == getattr(reference, kind)
