"""A call-back in words: what is read to the reporter, what was tried, when to try."""

from datetime import datetime

from console.desk.telling import Telling
from console.domain.callbacks import wants_call
from console.domain.case import Callback, Reporter, Status
from console.domain.number import spoken_number
from console.domain.phone import mask_name, mask_phone, show_phone
from console.ui.parts.time_text import date_text, moment_text, short_moment_text
from console.ui.words import t


def who_text(reporter: Reporter | None, shown: bool) -> str:
    """Name and number, masked until they are shown."""
    if reporter is None:
        return t("reporter.withheld")
    name = reporter.name if shown else mask_name(reporter.name)
    phone = reporter.phone or ""
    parts = (name, (show_phone(phone) if shown else mask_phone(phone)) if phone else "")
    return " · ".join(part for part in parts if part) or t("reporter.none")


def said_text(telling: Telling, name: str = "") -> str:
    """The whole sentence, ready to be read aloud. `name`: once it may be shown."""
    case, who = telling.case, " ".join(part for part in (t("callback.who"), name) if part)
    key = "callback.say.part" if case.status is Status.MERGED else "callback.say"
    return t(
        key,
        who=who,
        day=date_text(case.happened_at),
        number=spoken_number(case.number),
        title=case.title.rstrip("."),
        result=ended(telling.result) or t("callback.say.none"),
    )


def ended(text: str) -> str:
    """As sentences: with a full stop at the end."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


def tried_text(tried: tuple[Callback, ...], now: datetime) -> str:
    """How often they were called, when, and how it went."""
    if not tried:
        return t("callback.tried.none")
    lines = ", ".join(f"{short_moment_text(one.at, now)} ({_outcome(one)})" for one in tried[-4:])
    return t("callback.tried", n=len(tried), times=lines)


def _outcome(one: Callback) -> str:
    if one.again_at is not None and one.reached:
        return t("callback.later")
    if not one.reached:
        return t("callback.missed")
    return t(f"sat.{one.satisfied}") if one.satisfied else t("callback.told")


def when_text(telling: Telling, now: datetime) -> str:
    """When they are reached, and when to try."""
    hours = ", ".join(t("callback.hours", first=first, last=last) for first, last in telling.usual)
    parts = [t("callback.usual", hours=hours)] if hours else []
    last = telling.tried[-1] if telling.tried else None
    if last is not None and last.again_at is not None:
        key = "callback.asked" if last.reached else "callback.planned"
        parts.append(t(key, time=moment_text(last.again_at, now)))
    elif telling.next_at > now:
        parts.append(t("callback.next", time=moment_text(telling.next_at, now)))
    else:
        parts.append(t("callback.now"))
    return " · ".join(parts)


def note_text(telling: Telling) -> str:
    """What else has to be known before somebody calls; "" for nothing."""
    reporter = telling.case.reporter
    if reporter is None or not reporter.phone:
        return t("callback.noPhone")
    if not wants_call(reporter):
        return t("callback.notAsked")
    return ""
