"""What changed, as a value: every write returns it and the feed carries it to the screens."""

from collections.abc import Callable
from enum import StrEnum

import msgspec


class Cause(StrEnum):
    """Who caused a change."""

    HERE = "here"  # an act at this desk
    CENTRE = "centre"  # a pull
    VERDICT = "verdict"  # the centre's answer to our commands


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """Empty sets: nothing of that kind changed. `filled`: a first fill went on (counts, pages are new)."""

    cause: Cause
    cases: frozenset[str] = frozenset()
    added: frozenset[str] = frozenset()  # subset of cases that this desk had not known
    gone: frozenset[str] = frozenset()  # subset of cases that this desk no longer keeps
    outbox: bool = False
    drafts: bool = False
    files: frozenset[str] = frozenset()  # digests of attached files that moved or changed, at most 2 a second
    reference: bool = False
    filled: bool = False
    views: bool = False  # saved views: own ones, or what colleagues share
    shifts: bool = False  # roster, handover sheets, what desks told of themselves
    board: bool = False  # what other desks did today, how calls were scored
    numbers: bool = False  # what is known of telephone numbers
    calls: bool = False  # calls on the strip, the telephone line, or the list of calls to give back
    presence: frozenset[str] = frozenset()  # cases that somebody opened, left or began to write in elsewhere


Listener = Callable[[Changes], None]
