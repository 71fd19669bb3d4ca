"""The wire types of the audit: who saw and did what. No personal data stands in any of them."""

from datetime import datetime

import msgspec

ACTS_MOST = 200
"""Of a desk's own acts in one request."""


class DeskAct(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was done at a desk without a command: looked at, exported, printed. `fact`: numbers
    and short words, e.g. {"rows": 120}; `id` names it for ever."""

    id: str
    at: datetime
    by: str
    kind: str
    case: str | None = None
    fact: dict[str, int | str] = {}


class DeskActs(msgspec.Struct, frozen=True, kw_only=True):
    """POST /audit/acts; answered with an empty object, also the second time."""

    acts: tuple[DeskAct, ...]


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry. `kind`: a command's as "command:assign", or sign_in, searched, list_exported …; `who`: the
    user, "" for the centre itself; `number`: of the case."""

    n: int
    at: datetime
    kind: str
    who: str
    who_name: str = ""
    station: str = ""
    case: str | None = None
    number: str = ""
    fact: dict[str, int | str] = {}


class AuditQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """POST /audit: newest first. `before`: entries below this number only; `kinds`: begin so; `text`: a
    case's number or a user's code or name. Times as [since, until)."""

    before: int | None = None
    limit: int = 100
    kinds: tuple[str, ...] = ()
    text: str = ""
    station: str = ""
    since: datetime | None = None
    until: datetime | None = None


class AuditAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The entries, and whether there are older ones."""

    entries: tuple[AuditEntry, ...]
    more: bool


class AuditCheck(msgspec.Struct, frozen=True, kw_only=True):
    """POST /audit/check, asked and answered: checked up to entry `n`, whose hash is `hash` (hex). `total`:
    entries there are; `flaw`: what does not fit, "" where all does: hash, gap, command, events, unnamed."""

    n: int = 0
    hash: str = ""
    total: int = 0
    flaw: str = ""
    at: int = 0  # the entry with the flaw
