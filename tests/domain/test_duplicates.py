"""How alike two reports are."""

from datetime import timedelta

import pytest

from console.domain.duplicates import (
    COUNTRY_M,
    LIKELY,
    TOWN_M,
    Likeness,
    crowd,
    rarity,
    reach_m,
    same_group,
    score,
    shared_phrases,
    telling_words,
)
from console.domain.place import UnitKind
from tests.support.builders import OUTAGE, POTHOLE, REFERENCE

pothole, old, outage = (REFERENCE.type(code) for code in (POTHOLE, "road.old", OUTAGE))
TEXT = telling_words("Ổ gà sâu trước chợ Đồng Phú, xe máy ngã")
DAY = timedelta(days=1)


def alike(**values: object) -> Likeness | None:
    usual: dict[str, object] = {
        "metres": 100.0,
        "reach": 1000.0,
        "age": DAY,
        "one": pothole,
        "other": pothole,
        "text": TEXT,
        "other_text": frozenset(telling_words("có ổ gà trước cổng chợ Đồng Phú")),
    }
    return score(**(usual | values))  # type: ignore[arg-type]


def sure(**values: object) -> Likeness:
    found = alike(**values)
    assert found is not None
    return found


def test_the_same_matter_is_likely_and_says_why() -> None:
    found = sure()
    assert found.likely
    assert found.words == ("ga", "dong", "phu")
    assert found.same_type


@pytest.mark.parametrize(
    "worse",
    [
        {"metres": 900.0},
        {"age": 20 * DAY},
        {"age": -20 * DAY},
        {"other": old},
        {"other_text": frozenset({"khac"})},
        {"metres": None},
        {"crowded": 3.0},
    ],
)
def test_each_difference_makes_it_less(worse: dict[str, object]) -> None:
    assert 0 < sure(**worse).score < sure().score


@pytest.mark.parametrize(
    "out", [{"metres": 1001.0}, {"age": 31 * DAY}, {"age": -31 * DAY}, {"other": outage}, {"other": None}]
)
def test_out_of_reach_time_or_group_is_another_matter(out: dict[str, object]) -> None:
    assert alike(**out) is None


def test_without_a_type_yet_any_may_be_it() -> None:
    assert alike(one=None, other=outage) is not None


def test_a_type_of_the_group_is_told_as_such() -> None:
    assert not sure(other=old).same_type
    assert same_group(pothole, old)
    assert not same_group(pothole, outage)
    assert not same_group(outage, None)


def test_reach_is_wider_in_the_country() -> None:
    assert [reach_m(kind) for kind in (UnitKind.WARD, UnitKind.TOWNSHIP)] == [TOWN_M] * 2
    assert [reach_m(kind) for kind in (UnitKind.COMMUNE, None)] == [COUNTRY_M] * 2


def test_words_that_say_nothing_are_left_out() -> None:
    assert telling_words("Ở gần chợ có cây đổ, cây rất to") == ("cay", "to")


def test_shared_words_are_told_in_the_spelling_of_the_caller() -> None:
    shared = frozenset(telling_words("nap cong vo gan cho Dong Phu"))
    assert shared_phrases("Nắp cống bị vỡ, gần chợ Đồng Phú. Nắp cống!", shared) == (
        "nắp cống",
        "đồng phú",
        "vỡ",
    )
    assert shared_phrases("Rác", shared) == ()


def test_far_off_days_ago_and_told_otherwise_is_merely_near() -> None:
    far = sure(metres=900.0, age=5 * DAY, other_text=frozenset({"khac"}))
    assert 0 < far.score < LIKELY
    assert not far.likely


def test_a_word_that_all_around_say_weighs_nothing_a_rare_one_most() -> None:
    weigh = rarity([frozenset({"nuoc", "hem"} if n == 0 else {"nuoc"}) for n in range(20)])
    assert weigh("nuoc") < 0.2 < 1 < weigh("hem") < weigh("khac")


def test_a_crowd_is_what_happens_around_not_here() -> None:
    here, around = (40.0, timedelta(hours=1)), (700.0, timedelta(hours=1))
    assert crowd([here] * 5) == 0
    assert crowd([around] * 5) > crowd([(None, DAY)] * 5) > 0
