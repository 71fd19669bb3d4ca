"""What stands in a cell of the queue, as words: for the list itself, screen readers, files and paper."""

from collections.abc import Callable, Mapping
from datetime import datetime

from console.desk.rows import QueueRow
from console.domain.reference import Reference
from console.ui.parts.chip import status_text
from console.ui.parts.time_text import due_of, exact_text, short_moment_text
from console.ui.queue.columns import (
    AGENCY,
    CHANNEL,
    CLOSED,
    CONTENT,
    DUE,
    ENTERED,
    HANDLER,
    NUMBER,
    PLACE,
    STATUS,
)
from console.ui.words import language, t

_SAYS: dict[int, Callable[[QueueRow, datetime], str]] = {
    NUMBER: lambda row, now: row.number,
    CONTENT: lambda row, now: row.title,
    STATUS: lambda row, now: status_text(row.display_status),
    DUE: lambda row, now: due_of(row, now).text,
    CHANNEL: lambda row, now: t(f"channel.{row.channel.value}"),
    PLACE: lambda row, now: row.place,
    AGENCY: lambda row, now: row.lead_name or t("queue.unassigned"),
    ENTERED: lambda row, now: short_moment_text(row.entered, now),
    HANDLER: lambda row, now: row.handler,
    CLOSED: lambda row, now: short_moment_text(row.closed, now) if row.closed else "",
}


class Words:
    """`types`: names of the types by code; a type that is not among them shows its code."""

    def __init__(self) -> None:
        self.types: Mapping[str, str] = {}

    def learn(self, reference: Reference) -> None:
        """Names of the types, also of those that are no longer in force."""
        vietnamese = language() == "vi"
        self.types = {type.code: type.name if vietnamese else type.name_en for type in reference.types}

    def cell(self, row: QueueRow, column: int, now: datetime) -> str:
        """The words of a cell, its first line where the list draws two."""
        say = _SAYS.get(column)
        return say(row, now) if say else self.types.get(row.type, row.type)

    def hint(self, row: QueueRow, column: int) -> str:
        """The tooltip of a cell that shows a single thing."""
        if column == ENTERED:
            return exact_text(row.entered)
        if column == CLOSED:
            return exact_text(row.closed) if row.closed else ""
        return self.cell(row, column, row.entered)
