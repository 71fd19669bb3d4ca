"""The intake form as data: what is shown whatever the data says, and which form a type has on a day."""

from datetime import date

import pytest

from console.domain.form import FRAMES, NEEDED, Form, Frame, Misfit, laid, misfits
from tests.support.builders import OUTAGE, POTHOLE, REFERENCE, START, reference

ON = date(2024, 11, 4)


def form(*frames: Frame | str, code: str = "f", types: tuple[str, ...] = ()) -> Form:
    made = tuple(Frame(name=one) if isinstance(one, str) else one for one in frames)
    return Form(code=code, name=code, types=types, frames=made, valid_from=START)


def names(frames: tuple[Frame, ...]) -> list[str]:
    return [frame.name for frame in frames]


def test_without_a_list_the_form_is_the_one_nobody_has_changed() -> None:
    assert names(laid(None)) == list(FRAMES)
    assert REFERENCE.form_for(REFERENCE.type(POTHOLE), ON) is None


def test_a_form_says_order_and_what_is_left_out() -> None:
    frames = laid(form("place", "type", "questions", "reporter", "content"))
    assert names(frames) == ["place", "type", "questions", "reporter", "content"]


def test_what_a_report_needs_is_there_whatever_the_form_says() -> None:
    assert names(laid(form("note", "weather", "note", "place"))) == [
        "note",
        "place",
        *(name for name in NEEDED if name != "place"),
    ]
    odd = Frame(name="place", required=("phone",), without=("commune", "place"))
    assert laid(form(odd, *FRAMES))[0] == Frame(name="place")


def test_what_is_filled_already_stays_in_sight() -> None:
    without = Frame(name="reporter", without=("name", "address"))
    sparse = form("type", "questions", "content", "place", without)
    assert laid(sparse)[-1] == without
    shown = laid(sparse, ("name", "note"))
    assert names(shown)[-2:] == ["reporter", "note"]
    assert shown[-2].without == ("address",)


def test_what_is_required_is_never_left_out() -> None:
    both = Frame(name="place", required=("pin",), without=("pin",))
    assert laid(form(both))[0] == Frame(name="place", required=("pin",))


def test_the_narrowest_form_counts_on_its_days() -> None:
    forms = (
        form(code="all"),
        form(code="power", types=("power",)),
        form(code="outage", types=("road.old", OUTAGE)),
        Form(code="past", name="", types=(POTHOLE,), frames=(), valid_from=START, valid_to=date(2024, 6, 30)),
    )
    known = reference(forms=forms)
    found = {code: known.form_for(known.type(code), ON) for code in (OUTAGE, POTHOLE)}
    assert found == {OUTAGE: forms[2], POTHOLE: forms[0]}
    assert reference(forms=forms[:2]).form_for(known.type(OUTAGE), ON) == forms[1]
    assert known.form_for(known.type(POTHOLE), date(2024, 6, 1)) == forms[3]
    assert known.form_for(None, ON) == forms[0]


@pytest.mark.parametrize(
    ("frame", "misfit"),
    [
        (Frame(name="weather"), Misfit("unknown", "weather")),
        (Frame(name="note"), Misfit("twice", "note")),
        (Frame(name="urgency", required=("urgency",)), Misfit("required", "urgency.urgency")),
        (Frame(name="urgency", without=("pin",)), Misfit("without", "urgency.pin")),
    ],
)
def test_what_cannot_be_is_named(frame: Frame, misfit: Misfit) -> None:
    assert list(misfits(form("note", *NEEDED, frame))) == [misfit]


def test_a_part_cannot_be_required_and_left_out_and_no_needed_frame_be_absent() -> None:
    both = Frame(name="reporter", required=("name",), without=("name",))
    assert list(misfits(form("type", "content", "questions", both))) == [
        Misfit("both", "reporter.name"),
        Misfit("needed", "place"),
    ]
