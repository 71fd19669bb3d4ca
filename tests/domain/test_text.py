"""Folding of Vietnamese text, and what is kept of typed text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.text import clean, fold_text, nfc, same_words, words

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
texts = st.one_of(
    st.text(max_size=60), st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " .,-\n\t", max_size=60)
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nắp  Cống", "nap cong"),
        ("ĐƯỜNG Trương Pháp", "duong truong phap"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("thuý", "thuy"),
        ("thúy", "thuy"),
        ("Ổ gà\n ở  đây", "o ga o day"),
        ("", ""),
        (unicodedata.normalize("NFD", "Lệ Thủy"), "le thuy"),
        ("Đồng\u200b Hới", "dong hoi"),
        ("straße ﬁn", "strasse fin"),
    ],
)
def test_folded(text: str, folded: str) -> None:
    assert fold_text(text) == folded


def test_every_vietnamese_letter_is_searched_by_a_plain_one() -> None:
    assert all(len(fold_text(c)) == 1 and fold_text(c).isascii() for c in VIETNAMESE + VIETNAMESE.upper())


@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)


@given(texts)
def test_both_forms_of_unicode_fold_alike(text: str) -> None:
    composed, apart = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert fold_text(composed) == fold_text(apart) == fold_text(text)


@given(st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " ", max_size=60))
def test_case_does_not_matter(text: str) -> None:
    assert fold_text(text.upper()) == fold_text(text.lower())


@given(texts)
def test_what_is_kept_is_composed_trimmed_and_stays(text: str) -> None:
    kept = clean(text)
    assert kept == clean(kept) == nfc(kept) == kept.strip()
    assert not {c for c in kept if unicodedata.category(c) == "Cc"} - {"\n", "\t"}


def test_words_are_letters_and_digits() -> None:
    assert words("Km 660, Quốc-lộ 1A (gần chợ)!") == ("km", "660", "quoc", "lo", "1a", "gan", "cho")
    assert same_words("Chợ  ĐỒNG HỚI", "cho dong-hoi")
    assert not same_words("chợ", "chó mèo")
