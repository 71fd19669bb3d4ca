"""Questions with branches at the intake, by keys: what opens, where the cursor goes, what is kept."""

from datetime import date

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from console.domain.case import Case
from console.domain.category import Question, Urgency
from console.domain.reference import Reference
from console.ui.case.case_sheet import answers_text
from console.ui.intake.fields import Field
from console.ui.intake.intake_state import IntakeState, blank_draft
from console.ui.intake.segments import Segments
from tests.desk.people import DISPATCHER, MONDAY, REFERENCE
from tests.support.builders import new_case
from tests.ui.conftest import Stage
from tests.ui.intake.conftest import Hands

MANHOLE, OUTAGE = "drainage.manhole", "power.outage"


def asked(hands: Hands) -> list[str]:
    return [question.code for question in hands.room.state.reading.asked]


def seen(hands: Hands) -> list[str]:
    """Questions on the screen, from top to bottom."""
    rows = [row for row in hands.room.form.questions._all if row.field.isVisible()]
    return [row.question.code for row in sorted(rows, key=lambda row: row.field.y())]


def here(hands: Hands) -> str:
    """The question with the cursor."""
    return next(r.question.code for r in hands.room.form.questions._all if r.field.hasFocus())


def go_back(hands: Hands, field: QWidget) -> None:
    while not field.hasFocus():
        hands.key(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)


def a_state() -> IntakeState:
    return IntakeState(blank_draft(DISPATCHER, MONDAY), REFERENCE, DISPATCHER)


def test_a_digit_opens_the_branch_and_the_cursor_goes_into_it(hands: Hands) -> None:
    hands.take_type()
    assert seen(hands) == ["injured", "position", "fenced"]
    assert hands.room._field is Field.QUESTIONS, "head and script follow the cursor"
    hands.key(Qt.Key.Key_2)
    assert seen(hands) == asked(hands) == ["injured", "hurt", "ambulance", "position", "fenced"]
    assert here(hands) == "hurt"
    for digit in (Qt.Key.Key_3, Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_1):
        hands.key(digit)
    assert hands.at() is Field.CONTENT
    assert hands.room.state.reading.urgency is Urgency.CRITICAL
    assert hands.room.state.reading.answers == {
        "injured": "yes",
        "hurt": "many",
        "ambulance": "no",
        "position": "lane",
        "fenced": "no",
    }


def test_a_closed_branch_is_not_saved_and_opens_again_as_it_was(
    hands: Hands, desk: Desk, stage: Stage
) -> None:
    hands.fill()
    hands.room.state.take_type("traffic.bridge")
    hands.room.state.answer("blocked", "all")  # of a type that it turned out not to be
    hands.room.state.take_type(MANHOLE)
    first = hands.room.form.questions.rows[0]
    hands.go("C")
    hands.key(Qt.Key.Key_2)
    hands.key(Qt.Key.Key_3)
    hands.key(Qt.Key.Key_1)
    go_back(hands, first)
    hands.key(Qt.Key.Key_1)
    assert here(hands) == "position"
    assert seen(hands) == ["injured", "position", "fenced"]
    assert "hurt" not in hands.room.state.reading.answers
    go_back(hands, first)
    hands.key(Qt.Key.Key_2)
    assert hands.room.state.reading.answers["hurt"] == "many", "as it was answered"
    go_back(hands, first)
    hands.key(Qt.Key.Key_1)
    hands.ctrl(Qt.Key.Key_Return)
    assert hands.case().case.answers == {"injured": "no", "position": "lane", "fenced": "no"}


def test_a_letter_in_the_type_box_costs_no_answer(hands: Hands) -> None:
    hands.take_type()
    hands.answer_all(Qt.Key.Key_2)
    before = hands.room.state.reading.answers
    assert len(before) == 5
    hands.go("L")
    hands.key(Qt.Key.Key_End)
    hands.type("x")
    assert not hands.room.state.draft.type
    assert seen(hands) == []
    hands.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.take_type()
    assert hands.room.state.draft.type == MANHOLE
    assert hands.room.state.reading.answers == before


def test_an_answer_goes_over_to_a_type_that_asks_the_same() -> None:
    state = a_state()
    state.take_type(MANHOLE)
    state.answer("injured", "yes")
    state.answer("hurt", "one")
    state.answer("position", "alley")
    state.take_type(OUTAGE)
    assert state.reading.answers == {}
    state.take_type("traffic.bridge")  # asks injured, blocked, fenced
    assert state.reading.answers == {"injured": "yes", "hurt": "one"}
    state.answer("injured", "no")
    state.take_type(MANHOLE)
    assert state.reading.answers == {"injured": "no", "position": "alley"}, "the caller's last word stands"


def test_an_answer_that_the_other_type_has_not_comes_back_with_its_own() -> None:
    """Two lists may use one code for different questions."""
    state = a_state()
    other = REFERENCE.type("waste.bin")
    assert other is not None
    odd = msgspec.structs.replace(other.questions[0], code="position", answers=other.questions[1].answers)
    types = tuple(msgspec.structs.replace(k, questions=(odd,)) if k is other else k for k in REFERENCE.types)
    state.load(state.draft, Reference(units=REFERENCE.units, types=types), state.actor)
    state.take_type(MANHOLE)
    state.answer("position", "alley")
    state.take_type("waste.bin")
    assert state.reading.answers == {}
    state.answer("position", "weeks")
    state.take_type(MANHOLE)
    assert state.reading.answers == {"position": "alley"}


def test_the_cursor_stays_at_its_question_when_new_lists_come(hands: Hands) -> None:
    hands.take_type()
    hands.key(Qt.Key.Key_1)
    kind = hands.room.state.reading.type
    assert kind is not None
    first, *others = kind.questions
    state = hands.room.state

    def bring(*questions: Question) -> None:
        changed = msgspec.structs.replace(kind, questions=questions)
        types = tuple(changed if one.code == MANHOLE else one for one in REFERENCE.types)
        state.load(state.draft, Reference(units=REFERENCE.units, types=types), state.actor)
        hands.room._show_all()

    bring(msgspec.structs.replace(first, text="Ai bị thương?"), *others)
    assert here(hands) == "position"
    hands.key(Qt.Key.Key_3)
    assert state.reading.answers == {"injured": "no", "position": "alley"}
    bring(first)
    assert here(hands) == "injured"


def test_a_question_without_choices_is_answered_in_words(hands: Hands, stage: Stage) -> None:
    hands.take_type("mat dien")
    assert hands.room.state.draft.type == OUTAGE
    hands.key(Qt.Key.Key_1)
    assert here(hands) == "customer"
    hands.type("PC03 11  22")
    assert hands.room.state.reading.answers["customer"] == "PC03 11  22"
    hands.enter()
    assert here(hands) == "since"
    line = hands.room.form.questions.rows[1]
    assert line.accessibleName()
    go_back(hands, line)
    hands.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.paste("1" * 300)
    assert [p.field for p in hands.room.state.reading.blocked] == [Field.QUESTIONS]
    assert "300" in hands.room.form.questions._below.text(), "too long is told and kept"
    assert hands.room.state.reading.answers["customer"] == "1" * 300


def a_case(**answers: str) -> Case:
    return msgspec.structs.replace(new_case(), type=MANHOLE, answers=answers)


def test_a_case_shows_what_its_type_asked_on_its_day() -> None:
    kind = REFERENCE.type(MANHOLE)
    assert kind is not None
    reworded = msgspec.structs.replace(kind.questions[0], text="Ai bị thương?")
    later = msgspec.structs.replace(
        kind, questions=(reworded, *kind.questions[1:]), valid_from=date(2025, 1, 1), valid_to=None
    )
    earlier = msgspec.structs.replace(kind, valid_to=date(2024, 12, 31))
    case = a_case(fenced="yes", hurt="one", injured="yes", odd="thing")
    lines = answers_text(case, Reference(types=(earlier, later))).split("\n")
    assert lines == [
        "Có người bị thương không? Có",
        "Bao nhiêu người bị thương? Một người",
        "Đã có rào chắn, cảnh báo chưa? Có",
        "odd thing",
    ]
    calm = msgspec.structs.replace(case, answers={"injured": "no", "hurt": "one"})
    assert answers_text(calm, Reference(types=(earlier, later))) == "Có người bị thương không? Không"


def test_answers_that_have_no_room_side_by_side_go_on_below_and_nine_digits_answer(
    stage: Stage, qtbot: QtBot
) -> None:
    chosen: list[int] = []
    row = Segments(stage.theme, [f"Câu trả lời thứ {n}" for n in range(1, 10)], True)
    row.chosen.connect(chosen.append)
    whole = QWidget()
    qtbot.addWidget(whole)
    column = QVBoxLayout(whole)
    column.addWidget(row)
    column.addStretch(1)
    whole.resize(row.sizeHint().width() // 2, 300)
    whole.show()
    lines = sorted({box.top() for box in row._boxes()})
    assert len(lines) == 3
    assert row.height() == row.heightForWidth(row.width()) > row.sizeHint().height()
    assert all(box.right() <= row.width() for box in row._boxes())
    QTest.keyClick(row, Qt.Key.Key_9)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=row._boxes()[7].center().toPoint())
    assert chosen == [8, 7]
