"""The grammar of the typed line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.typed_line import Field, Reader, Value

AGENCIES = (
    Value("dl-dh", ("Điện lực Đồng Hới",)),
    Value("dl-bt", ("Điện lực Bố Trạch",)),
    Value("nuoc", ("Cấp nước Quảng Bình",)),
    Value("", ("chưa có", "none")),
)
DUE = (Value("overdue", ("quá hạn", "trễ")), Value("soon", ("sắp đến hạn",)))
TWINS = (Value("18868", ("Thanh Thủy",)), Value("19200", ("Thanh Thủy",)), Value("19201", ("Thanh Thạch",)))


def day(text: str) -> str:
    return text if text.count("/") == 2 else ""


READER = Reader(
    [
        Field("lead", ("dv", "đơnvị"), AGENCIES),
        Field("due", ("han", "tre"), DUE),
        Field("commune", ("xa",), TWINS),
        Field("from", ("tu",), (), day),
    ]
)


def said(text: str) -> tuple[dict[str, tuple[str, ...]], str]:
    line = READER.read(text)
    assert line.troubles == ()
    return {part.field: part.codes for part in line.parts}, line.words


@pytest.mark.parametrize(
    ("text", "parts", "words"),
    [
        ("tre:quahan dv:dien luc", {"due": ("overdue",), "lead": ("dl-dh", "dl-bt")}, ""),
        ("dv:điện lực đồng hới cột nghiêng", {"lead": ("dl-dh",)}, "cột nghiêng"),
        ("cột dv:nuoc,chưa có nghiêng", {"lead": ("nuoc", "")}, "cột nghiêng"),
        ('dv:"Điện lực Bố Trạch", nuoc', {"lead": ("dl-bt", "nuoc")}, ""),
        ("DONVI:DL-DH", {"lead": ("dl-dh",)}, ""),
        ("xa:thanh thuy", {"commune": ("18868", "19200")}, ""),
        ("han:qua han,sap den han tu:3/11/2024", {"due": ("overdue", "soon"), "from": ("3/11/2024",)}, ""),
        ("họp lúc 7:30 http://x", {}, "họp lúc 7:30 http://x"),
        ("", {}, ""),
    ],
)
def test_a_line_says(text: str, parts: dict[str, tuple[str, ...]], words: str) -> None:
    assert said(text) == (parts, words)


def test_a_hyphen_before_a_key_asks_for_all_but_what_follows() -> None:
    line = READER.read("-tre:quahan,sap den han dv:dien luc -DV:nuoc a-dv:b -x:1 -")
    assert [(part.field, part.codes, part.but) for part in line.parts] == [
        ("due", ("overdue", "soon"), True), ("lead", ("dl-dh", "dl-bt"), False), ("lead", ("nuoc",), True),
    ]  # fmt: skip
    assert line.words == "a-dv:b -x:1 -"
    assert READER.read("-tu:3/11/2024").troubles[0].but


def test_what_names_nothing_is_told_with_what_may_be_meant() -> None:
    line = READER.read("dv:dien lucc han:quahan")
    assert [part.field for part in line.parts] == ["due"]
    (trouble,) = line.troubles
    assert (trouble.typed, trouble.start, trouble.end) == ("dien lucc", 3, 12)
    assert trouble.meant == ("Điện lực Đồng Hới", "Điện lực Bố Trạch")
    (trouble,) = READER.read("han:quahann").troubles
    assert (trouble.field, trouble.meant) == ("due", ("quá hạn",))
    assert READER.read("dv:nuoc nuocc").troubles == (), "it is named in full: the rest is words"


def test_what_is_past_is_meant_where_nothing_else_is() -> None:
    past = Value("old", ("Điện lực Ba Đồn cũ",), past=True)
    reader = Reader([Field("lead", ("dv",), (*AGENCIES, past))])
    assert "old" not in reader.meaning(reader.fields[0], "dien luc")
    assert reader.meaning(reader.fields[0], "dien luc ba don") == ("old",)


def test_an_unfinished_field_is_a_trouble_without_a_value() -> None:
    assert [(t.field, t.typed) for t in READER.read("ngập dv:").troubles] == [("lead", "")]


@given(
    st.lists(
        st.one_of(
            *[
                st.tuples(
                    st.just(field.name),
                    st.lists(st.sampled_from([v.code for v in field.values]), min_size=1, unique=True),
                )
                for field in READER.fields
                if field.values
            ]
        ),
        max_size=4,
    )
)
def test_what_is_spelled_reads_as_the_same(parts: list[tuple[str, list[str]]]) -> None:
    text = " ".join(READER.spell(field, codes) for field, codes in parts)
    line = READER.read(text)
    assert [(part.field, part.codes) for part in line.parts] == [(f, tuple(c)) for f, c in parts]


@given(st.text(max_size=60))
def test_any_text_is_read_and_every_part_lies_in_it(text: str) -> None:
    line = READER.read(text)
    assert all(0 <= part.start < part.end <= len(text) for part in line.parts)
