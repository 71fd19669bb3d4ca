"""One call by keyboard, from the first keystroke to a report that is on its way."""

from PySide6.QtCore import Qt

from console.desk.desk import Desk
from console.domain.number import CaseNumber, parse_number
from console.ui.intake.fields import Field
from console.ui.words import t
from tests.ui.conftest import Stage
from tests.ui.intake.conftest import STORY, Hands


def test_the_number_is_there_from_the_first_keystroke(hands: Hands) -> None:
    assert hands.room.header.number.text() == t("intake.number.none")
    hands.type("n")
    hands.stage.settle()
    assert isinstance(parse_number(hands.room.header.number.text()), CaseNumber)
    assert hands.room.state.draft.type_text == "n"


def test_a_type_is_found_without_diacritics_and_taken_by_enter(hands: Hands) -> None:
    hands.type("nap cong")
    hands.enter()
    kind = hands.room.state.reading.type
    assert kind is not None
    assert kind.name.lower().startswith("nắp cống")
    assert hands.room.form.type.text() == kind.name


def test_digits_answer_the_questions_and_lead_to_the_content(hands: Hands) -> None:
    hands.take_type()
    kind = hands.room.state.reading.type
    assert kind is not None
    for _ in kind.questions:
        assert hands.at() is Field.QUESTIONS
        hands.key(Qt.Key.Key_2)
    assert hands.at() is Field.CONTENT
    assert hands.room.state.draft.answers == {q.code: q.answers[1].code for q in kind.questions}


def test_a_place_brings_its_commune_and_its_pin(hands: Hands) -> None:
    hands.go("M")
    hands.type("cho ga")
    assert hands.room.form.place.suggestions
    best = hands.room.form.place.suggestions[0]
    hands.enter()
    draft = hands.room.state.draft
    assert draft.place is not None
    assert draft.place.point is not None
    assert draft.commune
    assert best.detail == hands.room.form.commune.text()
    assert hands.at() is Field.PHONE


def test_ctrl_enter_logs_and_forwards_and_offers_an_undo(hands: Hands, stage: Stage, desk: Desk) -> None:
    hands.fill()
    number, lead = hands.room.state.draft.number, hands.room.state.reading.lead
    assert lead is not None
    hands.ctrl(Qt.Key.Key_Return)
    case = hands.case().case
    assert case.number == number
    assert case.description == STORY
    assert case.lead == lead.code
    shown = stage.notices.shown
    assert shown is not None
    assert shown.text == t("intake.done.forwarded", number=number, agency=lead.short)
    assert stage.notices.undoable
    assert not hands.room.state.touched


def test_a_short_name_writes_a_canned_text_out_into_content_and_note(hands: Hands) -> None:
    hands.go("N")
    hands.type("/gt ")
    assert hands.room.state.draft.description.startswith("Gây cản trở giao thông")
    hands.go("B")
    hands.type("Hen chieu. /lt ")
    assert hands.room.state.draft.note.startswith("Hen chieu. Người gọi lớn tuổi")
