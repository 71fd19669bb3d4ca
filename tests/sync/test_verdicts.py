import json
from typing import Any

import pytest

from console.domain.refusal import Code
from console.sync.errors import BadAnswer
from console.sync.verdicts import read_verdicts


def answer(*verdicts: dict[str, Any]) -> bytes:
    return json.dumps({"verdicts": verdicts, "server_time": "2024-11-04T07:00:00Z"}).encode()


def test_accepted_and_refused_are_told_apart() -> None:
    body = answer(
        {"id": "a", "accepted": True},
        {"id": "b", "accepted": False, "refusal": {"code": "lead_changed", "now": "x"}},
    )
    first, second = read_verdicts(body, ["a", "b"]).verdicts
    assert first.accepted
    assert second.refusal is not None
    assert second.refusal.code == Code.LEAD_CHANGED
    assert second.refusal.now == "x"


def test_an_unknown_reason_is_still_a_refusal() -> None:
    body = answer({"id": "a", "accepted": False, "refusal": {"code": "reason_of_2031"}})
    (verdict,) = read_verdicts(body, ["a"]).verdicts
    assert not verdict.accepted
    assert verdict.refusal is not None
    assert verdict.refusal.code == Code.FAILED


def test_an_unknown_kind_of_case_does_not_spoil_the_acceptance() -> None:
    body = answer({"id": "a", "accepted": True, "case": {"status": "teleported"}, "events": [{"new": 1}]})
    (verdict,) = read_verdicts(body, ["a"]).verdicts
    assert verdict.accepted
    assert verdict.case is None
    assert verdict.events == ()


@pytest.mark.parametrize(
    "body", [b"<html>Welcome to the hotel</html>", b"{}", answer({"id": "z", "accepted": True}), answer()]
)
def test_an_answer_to_something_else_is_no_answer(body: bytes) -> None:
    with pytest.raises(BadAnswer):
        read_verdicts(body, ["a"])
