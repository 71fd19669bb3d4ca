"""The connection in words: chip, banner, status bar. Pure, so that every state can be read in a test."""

from datetime import datetime
from typing import NamedTuple

from console.desk.connection import Connection, Net
from console.ui.parts.time_text import clock_seconds_text, clock_text, duration_text
from console.ui.words import t

CLOCK_OFF_S = 60  # a PC clock further off than this is told


class Chip(NamedTuple):
    """Text, icon and tone of the chip; tone "" is the quiet, edgeless look."""

    text: str
    icon: str
    tone: str


class Banner(NamedTuple):
    """One line: what is the matter (strong), what it means. `act`: retry, sign_in or nothing."""

    strong: str
    text: str
    act: str
    tone: str


def chip_of(connection: Connection) -> Chip:
    """What the chip says."""
    match connection.net:
        case Net.OFFLINE:
            return Chip(t("net.offline"), "sync.offline", "warn")
        case Net.SIGNED_OUT:
            return Chip(t("net.signedOut"), "sync.offline", "warn")
        case Net.TOO_OLD:
            return Chip(t("net.tooOld"), "ph.warning", "warn")
        case Net.SENDING:
            done, total = connection.done, max(connection.total, connection.waiting, connection.done)
            return Chip(t("net.syncing", n=done, total=total), "sync.sending", "")
        case Net.FILLING:
            return Chip(_filling(connection), "ph.cloud-arrow-down", "")
        case Net.STARTING:
            return Chip(t("net.starting"), "ph.cloud", "")
        case Net.ONLINE:
            return Chip(t("net.online"), "sync.online", "")


def _filling(connection: Connection) -> str:
    if not connection.total:
        return t("net.fillingStart")
    return t("net.filling", percent=min(100, connection.done * 100 // connection.total))


def banner_of(connection: Connection, now: datetime) -> Banner | None:
    """The line under the top bar; None while all is well."""
    match connection.net:
        case Net.OFFLINE:
            whole = t(
                "net.banner",
                time=clock_text(connection.since),
                duration=duration_text(now - connection.since),
            )
            strong, _, rest = whole.partition(". ")
            return Banner(f"{strong}.", rest, "retry", "warn")
        case Net.SIGNED_OUT:
            return Banner(t("net.signedOut.strong"), t("net.signedOut.text"), "sign_in", "warn")
        case Net.TOO_OLD:
            return Banner(t("net.tooOld.strong"), t("net.tooOld.text"), "", "warn")
        case _:
            return _clock_banner(connection)


def _clock_banner(connection: Connection) -> Banner | None:
    off = abs(round(connection.clock_offset_s))
    if off <= CLOCK_OFF_S or connection.practice:
        return None
    strong, _, rest = t("net.clock", n=off).partition(". ")
    return Banner(f"{strong}.", rest, "", "warn")


def data_text(connection: Connection) -> str:
    """How old the data is."""
    if connection.data_as_of is None:
        return t("net.noData")
    return t("net.dataAsOf", time=clock_text(connection.data_as_of))


def retry_text(connection: Connection, now: datetime) -> str:
    """When it will be tried again, counting down; "" while that is unknown."""
    if connection.retry_at is None:
        return ""
    left = max(0, round((connection.retry_at - now).total_seconds()))
    return t("net.retryIn", time=f"{left // 60:02d}:{left % 60:02d}")


def status_line(connection: Connection) -> tuple[str, str]:
    """The right end of the status bar, and its tone."""
    unsent = connection.waiting + connection.attention
    if connection.net in (Net.OFFLINE, Net.SIGNED_OUT, Net.TOO_OLD):
        text = t("net.offlineSince", time=clock_text(connection.since))
        return (f"{text} · {t('net.unsent', n=unsent)}" if unsent else text), "warnText"
    if connection.data_as_of is None:
        return t("net.noData"), "muted"
    return t("net.syncedAt", time=clock_seconds_text(connection.data_as_of)), "muted"
