"""The deadline first: how much of the term is gone, from when to when."""

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from console.desk.rows import CaseView
from console.domain.case import Case
from console.domain.chasing import coming_step
from console.domain.deadline import term_of
from console.domain.reference import Reference
from console.domain.zone import local_day
from console.ui.parts.chip import DueChip
from console.ui.parts.text import OneLine, label
from console.ui.parts.time_text import due_of, short_moment_text
from console.ui.theme import Theme
from console.ui.words import language, t


class TermBar(QWidget):
    """The term as a bar: gone, left, and in red what is over."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._gone, self._over, self._tone = 0.0, 0.0, "lineStrong"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, self._theme.px(6))

    def show_term(self, start: datetime, due: datetime, now: datetime, tone: str) -> None:
        """`tone`: colour token of the part that is gone."""
        term = max(1.0, (due - start).total_seconds())
        run = max(0.0, (now - start).total_seconds())
        if run <= term:
            self._gone, self._over = run / term, 0.0
        else:
            self._gone, self._over = term / run, 1 - term / run
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        full, tall = self.width(), self.height()
        painter.setBrush(self._theme.color("line"))
        painter.drawRoundedRect(QRectF(0, 0, full, tall), 2, 2)
        painter.setBrush(self._theme.color(self._tone))
        painter.drawRoundedRect(QRectF(0, 0, full * self._gone, tall), 2, 2)
        if self._over:
            painter.setBrush(self._theme.color("alarm"))
            painter.drawRoundedRect(QRectF(full * self._gone, 0, full * self._over, tall), 2, 2)
        painter.end()


_TONES = {"soon": "warn", "over": "lineStrong", "ok": "teal", "paused": "lineStrong"}


class DeadlineSection(QWidget):
    """Shows a case's running deadline, or how it ended."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.title: QLabel = label(type="section")
        self.chip = DueChip(theme)
        self.bar = TermBar(theme)
        self.start: QLabel = label(type="small", tone="muted")
        self.end = OneLine("small", "muted")
        self.end.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.chasing: QLabel = label(type="small", tone="muted", wrap=True)
        self._lay()

    def _lay(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.chip)
        foot.addWidget(self.start)
        foot.addWidget(self.end, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addLayout(foot)
        column.addWidget(self.chasing)

    def show_case(self, view: CaseView, reference: Reference, now: datetime) -> None:
        """Fill it in; it hides where there is no deadline to speak of."""
        case = view.case
        due = due_of(view.row, now)
        self.setVisible(due.kind != "none")
        self.chip.set_due(due)
        stage = case.deadline.stage if case.deadline else "resolve"
        self.title.setText(t(f"case.deadline.{stage}"))
        running = case.deadline is not None
        for part in (self.bar, self.start, self.end):
            part.setVisible(running or case.resolve_due is not None)
        if case.deadline is not None:
            deadline = case.deadline
            stop = deadline.resting_since or now
            self.bar.show_term(deadline.start, deadline.due, stop, _TONES.get(due.kind, "teal"))
            self.start.setText(t("case.deadline.start", time=short_moment_text(deadline.start, now)))
            self.end.setText(self._end_text(case, reference, now))
        elif case.resolve_due is not None:
            self._ended(case, now)
        chasing = chasing_text(case, reference, now)
        self.chasing.setText(chasing)
        self.chasing.setVisible(bool(chasing))

    def _ended(self, case: Case, now: datetime) -> None:
        start, done = case.assigned_at or case.entered_at, case.resolved_at or now
        self.bar.show_term(start, case.resolve_due or done, done, "good")
        self.start.setText(t("case.deadline.start", time=short_moment_text(start, now)))
        self.end.setText(t("case.deadline.doneAt", time=short_moment_text(done, now)))

    def _end_text(self, case: Case, reference: Reference, now: datetime) -> str:
        deadline = case.deadline
        assert deadline is not None
        text = t("case.deadline.due", time=short_moment_text(deadline.due, now))
        if deadline.original != deadline.due:
            return f"{text} · {t('case.deadline.original', time=short_moment_text(deadline.original, now))}"
        type_ = reference.type_of(case.type, local_day(case.happened_at))
        term = term_of(type_, case.urgency, deadline.stage) if type_ else None
        if term is None:
            return text
        urgency = t(f"urgency.{case.urgency.value}").lower()
        return f"{text} · {urgency}: {term_text(term.minutes, term.clock.value)}"


def chasing_text(case: Case, reference: Reference, now: datetime) -> str:
    """What comes next on the ladder, and how often the agency was reminded; "" for neither."""
    lines = []
    coming = coming_step(case, reference, now)
    if coming is not None:
        step = coming.step
        people = ", ".join(t(f"whom.{whom.value}") for whom in step.tell)
        name = step.name if language() == "vi" else step.name_en
        at = short_moment_text(coming.at, now)
        lines.append(t("case.chase.next", step=name, time=at, people=people))
    if case.reminders and case.reminded_at is not None and case.status.is_open:
        at = short_moment_text(case.reminded_at, now)
        lines.append(t("case.chase.reminded", n=case.reminders, time=at))
    return "\n".join(lines)


def term_text(minutes: int, clock: str) -> str:
    """A term in words: 90 phút, 4 giờ làm việc, 3 ngày."""
    if minutes % 60 or minutes < 120:
        text = t("time.minutes", n=minutes)
    elif clock == "round" and minutes % 1440 == 0:
        text = t("time.days", n=minutes // 1440)
    else:
        text = t("time.hours", n=minutes // 60)
    return f"{text} {t('case.workingTime')}" if clock == "working" else text
