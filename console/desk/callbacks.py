"""Whom to call back: who rang in vain, and who was promised it. All on the worker."""

from datetime import datetime

import msgspec

from console.desk import window
from console.desk.call_rows import MissedCall
from console.desk.calls import NEWS
from console.desk.errors import CallGone
from console.desk.holdings import Holdings
from console.domain.identity import new_id
from console.domain.phone import mask_name
from console.models.calls import CallbackRow
from console.models.times import from_ms, from_ms_or_none, to_ms

_LAST = "SELECT body FROM case_row JOIN case_body USING (pk) WHERE phone = ? ORDER BY entered_ms DESC LIMIT 1"


class _Named(msgspec.Struct, frozen=True):
    """Of a case, how its reporter is called."""

    name: str = ""


class _Told(msgspec.Struct, frozen=True):
    """Of a case, who told it."""

    reporter: _Named | None = None


_told = msgspec.json.Decoder(_Told)


def missed_calls(held: Holdings) -> tuple[MissedCall, ...]:
    """The open list, newest ring first."""
    return tuple(_missed(held, row) for row in held.calls.callbacks.open())


def _missed(held: Holdings, row: CallbackRow) -> MissedCall:
    return MissedCall(
        id=row.id, number=row.number, phone=row.phone, name=row.name, reporter=_reporter(held, row.phone),
        rings=row.rings, last_at=from_ms(row.last_ms), due=from_ms_or_none(row.due_ms), note=row.note,
        case=row.case_id, tried=row.tried,
    )  # fmt: skip


def _reporter(held: Holdings, phone: str | None) -> str:
    """As lists show names; "" where no report of this phone is here."""
    rows = held.store.read(_LAST, (phone,)) if phone else []
    told = _told.decode(rows[0][0]).reporter if rows else None
    return mask_name(told.name) if told is not None else ""


def called_back(held: Holdings, entry_id: str, reached: bool, note: str) -> None:
    """They were called: off the list, or tried once more in vain. Raises CallGone."""
    back = held.calls.callbacks
    _known(held, entry_id)
    with held.store.transaction():
        if reached:
            back.done(entry_id, True, note, held.now_ms())
        else:
            back.tried(entry_id, note)
    held.tell(NEWS)


def drop_callback(held: Holdings, entry_id: str, note: str) -> None:
    """Nobody will call them. Raises CallGone."""
    _known(held, entry_id)
    with held.store.transaction():
        held.calls.callbacks.done(entry_id, False, note, held.now_ms())
    held.tell(NEWS)


def _known(held: Holdings, entry_id: str) -> None:
    if held.calls.callbacks.get(entry_id) is None:
        raise CallGone(entry_id)


def promise(held: Holdings, call_id: str, when: datetime, note: str) -> None:
    """Somebody who called was told that they will be called. Raises CallGone, also for a withheld number."""
    held.calls.write()
    call = held.calls.log.get(call_id)
    party = (call.phone or call.number) if call is not None else ""
    if call is None or not party:
        raise CallGone(call_id)
    row = CallbackRow(
        new_id(), party, call.number, call.phone, call.name, 0, held.now_ms(), to_ms(when), note, call.case_id
    )
    with held.store.transaction():
        held.calls.callbacks.put(row)
    held.tell(NEWS)


def forget_calls(held: Holdings) -> None:
    """Some of what is older than the cases that are kept here."""
    before = window.keep_from_ms(held)
    with held.store.transaction():
        held.calls.log.prune(before)
        held.calls.callbacks.prune(before)
