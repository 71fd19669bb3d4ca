"""Who decides in a supervisor's place while they are away: reference data, known to desk and centre."""

from datetime import date, datetime

import msgspec

from console.domain.case import Actor, Role


class Delegation(msgspec.Struct, frozen=True, kw_only=True):
    """One absence. `by` and `to` are user ids; `since` and `until` bound it, `until` not itself.

    One that is ended early has an `until` that has passed: nothing is taken out.
    """

    code: str
    by: str
    by_name: str
    to: str
    to_name: str
    since: datetime
    until: datetime
    reason: str = ""
    valid_from: date
    valid_to: date | None = None

    def holds(self, at: datetime) -> bool:
        """Whether it holds at that moment."""
        return self.since <= at < self.until


def in_place_of(actor: Actor, delegations: tuple[Delegation, ...], at: datetime) -> Delegation | None:
    """The delegation by which a dispatcher decides at that moment; None: they do not."""
    if actor.role is not Role.DISPATCHER:
        return None
    return next((one for one in delegations if one.to == actor.user and one.holds(at)), None)
