"""A supervisor names who decides while they are away: their own absence alone, and it holds at once."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from console.central.practice.people import staff
from console.domain.command import Approve, AskApproval, Reject
from console.domain.delegation import Delegation
from console.domain.identity import new_id
from console.domain.zone import local_day
from console.protocol.administration import ReferenceImport
from console.protocol.wire import ImportChange, ReferenceItem
from console.reference import to_wire
from tests.central.reports import REFERENCE, accepted, code, give, logged
from tests.support.central import Central, Client

REASON = REFERENCE.reject_reasons[0].code


def absence(client: Client, by: str = "sup01", to: str = "dp01", **changed: Any) -> Delegation:
    now = client.clock.now()
    values: dict[str, Any] = {
        "code": new_id(),
        "by": by,
        "by_name": staff()[by].name,
        "to": to,
        "to_name": staff()[to].name,
        "since": now - timedelta(hours=1),
        "until": now + timedelta(hours=8),
        "valid_from": local_day(now),
    }
    return Delegation(**{**values, **changed})


def bring(client: Client, *ones: Delegation, more: tuple[ReferenceItem, ...] = ()) -> tuple[int, str]:
    """The status and the answer."""
    asked = ReferenceImport(items=(*(to_wire("delegations", one, 0) for one in ones), *more))
    answer = client.raw("POST", "/reference", asked)
    return answer.status_code, answer.text


def test_a_named_dispatcher_approves_until_it_is_ended(central: Central) -> None:
    lead, stand_in, plain = (
        central.client("01", "sup01"),
        central.client("04", "dp01"),
        central.client("02", "op02"),
    )
    case = logged(plain)
    ask = plain.command(AskApproval(act=Reject(reason=REASON, text="Không đúng sự thật.")), case)
    accepted(plain, ask)
    (early,) = give(stand_in, stand_in.command(Approve(request=ask.id), case))
    assert code(early) == "not_allowed"
    one = absence(lead)
    status, answer = bring(lead, one)
    assert status == 200
    (line,) = msgspec.json.decode(answer, type=list[ImportChange])
    assert line.change == "added"
    (verdict,) = accepted(stand_in, stand_in.command(Approve(request=ask.id), case))
    assert verdict.case is not None
    assert verdict.case.status == "rejected"
    assert bring(lead, msgspec.structs.replace(one, until=one.since))[0] == 200
    other = logged(plain)
    again = plain.command(AskApproval(act=Reject(reason=REASON, text="Không đúng.")), other)
    accepted(plain, again)
    (late,) = give(stand_in, stand_in.command(Approve(request=again.id), other))
    assert code(late) == "not_allowed"
    for client in (lead, stand_in, plain):
        client.close()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"by": "sup02"}, "trưởng ca vắng mặt"),
        ({"to": "op02"}, "không phải điều phối viên"),
        ({"until": None}, "phải sau thời điểm bắt đầu"),
        ({"long": True}, "dài nhất"),
    ],
)
def test_what_does_not_fit_is_said(central: Central, changed: dict[str, Any], says: str) -> None:
    lead = central.client("01", "sup01")
    one = absence(lead, by=changed.get("by", "sup01"), to=changed.get("to", "dp01"))
    if "until" in changed:
        one = msgspec.structs.replace(one, until=one.since - timedelta(minutes=1))
    if "long" in changed:
        one = msgspec.structs.replace(one, until=one.since + timedelta(days=200))
    status, answer = bring(lead, one)
    assert status == 422
    assert says in answer
    lead.close()


def test_nobody_else_writes_them_and_a_supervisor_writes_nothing_else(central: Central) -> None:
    lead, plain = central.client("01", "sup01"), central.client("02", "op02")
    assert bring(plain, absence(plain))[0] == 403
    one = REFERENCE.reject_reasons[0]
    assert bring(lead, absence(lead), more=(to_wire("reject_reasons", one, 0),))[0] == 403
    gone = ReferenceItem(kind="delegations", key="x@2024-11-04", version=0, deleted=True)
    assert bring(lead, more=(gone,))[0] == 403
    lead.close()
    plain.close()
