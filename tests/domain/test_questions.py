"""Branches of scripted questions: what is asked, what is saved of it, what readers are told."""

from console.domain.category import Answer, Question, Urgency
from console.domain.proposals import propose_urgency
from console.domain.questions import asked, consistent, laid_out, pruned, unreachable
from tests.domain.test_fold_report import edit
from tests.support.builders import OUTAGE, POTHOLE, a_type, done, new_case, reference


def question(code: str, *answers: Answer) -> Question:
    return Question(code=code, text=f"{code}?", text_en=f"{code}?", answers=answers)


def answer(code: str, *opens: str, urgency: Urgency | None = None) -> Answer:
    return Answer(code=code, text=code, text_en=code, opens=opens, urgency=urgency)


YES, NO = answer("yes"), answer("no")
HURT = question("hurt", NO, answer("yes", "many", "called", urgency=Urgency.HIGH))
MANY = question("many", answer("few"), answer("lots", "bus", urgency=Urgency.CRITICAL))
BUS, CALLED, SINCE = question("bus", YES, NO), question("called", YES, NO), question("since")
CRASH = a_type(POTHOLE, "road", "Va chạm", questions=(HURT, SINCE, CALLED, MANY, BUS))
ALL = {"hurt": "yes", "many": "lots", "bus": "no", "called": "yes", "since": "hôm qua"}


def codes(questions: tuple[Question, ...]) -> list[str]:
    return [one.code for one in questions]


def test_an_answer_opens_its_branch_right_below_it_and_another_answer_closes_it() -> None:
    assert codes(asked(CRASH, {})) == ["hurt", "since"]
    assert codes(asked(CRASH, {"hurt": "no"})) == ["hurt", "since"]
    assert codes(asked(CRASH, {"hurt": "yes"})) == ["hurt", "many", "called", "since"]
    assert codes(asked(CRASH, ALL)) == ["hurt", "many", "bus", "called", "since"]


def test_every_question_has_its_place_whether_asked_or_not() -> None:
    assert [(q.code, depth) for q, depth in laid_out(CRASH)] == [
        ("hurt", 0),
        ("many", 1),
        ("bus", 2),
        ("called", 1),
        ("since", 0),
    ]


def test_only_what_is_asked_and_fits_is_saved() -> None:
    assert pruned(CRASH, ALL) == ALL
    assert pruned(CRASH, ALL | {"hurt": "no"}) == {"hurt": "no", "since": "hôm qua"}
    assert pruned(CRASH, {"hurt": "perhaps", "other": "yes", "since": " "}) == {}


def test_urgency_is_raised_by_what_is_asked_alone() -> None:
    assert propose_urgency(CRASH, ALL)[0] is Urgency.CRITICAL
    assert propose_urgency(CRASH, ALL | {"hurt": "no"}) == (CRASH.urgency, "")


def test_readers_are_told_in_the_order_of_asking_and_never_of_a_branch_that_is_closed() -> None:
    assert list(consistent(CRASH, dict(reversed(ALL.items())))) == ["hurt", "many", "bus", "called", "since"]
    assert consistent(CRASH, ALL | {"hurt": "no"}) == {"hurt": "no", "since": "hôm qua"}
    assert consistent(CRASH, ALL | {"many": "few"}) == {k: v for k, v in ALL.items() if k != "bus"} | {
        "many": "few"
    }


def test_what_this_reference_does_not_know_stays() -> None:
    """A newer list may have answers that open what stands below them, and questions of its own."""
    newer = ALL | {"hurt": "two", "weather": "rain"}
    assert consistent(CRASH, newer) == newer
    assert list(consistent(CRASH, newer))[-1] == "weather"
    assert consistent(CRASH, {"many": "few"}) == {"many": "few"}


def test_lists_that_go_round_in_a_circle_come_to_an_end() -> None:
    one, two = question("one", answer("yes", "two")), question("two", answer("yes", "one", "three"))
    three = question("three", answer("yes", "gone"))
    circle = a_type("road.x", "road", "Vòng", questions=(one, two, three, BUS))
    assert codes(asked(circle, {"one": "yes", "two": "yes", "bus": "no"})) == ["bus"]
    assert unreachable(circle) == ["one", "two", "three"]
    assert unreachable(CRASH) == []


def test_a_report_and_an_edit_keep_no_answer_of_a_closed_branch() -> None:
    known = reference(types=(CRASH, a_type(OUTAGE, "power", "Mất điện")))
    case = new_case(reference=known, answers=ALL | {"hurt": "no"})
    assert case.answers == {"hurt": "no", "since": "hôm qua"}
    case = done(case, edit(case, answers=ALL), reference=known)
    assert case.answers == ALL
    assert done(case, edit(case, answers=ALL | {"many": "few"}), reference=known).answers.keys() == {
        "hurt",
        "many",
        "called",
        "since",
    }
    other = done(case, edit(case, type=OUTAGE), reference=known)
    assert other.answers == ALL, "of another type: nothing says that they are wrong"
