"""Known failures as sentences: what happened, what was kept, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.desk.errors import DeskError, RefusedHere
from console.domain.refusal import Code, Refusal
from console.ui.words import has, t

if TYPE_CHECKING:
    from console.domain.reference import Reference


def failure_text(error: DeskError, reference: Reference | None = None) -> str:
    """The sentence for a known failure; one without words of its own names its code."""
    if isinstance(error, RefusedHere):
        return refusal_text(error.refusal, reference)
    key = f"error.{error.code}"
    return t(key) if has(key) else t("error.known", code=error.code)


def refusal_text(refusal: Refusal, reference: Reference | None = None) -> str:
    """Why a command was refused, with what stands there now where the rule says so."""
    key = f"refusal.{refusal.code.value}"
    text = t(key, limit=refusal.limit or 0, field=field_text(refusal.field))
    now = now_text(refusal, reference)
    return f"{text} {t('refusal.now', now=now)}" if now else text


def field_text(field: str | None) -> str:
    """A field's name on the screen."""
    key = f"field.{field}"
    return t(key) if field and has(key) else t("field.other")


def now_text(refusal: Refusal, reference: Reference | None) -> str:
    """What stands there now, in words; "" where nothing can be said."""
    now = refusal.now
    if isinstance(now, dict):
        now = now.get("lead") or now.get("status")
    if refusal.code is Code.LEAD_CHANGED and now is None:
        return t("refusal.no_lead")
    if not isinstance(now, str):
        return ""
    if refusal.code is Code.WRONG_STATUS:
        from console.ui.parts.chip import status_text  # the first window needs sentences, but no chips

        return status_text(now)
    agency = reference.agency(now) if reference is not None else None
    return agency.name if agency is not None else now
