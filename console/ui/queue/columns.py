"""The queue's columns: what each shows, the orders it can be in, and how somebody has laid them out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from console.desk.rows import Sort

NUMBER, CONTENT, STATUS, DUE, TYPE, CHANNEL, PLACE, AGENCY, ENTERED, HANDLER, CLOSED = range(11)
LEAST, MOST = 60, 900  # pixels at 100 % that a column may be wide
CONTENT_LEAST = 100


class Column(NamedTuple):
    """`name`: as saved views and the memory keep it; `head`: key of its words; `width`: pixels at 100 %, 0
    takes what the others leave; `orders`: the first is what a click on the head gives; `fields`: of the row.
    """

    name: str
    head: str
    width: int
    orders: tuple[Sort, ...]
    fields: tuple[str, ...]


ALL = (
    Column(
        "number",
        "col.number",
        168,
        (Sort.NUMBER, Sort.URGENCY, Sort.CHANNEL),
        ("number", "channel", "urgency", "waiting", "attention"),
    ),
    Column("content", "col.content", 0, (Sort.TYPE, Sort.PLACE), ("title", "place", "type", "unread")),
    Column(
        "status",
        "queue.col.status",
        167,
        (Sort.STATUS, Sort.AGENCY),
        ("display_status", "status", "lead_name"),
    ),
    Column("due", "col.deadline", 152, (Sort.DUE,), ("due", "near", "resting", "outcome", "closed")),
    Column("type", "queue.col.type", 150, (Sort.TYPE,), ("type",)),
    Column("channel", "col.channel", 110, (Sort.CHANNEL,), ("channel",)),
    Column("place", "queue.col.place", 200, (Sort.PLACE,), ("place",)),
    Column("agency", "col.agency", 150, (Sort.AGENCY,), ("lead_name",)),
    Column("entered", "queue.col.entered", 108, (Sort.NEWEST,), ("entered_ms",)),
    Column("handler", "queue.col.handler", 90, (), ("handler",)),
    Column("closed", "queue.col.closed", 108, (), ("closed_ms",)),
)
"""By the numbers above."""

COMPACT = {"status": 144, "due": 155}
"""Other widths where rows are single lines."""
BY_NAME = {column.name: at for at, column in enumerate(ALL)}
ALWAYS = ("number", "content")
USUAL = ("number", "content", "status", "due")


def width_of(name: str, compact: bool) -> int:
    """The usual width, pixels at 100 %; 0 for the one that takes the rest."""
    return COMPACT.get(name, ALL[BY_NAME[name]].width) if compact else ALL[BY_NAME[name]].width


@dataclass(frozen=True)
class Layout:
    """Which columns are shown, from left to right, and widths that somebody chose (pixels at 100 %)."""

    names: tuple[str, ...] = USUAL
    widths: tuple[tuple[str, int], ...] = ()

    def width(self, name: str, compact: bool) -> int:
        """As chosen, or the usual one."""
        return dict(self.widths).get(name) or width_of(name, compact)

    def with_width(self, name: str, width: int) -> Layout:
        """Another width; the one that takes the rest has none of its own."""
        if not ALL[BY_NAME[name]].width:
            return self
        kept = {**dict(self.widths), name: min(MOST, max(LEAST, width))}
        return replace(self, widths=tuple(sorted(kept.items())))

    def shown(self, name: str, on: bool) -> Layout:
        """With or without a column; a new one comes last."""
        if on and name not in self.names:
            return replace(self, names=(*self.names, name))
        if not on and name not in ALWAYS:
            return replace(self, names=tuple(one for one in self.names if one != name))
        return self

    def moved(self, name: str, by: int) -> Layout:
        """A column further to the left (-1) or right (1)."""
        names = list(self.names)
        at = names.index(name)
        to = min(len(names) - 1, max(0, at + by))
        names.insert(to, names.pop(at))
        return replace(self, names=tuple(names))

    def text(self) -> str:
        """As the memory keeps it: "number content status:180"."""
        chosen = dict(self.widths)
        return " ".join(f"{name}:{chosen[name]}" if name in chosen else name for name in self.names)


def columns_of(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names as they can be shown: unknown and double ones left out, those that always are put in front."""
    known = tuple(dict.fromkeys(name for name in names if name in BY_NAME))
    return tuple(name for name in ALWAYS if name not in known) + known


def layout_of(text: str) -> Layout:
    """What `Layout.text` wrote; what cannot be read is left out, nothing is the usual layout."""
    names, widths = list[str](), dict[str, int]()
    for part in text.split():
        name, _, width = part.partition(":")
        names.append(name)
        if name in BY_NAME and ALL[BY_NAME[name]].width and width.isascii() and width.isdigit():
            widths[name] = min(MOST, max(LEAST, int(width[:6])))
    if not names:
        return Layout()
    return Layout(columns_of(tuple(names)), tuple(sorted(widths.items())))
