"""An entry of the audit in words. Pure, so that each can be read in a test."""

from collections.abc import Sequence

from console.domain.refusal import Code, Refusal
from console.protocol.audit import AuditEntry
from console.ui.outbox.lines import kind_text
from console.ui.parts.failure_text import refusal_text
from console.ui.parts.time_text import exact_text
from console.ui.words import has, t

COMMAND = "command:"
GROUPS: dict[str, tuple[str, ...]] = {
    "all": (),
    "acts": (COMMAND,),
    "contacts": (f"{COMMAND}show_contact",),
    "opened": ("case_opened", "case_fetched"),
    "taken": ("list_", "report_", "outbox_"),
    "sign_ins": ("sign_in", "station_enrolled", "session_revoked"),
    "searched": ("searched", "audit_read"),
}
"""What the list can be narrowed to, by how kinds begin."""
BY_ITSELF = ("brought_by", "system")
"""Agencies' acts come through the centre's own account: nobody need read that at each of them."""
HEADS = ("at", "who", "station", "what", "case", "fact")


def what_text(entry: AuditEntry) -> str:
    """What was done; a kind of a newer centre stands as it is."""
    kind = entry.kind.removeprefix(COMMAND)
    key = f"audit.kind.{kind}"
    return t(key) if has(key) else kind_text(kind)


def who_text(entry: AuditEntry) -> str:
    """Name and code; the centre itself has neither."""
    if not entry.who or entry.who.startswith("@"):
        return t("audit.centre")
    return f"{entry.who_name} ({entry.who})" if entry.who_name else entry.who


def fact_text(entry: AuditEntry) -> str:
    """What more is said of it."""
    told = {name: value for name, value in entry.fact.items() if (name, value) != BY_ITSELF}
    return " · ".join(_fact(name, value) for name, value in told.items())


def _fact(name: str, value: int | str) -> str:
    if name == "refused" and value in set(Code):
        return t("audit.fact.refused", why=refusal_text(Refusal(code=Code(value))))
    key = f"audit.fact.{name}"
    return t(key, value=value) if has(key) and name != "refused" else f"{name}: {value}"


def cells(entry: AuditEntry) -> tuple[str, ...]:
    """A row, as HEADS name its columns."""
    return (
        exact_text(entry.at),
        who_text(entry),
        entry.station,
        what_text(entry),
        entry.number,
        fact_text(entry),
    )


class AuditLines:
    """Rows of a file."""

    @property
    def heads(self) -> Sequence[str]:
        """The first row."""
        return [t(f"audit.head.{name}") for name in HEADS]

    def of(self, entry: AuditEntry) -> Sequence[str]:
        """One more."""
        return cells(entry)
