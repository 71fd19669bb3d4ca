import json
from datetime import UTC, datetime
from typing import Any

import pytest

from console.domain.case import Actor, Role
from console.domain.command import AddNote, Command
from console.domain.refusal import Code
from console.sync.errors import BadAnswer
from console.sync.verdicts import read_verdicts

REFUSED = {"accepted": False, "refusal": {"code": "lead_changed"}}


def asked(*ids: str, case: str = "c") -> list[Command]:
    actor = Actor(user="op03", name="Lê Thử", role=Role.DISPATCHER, station="03")
    now = datetime(2024, 11, 4, 7, tzinfo=UTC)
    return [Command(id=id_, case=case, by=actor, at=now, body=AddNote(text="gọi lại")) for id_ in ids]


def answer(*verdicts: dict[str, Any]) -> bytes:
    return json.dumps({"verdicts": verdicts, "server_time": "2024-11-04T07:00:00Z"}).encode()


def test_accepted_and_refused_are_told_apart() -> None:
    body = answer(
        {"id": "a", "accepted": True},
        {"id": "b", "accepted": False, "refusal": {"code": "lead_changed", "now": "x"}},
    )
    first, second = read_verdicts(body, asked("a", "b")).verdicts
    assert first.accepted
    assert second.refusal is not None
    assert second.refusal.code == Code.LEAD_CHANGED
    assert second.refusal.now == "x"


def test_an_unknown_reason_is_still_a_refusal() -> None:
    body = answer({"id": "a", "accepted": False, "refusal": {"code": "reason_of_2031"}})
    (verdict,) = read_verdicts(body, asked("a")).verdicts
    assert not verdict.accepted
    assert verdict.refusal is not None
    assert verdict.refusal.code == Code.FAILED


def test_an_unknown_kind_of_case_does_not_spoil_the_acceptance() -> None:
    body = answer({"id": "a", "accepted": True, "case": {"status": "teleported"}, "events": [{"new": 1}]})
    (verdict,) = read_verdicts(body, asked("a")).verdicts
    assert verdict.accepted
    assert verdict.case is None
    assert verdict.events == ()


@pytest.mark.parametrize(
    "body", [b"<html>Welcome to the hotel</html>", b"{}", answer({"id": "z", "accepted": True}), answer()]
)
def test_an_answer_to_something_else_is_no_answer(body: bytes) -> None:
    with pytest.raises(BadAnswer):
        read_verdicts(body, asked("a"))


def test_behind_a_refused_one_the_centre_may_be_silent() -> None:
    body = answer({"id": "a", **REFUSED}, {"id": "x", "accepted": True})
    verdicts = read_verdicts(body, [*asked("a", "b"), *asked("x", case="d")]).verdicts
    assert [verdict.id for verdict in verdicts] == ["a", "x"]


def test_silence_about_any_other_command_is_no_answer() -> None:
    other_case = [*asked("a"), *asked("x", case="d")]
    with pytest.raises(BadAnswer):
        read_verdicts(answer({"id": "a", **REFUSED}), other_case)
    with pytest.raises(BadAnswer):
        read_verdicts(answer({"id": "a", "accepted": True}), asked("a", "b"))


def test_one_behind_a_refused_one_that_was_decided_before_keeps_its_verdict() -> None:
    body = answer({"id": "a", **REFUSED}, {"id": "b", "accepted": True})
    assert [verdict.accepted for verdict in read_verdicts(body, asked("a", "b")).verdicts] == [False, True]
