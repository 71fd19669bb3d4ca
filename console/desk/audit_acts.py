"""What is seen and taken away at this desk without a command: written here first, also offline, told to the
centre's audit behind everything else.

Opening a case is noted once a day for each who does it; each export and each print by itself.
"""

from collections.abc import Sequence

import msgspec

from console.desk.holdings import Holdings
from console.domain.identity import new_id
from console.domain.zone import local_day
from console.models.audit_acts import KeptAct
from console.models.times import from_ms
from console.protocol.audit import ACTS_MOST, DeskAct

OPENED = "case_opened"
_fact = msgspec.json.Decoder(dict[str, int | str])


def opened(held: Holdings, case_id: str) -> None:
    """Somebody reads a case."""
    if held.openings.first(held.actor.user, case_id, local_day(held.clock.now())):
        note(held, OPENED, case_id)


def note(held: Holdings, kind: str, case_id: str | None = None, **fact: int | str) -> None:
    """Something was seen or taken away. Raises StoreFull."""
    told = msgspec.json.encode(fact).decode()
    act = KeptAct(new_id(), held.now_ms(), held.actor.user, kind, case_id, told)
    with held.store.transaction():
        held.audit_acts.put(act)


# with the centre


def to_tell(held: Holdings) -> list[DeskAct]:
    """What it has not, the oldest first."""
    return [
        DeskAct(id=id, at=from_ms(at), by=user, kind=kind, case=case, fact=_fact.decode(fact))
        for id, at, user, kind, case, fact in held.audit_acts.first(ACTS_MOST)
    ]


def told(held: Holdings, ids: Sequence[str]) -> None:
    """It has these."""
    with held.store.transaction():
        held.audit_acts.drop(ids)
