"""The connection in words: chip, banner, status bar. Pure, so that every state can be read in a test."""

from datetime import datetime, timedelta
from typing import NamedTuple

from console.desk.connection import RESTORED, Connection, Net
from console.ui.parts.time_text import clock_seconds_text, clock_text, duration_text, short_moment_text
from console.ui.words import has, t

CLOCK_OFF_S = 60  # a PC clock further off than this is told
CLOCK_FAR_S = 120  # and from here on with its direction, in minutes, hours, days
CENTRES_FAULT = ("sick", "server_error", "gateway", "timeout", "retry_later")


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
    icon: str = "sync.offline"


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
            return _offline_banner(connection, now)
        case Net.SIGNED_OUT:
            return Banner(t("net.signedOut.strong"), t("net.signedOut.text"), "sign_in", "warn")
        case Net.FILLING if connection.reason == RESTORED:
            return Banner(t("net.restored.strong"), t("net.restored.text"), "", "warn", "ph.cloud-arrow-down")
        case Net.TOO_OLD:
            return Banner(t("net.tooOld.strong"), t("net.tooOld.text"), "", "warn", "ph.warning")
        case _:
            return _clock_banner(connection)


def _offline_banner(connection: Connection, now: datetime) -> Banner:
    """Since when, why where that is known, and that work goes on."""
    why, reason = why_text(connection), connection.reason
    since = {"time": clock_text(connection.since), "duration": duration_text(now - connection.since)}
    whole = t("net.banner", **since)
    strong, _, rest = whole.partition(". ")
    strong += "."
    if reason in CENTRES_FAULT:
        strong = t("net.banner.sick", **since)
    elif not has(f"net.why.{reason}") and why:  # this machine's own trouble: its sentence says what is kept
        return Banner(t("net.banner.halted", **since), why, "retry", "warn")
    return Banner(strong, f"{why} {t('net.goesOn')}" if why else rest, "retry", "warn")


def why_text(connection: Connection) -> str:
    """Why it is offline; "" where nobody can say more than that nothing answers."""
    for key in (f"net.why.{connection.reason}", f"error.{connection.reason}"):
        if connection.net is Net.OFFLINE and connection.reason and has(key):
            return t(key)
    return ""


def _clock_banner(connection: Connection) -> Banner | None:
    off = connection.clock_offset_s
    if abs(round(off)) <= CLOCK_OFF_S or connection.practice:
        return None
    if abs(off) < CLOCK_FAR_S:
        whole = t("net.clock", n=abs(round(off)))
    elif off < 0:
        whole = t("net.clock.fast", duration=duration_text(timedelta(seconds=-off)))
    else:
        whole = t("net.clock.slow", duration=duration_text(timedelta(seconds=off)))
    strong, _, rest = whole.partition(". ")
    return Banner(f"{strong}.", rest, "", "warn", "deadline.ok")


def data_text(connection: Connection, now: datetime | None = None) -> str:
    """Of when the data is; with `now`, also how old it is."""
    at = connection.data_as_of
    if at is None:
        return t("net.noData")
    if now is None:
        return t("net.dataAsOf", time=clock_text(at))
    when = short_moment_text(at, now)
    if now - at < timedelta(minutes=1):
        return t("net.dataAsOf", time=when)
    return t("net.dataAge", time=when, duration=duration_text(now - at))


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
