"""The typed line of the filter: fields and words, completed below, judged while one types."""

import re
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from console.desk.rows import Filter
from console.domain.text import fold_text
from console.domain.typed_line import Field, Line, Trouble
from console.domain.typed_pair import Pairs
from console.ui.parts.suggest_box import SuggestBox, Suggestion
from console.ui.queue.filter_words import BUT, FilterWords
from console.ui.theme import Theme
from console.ui.words import t

PAUSE_MS = 200  # the queue follows the line after this pause
LISTED = 40
_LAST_WORD = re.compile(r"\S*\Z")
_OPEN_VALUE = re.compile(r"(\w+):((?:\"[^\"]*\"|[^:\"])*)\Z")


class FilterLine(SuggestBox):
    """`read(Filter)`: what the line asks now; `told(str)`: what is wrong with it, or ""; `done`: back to the
    list."""

    read = Signal(object)
    told = Signal(str)
    done = Signal()

    def __init__(self, theme: Theme, words: Callable[[], FilterWords]) -> None:
        super().__init__(theme, self._offers)
        self._filter_words = words
        self.setPlaceholderText(t("filter.line"))
        self.setAccessibleName(t("filter.line"))
        self.setMaxLength(1000)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.judge)
        self.typed.connect(lambda _text: self._pause.start())
        self.chosen.connect(self._complete)
        self.passed.connect(self._enter)

    def show_filter(self, chosen: Filter) -> None:
        """The line that asks this, where it asks something else now; what is being typed stays."""
        if self.line_filter() != chosen:
            self.show_text(self._filter_words().text_of(chosen))
            self.told.emit("")

    def line(self) -> Line:
        """What stands there, with what is still being composed."""
        return self._filter_words().reader.read(self.full_text())

    def line_filter(self) -> Filter:
        """What it asks; what is in trouble asks nothing."""
        return self._filter_words().filter_of(self.line())

    def judge(self) -> None:
        """Ask what can be read; where something cannot, say so and let the last good filter stand."""
        self._pause.stop()
        line = self.line()
        self.told.emit(self._sentence(line.troubles[0]) if line.troubles else "")
        if not line.troubles:
            self.read.emit(self._filter_words().filter_of(line))

    def _sentence(self, trouble: Trouble) -> str:
        field = t(f"filter.field.{trouble.field}")
        if not trouble.typed:
            return t("filter.noValue", field=field)
        field = field[:1].lower() + field[1:]
        if trouble.but:
            return t("filter.noBut", field=field)
        if trouble.meant:
            return t("filter.meant", field=field, typed=trouble.typed, meant=", ".join(trouble.meant))
        return t("filter.unknown", field=field, typed=trouble.typed)

    # completion

    def _offers(self, text: str) -> list[Suggestion]:
        before = text[: self.cursorPosition() + len(text) - len(self.text())]
        open_value = _OPEN_VALUE.search(before)
        field = self._filter_words().reader.field_of(open_value[1]) if open_value else None
        if open_value is not None and field is not None:
            typed = open_value[2].rpartition(",")[2].lstrip()
            return self._values(field, typed) if field.pairs is None else _answers(field.pairs, typed)
        return self._fields(_LAST_WORD.search(before)[0])  # type: ignore[index]

    def _values(self, field: Field, typed: str) -> list[Suggestion]:
        folded = fold_text(typed.replace('"', ""))
        hits = [
            value
            for value in field.values
            if any(_begins(folded, fold_text(name)) for name in value.names) or not folded
        ]
        whole = typed.endswith((" ", '"')) and any(folded == fold_text(n) for hit in hits for n in hit.names)
        if whole:
            return []  # it stands there already
        return [Suggestion(hit.names[0], hit.detail, hit.names[0]) for hit in hits[:LISTED]]

    def _fields(self, typed: str) -> list[Suggestion]:
        but = typed.startswith(BUT)
        folded = fold_text(typed.removeprefix(BUT))
        if not typed and self.full_text().strip():
            return []
        return [
            Suggestion(f"{BUT if but else ''}{field.keys[0]}:", t(f"filter.field.{field.name}"), field)
            for field in self._filter_words().reader.fields
            if any(fold_text(key).startswith(folded) for key in field.keys) and not (but and field.other)
        ]

    def look(self, text: str) -> None:
        """A plain word is no field before somebody takes one: nothing is marked then."""
        super().look(text)
        if self.suggestions and isinstance(self.suggestions[0].value, Field):
            self._list.setCurrentRow(-1)

    def _complete(self, value: object) -> None:
        text, at = self.text(), self.cursorPosition()
        if isinstance(value, Field):
            last: str = _LAST_WORD.search(text[:at])[0]  # type: ignore[index]
            start = at - len(last)
            put = f"{BUT if last.startswith(BUT) else ''}{value.keys[0]}:"
        else:
            start = max(text.rfind(mark, 0, at) for mark in ":,") + 1
            put = f'"{value}" ' if " " in str(value) or "," in str(value) else f"{value} "
            put = put.rstrip() if str(value).endswith("=") else put  # its answer follows
        self.setText(text[:start] + put + text[at:].lstrip())
        self.setCursorPosition(start + len(put))
        if isinstance(value, Field) or put.endswith("="):
            self.look(self.full_text())
        self.judge()

    def _enter(self) -> None:
        self.judge()
        if not self.line().troubles:
            self.done.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, opened = event.key(), self._list.isVisible()
        marked = opened and self._list.currentRow() >= 0
        if key == Qt.Key.Key_Escape and not opened:
            self.done.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and opened and not marked:
            self.close_list()
            self._enter()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab takes the marked suggestion, or the first, while there are any."""
        if next and self._list.isVisible():
            self._take(max(0, self._list.currentRow()))
            return True
        return super().focusNextPrevChild(next)


def _answers(pairs: Pairs, typed: str) -> list[Suggestion]:
    """Questions, then the answers of the one that stands there."""
    if typed.endswith((" ", '"')):
        return []
    offered = dict[str, tuple[str, str]]()
    for one in pairs.offers(typed):
        offered.setdefault(one.code, one.shown)
    return [
        Suggestion(answer, question, pairs.spelled(code))
        if answer
        else Suggestion(question, "", pairs.begun(code))
        for code, (question, answer) in list(offered.items())[:LISTED]
    ]


def _begins(typed: str, name: str) -> bool:
    """Whether each typed word begins a word of the name, in order."""
    rest = iter(name.split())
    return all(any(word.startswith(one) for word in rest) for one in typed.split())
