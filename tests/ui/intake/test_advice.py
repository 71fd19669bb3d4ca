"""Types, agencies and urgencies proposed from past cases: said with their reason, taken by one key."""

import asyncio
from datetime import date

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QWidget

from console.desk.desk import Desk
from console.domain.advice import Past, TypeGuess
from console.domain.category import Urgency
from console.ui.intake.advising import Advising
from console.ui.intake.fields import Field
from console.ui.intake.intake_state import IntakeState, blank_draft
from console.ui.words import t
from tests.desk.people import IN_FORCE, WARDS
from tests.ui.conftest import Stage
from tests.ui.intake.conftest import Hands

ALT = Qt.KeyboardModifier.AltModifier
MANHOLE, OUTAGE = "drainage.manhole", "power.outage"
ODD = "Tấm sắt giữa ngõ kêu lục cục suốt đêm"


def tell(hands: Hands, text: str) -> None:
    hands.go("N")
    hands.paste(text)
    hands.stage.settle()


def take(hands: Hands) -> None:
    hands.key(Qt.Key.Key_Q, ALT)
    hands.stage.settle()


def learnt(stage: Stage, desk: Desk, times: int = 5, **changed: object) -> None:
    """Past cases that are told alike."""
    for _ in range(times):
        stage.log(desk, forward=True, **{"type": MANHOLE, "title": ODD, "description": ODD, **changed})
    stage.run(desk._held.learning.catch_up())


def test_what_is_told_proposes_a_type_and_one_key_takes_it(hands: Hands, stage: Stage, desk: Desk) -> None:
    learnt(stage, desk)
    tell(hands, "Giữa ngõ nhà tôi có tấm sắt kêu lục cục")
    line, form = hands.room.form.advice, hands.room.form
    assert "Nắp cống" in line.words.text()
    assert "kêu lục" in line.why.text()
    assert "(5 " in line.why.text()
    take(hands)
    assert hands.room.state.draft.type == MANHOLE
    assert hands.at() is Field.CONTENT  # who types goes on typing
    assert form.questions.isVisible()
    assert not line.words.isVisible()
    assert line.why.text()  # its category


class Paints(QObject):
    """How often a widget or one inside it was painted."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.seen = 0
        for one in (watched, *watched.findChildren(QWidget)):
            one.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen += event.type() is QEvent.Type.Paint
        return False


def test_a_proposal_moves_nothing_and_the_same_again_is_not_painted(hands: Hands, stage: Stage) -> None:
    form = hands.room.form

    def places() -> list[QPoint]:
        return [part.mapTo(form, QPoint(0, 0)) for part in (form.type, form.content, form.place)]

    hands.go("N")
    before = places()
    tell(hands, "nap cong bi vo")
    assert form.advice.words.isVisible()
    assert places() == before
    stage.run(asyncio.sleep(0))
    paints, had = Paints(form.advice), form.advice.why.text()
    tell(hands, ", dung la vay")
    stage.run(asyncio.sleep(0))
    assert (form.advice.why.text(), paints.seen) == (had, 0)
    tell(hands, ", ho ga mat nap")
    stage.until(lambda: paints.seen)


def test_a_choice_made_by_hand_is_never_overwritten(hands: Hands) -> None:
    hands.take_type("mat dien")
    tell(hands, "Nắp cống vỡ đôi giữa đường")
    assert not hands.room.form.advice.words.isVisible()
    take(hands)
    assert hands.room.state.draft.type == OUTAGE
    assert hands.room.state.guesses == ()
    hands.room.state.guess((TypeGuess(MANHOLE, 1.0, ("x",), 1),))  # as if an answer had come a moment late
    hands.room.form.show_state()
    take(hands)
    assert (hands.room.state.draft.type, hands.room.form.advice.words.isVisible()) == (OUTAGE, False)


def test_a_greeting_proposes_nothing_and_the_key_does_nothing(hands: Hands) -> None:
    tell(hands, "Alo, chị ơi cho em")
    take(hands)
    assert hands.room.state.draft.type == ""
    assert not hands.room.form.advice.words.isVisible()


def test_the_list_has_names_first_and_what_was_learnt_behind_them(
    hands: Hands, stage: Stage, desk: Desk
) -> None:
    learnt(stage, desk)
    tell(hands, "Tấm sắt kêu lục cục")
    hands.go("L")
    hands.type("dien")
    stage.settle()
    listed = [one.value for one in hands.room.form.type.suggestions]
    assert OUTAGE in listed[:5]
    assert listed.index(MANHOLE) >= 5
    assert "lục cục" in next(o.detail for o in hands.room.form.type.suggestions if o.value == MANHOLE)


def test_what_comes_late_stands_behind_and_the_marked_line_stays(hands: Hands, stage: Stage) -> None:
    box = hands.room.form.type
    hands.type("dien")
    stage.settle()
    hands.key(Qt.Key.Key_Down)
    marked = box.suggestions[1].value
    hands.room.state.guess((TypeGuess(MANHOLE, 0.9, ("x",), 1),))
    hands.room.form.show_guesses()
    assert box.suggestions[-1].value == MANHOLE
    hands.enter()
    assert hands.room.state.draft.type == marked


def test_an_empty_box_lists_the_three_likeliest_and_the_key_goes_on_to_the_questions(hands: Hands) -> None:
    tell(hands, "Nắp cống vỡ đôi")
    hands.go("L")
    hands.key(Qt.Key.Key_Down)
    assert len(hands.room.form.type.suggestions) == 3
    assert hands.room.form.type.suggestions[0].value == MANHOLE
    take(hands)
    assert hands.room.state.draft.type == MANHOLE
    assert hands.at() is Field.QUESTIONS


def test_words_in_the_type_box_that_no_name_has_list_what_was_learnt(
    hands: Hands, stage: Stage, desk: Desk
) -> None:
    learnt(stage, desk)
    hands.type("luc cuc")
    stage.until(lambda: hands.room.form.type.suggestions)
    hands.enter()
    assert hands.room.state.draft.type == MANHOLE


def test_a_list_that_was_put_away_stays_away(hands: Hands, stage: Stage) -> None:
    hands.type("nap cong")
    hands.key(Qt.Key.Key_Escape)
    stage.settle()
    assert hands.room.form.type.suggestions == []


def test_past_cases_clearly_against_the_rule_are_followed_and_say_so(
    hands: Hands, stage: Stage, desk: Desk
) -> None:
    learnt(stage, desk, times=8)
    hands.take_type()
    hands.room.state.take_commune(WARDS[0].code)
    rule = hands.room.state.reading.rule
    assert rule is not None
    stage.until(lambda: hands.room.state.reading.by_past)
    lead = hands.room.state.reading.lead
    assert lead is not None
    assert lead.code == IN_FORCE[3] != rule.lead
    rule_name = next(one.short for one in desk.reference.agencies if one.code == rule.lead)
    assert "8/8" in hands.room.foot.why.text()
    assert rule_name in hands.room.foot.why.text()
    hands.room.state.take_agency(rule.lead)  # chosen by hand
    assert hands.room.state.reading.lead.code == rule.lead  # type: ignore[union-attr]


def test_past_cases_that_agree_with_the_rule_are_told(hands: Hands, stage: Stage, desk: Desk) -> None:
    hands.take_type()
    hands.room.state.take_commune(WARDS[0].code)
    rule = hands.room.state.reading.rule
    assert rule is not None
    hands.room.state.remember(
        Past(type=MANHOLE, commune=WARDS[0].code, leads=((rule.lead, 4), (IN_FORCE[3], 1)))
    )
    hands.room.foot.show_state()
    assert not hands.room.state.reading.by_past
    assert hands.room.foot.why.text().startswith(
        t("intake.agency.past", n=4, total=5, where=t("intake.agency.here"))
    )


def test_urgency_is_raised_by_past_cases_until_the_caller_has_answered(hands: Hands) -> None:
    hands.take_type()
    state = hands.room.state
    proposed = state.reading.proposed_urgency
    state.remember(Past(type=MANHOLE, commune="", urgencies=((Urgency.CRITICAL, 30), (proposed, 2))))
    hands.room.form.show_state()
    assert state.reading.proposed_urgency is Urgency.CRITICAL
    assert "30/32" in hands.room.form.f_urgency.below.text()
    hands.key(Qt.Key.Key_1)
    assert state.reading.proposed_urgency is proposed


class SlowDesk:
    """Answers the first question when it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.go, self.asked = asyncio.Event(), list[str]()

    async def type_guesses(self, text: str, commune: str, day: date) -> tuple[TypeGuess, ...]:
        self.asked.append(text.strip())
        await self.go.wait()
        return (TypeGuess(text.strip(), 1.0, ("x",), 1),)

    async def past(self, type: str, commune: str) -> Past:
        return Past(type=type, commune=commune)


def test_one_question_at_a_time_and_late_answers_are_dropped(stage: Stage, desk: Desk) -> None:
    state = IntakeState(blank_draft(desk.actor, desk.clock.now()), desk.reference, desk.actor)
    slow, shown = SlowDesk(), list[str]()

    def guessed() -> None:
        shown.extend(guess.type for guess in state.guesses)

    advising = Advising(slow, stage.tasks, state, guessed, lambda: None)
    for text in ("a", "ab", "abc"):
        state.content_typed(text)
        advising.touch()
        stage.until(lambda: slow.asked)
    slow.go.set()
    stage.settle()
    assert (slow.asked, shown) == (["a", "abc"], ["abc"])
    state.take_type(MANHOLE)
    advising.touch()
    stage.settle()
    assert state.guesses == ()
    assert state.past == Past(type=MANHOLE, commune="")
