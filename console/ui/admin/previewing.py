"""What a change would do, in sentences."""

from collections import Counter
from collections.abc import Sequence

from console.desk.administration.administration import Preview
from console.domain.case import Role
from console.domain.table import BY
from console.protocol.wire import ImportChange
from console.reference.effects import Effects
from console.ui.admin.words import day_text, misfit_lines
from console.ui.words import has, t

CHANGES = ("added", "changed", "ended", "removed", "same")
SHOWN_RIGHTS = 6


def lines_text(lines: Sequence[ImportChange]) -> str:
    """How many items are added, changed, ended, removed."""
    found = Counter(line.change for line in lines)
    return " · ".join(t(f"admin.change.{one}", n=found[one]) for one in CHANGES if found[one])


def effects_lines(effects: Effects | None) -> list[str]:
    """A sentence for each thing under way that the change touches."""
    if effects is None:
        return []
    counts = (
        ("routed", effects.routed),
        ("unrouted", effects.unrouted),
        ("asked", effects.asked),
        ("leading", effects.leading),
        ("drafts", effects.drafts),
    )
    found = [t(f"admin.effect.{name}", n=n, day=day_text(effects.day)) for name, n in counts if n]
    return found or [t("admin.effect.none", day=day_text(effects.day))]


def preview_lines(preview: Preview, kind: str, key: str) -> tuple[list[str], list[str]]:
    """What it does, and what speaks against it."""
    said = [lines_text(preview.lines), *effects_lines(preview.effects)]
    return [one for one in said if one], misfit_lines(preview.misfits, kind, key)


def rights_lines(before: Role | None, after: Role, was_active: bool, active: bool) -> list[str]:
    """What somebody may no longer do, and what they may do from now on."""
    had = _may(before) if before is not None and was_active else frozenset()
    has_now = _may(after) if active else frozenset()
    found = []
    if before is not None and was_active and not active:
        return [t("admin.rights.none")]
    for words, kinds in (("lost", had - has_now), ("won", has_now - had)):
        if kinds and before is not None:
            found.append(t(f"admin.rights.{words}", rights=_named(kinds)))
    return found


def _may(role: Role) -> frozenset[str]:
    return frozenset(kind for kind, roles in BY.items() if role in roles)


def _named(kinds: frozenset[str]) -> str:
    names = sorted({t(f"outbox.kind.{kind}") for kind in kinds if has(f"outbox.kind.{kind}")})
    more = len(kinds) - len(names[:SHOWN_RIGHTS])
    text = ", ".join(names[:SHOWN_RIGHTS])
    return text if more <= 0 else t("admin.rights.more", names=text, n=more) if text else str(len(kinds))
