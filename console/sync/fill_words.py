"""What the console and its fill child say to each other: one line of JSON each, over the child's pipes.

    console   Errand, then Go for each Ready, Token for each Spent
    child     Ready, Wrote … Ready, Wrote, Finished; or Failed at any time

The child's end is the end of its standard input: it never outlives the console.
"""

from typing import Any

import msgspec

from console.desk.errors import DeskError, StoreCorrupt, StoreFull, StoreUnwritable
from console.sync.errors import (
    BadAnswer,
    NotTheCentre,
    Offline,
    Rejected,
    RetryLater,
    ServerError,
    SignedOut,
    TooOld,
)


class Errand(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What to fill from where. Over the pipe only: the key and the token are in no argument and no
    environment."""

    folder: str
    key: bytes
    url: str
    proxy: str
    protocol: int
    token: str


class Go(msgspec.Struct, frozen=True, tag=True):
    """Nobody else writes: write the slice that is ready."""


class Token(msgspec.Struct, frozen=True, tag=True):
    """An access token in place of a spent one."""

    access: str


class Ready(msgspec.Struct, frozen=True, tag=True):
    """A slice lies ready to be written."""


class Wrote(msgspec.Struct, frozen=True, tag=True):
    """It is on disk. Of all cases of the centre, `done` of `total`; `keys`: of the rows that were written."""

    done: int
    total: int
    keys: tuple[int, ...] = ()


class Spent(msgspec.Struct, frozen=True, tag=True):
    """The centre no longer takes this token."""

    access: str


class Finished(msgspec.Struct, frozen=True, tag=True):
    """The first fill is complete."""


class Failed(msgspec.Struct, frozen=True, tag=True):
    """A known failure ended it: its class and what that was made with; never values of a case."""

    kind: str
    made_with: tuple[Any, ...] = ()


Heard = Errand | Go | Token
Said = Ready | Wrote | Spent | Finished | Failed

_PLAIN: dict[str, type[DeskError]] = {
    kind.__name__: kind for kind in (BadAnswer, SignedOut, TooOld, StoreFull, StoreCorrupt, StoreUnwritable)
}


def failed(error: DeskError) -> Failed:
    """As a line. Raises the error itself where it is none of those that a fill may end with."""
    match error:
        case Offline() | NotTheCentre():
            return Failed(type(error).__name__, (error.reason,))
        case ServerError():
            return Failed("ServerError", (error.status, error.problem))
        case Rejected():
            return Failed("Rejected", (error.status, error.problem))
        case RetryLater():
            return Failed("RetryLater", (error.seconds, error.status))
    if type(error).__name__ not in _PLAIN:
        raise error
    return Failed(type(error).__name__)


def failure(said: Failed) -> DeskError:
    """The same error on this side."""
    made: dict[str, type[DeskError]] = {
        kind.__name__: kind for kind in (Offline, NotTheCentre, ServerError, Rejected, RetryLater)
    }
    return (made | _PLAIN)[said.kind](*said.made_with)
