"""The list as lines of text, for the clipboard, files and paper: what the list shows, and nothing else.

Names and telephone numbers are not in the list, so they are in none of these.
"""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from console.desk.rows import QueueRow
from console.ui.parts.chip import status_text
from console.ui.parts.time_text import due_of, exact_text
from console.ui.parts.urgency_mark import urgency_text
from console.ui.queue.cells import Words
from console.ui.queue.columns import BY_NAME
from console.ui.words import t

BOM = "\ufeff"
"""So that spreadsheets read the file as UTF-8."""
_FORMULA = "=+-@\t\r"

Say = Callable[[QueueRow, Words, datetime], str]

_SAID: dict[str, tuple[str, Say]] = {
    "number": ("col.number", lambda row, words, now: row.number),
    "urgency": ("col.urgency", lambda row, words, now: urgency_text(row.urgency)),
    "channel": ("col.channel", lambda row, words, now: t(f"channel.{row.channel.value}")),
    "title": ("queue.col.title", lambda row, words, now: row.title),
    "place": ("queue.col.place", lambda row, words, now: row.place),
    "status": ("col.status", lambda row, words, now: status_text(row.display_status)),
    "agency": ("col.agency", lambda row, words, now: row.lead_name),
    "due": ("col.deadline", lambda row, words, now: exact_text(row.due) if row.due else ""),
    "left": ("queue.col.left", lambda row, words, now: due_of(row, now).text),
    "entered": ("queue.col.entered", lambda row, words, now: exact_text(row.entered)),
    "closed": ("queue.col.closed", lambda row, words, now: exact_text(row.closed) if row.closed else ""),
}
_OF_COLUMN = {
    "number": ("number", "urgency", "channel"),
    "content": ("title", "place"),
    "status": ("status", "agency"),
    "due": ("due", "left"),
}
"""What a column of the list says in signs or on two lines; other columns say one thing."""


class Lines:
    """Rows as texts, by the columns that are shown (`names`), at `now`."""

    def __init__(self, names: Sequence[str], words: Words, now: datetime) -> None:
        parts = [part for name in names for part in _OF_COLUMN.get(name, (name,))]
        self.parts = tuple(dict.fromkeys(parts))
        self._words, self._now = words, now

    @property
    def heads(self) -> list[str]:
        """What each text is called."""
        return [t(_SAID[part][0] if part in _SAID else f"queue.col.{part}") for part in self.parts]

    def of(self, row: QueueRow) -> list[str]:
        """The texts of one row."""
        return [self._say(row, part) for part in self.parts]

    def _say(self, row: QueueRow, part: str) -> str:
        if part in _SAID:
            return _SAID[part][1](row, self._words, self._now)
        return self._words.cell(row, BY_NAME[part], self._now)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in _FORMULA and text else text


def csv_of(lines: Iterable[Sequence[str]]) -> str:
    """Lines as RFC 4180 has them, formulas made harmless."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([harmless(text) for text in line] for line in lines)
    return out.getvalue()


def tabbed(lines: Iterable[Sequence[str]]) -> str:
    """Lines for the clipboard: a tab between texts, which hold none themselves."""
    return "\n".join("\t".join(harmless(" ".join(text.split())) for text in line) for line in lines)
