"""What the right pane says about a command, and what it offers to do with it. No window here."""

from datetime import datetime

from console.desk.rows import OutboxItem, Sending
from console.domain.command import LogReport
from console.domain.reference import Reference
from console.ui.outbox.lines import kind_text, seconds_left
from console.ui.outbox.pane_foot import Offers
from console.ui.outbox.typed import text_of
from console.ui.outbox.whole import Fact, facts_of
from console.ui.parts.failure_text import refusal_text
from console.ui.parts.time_text import clock_seconds_text, moment_text
from console.ui.words import t

CONFLICT, REFUSED, READ = "conflict", "refused", "read"


def offers(item: OutboxItem, mode: str) -> Offers:
    """What can be done."""
    row = item.row
    if mode == CONFLICT:
        return Offers(apply=t("conflict.apply"), server=True)
    if row.state is Sending.BINNED:
        back = not (row.replaced or row.carried)
        return Offers(apply=t("outbox.bin.back") if back else "", copy=True)
    if row.carried:
        done = row.state in (Sending.REFUSED, Sending.HELD_BACK)
        return Offers(copy=done, drop=t("outbox.carried.away") if done else "")
    if mode == REFUSED:
        whole = isinstance(item.command.body, LogReport)
        return Offers(
            apply=t("outbox.again"), mend=whole, drop=t("outbox.letGo"), copy=bool(text_of(item.command.body))
        )
    held = {Sending.HELD: t("outbox.undo"), Sending.HELD_BACK: t("outbox.letGo")}
    return Offers(drop=held.get(row.state, ""))


def advice_key(*, whole: bool, words: bool) -> str:
    """What the author of a refused command is told to do."""
    if whole:
        return "outbox.refused.whole"
    return "outbox.refused.advice" if words else "outbox.refused.noWords"


def says(item: OutboxItem, reference: Reference, now: datetime) -> str:
    """The sentence above a command that only is read."""
    row = item.row
    if row.carried and row.state in (Sending.REFUSED, Sending.HELD_BACK):
        why = refusal_text(row.refusal, reference) if row.refusal else ""
        return f"{t('outbox.says.carriedBack', station=row.carried)} {why}".strip()
    if row.carried and row.state is not Sending.BINNED:
        said = "outbox.says.carriedSent" if row.state is Sending.SENT else "outbox.says.carried"
        return t(said, station=row.carried)
    if row.state is Sending.HELD and row.held_until is not None:
        return t("outbox.says.held", n=seconds_left(row, now), time=clock_seconds_text(row.held_until))
    if row.state is Sending.BINNED and row.let_go is not None:
        key = "outbox.says.replaced" if row.replaced else "outbox.says.binned"
        return t(key, time=moment_text(row.let_go, now))
    return t(f"outbox.says.{row.state.value}")


def all_facts(item: OutboxItem, reference: Reference, now: datetime) -> list[Fact]:
    """Everything of it besides its words."""
    row = item.row
    facts = [
        (t("outbox.fact.report"), row.title),
        (t("outbox.fact.by"), row.by),
        (t("outbox.fact.given"), moment_text(row.at, now)),
    ]
    if row.sent_at is not None:
        facts.append((t("outbox.fact.sent"), moment_text(row.sent_at, now)))
    if row.let_go is not None:
        facts.append((t("outbox.fact.letGo"), moment_text(row.let_go, now)))
        if row.refusal is not None:
            facts.append((t("outbox.fact.refused"), refusal_text(row.refusal, reference)))
    return facts + facts_of(item.command.body, reference, now)


def as_text(item: OutboxItem, reference: Reference, now: datetime) -> str:
    """The whole command as plain lines, for the clipboard."""
    lines = [f"{item.row.number} · {kind_text(item.row.kind)}"]
    lines += [f"{name}: {value}" for name, value in all_facts(item, reference, now)]
    words = text_of(item.command.body)
    return "\n".join([*lines, *(("", words) if words else ())])
