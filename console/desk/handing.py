"""Drafts handed to another desk: at one of the two at any time, and nothing of it depends on the line.

Here a handed draft is out of the list at once and kept until the other desk has it; one that comes is kept
apart until the centre has said that it is ours. Both are on disk before the centre hears of them, and told
until it has answered, so a program that ends and an answer that is lost change nothing.
"""

import logging
from collections.abc import Sequence
from typing import Any

import msgspec

from console.desk.acts import store_act
from console.desk.changes import Cause, Changes
from console.desk.draft_files import attach_bodies, mark_given
from console.desk.draft_rows import KEEP, put_draft
from console.desk.errors import HandNotNew, HandTaken, NotHere, RefusedHere
from console.desk.holdings import Holdings
from console.desk.rows import Draft, FileAlong
from console.domain import limits
from console.domain.identity import new_id
from console.domain.limits import FILES_MAX, Unfit
from console.models.attachments import Attached
from console.models.drafts import GIVEN, HANDED, OPEN
from console.models.handed_drafts import Hand
from console.models.times import to_ms
from console.protocol.wire import HandedAnswer, HandedDraft, OtherDesk

log = logging.getLogger(__name__)

OFFERED, TAKEN, TAKEN_BACK, EXPIRED = "offered", "taken", "taken_back", "expired"
RECALLED = "recalled"  # the centre may know of the offer, and has not said yet that it is back
COMING = "coming"  # read here, and the centre has not said yet that it is ours
VERSION = "handed.version"
"""In `meta`: up to which of the centre's versions all is here."""
DESKS = "handed.desks"
"""In `meta`: the desks to which one may be handed, as the centre last told them."""
_draft = msgspec.json.Decoder(Draft)
_desks = msgspec.json.Decoder(tuple[OtherDesk, ...])
_replace = msgspec.structs.replace


class HandedOn(msgspec.Struct, frozen=True, kw_only=True):
    """A draft that waits to be taken at another desk. `recalled`: it is being taken back."""

    draft: str
    number: str
    station: str
    recalled: bool = False


def hand_on(held: Holdings, draft: Draft, station: str) -> None:
    """To another desk, as it stands in `draft`; out of the list here at once. Raises HandNotNew, NotHere,
    StoreFull: it is still here then."""
    if draft.logged:
        raise HandNotNew
    if held.drafts.state(draft.id) != OPEN:
        raise NotHere(draft.id)
    hand = Hand(new_id(), draft.id, True, station, draft.case, draft.number, OFFERED, True, False, None)
    with held.store.transaction():
        put_draft(held, _replace(draft, saved_at=held.clock.now()), HANDED)
        held.handed.put(hand)
    held.tell(Changes(cause=Cause.HERE, drafts=True))
    held.wake()


def take_back(held: Holdings, draft_id: str) -> bool:
    """Here again: True at once, where the centre has not heard of it; False when it says so. Raises HandTaken
    where the other desk was first, NotHere."""
    mine = [hand for hand in held.handed.outward() if hand.draft_id == draft_id]
    if not mine:
        raise NotHere(draft_id)
    hand = mine[-1]
    if hand.state == TAKEN:
        raise HandTaken
    if hand.state == OFFERED and not hand.told:
        with held.store.transaction():
            _home(held, hand, TAKEN_BACK)
        held.tell(Changes(cause=Cause.HERE, drafts=True))
        return True
    if hand.state == OFFERED:
        with held.store.transaction():
            held.handed.put(hand._replace(state=RECALLED, dirty=True))
        held.tell(Changes(cause=Cause.HERE, drafts=True))
        held.wake()
    return hand.state not in (OFFERED, RECALLED)


def handed_on(held: Holdings) -> tuple[HandedOn, ...]:
    """What no other desk has taken yet, oldest first."""
    return tuple(
        HandedOn(draft=x.draft_id, number=x.number, station=x.station, recalled=x.state == RECALLED)
        for x in held.handed.outward()
        if x.state in (OFFERED, RECALLED)
    )


def other_desks(held: Holdings) -> tuple[OtherDesk, ...]:
    """As the centre last told them; names as of then. It is asked for newer ones."""
    held.desks_wanted.set()
    held.wake()
    kept = held.meta.get(DESKS)
    return _desks.decode(kept) if kept is not None else ()


# with the centre


def to_tell(held: Holdings) -> list[HandedDraft]:
    """What the centre must hear of. From now on it may know of it."""
    hands = held.handed.dirty()
    if any(not hand.told for hand in hands):
        with held.store.transaction():
            for hand in hands:
                held.handed.put(hand._replace(told=True))
    return [_wire(held, hand) for hand in hands]


def _wire(held: Holdings, hand: Hand) -> HandedDraft:
    here, body = held.actor.station, held.drafts.get(hand.draft_id)
    offers = hand.state == OFFERED and body is not None
    state = {RECALLED: TAKEN_BACK, EXPIRED: TAKEN_BACK, COMING: TAKEN}.get(hand.state, hand.state)
    return HandedDraft(
        id=hand.id, state=state, case=hand.case_id, number=hand.number,
        sender=here if hand.outward else hand.station, receiver=hand.station if hand.outward else here,
        draft=_offered(held, _draft.decode(body)) if offers and body is not None else None,
    )  # fmt: skip


def _offered(held: Holdings, draft: Draft) -> dict[str, Any]:
    """As it goes: with its files by name, for their bytes go like those of reports."""
    files = tuple(
        FileAlong(sha256=x.sha256, name=x.name, media_type=x.media_type, size=x.size)
        for x in held.attachments.of_draft(draft.case)
    )
    told: dict[str, Any] = msgspec.to_builtins(_replace(draft, files_along=files))
    return told


def refused(held: Holdings, hand_id: str) -> Changes | None:
    """The centre will never take this offer, and has nothing of it: the draft is here again."""
    hand = held.handed.get(hand_id)
    if hand is None or not hand.outward or hand.state not in (OFFERED, RECALLED):
        return None
    with held.store.transaction():
        _home(held, hand, TAKEN_BACK)
    return Changes(cause=Cause.CENTRE, drafts=True)


def handed_after(held: Holdings) -> int:
    """The centre's version up to which all is here."""
    return int(held.meta.get(VERSION) or 0)


def take_handed(held: Holdings, told: Sequence[HandedDraft]) -> Changes | None:
    """The centre's word on some."""
    with held.store.transaction():
        moved = [_take(held, one) for one in told]
    return Changes(cause=Cause.CENTRE, drafts=True) if any(moved) else None


def read_handed(held: Holdings, answer: HandedAnswer) -> Changes | None:
    """The centre's word on all that it had not told, and the desks that it knows."""
    desks = msgspec.json.encode(answer.desks).decode()
    if answer.drafts or desks != held.meta.get(DESKS):
        with held.store.transaction():
            held.meta.set(DESKS, desks)
            for one in answer.drafts:
                _take(held, one)
            held.meta.set(VERSION, str(answer.version))
        return Changes(cause=Cause.CENTRE, drafts=True)
    return None


def _take(held: Holdings, told: HandedDraft) -> bool:
    """Whether drafts here are others now."""
    hand = held.handed.get(told.id)
    if told.receiver == held.actor.station:
        return _arriving(held, hand, told)
    return hand is not None and hand.outward and _leaving(held, hand, told.state)


def _leaving(held: Holdings, hand: Hand, state: str) -> bool:
    if hand.state in (TAKEN, TAKEN_BACK, EXPIRED):
        # a centre that was restored hears that it is back here; that it was taken, the other desk says
        held.handed.put(hand._replace(dirty=state == OFFERED and hand.state != TAKEN))
        return False
    if state == TAKEN:
        if held.drafts.state(hand.draft_id) == HANDED:
            held.drafts.end(hand.draft_id, GIVEN, to_ms(held.clock.now() + KEEP))
            held.attachments.leave(hand.case_id)
        held.handed.put(hand._replace(state=TAKEN, dirty=False))
        return True
    if state in (TAKEN_BACK, EXPIRED):
        _home(held, hand, state)
        return True
    held.handed.put(hand._replace(dirty=hand.state == RECALLED))
    return False


def _home(held: Holdings, hand: Hand, state: str) -> None:
    """It is this desk's again."""
    body = held.drafts.get(hand.draft_id)
    if body is not None and held.drafts.state(hand.draft_id) == HANDED:
        put_draft(held, _replace(_draft.decode(body), saved_at=held.clock.now()))
    held.handed.put(hand._replace(state=state, dirty=False))


def _arriving(held: Holdings, hand: Hand | None, told: HandedDraft) -> bool:
    if hand is None:
        if told.state == OFFERED and (draft := _readable(told)) is not None:
            body = msgspec.json.encode(_replace(draft, handed=told.id, handed_by=told.sender))
            held.handed.put(
                Hand(told.id, draft.id, False, told.sender, told.case, told.number, COMING, True, False, body)
            )
        return False
    if hand.state != COMING:
        held.handed.put(hand._replace(dirty=hand.state == TAKEN and told.state == OFFERED))
        return False
    if told.state == OFFERED:
        return False
    ours = told.state == TAKEN and hand.body is not None
    if ours and hand.body is not None:
        draft = _draft.decode(hand.body)
        put_draft(held, _replace(draft, saved_at=held.clock.now(), files_along=()))
        _take_files(held, draft)
    held.handed.put(hand._replace(state=told.state, dirty=False, body=None))
    return ours


def _take_files(held: Holdings, draft: Draft) -> None:
    """Its files are this desk's to give with the report; those that no report could have are left out."""
    fitting = [one for one in draft.files_along if _fits(one)]
    for at, one in enumerate(fitting[:FILES_MAX]):
        held.attachments.put(
            Attached(
                case=draft.case, sha256=one.sha256, name=one.name, media_type=one.media_type, size=one.size,
                at_ms=held.now_ms() + at, draft=True, command=None,
            )
        )  # fmt: skip


def _fits(one: FileAlong) -> bool:
    try:
        limits.digest(one.sha256, "sha256")
        limits.required(one.name, "name", limits.FILE_NAME_MAX)
        limits.media_type(one.media_type, "media_type")
        limits.file_size(one.size, "size")
    except Unfit:
        log.warning("a file of a handed draft is not understood here")
        return False
    return True


def _readable(told: HandedDraft) -> Draft | None:
    """What was typed, where this program understands it and it is what it says; otherwise it stays where it
    is, and can be taken back there."""
    try:
        draft = msgspec.convert(told.draft, Draft)
    except msgspec.ValidationError:
        log.warning("handed draft %s is not understood here", told.id)
        return None
    fits = (draft.case, draft.number, draft.logged) == (told.case, told.number, False)
    return draft if fits else None


def send_files(held: Holdings) -> Changes | None:
    """Files of drafts that were handed on before files went along: given from here with their report."""
    sent = set[str]()
    for hand in held.handed.outward():
        if hand.state != TAKEN or held.cases.get(hand.case_id) is None:
            continue
        files = attach_bodies(held, hand.case_id)
        if not files:
            continue
        try:
            with held.store.transaction():
                store_act(held, hand.case_id, files)
                mark_given(held, hand.case_id, files)
        except RefusedHere as failure:  # closed meanwhile, or full
            log.warning("files of a handed draft stay: %s", failure)
            continue
        sent.add(hand.case_id)
    return Changes(cause=Cause.HERE, cases=frozenset(sent), outbox=True) if sent else None


def tell_again(held: Holdings) -> None:
    """The centre was restored and may know none of it: what has not ended is told again, and what was taken,
    for by that the other desk may use the number. Inside a transaction."""
    for hand in held.handed.outward():
        if hand.state in (OFFERED, RECALLED, TAKEN):
            held.handed.put(hand._replace(dirty=True))
    held.meta.set(VERSION, None)
