"""What a change of reference data does to the work under way, counted before anybody publishes it."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import msgspec

from console.domain.category import ReportType
from console.domain.proposals import propose_agency
from console.domain.reference import Reference
from console.protocol.wire import ReferenceItem


class Group(NamedTuple):
    """Open cases of one type in one commune under one agency (None: under none yet)."""

    type: str
    commune: str
    lead: str | None
    cases: int


class Effects(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of open cases and of drafts of reports. `day`: as of which they are counted.

    `routed`: would be proposed to another agency; `unrouted`: of them, to none; `asked`: whose type asks
    other questions, has other terms or another form; `leading`: whose agency is no longer there.
    """

    day: date
    routed: int = 0
    unrouted: int = 0
    asked: int = 0
    leading: int = 0
    drafts: int = 0

    @property
    def any(self) -> bool:
        """Whether anything under way notices it."""
        return bool(self.routed or self.asked or self.leading or self.drafts)


ROUTING = frozenset({"routes", "agencies", "types", "units", "categories"})


def first_day(changed: Iterable[ReferenceItem], today: date) -> date:
    """The day from which a change is to be seen: the earliest beginning that is still to come, or today."""
    begins = [
        date.fromisoformat(item.body["valid_from"])
        for item in changed
        if isinstance(item.body, dict) and "valid_from" in item.body
    ]
    return min((day for day in begins if day > today), default=today)


def effects(
    before: Reference,
    then: Reference,
    changed: Iterable[ReferenceItem],
    groups: Iterable[Group],
    drafts: Iterable[str],
    today: date,
) -> Effects:
    """`drafts`: the type of each draft of a report here, "" for none yet."""
    changed = tuple(changed)
    kinds = {item.kind for item in changed}
    day = first_day(changed, today)
    types = set(_types_of(before, then, changed, day))
    routed = unrouted = asked = leading = 0
    for group in groups:
        if kinds & ROUTING:
            old = propose_agency(before, group.type, group.commune, day)
            new = propose_agency(then, group.type, group.commune, day)
            if (old and old.lead) != (new and new.lead):
                routed += group.cases
                unrouted += group.cases if new is None else 0
        asked += group.cases if group.type in types else 0
        if group.lead and before.agency_on(group.lead, day) and not then.agency_on(group.lead, day):
            leading += group.cases
    touched = sum(1 for code in drafts if code in types)
    return Effects(day=day, routed=routed, unrouted=unrouted, asked=asked, leading=leading, drafts=touched)


def _types_of(
    before: Reference, then: Reference, changed: Iterable[ReferenceItem], day: date
) -> Iterable[str]:
    """Types that are asked, timed or laid out otherwise."""
    kinds = {item.kind for item in changed}
    if kinds & {"types", "forms", "categories"}:
        for code in {type_.code for type_ in (*before.types, *then.types)}:
            old, new = before.type_of(code, day), then.type_of(code, day)
            if _asks(before, old, day) != _asks(then, new, day):
                yield code


def _asks(reference: Reference, kind: ReportType | None, day: date) -> object:
    if kind is None:
        return None
    form = reference.form_for(kind, day)
    return kind.questions, kind.assign, kind.resolve, form.frames if form else None
