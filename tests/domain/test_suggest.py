"""Suggestions: types and places by typed words, agencies by routes, urgency by answers."""

from datetime import date

import pytest

from console.domain.category import Urgency
from console.domain.lexicon import Lexicon, near
from console.domain.suggest import commune_at, find_places, find_types, propose_agency, propose_urgency
from tests.support.builders import (
    ABUSE,
    DISTRICT_HALL,
    OUTAGE,
    POTHOLE,
    POWER,
    REFERENCE,
    ROADS,
    TOWN,
    TOWN_HALL,
    VILLAGE,
    reference,
)

ON = date(2024, 11, 4)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("nap cong", "road.cover"),
        ("Nắp cống", "road.cover"),
        ("ho ga", "road.cover"),
        ("o ga", POTHOLE),
        ("sut", POTHOLE),
        ("mat dien", OUTAGE),
        ("dien mat", OUTAGE),
        ("cup dieen", OUTAGE),
        ("bao hanh", ABUSE),
        ("nap cong vo", "road.cover"),
    ],
)
def test_a_type_is_found_without_diacritics_in_any_order_with_a_slip(text: str, first: str) -> None:
    assert find_types(REFERENCE, text, ON)[0].type.code == first


@pytest.mark.parametrize("text", ["", "  ", "xyz", "loai cu", "...", "x" * 100_000])
def test_what_says_nothing_or_is_no_longer_in_force_finds_nothing(text: str) -> None:
    assert find_types(REFERENCE, text, ON) == []


def test_a_type_is_found_on_the_days_it_held() -> None:
    assert find_types(REFERENCE, "loai cu", date(2024, 6, 1))[0].type.code == "road.old"


def test_the_name_counts_more_than_a_word_somewhere() -> None:
    hits = find_types(REFERENCE, "hu hong", ON)
    assert [hit.type.code for hit in hits] == ["road.cover", POTHOLE]
    assert hits == sorted(hits, key=lambda hit: -hit.score)


@pytest.mark.parametrize(
    ("text", "label", "commune"),
    [
        ("118 ly thuong kiet", "118 Lý Thường Kiệt, Phường Bến Sông, Bến Đò", TOWN),
        ("số 12/3 Lý Thường Kiệt", "12/3 Lý Thường Kiệt, Phường Bến Sông, Bến Đò", TOWN),
        ("ly thuog kiet", "Đường Lý Thường Kiệt, Phường Bến Sông, Bến Đò", TOWN),
        ("ltk", "Đường Lý Thường Kiệt, Phường Bến Sông, Bến Đò", TOWN),
        ("cho doi cat", "Chợ Đồi Cát, Xã Đồi Cát, Bến Đò", VILLAGE),
        ("cau ben song 2", "Cầu Bến Sông 2, Phường Bến Sông, Bến Đò", TOWN),
        ("phuong ben song", "Phường Bến Sông, Bến Đò", TOWN),
    ],
)
def test_a_place_is_found_with_its_house_number(text: str, label: str, commune: str) -> None:
    hit = find_places(REFERENCE, text, ON)[0]
    assert (hit.label, hit.place.commune) == (label, commune)
    assert hit.place.text in ("", hit.name)


def test_coordinates_are_a_place_with_its_commune() -> None:
    (hit,) = find_places(REFERENCE, "17.45,106.75", ON)
    assert hit.place.point is not None
    assert (hit.place.point.lat, hit.place.point.lon, hit.place.commune) == (17.45, 106.75, VILLAGE)


@pytest.mark.parametrize("text", ["", "khong co o day", "10.00,106.00", "?", "0" * 100_000])
def test_no_place(text: str) -> None:
    assert find_places(REFERENCE, text, ON) == []


def test_the_chosen_commune_comes_first() -> None:
    hits = find_places(REFERENCE, "ben do", ON, near_commune=VILLAGE)
    assert hits[0].place.commune == VILLAGE
    assert find_places(REFERENCE, "ben do", ON, near_commune=TOWN)[0].place.commune == TOWN


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("kiet", "kiet", True),
        ("kit", "kiet", True),
        ("kiets", "kiet", True),
        ("kiat", "kiet", True),
        ("keit", "kiet", True),
        ("ket", "kiot", False),
        ("kiiett", "kiet", False),
        ("", "a", True),
    ],
)
def test_one_edit_is_near(one: str, other: str, expected: bool) -> None:
    assert near(one, other) is near(other, one) is expected


def test_a_search_in_many_alike_phrases_is_cut_to_those_that_begin_so() -> None:
    lexicon = Lexicon([("duong", f"ten{i}") for i in range(2000)] + [("pho", "duong")])
    found = dict(lexicon.search(("duong",)))
    assert len(found) == 500
    assert 2000 not in found


def test_words_together_and_in_order_come_first() -> None:
    scores = dict(
        Lexicon([("phu", "dong"), ("dong", "phu"), ("xa", "dong", "phu"), ("dong", "xa", "phu")]).search(
            ("dong", "phu")
        )
    )
    assert scores[1] > scores[0]
    assert scores[2] > scores[3]


# agency


@pytest.mark.parametrize(
    ("type_", "commune", "lead", "supporting"),
    [
        (POTHOLE, TOWN, ROADS, (DISTRICT_HALL, TOWN_HALL)),
        ("road.cover", TOWN, TOWN_HALL, ()),
        ("road.cover", VILLAGE, DISTRICT_HALL, ()),
        (POTHOLE, VILLAGE, DISTRICT_HALL, ()),
        (OUTAGE, VILLAGE, POWER, ()),
    ],
)
def test_the_narrowest_area_then_type_before_category(
    type_: str, commune: str, lead: str, supporting: tuple[str, ...]
) -> None:
    proposal = propose_agency(REFERENCE, type_, commune, ON)
    assert proposal is not None
    assert (proposal.lead, proposal.supporting) == (lead, supporting)
    assert proposal.reason_vi
    assert proposal.reason_en


def test_where_no_route_leads_nobody_is_proposed() -> None:
    assert propose_agency(REFERENCE, ABUSE, TOWN, ON) is None
    assert propose_agency(REFERENCE, "no.such", TOWN, ON) is None
    assert propose_agency(REFERENCE, POTHOLE, TOWN, date(2020, 1, 1)) is None


def test_a_route_to_an_agency_that_is_gone_is_passed_over() -> None:
    left = reference(agencies=tuple(a for a in REFERENCE.agencies if a.code != ROADS))
    proposal = propose_agency(left, POTHOLE, TOWN, ON)
    assert proposal is not None
    assert proposal.lead == TOWN_HALL


def test_an_answer_raises_the_urgency_and_says_why() -> None:
    pothole = REFERENCE.type(POTHOLE)
    assert pothole is not None
    assert propose_urgency(pothole, {}) == (Urgency.NORMAL, "")
    assert propose_urgency(pothole, {"hurt": "no"}) == (Urgency.NORMAL, "")
    assert propose_urgency(pothole, {"hurt": "yes"}) == (Urgency.CRITICAL, "Có ai bị thương không? Có")


def test_the_commune_of_a_point() -> None:
    assert commune_at(REFERENCE, 106.65, 17.45, ON) == TOWN
    assert commune_at(REFERENCE, 106.75, 17.45, ON) == VILLAGE
    assert commune_at(REFERENCE, 106.85, 17.45, ON) is None
    assert commune_at(REFERENCE, 106.65, 17.45, date(2020, 1, 1)) is None
