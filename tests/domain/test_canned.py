"""Short names of canned texts: where one is ended by a space, and which Telex and VNI leave alone."""

import pytest

from console.domain.canned import SHORT, filled, short_typed


@pytest.mark.parametrize(
    ("before", "short"),
    [
        ("/rc ", "rc"),
        ("Đã gọi. /RC ", "rc"),
        ("một\t/xl ", "xl"),
        ("/rc", None),
        ("/rc  ", None),
        ("số 12/rc ", None),
        ("22 km/h ", None),
        ("//rc ", None),
        ("/ ", None),
        ("/r ", None),
        ("và/hoặc ", None),
        ("", None),
    ],
)
def test_a_short_name_is_a_word_of_its_own_just_ended(before: str, short: str | None) -> None:
    assert short_typed(before) == short


@pytest.mark.parametrize("short", ["rc", "xl", "nklt", "dn"])
def test_consonants_make_a_short_name(short: str) -> None:
    assert SHORT.match(short)


@pytest.mark.parametrize("short", ["ra", "w", "nw", "dd", "ddn", "r", "rc1", "đn", "rc ", "RC", "bcdghklmn"])
def test_what_an_input_method_would_change_does_not(short: str) -> None:
    assert not SHORT.match(short)


def test_fields_are_filled_and_other_braces_stay() -> None:
    assert filled("{number} ở {place} {x}", {"number": "{place}", "place": "chợ"}) == "chợ ở chợ {x}"
