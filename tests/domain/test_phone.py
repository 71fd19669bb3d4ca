"""Phones in every spelling people here use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.phone import OLD_PREFIXES, is_e164, mask_name, mask_phone, parse_phone, show_phone


@pytest.mark.parametrize(
    ("text", "e164"),
    [
        ("0912345678", "+84912345678"),
        ("912345678", "+84912345678"),
        ("+84 (0)912 345 678", "+84912345678"),
        ("0084.912.345.678", "+84912345678"),
        ("84-912-345-678", "+84912345678"),
        ("0232 3822 345", "+842323822345"),
        ("(0232) 3822345", "+842323822345"),
        ("01662345678", "+84362345678"),
        ("+84 166 234 5678", "+84362345678"),
        ("0120 345 6789", "+84703456789"),
        ("+1 650-253-0000", "+16502530000"),
        ("0912\u00a0345\u00a0678", "+84912345678"),
        ("", None),
        ("113", None),
        ("09123", None),
        ("0012345678901234", None),
        ("số 0912345678", None),
        ("0912345678 gọi sau 5h", None),
        ("+", None),
        ("9" * 100_000, None),
    ],
)
def test_read(text: str, e164: str | None) -> None:
    assert parse_phone(text) == e164


def test_each_old_prefix_has_a_new_one() -> None:
    for old, new in OLD_PREFIXES.items():
        assert parse_phone(f"0{old}2345678") == parse_phone(f"0{new}2345678") == f"+84{new}2345678"


SEPARATORS = st.sampled_from(["", " ", ".", "-", "  "])


_NETWORKS = """
32 33 34 35 36 37 38 39 70 76 77 78 79 81 82 83 84 85 88 90 91 93 94 96 97 98
"""
MOBILE = _NETWORKS.split()


@given(
    st.builds("{}{:07d}".format, st.sampled_from(MOBILE), st.integers(0, 9_999_999)),
    st.sampled_from(["+84", "84", "0084", "0", "+840", "(+84) ", ""]),
    SEPARATORS,
    st.integers(2, 4),
)
def test_many_spellings_are_one_number(national: str, prefix: str, separator: str, cut: int) -> None:
    spelled = prefix + separator + separator.join((national[:cut], national[cut:6], national[6:]))
    assert parse_phone(spelled) == f"+84{national}"


@given(st.text(max_size=50))
def test_no_text_breaks_it(text: str) -> None:
    found = parse_phone(text)
    assert found is None or is_e164(found)
    assert found is None or parse_phone(found) == found


def test_shown_and_masked() -> None:
    assert show_phone("+84912345678") == "0912 345 678"
    assert show_phone("+16502530000") == "+1 650-253-0000"
    assert show_phone("no number") == "no number"
    assert mask_phone("+84912345123") == "09xx xxx 123"
    assert mask_phone("+842323822345") == "02xx xxxx 345"
    assert (mask_phone(""), mask_phone("+84113")) == ("", "xxxx")


def test_a_masked_name_keeps_the_name_one_is_called_by() -> None:
    assert [mask_name(name) for name in ("Nguyễn Văn An", "An", "  ", "")] == ["N. V. An", "A.", "", ""]
