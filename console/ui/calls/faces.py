"""What a call looks like on the strip: its state in a word, who it is, since when."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from console.desk.call_rows import LiveCall, MissedCall
from console.desk.call_rows import phone_state as phone_state
from console.domain.phone import show_phone
from console.domain.telephone import CallState, Ending
from console.ui.parts.time_text import stopwatch_text
from console.ui.words import t

LONG_HELD = timedelta(seconds=60)
"""Somebody on hold for longer is shown in amber."""


class Known(NamedTuple):
    """What the store has of a caller's number: reports, how many of them are open, what colleagues noted."""

    reports: int
    open: int
    note: str = ""


class Face(NamedTuple):
    """`kind`: ringing, dialling, talking, held or ended; `since`: what the timer counts from, None where it
    stands still; `key`: the cap that is drawn; `note`: on the number."""

    kind: str
    state: str
    number: str
    who: str
    since: datetime | None
    key: str
    note: str = ""


ICONS = {
    "ringing": "call.answer",
    "dialling": "call.callBack",
    "talking": "call.active",
    "held": "call.hold",
    "ended": "call.end",
}


def told_number(one: LiveCall | MissedCall) -> str:
    """The number as people here write it, as the exchange told it where it is none of here; "" for none."""
    return show_phone(one.phone) if one.phone else one.number


def number_text(call: LiveCall) -> str:
    """The same for the eye: a withheld one says so."""
    return told_number(call) or t("call.withheld")


def face_of(call: LiveCall, known: Known | None, answers: bool) -> Face:
    """`answers`: F9 takes this one."""
    kind = _kind(call)
    since = {
        "ringing": call.rang_at,
        "dialling": call.rang_at,
        "talking": call.answered_at or call.rang_at,
        "held": call.held_at,
        "ended": None,
    }[kind]
    key = "F9" if answers else f"Alt {call.slot}"
    state, note = t(f"call.state.{_state(call, kind)}"), known.note if known is not None else ""
    return Face(kind, state, number_text(call), _who(call, known), since, key, note)


def _kind(call: LiveCall) -> str:
    match call.state:
        case CallState.RINGING:
            return "ringing" if call.incoming else "dialling"
        case CallState.TALKING:
            return "talking"
        case CallState.HELD:
            return "held"
        case CallState.ENDED:
            return "ended"


def _state(call: LiveCall, kind: str) -> str:
    ends = {Ending.TRANSFERRED: "transferred", Ending.MISSED: "missed", Ending.FAILED: "failed"}
    return kind if call.how is None else ends.get(call.how, kind)


def _who(call: LiveCall, known: Known | None) -> str:
    """What is done about it already, else the name that the exchange shows, else what is known."""
    if call.case:
        return t("call.isSaved")
    history = ""
    if known is not None:
        key = (
            "call.known.open" if known.open else "call.known.before" if known.reports else "call.known.first"
        )
        history = t(key, n=known.open or known.reports)
    draft = t("call.hasDraft") if call.draft and call.state is not CallState.TALKING else ""
    return " · ".join(part for part in (call.name, history, draft) if part)


def timer_text(face: Face, now: datetime) -> str:
    """How long it is so; "" where nothing runs."""
    return "" if face.since is None else stopwatch_text(now - face.since)


def waits_long(face: Face, now: datetime) -> bool:
    """Held for more than a minute."""
    return face.kind == "held" and face.since is not None and now - face.since > LONG_HELD


def first_ringing(calls: Sequence[LiveCall]) -> LiveCall | None:
    """Who rings longest: what F9 takes."""
    ringing = [call for call in calls if call.state is CallState.RINGING and call.incoming]
    return min(ringing, key=lambda call: (call.rang_at, call.id), default=None)


def in_hand(calls: Sequence[LiveCall], draft: str) -> LiveCall | None:
    """The running call that hold, transfer and end are about: the one whose draft is shown, else the one
    being talked with, else the only other one."""
    live = [
        call
        for call in calls
        if call.line and (call.state in (CallState.TALKING, CallState.HELD) or _dialled(call))
    ]
    shown = [call for call in live if draft and call.draft == draft]
    talking = [call for call in live if call.state is CallState.TALKING]
    for found in (shown, talking, live if len(live) == 1 else []):
        if found:
            return found[0]
    return None


def _dialled(call: LiveCall) -> bool:
    return call.state is CallState.RINGING and not call.incoming


def next_to_do(calls: Sequence[LiveCall], but: str = "") -> LiveCall | None:
    """The answered call that still has to be written down, talked with first; `but`: not this draft's."""
    order = (CallState.TALKING, CallState.HELD, CallState.ENDED)
    left = [
        call
        for call in calls
        if call.state in order and not call.case and not call.kind and not (but and call.draft == but)
    ]
    return min(left, key=lambda call: (order.index(call.state), call.slot or 9), default=None)


def by_slot(calls: Sequence[LiveCall]) -> Mapping[int, LiveCall]:
    """Calls that have a place on the strip."""
    return {call.slot: call for call in calls if call.slot}
