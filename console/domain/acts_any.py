"""Acts that fit any status and never conflict: call-backs, notes, files, watches, shown contacts."""

import msgspec

from console.domain import limits
from console.domain.callbacks import FARTHEST_AGAIN, TOLD_IN
from console.domain.case import Callback, Caller, Case, Reporter, Status
from console.domain.command import (
    AddCall,
    AddNote,
    Attach,
    RecordCallback,
    Relate,
    ReleaseContact,
    ShowContact,
    TellCitizen,
    Watch,
)
from console.domain.given import Given, Step, called, without_empty
from console.domain.limits import unfit
from console.domain.phone import is_e164
from console.domain.refusal import Code

replace = msgspec.structs.replace

CALLERS_MOST = 50
"""Others who called that a case keeps, the last ones."""
RELATED_MOST = 50
MERGED_DEEP = 20
"""Merges that are followed one behind the other."""
AUDIENCES = ("internal", "agency")


def record_callback(case: Case, body: RecordCallback, given: Given) -> Step:
    """One call back: reached or not; how satisfied (1-5) only where they were reached and told. Whose report
    was merged is told when the case that it is part of has its result."""
    _has_result(case, given)
    satisfied, again_at = body.satisfied, body.again_at
    if satisfied is not None and not (body.reached and again_at is None and 1 <= satisfied <= 5):
        raise unfit(Code.BAD_VALUE, "satisfied")
    if again_at is not None and (
        again_at.tzinfo is None or not given.at < again_at <= given.at + FARTHEST_AGAIN
    ):
        raise unfit(Code.BAD_VALUE, "again_at")
    words = limits.optional(body.words, "words")
    call = Callback(
        id=given.command.id,
        at=given.at,
        by=given.by,
        reached=body.reached,
        satisfied=satisfied,
        words=words,
        again_at=again_at,
    )
    data = without_empty(reached=body.reached, satisfied=satisfied, words=words, again_at=again_at)
    return Step(replace(case, callbacks=(*case.callbacks, call)), data)


def _has_result(case: Case, given: Given) -> None:
    """Raises Unfit (wrong_status, unknown_case) for a merged case whose case has nothing to tell yet."""
    root, steps = case, 0
    while root.status is Status.MERGED and steps < MERGED_DEEP:
        found = given.lookup(root.merged_into or "")
        if found is None:
            raise unfit(Code.UNKNOWN_CASE, "into")
        root, steps = found, steps + 1
    if root.status not in TOLD_IN:
        raise unfit(Code.WRONG_STATUS, now=root.status.value)


def add_note(case: Case, body: AddNote, _: Given) -> Step:
    """An internal note is not for agencies."""
    if body.audience not in AUDIENCES:
        raise unfit(Code.BAD_VALUE, "audience")
    text = limits.required(body.text, "text")
    data = {"text": text, "audience": body.audience}
    return Step(replace(case, notes=case.notes + 1), data, public=body.audience != "internal")


def attach(case: Case, body: Attach, _: Given) -> Step:
    """A file by its digest; the file itself goes its own way."""
    sha256 = limits.digest(body.sha256, "sha256")
    name = limits.required(body.name, "name", limits.FILE_NAME_MAX)
    media_type = limits.media_type(body.media_type, "media_type")
    size = limits.file_size(body.size, "size")
    files = limits.files((*case.attachments, sha256), "sha256")
    data = {"sha256": sha256, "name": name, "media_type": media_type, "size": size}
    return Step(replace(case, attachments=files), data)


def add_call(case: Case, body: AddCall, given: Given) -> Step:
    """Counted, and told in the timeline; whose phone it was stays with the case."""
    text = limits.optional(body.text, "text", limits.DESCRIPTION_MAX)
    name = limits.optional(body.name, "name", limits.NAME_MAX)
    if body.phone and not is_e164(body.phone):
        raise unfit(Code.BAD_PHONE, "phone")
    callers = case.callers
    if body.phone and (case.reporter is None or body.phone != case.reporter.phone):
        others = [caller for caller in callers if caller.phone != body.phone]
        known = next((caller.name for caller in callers if caller.phone == body.phone), "")
        new = Caller(phone=body.phone, name=name or known, last_at=given.at)
        callers = (*others[1 - CALLERS_MOST :], new)
    case = replace(case, calls_again=case.calls_again + 1, callers=callers)
    return Step(case, without_empty(text=text, **called(body.call, given)))


def watch(case: Case, body: Watch, given: Given) -> Step:
    """The actor follows the case, or no longer."""
    others = tuple(user for user in case.watchers if user != given.by.user)
    watchers = (*others, given.by.user) if body.on else others
    return Step(replace(case, watchers=watchers), {"on": body.on})


def show_contact(case: Case, body: ShowContact, _: Given) -> Step:
    """Logs that the reporter's contact was shown, and why."""
    reason = limits.required(body.reason, "reason", limits.LINE_MAX)
    return Step(case, {"reason": reason}, public=False)


def release_contact(case: Case, body: ReleaseContact, given: Given) -> Step:
    """To one agency that leads or supports; it ends with the case, and when the agency has it no more."""
    agency, reason = body.agency, limits.required(body.reason, "reason", limits.LINE_MAX)
    if not agency:
        raise unfit(Code.MISSING, "agency")
    others = tuple(code for code in case.released_to if code != agency)
    if body.on:
        if agency not in (case.lead, *case.supporting):
            raise unfit(Code.NOT_WITH_AGENCY, "agency")
        if not _reachable(case.reporter):
            raise unfit(Code.NO_CONTACT)
        others = (*others, agency)
    return Step(
        replace(case, released_to=others), {"agency": agency, "on": body.on, "reason": reason}, public=False
    )


def _reachable(reporter: Reporter | None) -> bool:
    return reporter is not None and bool(reporter.phone or reporter.name or reporter.address)


def relate(case: Case, body: Relate, given: Given) -> Step:
    """Belongs together with another case. That one is not written to: it gets a command of its own."""
    if not body.to:
        raise unfit(Code.MISSING, "case")
    if body.to == case.id:
        raise unfit(Code.ITSELF, "case")
    other = given.lookup(body.to)
    if other is None:
        raise unfit(Code.UNKNOWN_CASE, "case")
    note = limits.optional(body.note, "note")
    others = tuple(one for one in case.related if one != body.to)
    related = (*others, body.to) if body.on else others
    if len(related) > RELATED_MOST:
        raise unfit(Code.TOO_LONG, "case", limit=RELATED_MOST)
    data = without_empty(to=body.to, number=other.number, note=note)
    return Step(replace(case, related=related), data | {"on": body.on}, public=False)


def tell_citizen(case: Case, body: TellCitizen, _: Given) -> Step:
    """Words for the reporter, which may name them: not for agencies."""
    if case.reporter is None or not case.reporter.phone:
        raise unfit(Code.NO_CONTACT)
    return Step(case, {"text": limits.required(body.text, "text")}, public=False)
