"""The connection's state, as the chip, the banner and the outbox show it."""

from datetime import datetime
from enum import StrEnum

import msgspec

RESTORED = "restored"  # it fills itself anew, for the centre came out of a backup


class Net(StrEnum):
    """Where the connection stands."""

    STARTING = "starting"
    ONLINE = "online"
    SENDING = "sending"
    FILLING = "filling"  # first fill: `done` of `total`
    OFFLINE = "offline"
    SIGNED_OUT = "signed_out"  # the centre no longer takes our token: sign in again; the outbox is kept
    TOO_OLD = (
        "too_old"  # the server speaks a newer protocol: update the console; the outbox is still delivered
    )


class Connection(msgspec.Struct, frozen=True, kw_only=True):
    """`data_as_of`: centre's time of the last pull that reached the end; `clock_offset_s`: centre - desk."""

    net: Net
    since: datetime
    data_as_of: datetime | None = None
    retry_at: datetime | None = None
    waiting: int = 0
    attention: int = 0
    done: int = 0
    total: int = 0
    clock_offset_s: float = 0.0
    practice: bool = False
    plugged: bool = True  # practice mode may pull the plug
    reason: str = ""  # stable code of why offline: no_route, server_error, …; of a fill: RESTORED
