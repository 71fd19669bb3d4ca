from datetime import UTC, datetime

from console.domain.case import Actor, Role
from console.domain.command import AddNote, Command
from console.domain.identity import new_id
from console.sync.pace import Backoff, Pace
from console.sync.suspects import Suspects

PACE = Pace(first=1.0, most=30.0, patience=3, long_patience=6)


def highest(low: float, high: float) -> float:
    return high


def command(case: str) -> Command:
    by = Actor(user="op01", name="", role=Role.OPERATOR, station="01")
    return Command(
        id=new_id(), case=case, at=datetime(2024, 11, 4, tzinfo=UTC), by=by, body=AddNote(text="x")
    )


class Hands:
    now = 0.0

    def steady(self) -> float:
        return self.now


def suspects() -> tuple[Suspects, Hands]:
    hands = Hands()
    return Suspects(PACE, Backoff(PACE, highest), hands.steady), hands


def test_the_limit_doubles_and_stays_at_the_most() -> None:
    backoff = Backoff(PACE, highest)
    assert [backoff.failed() for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    backoff.calm()
    assert backoff.failed() == 1


def test_the_whole_span_is_jitter() -> None:
    spans = []
    backoff = Backoff(PACE, lambda low, high: spans.append((low, high)) or low)
    assert backoff.failed() == 0.0
    assert spans == [(0.0, 1.0)]


def test_two_hundred_desks_are_spread_out() -> None:
    pauses = [Backoff(PACE).after(6) for _ in range(200)]
    by_third = [sum(low <= p < low + 10 for p in pauses) for low in (0, 10, 20)]
    assert min(by_third) > 30


def test_retry_after_is_waited_for_in_full() -> None:
    backoff = Backoff(PACE, lambda low, high: low)
    assert backoff.asked(17.0) == 17.0
    assert Backoff(PACE, highest).asked(17.0) == 18.0
    assert backoff.asked(None) == 0.0


def test_a_suspect_holds_back_its_case_and_no_other() -> None:
    waiting, hands = suspects()
    bad, later, other = command("a"), command("a"), command("b")
    assert not waiting.failed(bad)
    assert waiting.may_go([bad, later, other]) == [other]
    hands.now = 1.0
    assert waiting.may_go([bad, later, other]) == [bad, later, other]


def test_it_is_given_up_after_its_patience_when_others_go_through() -> None:
    waiting, _ = suspects()
    bad = command("a")
    assert not waiting.failed(bad)
    waiting.delivered([command("b")])
    assert not waiting.failed(bad)
    assert waiting.failed(bad)


def test_it_is_given_more_patience_while_nothing_goes() -> None:
    waiting, _ = suspects()
    bad = command("a")
    assert [waiting.failed(bad) for _ in range(6)] == [False] * 5 + [True]


def test_when_several_fail_and_none_goes_it_is_the_centres_fault() -> None:
    waiting, _ = suspects()
    bad = [command(case) for case in "abc"]
    for one in bad:
        assert not waiting.nothing_goes
        waiting.failed(one)
    assert waiting.nothing_goes
    waiting.delivered([command("d")])
    assert not waiting.nothing_goes


def test_delivered_at_last_it_is_forgotten() -> None:
    waiting, _ = suspects()
    bad = command("a")
    waiting.failed(bad)
    assert waiting.next_due_s() == 1.0
    waiting.delivered([bad])
    assert waiting.next_due_s() is None
