"""The family of known failures that reach the screens. Each has a stable code and a sentence."""

from console.domain.refusal import Refusal
from console.models.failures import (
    KeyMissing,
    KnownFailure,
    PassphraseTooShort,
    StoreBusy,
    StoreCorrupt,
    StoreFailure,
    StoreFull,
    StoreLocked,
    StoreNewer,
    StoreUnwritable,
)

__all__ = [
    "AttachmentCaseFull",
    "AttachmentNotHere",
    "AttachmentQuota",
    "AttachmentSent",
    "AttachmentTooBig",
    "AttachmentType",
    "AttachmentUnreadable",
    "CallGone",
    "DeskClosed",
    "DeskError",
    "HandNotNew",
    "HandTaken",
    "KeyMissing",
    "LineDown",
    "LineError",
    "LineOffersNot",
    "NotHere",
    "PassphraseTooShort",
    "RefusedHere",
    "ReportBroken",
    "ReportNotMade",
    "ReportNotYours",
    "ReportOffline",
    "ReportRuns",
    "RosterNotYours",
    "SearchOffline",
    "ShiftNotYours",
    "ShiftReasonNeeded",
    "ShiftSamePerson",
    "ShiftTaken",
    "ShiftWordsLong",
    "StoreBusy",
    "StoreCorrupt",
    "StoreFailure",
    "StoreFull",
    "StoreLocked",
    "StoreNewer",
    "StoreUnwritable",
    "ViewNotYours",
    "ViewTooLong",
    "ViewUnnamed",
    "ViewsFull",
]

DeskError = KnownFailure


class RefusedHere(KnownFailure):
    """The rules do not allow it as the case stands here; nothing was stored. `refusal` says why."""

    code = "refused_here"

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code.value)
        self.refusal = refusal


class NotHere(KnownFailure):
    """The case, draft or command is not (or no longer) on this desk."""

    code = "not_here"


class DeskClosed(KnownFailure):
    """The program is closing; nothing more is taken in."""

    code = "desk_closed"


class AttachmentTooBig(KnownFailure):
    """The file is larger than 50 MiB; nothing was stored."""

    code = "attachment_too_big"


class AttachmentType(KnownFailure):
    """By its bytes it is no picture, sound or paper that may be attached, whatever its name says."""

    code = "attachment_type"


class AttachmentUnreadable(KnownFailure):
    """The chosen file cannot be read, is empty, or is a picture that cannot be decoded."""

    code = "attachment_unreadable"


class AttachmentQuota(KnownFailure):
    """This machine keeps as many bytes of files as it may, none of which the centre has yet."""

    code = "attachment_quota"


class AttachmentCaseFull(KnownFailure):
    """The case has as many files, or bytes of files, as it may."""

    code = "attachment_case_full"


class AttachmentNotHere(KnownFailure):
    """The bytes are not on this disk: ask for them with `desk.fetch_attachment`."""

    code = "attachment_not_here"


class AttachmentSent(KnownFailure):
    """Its command may have reached the centre: it can no longer be taken out."""

    code = "attachment_sent"


class AuditOffline(KnownFailure):
    """The audit lies at the centre, which is not reached, or is too old to have one."""

    code = "audit_offline"


class AuditNotYours(KnownFailure):
    """Supervisors and administrators read it."""

    code = "audit_not_yours"


class SearchOffline(KnownFailure):
    """The centre is not reached: only what this desk keeps was searched."""

    code = "search_offline"


class PostOffline(KnownFailure):
    """The centre is not reached: how its messages fare is not known here."""

    code = "post_offline"


class PostRefused(KnownFailure):
    """The centre does not show it, or the message is not what it was."""

    code = "post_refused"


class ReportOffline(KnownFailure):
    """The centre is not reached: only what this desk keeps can be counted, and nothing locked."""

    code = "report_offline"


class ReportRuns(KnownFailure):
    """The period is not over: its figures cannot be locked yet."""

    code = "report_runs"


class ReportNotYours(KnownFailure):
    """A supervisor locks figures."""

    code = "report_not_yours"


class ReportNotMade(KnownFailure):
    """The process that makes it failed, or took too long; nothing was changed."""

    code = "report_not_made"


class ReportBroken(KnownFailure):
    """Kept figures are not those of their digest: they are not shown."""

    code = "report_broken"


class ViewUnnamed(KnownFailure):
    """A saved view needs a name of 1 to 80 characters."""

    code = "view_unnamed"


class ViewNotYours(KnownFailure):
    """Only its owner changes a saved view."""

    code = "view_not_yours"


class ViewTooLong(KnownFailure):
    """What the view asks is too long to be kept."""

    code = "view_too_long"


class ViewsFull(KnownFailure):
    """This person has as many saved views as there may be."""

    code = "views_full"


class NoteTooLong(KnownFailure):
    """A note on a number has 300 characters at most."""

    code = "note_too_long"


class NoteNotYours(KnownFailure):
    """That somebody calls in jest, or no longer does, a dispatcher or a supervisor notes."""

    code = "note_not_yours"


class HandNotNew(KnownFailure):
    """A draft of a report that was saved before stays at its desk."""

    code = "hand_not_new"


class HandTaken(KnownFailure):
    """The other desk has taken the draft: it is there now."""

    code = "hand_taken"


class CallGone(KnownFailure):
    """The call, or the entry of the call-back list, is not (or no longer) there."""

    code = "call_gone"


class LineError(KnownFailure):
    """An act on the telephone line came to nothing; the call is as it was."""

    code = "line_failed"


class LineDown(LineError):
    """The telephone line is not there: nothing can be done on it from here."""

    code = "line_down"


class LineOffersNot(LineError):
    """This telephone line does not offer that; it is done at the telephone itself."""

    code = "line_offers_not"


class RosterNotYours(KnownFailure):
    """The roster is a supervisor's to write."""

    code = "roster_not_yours"


class ShiftNotYours(KnownFailure):
    """A shift is handed over, and taken, by whoever leads it or by a supervisor."""

    code = "shift_not_yours"


class ShiftSamePerson(KnownFailure):
    """Whoever hands a shift over does not take it."""

    code = "shift_same_person"


class ShiftWordsLong(KnownFailure):
    """What was typed for the sheet is too long."""

    code = "shift_words_long"


class ShiftTaken(KnownFailure):
    """Somebody has signed before. `name`: who."""

    code = "shift_taken"

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class ShiftReasonNeeded(KnownFailure):
    """Desks have something unsent, and nobody has said why the shift ends though. `stations`: which."""

    code = "shift_reason_needed"

    def __init__(self, stations: tuple[str, ...]) -> None:
        super().__init__()
        self.stations = stations
