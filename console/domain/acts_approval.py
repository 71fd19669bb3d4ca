"""Acts that wait for somebody's yes: asking, approving, declining, asking no more."""

from typing import Any

import msgspec

from console.domain import acts_end, limits
from console.domain.case import Case, Request
from console.domain.command import Approve, AskApproval, Close, Decline, DropRequest, Reject
from console.domain.given import Given, Step, without_empty
from console.domain.limits import unfit
from console.domain.refusal import Code
from console.domain.table import FROM, SUPERVISORS

replace = msgspec.structs.replace


def ask_approval(case: Case, body: AskApproval, given: Given) -> Step:
    """Judged now as it will be when it is approved: what does not fit is never put before a supervisor."""
    if case.request is not None:
        raise unfit(Code.REQUEST_PENDING)
    step = _do(case, body.act, given)
    act: dict[str, Any] = msgspec.to_builtins(body.act)
    words = str(step.data.get("text") or step.data.get("public_answer") or "")
    note = limits.optional(body.note, "note")
    kind = str(act["kind"])
    request = Request(
        id=given.command.id, kind=kind, at=given.at, by=given.by, words=words, note=note, act=act
    )
    data = without_empty(act=kind, reason=step.data.get("reason"), text=words, note=note)
    return Step(replace(case, request=request), data, public=False)


def approve(case: Case, body: Approve, given: Given) -> Step:
    """What was asked for is done, in the words of whoever asked."""
    request = _waiting(case, body.request)
    note = limits.optional(body.note, "note")
    step = _do(case, _act(request), given)
    data = {"act": request.kind, "asked_by": request.by.name, **step.data, **without_empty(note=note)}
    return Step(replace(step.case, request=None), data)


def decline(case: Case, body: Decline, given: Given) -> Step:
    """It is not done, and this is why."""
    request = _waiting(case, body.request)
    reason = limits.required(body.reason, "reason")
    data = {"act": request.kind, "asked_by": request.by.name, "reason": reason}
    return Step(replace(case, request=None), data, public=False)


def drop_request(case: Case, body: DropRequest, given: Given) -> Step:
    """By whoever asked, or by a supervisor."""
    request = _waiting(case, body.request)
    if request.by.user != given.by.user and given.by.role not in SUPERVISORS:
        raise unfit(Code.NOT_YOUR_REQUEST)
    return Step(replace(case, request=None), {"act": request.kind}, public=False)


def _waiting(case: Case, request: str) -> Request:
    if case.request is None or case.request.id != request:
        raise unfit(Code.NO_REQUEST_PENDING)
    return case.request


def _act(request: Request) -> Reject | Close:
    if request.kind == "reject":
        return msgspec.convert(request.act, Reject)
    return msgspec.convert(request.act, Close)


def _do(case: Case, act: Reject | Close, given: Given) -> Step:
    kind = "reject" if isinstance(act, Reject) else "close"
    if case.status not in FROM[kind]:
        raise unfit(Code.WRONG_STATUS, now=case.status.value)
    return acts_end.reject(case, act, given) if isinstance(act, Reject) else acts_end.close(case, act, given)
