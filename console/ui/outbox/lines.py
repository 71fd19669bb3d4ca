"""What the outbox lists, as lines of words: group heads, commands, drafts, and what an empty group says."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from math import ceil
from typing import NamedTuple

from console.desk.rows import Draft, Outbox, OutboxRow, Sending
from console.ui.parts.failure_text import refusal_text
from console.ui.parts.time_text import clock_seconds_text, short_moment_text
from console.ui.words import has, t

STATE, AT, KIND, NUMBER, CONTENT = range(5)
COLUMNS = 5
HEAD, BLANK, ITEM, DRAFT = "head", "blank", "item", "draft"
_LOOKS = {
    Sending.HELD: ("ph.arrow-counter-clockwise", "infoText"),
    Sending.WAITING: ("sync.queued", "muted"),
    Sending.REFUSED: ("sync.rejected", "alarmText"),
    Sending.HELD_BACK: ("sync.queued", "warnText"),
    Sending.SENT: ("sync.sent", "goodText"),
    Sending.BINNED: ("ph.trash", "muted"),
}


class Line(NamedTuple):
    """One row. `cells` by column, `second` the content's lower line; `tone`: a text colour token."""

    kind: str
    id: str
    cells: tuple[str, ...]
    second: str = ""
    icon: str = ""
    tone: str = "text"
    total: int = 0
    under: bool = False  # behind the one above it

    @property
    def choosable(self) -> bool:
        """Heads and empty groups are not."""
        return self.kind in (ITEM, DRAFT)

    def sentence(self) -> str:
        """The whole row, as a screen reader says it."""
        if self.kind == HEAD:
            return f"{self.cells[0]}: {self.total}"
        parts = (*self.cells, self.second)
        return ". ".join(part.rstrip(".…") for part in parts if part) + "."


def kind_text(kind: str) -> str:
    """A command's kind on the screen; the tag itself for one of a newer program."""
    key = f"outbox.kind.{kind}"
    return t(key) if has(key) else kind


def seconds_left(row: OutboxRow, now: datetime) -> int:
    """How long a held command still rests; 0: about to go."""
    return max(0, ceil((row.held_until - now).total_seconds())) if row.held_until else 0


def state_text(row: OutboxRow, now: datetime) -> str:
    """Where it stands, in two or three words."""
    if row.state is Sending.REFUSED:
        return t("outbox.conflict" if row.conflict else "outbox.rejected")
    if row.state is Sending.HELD and (left := seconds_left(row, now)):
        return t("outbox.held", n=left)
    if row.state is Sending.BINNED:
        return t("outbox.bin.replaced" if row.replaced else "outbox.bin.letGo")
    names = {Sending.SENT: "outbox.sent", Sending.HELD_BACK: "outbox.heldBack"}
    return t(names.get(row.state, "outbox.waiting"))


def outbox_lines(box: Outbox, now: datetime) -> list[Line]:
    """The three groups with their heads."""
    groups = (
        ("attention", "ph.warning", box.attention),
        ("waiting", "sync.queued", box.waiting),
        ("sent", "sync.sent", box.sent),
    )
    return [line for group in groups for line in _group(*group, now)]


def _group(name: str, icon: str, rows: Sequence[OutboxRow], now: datetime) -> Iterator[Line]:
    title, note = t(f"outbox.group.{name}"), t(f"outbox.groupNote.{name}") if rows else ""
    yield Line(HEAD, name, (title, "", "", "", ""), note, icon, total=len(rows))
    if not rows:
        yield Line(BLANK, name, (t(f"outbox.empty.{name}"), "", "", "", ""), tone="muted")
    above: OutboxRow | None = None
    for row in rows:
        if row.state is not Sending.HELD_BACK:
            above = row
        yield item_line(row, now, above if above is not row else None)


def item_line(row: OutboxRow, now: datetime, above: OutboxRow | None = None) -> Line:
    """One command; `above`: the one it waits behind."""
    icon, tone = _LOOKS[row.state]
    if row.state is Sending.REFUSED and row.conflict:
        icon, tone = "sync.conflict", "warnText"
    under = above is not None and above.case == row.case
    if under:
        icon = "ph.arrow-elbow-down-right"
    cells = (
        state_text(row, now),
        short_moment_text(row.let_go or row.at, now),
        kind_text(row.kind),
        row.number,
        row.title,
    )
    second = " ".join(_second(row, above if under else None).split())
    return Line(ITEM, row.id, cells, second, icon, tone, under=under)


def _second(row: OutboxRow, above: OutboxRow | None) -> str:
    if row.state is Sending.REFUSED and row.refusal is not None and not row.conflict:
        words = refusal_text(row.refusal)
    elif above is not None:
        words = _joined(t("outbox.behind", kind=kind_text(above.kind)), row.detail)
    elif row.state is Sending.BINNED:
        words = _joined(row.by, row.detail)
    elif row.held_until is not None:
        words = _joined(t("outbox.goesAt", time=clock_seconds_text(row.held_until)), row.detail)
    else:
        words = row.detail
    return _joined(t("outbox.carried", station=row.carried), words) if row.carried else words


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def bin_lines(rows: Sequence[OutboxRow], now: datetime) -> list[Line]:
    """What was let go, newest first."""
    return [item_line(row, now) for row in rows]


def draft_lines(drafts: Sequence[Draft], now: datetime) -> list[Line]:
    """Open drafts, newest first."""
    return [_draft(draft, now) for draft in sorted(drafts, key=lambda d: d.saved_at, reverse=True)]


def _draft(draft: Draft, now: datetime) -> Line:
    words = draft.title or draft.description or draft.type_text
    cells = (
        t("outbox.draft"),
        short_moment_text(draft.saved_at, now),
        t("outbox.draft.again" if draft.logged else "outbox.draft.new"),
        draft.number,
        " ".join(words.split()) or t("outbox.draft.blank"),
    )
    return Line(DRAFT, draft.id, cells, draft.place_text, "ph.note-pencil", "muted")
