"""What chasing goes by, as reference data: steps of escalation, words of messages, addresses, times."""

import re
from datetime import date, time
from enum import StrEnum
from typing import Annotated

import msgspec

from console.domain.category import Urgency

USUAL_IDLE_DAYS = 7


class Whom(StrEnum):
    """Who is told by a step or a reminder."""

    CONTACT = "agency_contact"
    LEADER = "agency_leader"
    SUPERVISOR = "supervisor"
    OFFICE = "province_office"


OF_AGENCY = frozenset({Whom.CONTACT, Whom.LEADER})
BY_LEVEL = {
    1: (Whom.CONTACT,),
    2: (Whom.CONTACT, Whom.LEADER),
    3: (Whom.CONTACT, Whom.LEADER, Whom.OFFICE),
}
"""Who hears a reminder of each level."""


class Escalation(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the ladder. `share`: percent of the term that are gone; or `overdue_minutes` after its end.
    `urgencies`: none means any. `level` is the weight of its words."""

    code: str
    name: str
    name_en: str
    stage: str = "resolve"  # of the deadline: "assign" | "resolve"
    share: Annotated[int, msgspec.Meta(ge=1, le=100)] | None = None
    overdue_minutes: Annotated[int, msgspec.Meta(ge=0, le=527_040)] | None = None
    urgencies: tuple[Urgency, ...] = ()
    tell: tuple[Whom, ...]
    level: Annotated[int, msgspec.Meta(ge=1, le=3)] = 1
    valid_from: date
    valid_to: date | None = None


class MessageText(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a message. `use`: remind, escalate, daily, closed, closed_brief (sensitive types), rejected,
    told. Fields in braces, see docs/chasing.md. `subject` is for e-mail alone; `level`: 0 for any."""

    code: str
    use: str
    level: int = 0
    title: str
    subject: str = ""
    text: str
    valid_from: date
    valid_to: date | None = None


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody who is no agency is told. `whom`: supervisor or province_office."""

    code: str
    whom: Whom
    name: str
    email: str = ""
    hook: str = ""
    valid_from: date
    valid_to: date | None = None


class Chasing(msgspec.Struct, frozen=True, kw_only=True):
    """When a case counts as dormant, and when each agency gets its list of the day (None: never)."""

    code: str = "chasing"
    idle_days: Annotated[int, msgspec.Meta(ge=1, le=365)] = USUAL_IDLE_DAYS
    daily_at: time | None = None
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)  # 0 = Monday
    valid_from: date
    valid_to: date | None = None


_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+\Z", re.ASCII)
_HOOK = re.compile(r"[A-Za-z0-9+._@:-]{3,64}\Z", re.ASCII)


def is_email(text: str) -> bool:
    """One plain address, and nothing that could end a header."""
    return len(text) <= 254 and _EMAIL.match(text) is not None


def is_hook_address(text: str) -> bool:
    """A number or name that a gateway knows: no spaces, no line ends."""
    return _HOOK.match(text) is not None
