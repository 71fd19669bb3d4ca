"""What is proposed, with its reason: the agency that handles a matter, and how pressing it is."""

from datetime import date

import msgspec

from console.domain.agency import Agency, AgencyKind, Route
from console.domain.category import ReportType, Urgency
from console.domain.questions import asked
from console.domain.reference import Reference, in_force

COMMUNE, DISTRICT = "@commune", "@district"
"""Placeholders of a route: the People's Committee of the place's commune or district."""


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """Codes of the lead and supporting agencies, and the line that says why."""

    lead: str
    supporting: tuple[str, ...]
    reason_vi: str
    reason_en: str


class Routing:
    """Routes and committees of one reference by day; `reference.built(Routing)` gives the kept one."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._days: dict[date, tuple[list[Route], dict[tuple[AgencyKind, str], Agency]]] = {}

    def _on(self, on: date) -> tuple[list[Route], dict[tuple[AgencyKind, str], Agency]]:
        if on not in self._days:
            committees: dict[tuple[AgencyKind, str], Agency] = {}
            for agency in in_force(self._reference.agencies, on):
                committees.setdefault((agency.kind, agency.area), agency)
            self._days[on] = in_force(self._reference.routes, on), committees
        return self._days[on]

    def propose(self, kind: ReportType, commune: str, on: date) -> Proposal | None:
        """By the narrowest area, then type before category; a route leading nowhere here is passed over."""
        chain = self._chain(commune, on)
        routes, _ = self._on(on)
        fitting = [r for r in routes if r.area in chain and _about(r, kind) is not None]
        fitting.sort(key=lambda r: (chain.index(r.area), _about(r, kind)))
        for route in fitting:
            lead = self._agency(route.lead, chain, on)
            if lead is not None:
                others = (self._agency(code, chain, on) for code in route.supporting)
                supporting = tuple(dict.fromkeys(code for code in others if code and code != lead))
                return Proposal(
                    lead=lead, supporting=supporting, reason_vi=route.reason, reason_en=route.reason_en
                )
        return None

    def _chain(self, commune: str, on: date) -> list[str]:
        """The commune and what it belongs to, narrowest first."""
        chain: list[str] = []
        code: str | None = commune
        while code and code not in chain:
            chain.append(code)
            unit = self._reference.unit(code, on)
            code = unit.parent if unit else None
        return chain

    def _agency(self, code: str, chain: list[str], on: date) -> str | None:
        if code not in (COMMUNE, DISTRICT):
            return code if self._reference.agency_on(code, on) else None
        kind = AgencyKind.COMMUNE if code == COMMUNE else AgencyKind.DISTRICT
        _, committees = self._on(on)
        found = next((committees[kind, area] for area in chain if (kind, area) in committees), None)
        return found.code if found else None


def _about(route: Route, kind: ReportType) -> int | None:
    """0: of this type; 1: of its category; 2: of anything; None: of something else."""
    if route.type is not None:
        return 0 if route.type == kind.code else None
    if route.category is not None:
        return 1 if route.category == kind.category else None
    return 2


def propose_agency(reference: Reference, type: ReportType | str, commune: str, on: date) -> Proposal | None:
    """Who handles this type in this commune on that day; None where no route says so."""
    kind = reference.type_of(type, on) if isinstance(type, str) else type
    return reference.built(Routing).propose(kind, commune, on) if kind else None


def propose_urgency(type: ReportType, answers: dict[str, str]) -> tuple[Urgency, str]:
    """The type's own, raised by what was answered; with the answer that raised it, "" for none."""
    urgency, reason = type.urgency, ""
    for question in asked(type, answers):
        for answer in question.answers:
            if answers.get(question.code) != answer.code or answer.urgency is None:
                continue
            if answer.urgency.rank > urgency.rank:
                urgency, reason = answer.urgency, f"{question.text} {answer.text}"
    return urgency, reason
