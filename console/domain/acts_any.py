"""Acts that fit any status and never conflict: call-backs, notes, files, watches, shown contacts."""

import msgspec

from console.domain import limits
from console.domain.case import Callback, Caller, Case
from console.domain.command import AddCall, AddNote, Attach, RecordCallback, ShowContact, Watch
from console.domain.given import Given, Step, called, without_empty
from console.domain.limits import unfit
from console.domain.phone import is_e164
from console.domain.refusal import Code

replace = msgspec.structs.replace

CALLERS_MOST = 50
"""Others who called that a case keeps, the last ones."""
AUDIENCES = ("internal", "agency")


def record_callback(case: Case, body: RecordCallback, given: Given) -> Step:
    """One call back: reached or not; how satisfied (1-5) only where reached."""
    satisfied = body.satisfied
    if satisfied is not None and not (body.reached and 1 <= satisfied <= 5):
        raise unfit(Code.BAD_VALUE, "satisfied")
    words = limits.optional(body.words, "words")
    call = Callback(
        id=given.command.id, at=given.at, by=given.by, reached=body.reached, satisfied=satisfied, words=words
    )
    data = without_empty(reached=body.reached, satisfied=satisfied, words=words)
    return Step(replace(case, callbacks=(*case.callbacks, call)), data)


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
