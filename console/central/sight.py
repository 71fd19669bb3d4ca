"""Who sees what. Staff see every case whole; an agency only its own, without the reporter unless their
contact was released to it."""

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, any_, literal, or_, true

from console.central.tables import cases
from console.domain.case import Case, Event, Role
from console.domain.limits import MEDIA_TYPES
from console.protocol.wire import Identity, Verdict

replace = msgspec.structs.replace


def sees_all(reader: Identity) -> bool:
    """Whether what is stored goes out as it is."""
    return reader.role is not Role.AGENCY


def sees(reader: Identity, case: Case) -> bool:
    """Whether the reader's agency leads or supports it; staff always."""
    return sees_all(reader) or (reader.agency is not None and reader.agency in (case.lead, *case.supporting))


def theirs(reader: Identity) -> ColumnElement[bool]:
    """The same as a condition on `cases`."""
    if sees_all(reader):
        return true()
    agency: Any = literal(reader.agency or "")
    return or_(cases.c.lead == agency, agency == any_(cases.c.supporting))


def shown(reader: Identity, case: Case) -> Case:
    """The case as an agency may read it: who told it where the contact was released to it, never who else
    called, what waits for a supervisor, or which cases the switchboard thinks of together."""
    reporter = case.reporter if reader.agency in case.released_to else None
    return replace(case, reporter=reporter, callers=(), request=None, related=())


def shown_body(reader: Identity, body: str) -> msgspec.Raw:
    """The same, from JSON to JSON."""
    return msgspec.Raw(msgspec.json.encode(shown(reader, msgspec.json.decode(body, type=Case))))


def shown_events(events: Iterable[Event]) -> tuple[Event, ...]:
    """Without internal notes and the like, without what this program does not know (it cannot tell if that
    is for them), and without the names that files had on somebody's telephone."""
    return tuple(_for_agencies(event) for event in events if event.public)


def shown_event_body(body: str) -> msgspec.Raw:
    """The same of one public event, from JSON to JSON."""
    if '"more":' not in body and '"attach"' not in body:
        return msgspec.Raw(body.encode())
    return msgspec.Raw(msgspec.json.encode(_for_agencies(msgspec.json.decode(body, type=Event))))


def _for_agencies(event: Event) -> Event:
    data = {k: v for k, v in event.data.items() if k != "more"}
    if event.kind == "attach" and event.by.agency is None:
        ending = MEDIA_TYPES.get(str(data.get("media_type")), "bin")
        data["name"] = f"{str(data.get('sha256', ''))[:8]}.{ending}"
    return replace(event, data=data)


def shown_verdict(reader: Identity, body: str) -> msgspec.Raw:
    """A stored verdict as this reader may have it."""
    if sees_all(reader):
        return msgspec.Raw(body.encode())
    verdict = msgspec.json.decode(body, type=Verdict)
    case = verdict.case if verdict.case is not None and sees(reader, verdict.case) else None
    own = tuple(event for event in verdict.events if case is not None or event.by.agency == reader.agency)
    verdict = replace(verdict, case=None if case is None else shown(reader, case), events=shown_events(own))
    return msgspec.Raw(msgspec.json.encode(verdict))
