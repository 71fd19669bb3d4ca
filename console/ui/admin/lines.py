"""The rows of a list: its items with their spans, and what is being written and not published yet."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from console.desk.administration.edits import Edit
from console.domain.text import fold_text
from console.protocol.administration import Person, StationRow
from console.reference import key_of
from console.ui.admin.words import PEOPLE, STATIONS, choice_text, person_values, station_values
from console.ui.words import t

NOW, LATER, OVER, DRAFT, OFF = "now", "later", "over", "draft", "off"


class Line(NamedTuple):
    """`key` names the item, "" a new one that is being written; `item`: the struct, or the user or station.
    `state`: in force, to come, over, switched off."""

    key: str
    code: str
    name: str
    begins: date | None
    ends: date | None
    state: str
    item: Any
    edited: bool = False

    @property
    def said(self) -> str:
        """Its state in a word."""
        return t(f"admin.state.{self.state}")


def name_of(item: Any) -> str:
    """What a person would call it, in one line."""
    for field in ("name", "title", "text", "reason", "kind"):
        value = getattr(item, field, None)
        if value:
            return " ".join(str(value).split())
    return ""


def lines_of(
    kind: str, items: Iterable[Any], edits: Sequence[Edit], today: date, *, all_spans: bool, words: str = ""
) -> list[Line]:
    """What is written new first; then by code, newest span first. Those that are over only if asked for, or
    while they are written on. `words`: folded beginnings that code and name must have."""
    mine = {edit.key: edit for edit in edits if edit.kind == kind}
    found = [_new(mine[""])] if "" in mine else []
    made = [_line(kind, item, mine, today) for item in items]
    made.sort(key=lambda line: (line.code, -(line.begins or today).toordinal()))
    wanted = fold_text(words).split()
    for line in made:
        if line.state == OVER and not all_spans and not line.edited:
            continue
        if wanted and not line.edited:
            text = f" {fold_text(f'{line.code} {line.name}')}"
            if not all(f" {word}" in text or word in line.code for word in wanted):
                continue
        found.append(line)
    return found


def _new(edit: Edit) -> Line:
    values: Mapping[str, Any] = edit.values
    name = next((str(values[f]) for f in ("name", "title", "text") if values.get(f)), "")
    code = str(values.get("code") or values.get("day") or "")
    return Line("", code, name or t("admin.unnamed"), None, None, DRAFT, None, True)


def _line(kind: str, item: Any, mine: Mapping[str, Edit], today: date) -> Line:
    if kind == PEOPLE:
        assert isinstance(item, Person)
        name = f"{item.name} · {choice_text('Role', item.role.value)}"
        return Line(
            item.code, item.code, name, None, None, NOW if item.active else OFF, item, item.code in mine
        )
    if kind == STATIONS:
        assert isinstance(item, StationRow)
        name = item.name or t("admin.station", code=item.code)
        state = NOW if item.enrolled_at else OFF
        return Line(item.code, item.code, name, None, None, state, item, item.code in mine)
    key = key_of(item)
    begins, ends = getattr(item, "valid_from", None), getattr(item, "valid_to", None)
    state = LATER if begins and begins > today else OVER if ends and ends < today else NOW
    if kind == "days":
        begins = item.day
        state = OVER if item.day < today else LATER if item.day > today else NOW
    code = key.partition("@")[0]
    return Line(key, code, name_of(item), begins, ends, state, item, key in mine)


def values_for(kind: str, item: Any) -> dict[str, Any]:
    """What the form shows of an item."""
    from console.reference.shapes import values_of

    if kind == PEOPLE:
        return dict(person_values(item))
    return dict(station_values(item)) if kind == STATIONS else values_of(item)
