"""Searched words are marked in the spelling of the text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.passages import marks_of, passage
from console.domain.text import fold_text


def marked(text: str, *typed: str) -> list[str]:
    return [text[start:end] for start, end in marks_of(text, typed)]


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Nắp cống vỡ", ("cong",), ["cống"]),
        ("Đường Lý Thường Kiệt", ("duong", "kie"), ["Đường", "Kiệ"]),
        ("Xã Hòa Trạch, xã Hoà Trạch", ("hoa",), ["Hòa", "Hoà"]),
        ("0912345678", ("3456",), ["3456"]),
        ("Đèn đường tắt", ("tac",), []),
    ],
)
def test_words_are_marked_as_they_are_spelled(text: str, typed: tuple[str, ...], expected: list[str]) -> None:
    assert marked(text, *typed) == expected


def test_a_long_text_is_cut_around_its_first_mark_and_the_marks_move_along() -> None:
    text = unicodedata.normalize("NFD", "Chữ đầu. " * 40 + "Cột điện nghiêng sắp đổ. " + "Chữ cuối. " * 40)
    found = passage("description", text, ("nghieng",))
    assert found is not None
    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert [found.text[a:b] for a, b in found.marks] == ["nghiêng"]
    assert passage("description", text, ("khac",)) is None


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấớụ ̀́ 0123", max_size=80), st.data())
def test_every_mark_folds_to_the_word_that_was_typed(text: str, data: st.DataObject) -> None:
    words = fold_text(text).split()
    typed = data.draw(st.sampled_from(words)) if words else "x"
    found = passage("title", text, (typed,))
    for start, end in found.marks if found else ():
        folded = fold_text(found.text[start:end])  # type: ignore[union-attr]
        assert folded.startswith(typed) or typed in folded
