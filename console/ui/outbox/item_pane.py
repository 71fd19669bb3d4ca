"""The right pane: a conflict to settle, a refusal to mend, or what a waiting or sent command says."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from console.desk.rows import OutboxItem, Sending
from console.domain.command import AnyBody, LogReport
from console.ui.case.event_text import rich
from console.ui.outbox import conflict
from console.ui.outbox.conflict import Field
from console.ui.outbox.half_done import HalfDone
from console.ui.outbox.lines import kind_text
from console.ui.outbox.outbox_desk import PaneDesk
from console.ui.outbox.pane_foot import Offers, PaneFoot
from console.ui.outbox.reading import CONFLICT, READ, REFUSED, advice_key, all_facts, offers, says
from console.ui.outbox.side_pair import GAP, SidePair
from console.ui.outbox.typed import field_of, text_of, with_text
from console.ui.parts.failure_text import refusal_text
from console.ui.parts.key_cap import KeyCap
from console.ui.parts.text import OneLine, flow, label, rule
from console.ui.parts.time_text import short_moment_text
from console.ui.theme import Theme
from console.ui.words import t


class ItemPane(QWidget):
    """What is typed and chosen is kept by command until it is sent or let go. `wanted(name)`: a button of
    `pane_foot` was pressed."""

    wanted = Signal(str)

    def __init__(self, desk: PaneDesk, theme: Theme, halves: HalfDone) -> None:
        super().__init__()
        self._halves = halves
        self._desk, self._theme = desk, theme
        self.item: OutboxItem | None = None
        self.mode = READ
        self.fields: tuple[Field, ...] = ()
        self.pairs: list[SidePair] = []
        self.text: QPlainTextEdit | None = None
        self.written: dict[str, QPlainTextEdit] = {}
        self._result = QLabel()
        self.setProperty("fill", "surface")
        self.setProperty("edge", "left")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()
        self.clear()

    def _build(self) -> None:
        px = self._theme.px
        self.number = label("", strong=True)
        self.title_line = OneLine("small", "muted")
        first = QHBoxLayout()
        first.setSpacing(px(8))
        first.addWidget(self.number)
        first.addWidget(self.title_line, 1)
        self.head = label("", "title", wrap=True)
        self.sentence = label("", tone="muted", wrap=True)
        top = QVBoxLayout()
        top.setContentsMargins(px(22), px(14), px(22), px(14))
        top.setSpacing(px(6))
        top.addLayout(first)
        top.addWidget(self.head)
        top.addWidget(self.sentence)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.problem = label("", tone="warnText", wrap=True)
        self.problem.setContentsMargins(px(22), px(8), px(22), px(8))
        self.foot = PaneFoot(self._theme)
        self.foot.pressed.connect(self.wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(rule())
        column.addWidget(self._scroll, 1)
        column.addWidget(self.problem)
        column.addWidget(self.foot)

    # what is shown

    def clear(self, sentence: str = "") -> None:
        """Nothing is chosen, or a draft: one sentence."""
        self.item, self.mode, self.fields, self.pairs, self.text = None, READ, (), [], None
        self.written = {}
        self._heads("", "", sentence)
        self._fill(QWidget())
        self.foot.offer(Offers())

    def show_item(self, item: OutboxItem) -> None:
        """Show a command; the same one again, unchanged, stays as it is under the hands."""
        if self.item is not None and self.item == item:
            return
        caret = self._caret(item)
        self.item = item
        self.fields, self.pairs, self.text, self.written = (), [], None, {}
        if item.row.state is Sending.REFUSED and not item.row.carried:
            self.mode = CONFLICT if conflict.is_conflict(item) else REFUSED
        else:
            self.mode = READ
        shows = {CONFLICT: self._show_conflict, REFUSED: self._show_refusal, READ: self._show_plain}
        shows[self.mode](item)
        self.foot.offer(offers(item, self.mode))
        self._go_on_typing(caret)

    def _caret(self, item: OutboxItem) -> int | None:
        """Where somebody types in the same command's words; None: nobody does."""
        same = self.item is not None and self.item.row.id == item.row.id
        if not same or self.text is None or not self.text.hasFocus():
            return None
        self.words()
        return self.text.textCursor().position()

    def _go_on_typing(self, caret: int | None) -> None:
        if caret is None or self.text is None:
            return
        cursor = self.text.textCursor()
        cursor.setPosition(min(caret, len(self.text.toPlainText())))
        self.text.setTextCursor(cursor)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _heads(self, line: str, head: str, sentence: str) -> None:
        number = self.item.row.number if self.item is not None else ""
        for part, text in ((self.number, number), (self.title_line, line)):
            part.setText(text)
            part.setVisible(bool(text))
        self.head.setText(head)
        self.head.setVisible(bool(head))
        flow(self.sentence, sentence)
        self.sentence.setVisible(bool(sentence))
        self.show_problem("")

    def show_problem(self, sentence: str) -> None:
        """Why it could not be given again; what is typed stays."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _line(self, item: OutboxItem) -> str:
        at = short_moment_text(item.row.at, self._desk.clock.now())
        return t("outbox.pane.line", kind=kind_text(item.row.kind), time=at)

    def _fill(self, inside: QWidget) -> None:
        inside.setProperty("fill", "surface")
        self._scroll.setWidget(inside)

    def _page(self) -> tuple[QWidget, QVBoxLayout]:
        page, px = QWidget(), self._theme.px
        column = QVBoxLayout(page)
        column.setContentsMargins(px(22), px(12), px(22), px(16))
        column.setSpacing(px(8))
        return page, column

    # a conflict

    def _show_conflict(self, item: OutboxItem) -> None:
        reference, now = self._desk.reference, self._desk.clock.now()
        self.fields = conflict.fields_of(item, reference, now)
        kept = self._halves.of(item.row.id).choices
        for field in self.fields:
            if not field.same:
                kept.setdefault(field.name, field.proposed)
        self._heads(self._line(item), conflict.heading(item), conflict.meanwhile(item, reference, now))
        page, column = self._page()
        column.addLayout(self._grid(item, kept))
        column.addSpacing(self._theme.px(8))
        column.addLayout(self._note_head())
        column.addWidget(self._edit(item, conflict.first_note(item), t("outbox.note")))
        column.addSpacing(self._theme.px(6))
        column.addWidget(label(t("conflict.result"), "label", "muted"))
        column.addWidget(self._result_box())
        column.addStretch(1)
        self._fill(page)
        self._tell_result()

    def _grid(self, item: OutboxItem, kept: dict[str, str]) -> QGridLayout:
        grid, px = QGridLayout(), self._theme.px
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(8))
        grid.setColumnMinimumWidth(0, px(108))
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._sides(item), 0, 1)
        for at, field in enumerate(self.fields):
            at = 1 + 2 * at
            pair = SidePair(self._theme, field, kept.get(field.name, conflict.MINE))
            pair.chosen.connect(lambda side, name=field.name: self._on_chosen(name, side))
            name = label(field.label, tone="muted", wrap=True)
            name.setBuddy(pair)
            grid.addWidget(name, at, 0)
            grid.addWidget(pair, at, 1)
            self.pairs.append(pair)
            if field.words is not None:
                grid.addWidget(label(t("outbox.field.result"), "small", "muted", wrap=True), at + 1, 0)
                grid.addWidget(self._result_edit(item, field, pair.side), at + 1, 1)
        return grid

    def _result_edit(self, item: OutboxItem, field: Field, side: str) -> QPlainTextEdit:
        """The words as they shall stand: the chosen side's, or written anew."""
        kept = self._halves.of(item.row.id).written
        edit = QPlainTextEdit(kept.get(field.name, field.words_at(side)))
        edit.setAccessibleName(f"{field.label}: {t('outbox.field.result')}")
        edit.setTabChangesFocus(True)
        edit.setFixedHeight(self._theme.px(58))

        def typed() -> None:
            kept[field.name] = edit.toPlainText()
            self._halves.touch(item.row.id)
            self._tell_result()

        edit.textChanged.connect(typed)
        self.written[field.name] = edit
        return edit

    def results(self) -> dict[str, str]:
        """The words written anew or taken from a side, by field."""
        return {name: edit.toPlainText() for name, edit in self.written.items()}

    def _sides(self, item: OutboxItem) -> QWidget:
        now, px = self._desk.clock.now(), self._theme.px
        theirs_at = item.now_events[-1].at if item.now_events else None
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(GAP))
        for key, name, at in (("1", "conflict.mine", item.row.at), ("2", "conflict.theirs", theirs_at)):
            half = QHBoxLayout()
            half.setSpacing(px(7))
            time = f" · {short_moment_text(at, now)}" if at else ""
            words = OneLine()
            words.setProperty("strong", "true")
            words.setText(f"{t(name)}{time}")
            half.addWidget(words)
            half.addWidget(KeyCap(self._theme, key))
            half.addStretch(1)
            side = QWidget()
            side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            side.setLayout(half)
            half.setContentsMargins(0, 0, 0, 0)
            row.addWidget(side, 1)
        return holder

    def _note_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        row.addWidget(label(t("outbox.note"), "label", "muted"))
        row.addWidget(label(t("conflict.kept"), "small", "goodText"))
        row.addStretch(1)
        return row

    def _edit(self, item: OutboxItem, first: str, name: str) -> QPlainTextEdit:
        typed = self._halves.of(item.row.id).typed
        edit = QPlainTextEdit(first if typed is None else typed)
        edit.setAccessibleName(name)
        edit.setTabChangesFocus(True)
        edit.setFixedHeight(self._theme.px(104))
        edit.textChanged.connect(lambda: self._on_typed(item.row.id))
        self.text = edit
        return edit

    def _result_box(self) -> QLabel:
        self._result = label("", wrap=True)
        self._result.setProperty("fill", "canvas")
        margin = self._theme.px(11)
        self._result.setContentsMargins(margin, margin, margin, margin)
        return self._result

    def _on_chosen(self, name: str, side: str) -> None:
        if self.item is not None:
            self._halves.of(self.item.row.id).choices[name] = side
            self._halves.touch(self.item.row.id)
            field = next(field for field in self.fields if field.name == name)
            if name in self.written:
                self.written[name].setPlainText(field.words_at(side))
            self._tell_result()

    def _on_typed(self, command: str) -> None:
        if self.text is not None:
            self._halves.of(command).typed = self.text.toPlainText()
            self._halves.touch(command)
        if self.mode == CONFLICT:
            self._tell_result()

    def _tell_result(self) -> None:
        if self.item is None:
            return
        words = conflict.result_text(self.item, self.fields, self.choices(), self.words(), self.results())
        flow(self._result, rich(words.replace("{", "{{").replace("}", "}}"), {}), rich=True)

    # a refusal, and what only waits

    def _show_refusal(self, item: OutboxItem) -> None:
        body = item.command.body
        reason = refusal_text(item.row.refusal, self._desk.reference) if item.row.refusal else ""
        self._heads(self._line(item), t("outbox.refused.title"), reason)
        page, column = self._page()
        advice = label("", wrap=True)
        whole = isinstance(body, LogReport)
        flow(advice, t(advice_key(whole=whole, words=bool(field_of(body)))))
        column.addWidget(advice)
        if field_of(body):
            column.addWidget(label(t("outbox.typed"), "label", "muted"))
            column.addWidget(self._edit(item, text_of(body), t("outbox.typed")))
        self._facts(column, item)
        column.addStretch(1)
        self._fill(page)

    def _show_plain(self, item: OutboxItem) -> None:
        now = self._desk.clock.now()
        self._heads(self._line(item), kind_text(item.row.kind), says(item, self._desk.reference, now))
        page, column = self._page()
        words = text_of(item.command.body)
        if words:
            column.addWidget(label(t("outbox.typed"), "label", "muted"))
            shown = label("", wrap=True)
            flow(shown, words)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(shown)
            column.addSpacing(self._theme.px(8))
        self._facts(column, item)
        column.addStretch(1)
        self._fill(page)

    def _facts(self, column: QVBoxLayout, item: OutboxItem) -> None:
        now = self._desk.clock.now()
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.px(12))
        grid.setColumnMinimumWidth(0, self._theme.px(108))
        grid.setColumnStretch(1, 1)
        for at, (name, text) in enumerate(all_facts(item, self._desk.reference, now)):
            grid.addWidget(label(name, tone="muted", wrap=True), at, 0, Qt.AlignmentFlag.AlignTop)
            value = label(text, wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(value, at, 1)
        column.addLayout(grid)
        column.addSpacing(self._theme.px(8))

    # what follows

    def words(self) -> str:
        """What stands in the box now, also what the input method has not handed over yet."""
        if self.text is None:
            return ""
        if self.text.hasFocus():
            QGuiApplication.inputMethod().commit()
        return self.text.toPlainText()

    def choices(self) -> dict[str, str]:
        """The chosen side by field."""
        return {pair.field.name: pair.side for pair in self.pairs if not pair.field.same}

    def bodies(self) -> tuple[AnyBody, ...]:
        """The commands to give in the place of this one."""
        if self.item is None:
            return ()
        if self.mode == CONFLICT:
            return conflict.bodies(self.item, self.choices(), self.words(), self.results())
        return (with_text(self.item.command.body, self.words().strip()),)

    def forget(self, command: str) -> None:
        """It was sent or let go: what was kept for it is not needed any more."""
        self._halves.forget(command)

    def digit(self, number: int) -> None:
        """1 or 2 pressed in the list: the first field's side."""
        first = next((pair for pair in self.pairs if not pair.field.same), None)
        if first is not None:
            first.take(conflict.MINE if number == 1 else conflict.THEIRS)
