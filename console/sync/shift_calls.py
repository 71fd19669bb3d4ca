"""The centre's calls on the book of the shifts."""

from datetime import date
from urllib.parse import urlencode

from console.domain.handover import Handover, HandoverRead
from console.domain.roster import RosterEntry
from console.protocol.wire import DeskFacts, RosterPast, ShiftBookAnswer
from console.sync.api import Api

BOOK = "/shift-book"


class ShiftCalls:
    """On one Api; each raises WireError."""

    def __init__(self, api: Api) -> None:
        self._ask = api.ask

    def book(self, after: int) -> ShiftBookAnswer:
        """What changed of it after a version."""
        return self._ask("GET", f"{BOOK}?{urlencode({'after': after})}", ShiftBookAnswer)

    def roster_past(self, first: date, last: date) -> RosterPast:
        """Each writing of the roster of these days."""
        days = urlencode({"first": first.isoformat(), "last": last.isoformat()})
        return self._ask("GET", f"{BOOK}/past?{days}", RosterPast)

    def put_desk_facts(self, facts: DeskFacts) -> DeskFacts:
        """What this desk has not sent."""
        return self._ask("PUT", f"{BOOK}/desk", DeskFacts, facts)

    def put_entry(self, entry: RosterEntry) -> RosterEntry:
        """Write the roster; the entry as it stands now."""
        return self._ask("PUT", f"{BOOK}/roster", RosterEntry, entry)

    def put_sheet(self, sheet: Handover) -> Handover:
        """Hand a shift over, or take it; the sheet as it stands now."""
        return self._ask("PUT", f"{BOOK}/sheets/{sheet.id}", Handover, sheet)

    def put_read(self, read: HandoverRead) -> HandoverRead:
        """The sheet was read."""
        return self._ask("PUT", f"{BOOK}/reads", HandoverRead, read)
