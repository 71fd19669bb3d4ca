"""Questions and answers in the typed line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.typed_line import Field, Reader, Value
from console.domain.typed_pair import Pairs

HURT, HOW_MANY = "Có người bị thương không?", "Bao nhiêu người bị thương?"
NAMES = {
    "injured=": (HURT, "Is anyone hurt?"),
    "injured=no": (f"{HURT} = Không",),
    "injured=unknown": (f"{HURT} = Không rõ",),
    "injured=yes": (f"{HURT} = Có", "Is anyone hurt? = Yes"),
    "hurt=": (HOW_MANY,),
    "hurt=some": (f"{HOW_MANY} = 2-5 người",),
    "customer=": ("Mã khách hàng trên hóa đơn?",),
    "old=": ("Nước chảy mạnh không?",),
    "size=": ("Nước chảy không?",),
    "ghost=odd": ("ghost=odd",),
}
PAIRS = Pairs(list(NAMES.items()), past={"old="})
READER = Reader([
    Field("answers", ("tl",), tuple(Value(code, names) for code, names in NAMES.items()), pairs=PAIRS),
    Field("due", ("han",), (Value("overdue", ("quá hạn",)),)),
])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "codes", "words"),
    [
        ("tl:nguoi-bi-thuong=co", ("injured=yes",), ""),
        ("tl:Có người bị thương = CÓ cột điện", ("injured=yes",), "cột điện"),
        ("tl:co-nguoi-bi-thuong=khong han:quahan", ("injured=no",), ""),
        ("tl:co nguoi bi thuong=khong ro", ("injured=unknown",), ""),
        ("tl:co-nguoi=khong,is-anyone=yes,customer", ("injured=no", "injured=yes", "customer="), ""),
        ("tl:co-nguoi", ("injured=",), ""),
        ("tl:bi-thuong=2", ("hurt=some",), ""),
        ('tl:"Có người bị thương không? = Không rõ" rác', ("injured=unknown",), "rác"),
        ("tl:injured=yes,ghost=odd", ("injured=yes", "ghost=odd"), ""),
        ("tl:nuoc-chay", ("size=",), ""),
        ("tl:nuoc-chay-manh", ("old=",), ""),
    ],
)
def test_a_question_and_its_answer_are_read(text: str, codes: tuple[str, ...], words: str) -> None:
    line = READER.read(text)
    assert line.troubles == ()
    assert (line.parts[0].codes, line.words) == (codes, words)


@pytest.mark.parametrize(
    ("text", "typed", "meant"),
    [
        ("tl:nguoi-bi-thuong han:quahan", "nguoi-bi-thuong", (HURT[:-1], HOW_MANY[:-1])),
        ("tl:co-nguoi-bi-thuong=khoong", "co-nguoi-bi-thuong=khoong", ("Không", "Không rõ")),
        ("tl:co-nguoi=nhieu", "co-nguoi=nhieu", ("Không", "Không rõ", "Có")),
        ("tl:khach-hanf", "khach-hanf", ("Mã khách hàng trên hóa đơn",)),
        ("tl:", "", ()),
    ],
)
def test_what_means_nothing_is_told_with_what_may_be_meant(
    text: str, typed: str, meant: tuple[str, ...]
) -> None:
    (trouble,) = READER.read(text).troubles
    assert (trouble.typed, trouble.meant) == (typed, meant)


def test_first_the_questions_are_offered_then_the_answers() -> None:
    assert [one.code for one in PAIRS.offers("bi thuong")] == ["injured=", "hurt="]
    assert PAIRS.begun("injured=") == "co-nguoi-bi-thuong-khong="
    assert [one.shown[1] for one in PAIRS.offers("co-nguoi-bi-thuong-khong=k")] == ["Không", "Không rõ"]
    assert PAIRS.begun("customer=") == "ma-khach-hang-tren-hoa-don"


@given(st.lists(st.sampled_from(list(NAMES)), min_size=1, unique=True))
def test_what_is_spelled_reads_as_the_same(codes: list[str]) -> None:
    assert READER.read(READER.spell("answers", codes)).parts[0].codes == tuple(codes)
