"""The family of known failures that reach the screens. Each has a stable code and a sentence."""

from console.domain.refusal import Refusal
from console.models.failures import (
    KeyMissing,
    KnownFailure,
    PassphraseTooShort,
    StoreBusy,
    StoreCorrupt,
    StoreFailure,
    StoreFull,
    StoreLocked,
    StoreNewer,
    StoreUnwritable,
)

__all__ = [
    "DeskClosed",
    "DeskError",
    "KeyMissing",
    "NotHere",
    "PassphraseTooShort",
    "RefusedHere",
    "StoreBusy",
    "StoreCorrupt",
    "StoreFailure",
    "StoreFull",
    "StoreLocked",
    "StoreNewer",
    "StoreUnwritable",
]

DeskError = KnownFailure


class RefusedHere(KnownFailure):
    """The rules do not allow it as the case stands here; nothing was stored. `refusal` says why."""

    code = "refused_here"

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code.value)
        self.refusal = refusal


class NotHere(KnownFailure):
    """The case, draft or command is not (or no longer) on this desk."""

    code = "not_here"


class DeskClosed(KnownFailure):
    """The program is closing; nothing more is taken in."""

    code = "desk_closed"
