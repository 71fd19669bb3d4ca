"""Events of the timeline as lines of words. Unknown kinds (of a newer centre) show as plain lines."""

import html
from datetime import datetime
from typing import Any, NamedTuple

from console.domain.case import Event, Role
from console.domain.reference import Reference
from console.ui.parts.time_text import short_moment_text
from console.ui.words import has, language, t

_QUOTED = (
    "instruction", "note", "reason", "result", "missing", "public_answer", "text", "question", "answer",
    "words",
)  # fmt: skip
_STRONG = {"assign", "accept", "resolve", "close", "reopen", "grant_extension", "approve"}
_WARN = {"return", "reject", "refuse_extension", "rework", "withdraw", "decline"}
_PLAIN = {
    "reject": ("text",),
    "show_contact": ("reason",),
    "ask_approval": ("text", "note"),
    "approve": ("note", "text", "public_answer"),
}


class Line(NamedTuple):
    """`head` is rich text (values escaped); `quote` plain; `tone`: colour token of the dot."""

    at: datetime
    head: str
    quote: str
    tone: str
    spoken: str


def line_of(event: Event, reference: Reference, now: datetime) -> Line:
    """One event in words."""
    values = _values(event, reference, now)
    key = f"event.{_variant(event)}"
    text = t(key if has(key) else "event.other")
    if values["in_place_of"]:
        text = f"{text} {t('event.inPlaceOf')}"
    tone = "accent" if event.kind in _STRONG else "warnText" if event.kind in _WARN else "lineStrong"
    return Line(event.at, rich(text, values), _quote(event), tone, plain(text, values))


def rich(text: str, values: dict[str, str]) -> str:
    """A template with **strong** parts and {fields} as rich text, every value escaped."""
    parts = html.escape(text, quote=False).split("**")
    marked = "".join(f"<b>{part}</b>" if place % 2 else part for place, part in enumerate(parts))
    return marked.format(**{name: html.escape(value) for name, value in values.items()})


def plain(text: str, values: dict[str, str]) -> str:
    """The same without marks, for a screen reader."""
    return text.replace("**", "").format(**values)


def who_text(event: Event, reference: Reference) -> str:
    """Who did it: the agency for its people, the centre for the system."""
    if event.by.role is Role.AGENCY:
        return agency_text(event.by.agency, reference)
    if event.by.role is Role.SYSTEM:
        return t("role.system")
    return event.by.name


def agency_text(code: object, reference: Reference) -> str:
    """An agency's short name; its code where it is not known here."""
    agency = reference.agency(str(code)) if code else None
    return agency.short if agency is not None else str(code or "")


def _variant(event: Event) -> str:
    data = event.data
    if event.kind == "assign" and data.get("replaced"):
        return "assign.again" if data["replaced"] != data.get("lead") else "assign.same"
    if event.kind == "assign" and not data.get("due"):
        return "assign.noDue"
    if event.kind == "record_callback":
        if data.get("again_at"):
            return "record_callback.later" if data.get("reached") else "record_callback.again"
        if not data.get("reached"):
            return "record_callback.missed"
        return "record_callback.rated" if data.get("satisfied") else "record_callback"
    if event.kind == "add_note" and data.get("audience") == "agency":
        return "add_note.agency"
    if event.kind == "log_report" and isinstance(data.get("rang_s"), int):
        return "log_report.called"
    if event.kind == "add_call" and not data.get("text"):
        return "add_call.asked"
    if event.kind in ("watch", "release_contact", "relate") and not data.get("on", True):
        return f"{event.kind}.off"
    return event.kind


def _values(event: Event, reference: Reference, now: datetime) -> dict[str, str]:
    data = event.data
    satisfied = data.get("satisfied")
    urgency = data.get("urgency") or data.get("new")
    return {
        "who": who_text(event, reference),
        "agency": agency_text(data.get("agency") or data.get("lead"), reference),
        "replaced": agency_text(data.get("replaced"), reference),
        "due": moment(data.get("due"), now),
        "new_due": moment(data.get("new_due"), now),
        "again": moment(data.get("again_at"), now),
        "rang": moment(data.get("rang"), now),
        "rang_s": str(data.get("rang_s", "")),
        "channel": _word(f"via.{data.get('channel')}", data.get("channel")),
        "urgency": _word(f"urgency.{urgency}", urgency),
        "number": str(data.get("number", "")),
        "name": str(data.get("name", "")),
        "satisfied": t(f"sat.{satisfied}") if satisfied in (1, 2, 3, 4, 5) else "",
        "reject": _reject(data.get("reason"), reference) if event.kind == "reject" else "",
        "to": _word(f"refer.{data.get('to')}", data.get("to")),
        "fields": ", ".join(_fields(data)),
        "act": _word(f"asked.{data.get('act')}", data.get("act")),
        "in_place_of": str(data.get("in_place_of", "")),
        "asked_by": str(data.get("asked_by", "")),
        "step": str(data.get("name" if language() == "vi" else "name_en", "")),
        "tell": ", ".join(_word(f"whom.{whom}", whom) for whom in _listed(data.get("tell"))),
        "kind": event.kind,
    }


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _word(key: str, value: object) -> str:
    return t(key) if value and has(key) else str(value or "")


def _reject(code: object, reference: Reference) -> str:
    return next((r.text for r in reference.reject_reasons if r.code == code), str(code or ""))


def _fields(data: dict[str, Any]) -> list[str]:
    names = data.get("fields")
    found = list(names) if isinstance(names, dict | list | tuple) else []
    return [_word(f"field.{name}", name) for name in found]


def moment(value: object, now: datetime) -> str:
    """A time of an event's data, which came as a datetime or as RFC 3339 text."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return ""
    return short_moment_text(value, now) if isinstance(value, datetime) else ""


def _quote(event: Event) -> str:
    names = _PLAIN.get(event.kind, _QUOTED)
    found = (event.data.get(name) for name in names)
    return next((text for text in found if isinstance(text, str) and text), "")
