"""Acts that fit any status and never conflict: call-backs, notes, files, watches, shown contacts."""

import msgspec

from console.domain import limits
from console.domain.case import Callback, Case
from console.domain.command import AddNote, Attach, RecordCallback, ShowContact, Watch
from console.domain.given import Given, Step, without_empty
from console.domain.limits import unfit
from console.domain.refusal import Code

replace = msgspec.structs.replace

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


def watch(case: Case, body: Watch, given: Given) -> Step:
    """The actor follows the case, or no longer."""
    others = tuple(user for user in case.watchers if user != given.by.user)
    watchers = (*others, given.by.user) if body.on else others
    return Step(replace(case, watchers=watchers), {"on": body.on})


def show_contact(case: Case, body: ShowContact, _: Given) -> Step:
    """Logs that the reporter's contact was shown, and why."""
    reason = limits.required(body.reason, "reason", limits.LINE_MAX)
    return Step(case, {"reason": reason}, public=False)
