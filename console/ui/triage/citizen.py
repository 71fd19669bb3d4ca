"""What the citizen sent: their words as plain text that does nothing, their photos, who they are."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.desk.rows import CaseView
from console.domain.reference import Reference
from console.ui.case.reporter_line import masked
from console.ui.files.file_strip import FileStrip
from console.ui.parts.chip import DueChip, StatusChip
from console.ui.parts.text import OneLine, flow, label
from console.ui.parts.time_text import due_of, moment_text
from console.ui.theme import Theme
from console.ui.words import t


class Citizen(QWidget):
    """Above the proposal. `files`: their photos."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.number = label("", "section", strong=True)
        self.facts = OneLine("small", "muted")
        self.status, self.due = StatusChip(theme), DueChip(theme)
        head = QWidget()
        head.setProperty("edge", "bottom")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(head)
        row.setContentsMargins(18, 10, 16, 10)
        row.setSpacing(10)
        row.addWidget(self.number)
        row.addWidget(self.facts, 1)
        row.addWidget(self.status)
        row.addWidget(self.due)
        self.title = label("", "section", wrap=True)
        self.words = label("", "body", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.answers = label("", "small", "muted", wrap=True)
        self.who = label("", "small", "muted", wrap=True)
        self.files = FileStrip(theme, bare=True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(18, 12, 16, 12)
        column.setSpacing(8)
        for part in (self.title, self.words, self.answers, self.files, self.who):
            column.addWidget(part)
        column.addStretch(1)
        self.body = QScrollArea()
        self.body.setWidgetResizable(True)
        self.body.setFrameShape(QFrame.Shape.NoFrame)
        self.body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self.body, 1)

    def show_view(self, view: CaseView, reference: Reference, now: datetime) -> None:
        """This report."""
        case, row = view.case, view.row
        self.number.setText(case.number)
        told = (t(f"channel.{case.channel.value}"), moment_text(case.entered_at, now))
        self.facts.setText(" · ".join(told))
        self.status.set_status(row.display_status)
        self.due.set_due(due_of(row, now))
        self.title.setText(case.title)
        flow(self.words, case.description)
        self.words.setAccessibleName(t("triage.words"))
        type_ = reference.type(case.type)
        asked = {q.code: q for q in type_.questions} if type_ else {}
        lines = []
        for code, given in case.answers.items():
            question = asked.get(code)
            answer = next((a.text for a in question.answers if a.code == given), given) if question else given
            lines.append(f"{question.text if question else code} {answer}")
        self.answers.setText("\n".join(lines))
        self.answers.setVisible(bool(lines))
        self.who.setText(masked(case.reporter, case.callers).text)

    def start_at_top(self) -> None:
        """Another report begins at its beginning."""
        self.body.verticalScrollBar().setValue(0)
