"""The form follows its data: order, Tab, what is left out and asked for; under the hands nothing moves."""

from datetime import date

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from console.desk.desk import Desk
from console.domain.form import FRAMES, Form, Frame
from console.domain.reference import Reference
from console.ui.intake.fields import FIELDS, Field
from console.ui.intake.intake_state import IntakeState, blank_draft
from console.ui.words import t
from tests.desk.people import DISPATCHER, MONDAY, REFERENCE
from tests.ui.conftest import Stage
from tests.ui.intake.conftest import PHONE, STORY, Hands

TURNED = ("place", "type", "questions", "reporter", "content")
MANHOLE = "drainage.manhole"


def with_form(state: IntakeState, *frames: Frame | str, types: tuple[str, ...] = (MANHOLE,)) -> None:
    """An administrator's form has come for a type."""
    made = tuple(Frame(name=one) if isinstance(one, str) else one for one in frames)
    form = Form(code="own", name="own", types=types, frames=made, valid_from=date(2023, 7, 1))
    lists = {name: getattr(REFERENCE, name) for name in REFERENCE.__dataclass_fields__ if name != "forms"}
    state.load(state.draft, Reference(**(lists | {"forms": (form,)})), state.actor)


def frames(hands: Hands) -> list[str]:
    """Frames in sight, from top to bottom."""
    hands.room.form.frames.layout().activate()
    tops = {name: parts[0] for name, parts in hands.room.form.frames._parts.items() if parts[0].isVisible()}
    return sorted(tops, key=lambda name: tops[name].y())


def tab_order(hands: Hands) -> list[QWidget]:
    """Fields in the order of Tab, from the first one of the form."""
    fields = list(hands.room.form.widgets.values()) + hands.room.form.questions.rows
    seen: list[QWidget] = []
    for _ in range(60):
        here = hands.here()
        if here in seen:
            break
        seen.append(here)
        hands.key(Qt.Key.Key_Tab)
    return [widget for widget in seen if widget in fields]


def fields(hands: Hands, order: tuple[str, ...]) -> list[QWidget]:
    form = hands.room.form
    rows = {"questions": form.questions.rows}
    return [w for name in order for w in rows.get(name) or [form.widgets[f] for f in FIELDS[name]]]


def test_tab_goes_through_the_usual_form_with_its_questions(hands: Hands) -> None:
    hands.take_type()
    hands.key(Qt.Key.Key_2)
    hands.go("L")
    assert frames(hands) == list(FRAMES)
    assert tab_order(hands) == fields(hands, FRAMES)


def test_the_form_of_a_type_says_order_and_tab_and_where_the_cursor_goes(hands: Hands) -> None:
    with_form(hands.room.state, *TURNED)
    assert frames(hands)[:2] == ["type", "content"], "it turns when a type is chosen, not before"
    hands.take_type()
    assert frames(hands) == list(TURNED)
    assert hands.at() is Field.QUESTIONS
    hands.answer_all()
    assert hands.at() is Field.PHONE
    hands.go("M")
    assert tab_order(hands) == fields(hands, TURNED)
    assert [step.value for step in hands.room.header.steps._steps] == [
        "place",
        "type",
        "questions",
        "phone",
        "content",
    ]


def test_a_whole_report_by_keys_in_another_order(hands: Hands) -> None:
    with_form(hands.room.state, *TURNED)
    hands.take_type()
    hands.answer_all()
    hands.paste(PHONE)
    for _ in range(3):
        hands.enter()
    while hands.here() is not hands.room.form.content:  # past the two ticks
        hands.key(Qt.Key.Key_Tab)
    hands.ctrl(Qt.Key.Key_Return)
    assert hands.at() is Field.PLACE, "the first that is missing, by the order of this form"
    hands.type("cho ga")
    hands.enter()
    assert hands.at() is Field.TYPE
    hands.ctrl(Qt.Key.Key_Return)
    assert hands.at() is Field.CONTENT
    hands.paste(STORY)
    hands.ctrl(Qt.Key.Key_Return)
    assert hands.case().case.description == STORY


def test_typing_and_a_new_list_move_nothing_until_a_type_is_chosen(hands: Hands) -> None:
    hands.take_type()
    hands.go("N")
    hands.type("dang go")
    hands.key(Qt.Key.Key_Left)
    with_form(hands.room.state, *TURNED)
    hands.room._show_all()
    hands.type("x")
    assert frames(hands) == list(FRAMES)
    assert hands.room.state.draft.description == "dang gxo"
    hands.room.state.take_type("traffic.pothole")
    hands.room.state.take_type(MANHOLE)  # as a click on a proposal does it, the cursor elsewhere
    assert frames(hands) == list(TURNED)
    assert hands.room.form.focused() == (Field.CONTENT, 7)
    hands.type("y")
    assert hands.room.state.draft.description == "dang gxyo"
    hands.room.new()
    assert [frame.name for frame in hands.room.state.frames] == list(FRAMES), "another call, the usual form"


@pytest.fixture
def bare(hands: Hands) -> Hands:
    """A type that needs neither pin, urgency nor note, and asks for no address."""
    place, reporter = Frame(name="place", without=("pin",)), Frame(name="reporter", without=("address",))
    with_form(hands.room.state, "type", "questions", "content", place, reporter)
    return hands


def test_what_is_left_out_is_out_of_the_way_and_of_tab(bare: Hands) -> None:
    bare.take_type()
    form = bare.room.form
    assert frames(bare) == ["type", "questions", "content", "place", "reporter"]
    assert not form.pin.isVisible()
    assert not form.address.isVisible()
    bare.go("M")
    stops = tab_order(bare)
    assert form.note not in stops
    assert form.address not in stops
    assert form.urgency not in stops


def test_what_is_left_out_comes_by_its_key_and_stays_once_it_is_filled(bare: Hands) -> None:
    bare.go("B")
    bare.type("goi lai")
    bare.take_type()
    assert frames(bare)[-1] == "note", "it was filled before"
    bare.room.state.note_typed("")
    assert frames(bare)[-1] == "note", "nothing moves while one types"
    bare.go("K")
    assert bare.at() is Field.URGENCY
    assert "urgency" in frames(bare)
    bare.enter()
    assert bare.at() is Field.URGENCY, "nothing comes behind it in this form"


def test_a_frame_with_the_cursor_is_not_taken_away(bare: Hands) -> None:
    bare.go("B")
    bare.room.state.take_type(MANHOLE)
    assert bare.at() is Field.NOTE


def test_what_the_form_asks_for_besides_is_waited_for_and_said(hands: Hands) -> None:
    asks = (
        Frame(name="questions", required=("questions",)),
        "content",
        Frame(name="place", required=("pin",)),
        Frame(name="reporter", required=("name", "address")),
        Frame(name="note", required=("note",)),
    )
    with_form(hands.room.state, "type", *asks)
    hands.take_type()
    hands.go("N")
    hands.paste(STORY)
    hands.go("M")
    hands.room.state.take_commune(hands.room.state.communes()[0].code)
    hands.go("P")
    hands.paste(PHONE)
    hands.ctrl(Qt.Key.Key_Return)
    names = [t(f"intake.name.{field}") for field in ("questions", "name", "address", "note")]
    assert hands.room.foot.message.text() == t("intake.missing", fields=", ".join(names))
    assert hands.at() is Field.QUESTIONS
    assert hands.room.form.questions._below.text() == t("intake.need.questions")
    hands.answer_all()
    for field, words in (("name", "Ba"), ("address", "To 1")):
        hands.room.state.reporter(Field(field), **{field: words})
    hands.room.state.note_typed("ok")
    hands.ctrl(Qt.Key.Key_Return)
    assert hands.at() is Field.PLACE
    assert hands.room.foot.message.text() == t("intake.bad.pinNeeded")


def test_who_wants_to_stay_unnamed_is_not_asked_for_a_name() -> None:
    state = IntakeState(blank_draft(DISPATCHER, MONDAY), REFERENCE, DISPATCHER)
    with_form(state, *FRAMES[:-2], Frame(name="reporter", required=("name", "address")))
    state.take_type(MANHOLE)
    assert {Field.NAME, Field.ADDRESS} <= set(state.reading.missing)
    state.reporter(Field.PHONE, anonymous=True)
    assert not {Field.NAME, Field.ADDRESS, Field.PHONE} & set(state.reading.missing)


def test_the_bundled_forms_are_what_they_say(hands: Hands, desk: Desk, stage: Stage) -> None:
    hands.take_type("mat dien")
    assert not hands.room.form.pin.isVisible()
    assert frames(hands) == list(FRAMES)
    hands.room.state.take_type("order.official")
    assert frames(hands) == ["type", "questions", "content", "reporter", "place", "note"]
    assert msgspec.json.decode(msgspec.json.encode(REFERENCE.forms), type=tuple[Form, ...]) == REFERENCE.forms
