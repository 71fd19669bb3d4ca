"""From what happened in a case to messages: who is told, by which door, in which words.

Words come from reference data. Agencies get number, type, commune, title and deadline, never the reporter nor
the description; a citizen gets what was answered to them, and for sensitive types the number alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec

from console.domain.canned import filled
from console.domain.case import Case, Event, Reporter
from console.domain.chase_lists import OF_AGENCY, Whom, is_email, is_hook_address
from console.domain.chase_words import fields_of, one_line
from console.domain.chasing import text_for
from console.domain.phone import is_e164
from console.domain.reference import Reference, in_force
from console.domain.zone import local_day

EMAIL, HOOK = "email", "hook"
CITIZEN = "citizen"
TOLD_CITIZENS = {"close": "closed", "reject": "rejected", "tell_citizen": "told"}
"""Kind of event -> use of the words for who told it."""
CHASES = {"remind": "remind", "escalate": "escalate"}
BODY_MOST = 60_000


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """One message to one address. `key`: what it is; the same one is never queued twice."""

    key: str
    case: str | None
    event: str | None
    number: str
    kind: str
    whom: str
    agency: str | None
    name: str
    channel: str
    address: str
    subject: str
    body: str


class _Somebody(msgspec.Struct, frozen=True):
    """Whom one letter or two go to. Without any address a letter is made nevertheless: its failure shows."""

    whom: str
    name: str
    agency: str | None
    addresses: tuple[tuple[str, str], ...]


def letters_of(
    case: Case, event: Event, reference: Reference, others: Iterable[Reporter] = ()
) -> list[Letter]:
    """The letters that an accepted event asks for. `others`: who told of cases merged into this one."""
    if event.kind in CHASES:
        return list(_chases(case, event, reference))
    use = citizens_use(event)
    return list(_to_citizens(case, event, reference, others, use)) if use is not None else []


def citizens_use(event: Event) -> str | None:
    """The use of the words that citizens get for it; None: they are not told. What was approved is done."""
    kind = event.data.get("act") if event.kind == "approve" else event.kind
    return TOLD_CITIZENS.get(str(kind))


def _chases(case: Case, event: Event, reference: Reference) -> Iterator[Letter]:
    level = int(event.data.get("level", 0))
    day = local_day(event.at)
    words = text_for(reference, CHASES[event.kind], day, level)
    if words is None:
        return
    values = fields_of(case, reference, event.at) | {
        "level": str(level),
        "name": str(event.data.get("name", "")),
        "text": str(event.data.get("text", "")),
    }
    text = str(event.data.get("text", "")) or words.text
    for code in event.data.get("tell", ()):
        for one in _people(Whom(code), case, reference, event.at):
            yield from _both(one, case, event, CHASES[event.kind], words.subject, text, values)


def _people(whom: Whom, case: Case, reference: Reference, at: datetime) -> Iterator[_Somebody]:
    """Those who stand for somebody of the ladder."""
    day = local_day(at)
    if whom not in OF_AGENCY:
        for contact in (c for c in in_force(reference.contacts, day) if c.whom is whom):
            yield _Somebody(whom.value, contact.name, None, _addresses(contact.email, contact.hook))
        return
    agency = reference.agency_on(case.lead or "", day)
    if agency is None:
        return
    if whom is Whom.LEADER:
        places = _addresses(agency.leader_email, agency.leader_hook)
    else:
        places = _addresses(agency.email, agency.hook)
    yield _Somebody(whom.value, agency.short, agency.code, places)


def _addresses(email: str, hook: str) -> tuple[tuple[str, str], ...]:
    """Those that can be written to; an address that is none is as none at all."""
    found = ((EMAIL, email if is_email(email) else ""), (HOOK, hook if is_hook_address(hook) else ""))
    return tuple((channel, address) for channel, address in found if address)


def _both(
    one: _Somebody, case: Case, event: Event, kind: str, subject: str, text: str, values: Mapping[str, str]
) -> Iterator[Letter]:
    for channel, address in one.addresses or ((EMAIL, ""),):
        yield Letter(
            key=f"{event.id}:{one.whom}:{one.agency or one.name}:{channel}",
            case=case.id,
            event=event.id,
            number=case.number,
            kind=kind,
            whom=one.whom,
            agency=one.agency,
            name=one.name,
            channel=channel,
            address=address,
            subject=one_line(filled(subject, values)),
            body=filled(text, values)[:BODY_MOST],
        )


def _to_citizens(
    case: Case, event: Event, reference: Reference, others: Iterable[Reporter], use: str
) -> Iterator[Letter]:
    """Everybody who asked to be told, each phone once."""
    type_ = reference.type_of(case.type, local_day(case.happened_at))
    if use == "closed" and type_ is not None and type_.sensitive:
        use = "closed_brief"
    words = text_for(reference, use, local_day(event.at))
    if words is None:
        return
    values = fields_of(case, reference, event.at) | {
        "answer": case.public_answer,
        "text": str(event.data.get("text", "")),
    }
    asked = (*others, *(() if case.reporter is None else (case.reporter,)))
    wants = [
        r for r in asked if r.phone and is_e164(r.phone) and (r.callback or event.kind == "tell_citizen")
    ]
    for place, phone in enumerate(sorted({str(r.phone) for r in wants})):
        yield Letter(
            key=f"{event.id}:{CITIZEN}:{place}",
            case=case.id,
            event=event.id,
            number=case.number,
            kind=use,
            whom=CITIZEN,
            agency=None,
            name="",
            channel=HOOK,
            address=phone,
            subject=one_line(filled(words.subject, values)),
            body=filled(words.text, values)[:BODY_MOST],
        )


def row_of(letter: Letter, **more: Any) -> dict[str, Any]:
    """Its columns."""
    found: dict[str, Any] = msgspec.structs.asdict(letter)
    found["case_id"], found["event_id"] = found.pop("case"), found.pop("event")
    return found | more
