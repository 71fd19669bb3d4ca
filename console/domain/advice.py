"""What past cases say of a report that is being typed, and when they are heard beside the rules."""

import msgspec

from console.domain.category import Urgency
from console.domain.proposals import Proposal

CLEAR_FROM, CLEAR_SHARE = 8, 0.8
"""Past cases speak against a rule where there are so many and so large a share went elsewhere."""
ALONE_FROM, ALONE_SHARE = 3, 0.6
"""And where there is no rule."""
TOLD_FROM = 3
"""Fewer are not worth a word."""
RAISED_FROM, RAISED_SHARE = 20, 0.7
"""Past cases raise the proposed urgency where so many of them, and so large a share, were more urgent."""


class TypeGuess(msgspec.Struct, frozen=True):
    """A type that a text may tell of. `words`: those that spoke most for it, as typed; `cases`: so many past
    cases of this type were told with one of them, 0: only its name or keywords say so."""

    type: str
    chance: float
    words: tuple[str, ...]
    cases: int


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """Past cases of a type in a commune, or in its district where the commune has too few.

    `leads`: agencies in force with how many they lead or led, most first; `urgencies`: of the whole province;
    `usual_s`: half of those closed were so within this time.
    """

    type: str
    commune: str
    leads: tuple[tuple[str, int], ...] = ()
    in_commune: bool = True
    urgencies: tuple[tuple[Urgency, int], ...] = ()
    usual_s: float | None = None

    @property
    def forwarded(self) -> int:
        """How many of them were given to an agency that there still is."""
        return sum(cases for _, cases in self.leads)

    def led_by(self, agency: str) -> int:
        """How many this one leads or led."""
        return dict(self.leads).get(agency, 0)

    def at_least(self, urgency: Urgency) -> tuple[int, int]:
        """How many were at least so urgent, of how many."""
        more = sum(cases for which, cases in self.urgencies if which.rank >= urgency.rank)
        return more, sum(cases for _, cases in self.urgencies)


def proposal_by_past(rule: Proposal | None, past: Past | None) -> Proposal | None:
    """The rule's, or what past cases say where no rule speaks, or clearly against it."""
    lead = lead_by_past(past, rule) if past is not None else ""
    if not lead:
        return rule
    supporting = tuple(code for code in rule.supporting if code != lead) if rule else ()
    return Proposal(lead=lead, supporting=supporting, reason_vi="", reason_en="")


def lead_by_past(past: Past, proposal: Proposal | None) -> str:
    """The agency that past cases name where no rule does, or clearly against it; "" where they do not."""
    if not past.leads:
        return ""
    agency, cases = past.leads[0]
    if proposal is None:
        clear = cases >= ALONE_FROM and cases >= ALONE_SHARE * past.forwarded
    else:
        clear = cases >= CLEAR_FROM and cases >= CLEAR_SHARE * past.forwarded and agency != proposal.lead
    return agency if clear else ""


def urgency_by_past(past: Past, proposed: Urgency) -> Urgency | None:
    """The least urgency above the proposed one that most past cases of the type reached; None: none did.
    What the rules propose is never lowered."""
    for urgency in reversed(Urgency):
        if urgency.rank <= proposed.rank:
            return None
        reached, of = past.at_least(urgency)
        if of >= RAISED_FROM and reached >= RAISED_SHARE * of:
            return urgency
    return None
