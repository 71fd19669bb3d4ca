"""The case as one reads it: head, deadline, facts, reporter, words, answers, timeline."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from console.desk.presence import Present
from console.desk.rows import CaseView
from console.domain.case import Case, Channel
from console.domain.questions import consistent
from console.domain.reference import Reference
from console.domain.zone import local_day
from console.ui.case.approval_band import ApprovalBand
from console.ui.case.company_line import CompanyLine
from console.ui.case.deadline_section import DeadlineSection
from console.ui.case.event_text import agency_text
from console.ui.case.parts_of import PartsSection
from console.ui.case.related_of import RelatedSection
from console.ui.case.reporter_line import ReporterLine
from console.ui.case.timeline import Timeline
from console.ui.files.file_strip import FileStrip
from console.ui.parts.buttons import KeyButton
from console.ui.parts.chip import StatusChip
from console.ui.parts.text import OneLine, flow, label, rule
from console.ui.parts.time_text import exact_text, moment_text
from console.ui.parts.urgency_mark import UrgencyMark, urgency_text
from console.ui.theme import Theme
from console.ui.words import language, t

FACTS = (
    "agency",
    "supporting",
    "instruction",
    "place",
    "reporter",
    "released",
    "related",
    "result",
    "public",
    "question",
)


class CaseSheet(QWidget):
    """Filled by `show_view`; never asks the desk itself."""

    reveal_asked = Signal(str)
    go_to = Signal(str)
    outbox_wanted = Signal()
    copied = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._case_id = ""
        self._parent = ""  # the case this one was merged into
        self.setProperty("fill", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 14)
        self._column.setSpacing(0)
        self._head()
        self.approval = ApprovalBand(theme)
        self._column.addWidget(self.approval)
        self.deadline = DeadlineSection(theme)
        self._deadline_rule = self._section(self.deadline)
        self._facts()
        self._words()
        self.files = FileStrip(theme)
        self._section(self.files)
        self.timeline = Timeline(theme)
        self._timeline_section()
        self._column.addStretch(1)

    # building

    def _section(self, *widgets: QWidget, ruled: bool = True) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        for widget in widgets:
            column.addWidget(widget)
        self._column.addWidget(holder)
        if ruled:
            self._column.addWidget(rule())
        return holder

    def _head(self) -> None:
        self.number: QLabel = label(type="bodyStrong")
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = KeyButton(self._theme, "", icon="action.copy", kind="quiet", height="hitTargetMin")
        self.copy.setAccessibleName(t("case.copy"))
        self.copy.setToolTip(t("case.copy"))
        self.copy.clicked.connect(self._copy)
        self.came = OneLine("small", "muted")
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.number)
        top.addWidget(self.copy)
        top.addWidget(self.came, 1)
        self.title: QLabel = label(type="title", wrap=True)
        self.status = StatusChip(self._theme)
        self.urgency = UrgencyMark(self._theme)
        self.urgency_text: QLabel = label()
        self.kind = OneLine(tone="muted")
        marks = QHBoxLayout()
        marks.setSpacing(7)
        for widget in (self.status, self.urgency, self.urgency_text):
            marks.addWidget(widget)
        marks.addWidget(self.kind, 1)
        self.company = CompanyLine(self._theme)
        self.outbox = KeyButton(self._theme, t("case.attention"), icon="sync.rejected")
        self.outbox.clicked.connect(self.outbox_wanted)
        holder = self._section()
        column = holder.layout()
        assert isinstance(column, QVBoxLayout)
        column.addLayout(top)
        column.addWidget(self.title)
        column.addLayout(marks)
        column.addWidget(self.company)
        column.addWidget(self.outbox)

    def _facts(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self.reporter = ReporterLine(self._theme)
        self.reporter.asked.connect(self.reveal_asked)
        self.related = KeyButton(self._theme, "", icon="action.merge", kind="quiet", height="hitTargetMin")
        self.facts: dict[str, tuple[QLabel, QWidget]] = {}
        for row, name in enumerate(FACTS):
            head = label(t(f"case.fact.{name}"), tone="muted")
            head.setAlignment(Qt.AlignmentFlag.AlignTop)
            if name == "reporter":  # level with the words beside the eye
                head.setContentsMargins(0, 4, 0, 0)
                self.reporter.text.setContentsMargins(0, 4, 0, 0)
            value: QWidget = self.reporter if name == "reporter" else label(wrap=True)
            if name == "related":
                value = self.related
            if isinstance(value, QLabel):
                value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                value.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(head, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
            self.facts[name] = (head, value)
        holder = QWidget()
        holder.setLayout(grid)
        self.related.clicked.connect(lambda: self.go_to.emit(self._parent))
        self.parts = PartsSection(self._theme)
        self.parts.go_to.connect(self.go_to)
        self.related_cases = RelatedSection(self._theme)
        self.related_cases.go_to.connect(self.go_to)
        self._section(holder, self.parts, self.related_cases)

    def _words(self) -> None:
        self.description: QLabel = label(wrap=True)
        self.description.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.answers_head = label(t("intake.questions"), "label", "muted")
        self.answers: QLabel = label(wrap=True)
        head = label(t("intake.content"), "label", "muted")
        self._section(head, self.description, self.answers_head, self.answers)

    def _timeline_section(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(t("case.timeline"), "section"))
        head.addStretch(1)
        head.addWidget(label(t("case.timeline.order"), "small", "subtle"))
        holder = self._section(ruled=False)
        column = holder.layout()
        assert isinstance(column, QVBoxLayout)
        column.addLayout(head)
        column.addWidget(self.timeline)

    # filling

    def show_view(self, view: CaseView, reference: Reference, now: datetime, may_reveal: str) -> None:
        """Fill everything. `may_reveal`: why the contact cannot be shown, "" when it can."""
        case = view.case
        same = case.id == self._case_id
        self._case_id = case.id
        self.number.setText(case.number)
        self.came.setText(came_text(case, now))
        self.came.setToolTip(t("case.happened", time=exact_text(case.happened_at)))
        self.title.setText(case.title)
        self.status.set_status(view.row.display_status)
        self.urgency.set_urgency(case.urgency)
        self.urgency_text.setText(urgency_text(case.urgency))
        self.kind.setText(kind_text(case, reference))
        self.outbox.setVisible(view.row.attention)
        if not (same and self.reporter.full):
            self.reporter.show_masked(case.reporter, may_reveal, case.callers)
        self._fill_facts(view, reference)
        flow(self.description, case.description)
        self._fill_answers(case, reference)
        self.tick(view, reference, now)

    def show_company(self, present: Sequence[Present]) -> None:
        """Who else has it open."""
        self.company.show_present(present)

    def tick(self, view: CaseView, reference: Reference, now: datetime) -> None:
        """What changes with time alone."""
        self.deadline.show_case(view, reference, now)
        self._deadline_rule.setVisible(not self.deadline.isHidden())
        self.timeline.show_view(view, reference, now)

    def _fill_facts(self, view: CaseView, reference: Reference) -> None:
        case = view.case
        lead = reference.agency(case.lead) if case.lead else None
        texts = {
            "agency": lead.name if lead else case.lead or t("queue.unassigned"),
            "supporting": supporting_text(case, reference),
            "released": ", ".join(agency_text(code, reference) for code in case.released_to),
            "instruction": case.instruction,
            "place": view.row.place or case.place.text,
            "result": case.result,
            "public": case.public_answer and f"{case.public_answer} ({published_text(case)})",
            "question": case.question,
        }
        for name, text in texts.items():
            head, value = self.facts[name]
            assert isinstance(value, QLabel)
            flow(value, text)
            head.setVisible(bool(text))
            value.setVisible(bool(text))
        self._fill_related(view)

    def _fill_related(self, view: CaseView) -> None:
        self._parent = view.case.merged_into or ""
        for widget in self.facts["related"]:
            widget.setVisible(bool(self._parent))
        self.related.relabel(t("case.mergedInto", number=view.merged_number or t("case.anotherReport")))

    def _fill_answers(self, case: Case, reference: Reference) -> None:
        text = answers_text(case, reference)
        flow(self.answers, text)
        self.answers.setVisible(bool(text))
        self.answers_head.setVisible(bool(text))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.number.text())
        self.copied.emit(self.number.text())


def came_text(case: Case, now: datetime) -> str:
    """How it came in, when, and how often somebody has called about it."""
    parts = [t(f"channel.{case.channel.value}"), moment_text(case.entered_at, now)]
    if case.calls_again:
        parts.append(t("case.calls", n=case.calls_again + (case.channel is Channel.PHONE)))
    return "".join(f"· {part} " for part in parts).rstrip()


def supporting_text(case: Case, reference: Reference) -> str:
    """The agencies, each with what it alone is asked for on a line of its own."""
    if not case.instructions:
        return ", ".join(agency_text(code, reference) for code in case.supporting)
    named = ((agency_text(code, reference), case.instructions.get(code, "")) for code in case.supporting)
    return "\n".join(f"{name}: {words}" if words else name for name, words in named)


def published_text(case: Case) -> str:
    """Whether the answer is public."""
    return t("case.published" if case.published else "case.unpublished")


def kind_text(case: Case, reference: Reference) -> str:
    """Category and type in words."""
    type_ = reference.type_of(case.type, local_day(case.happened_at))
    if type_ is None:
        return case.type
    category = reference.category(type_.category)
    vietnamese = language() == "vi"
    name = type_.name if vietnamese else type_.name_en
    if category is None:
        return name
    return f"{category.name if vietnamese else category.name_en} · {name}"


def answers_text(case: Case, reference: Reference) -> str:
    """Questions with their answers, a line each, as the type asked them on the day of the case; codes that
    are not known are left as they are."""
    type_ = reference.type_of(case.type, local_day(case.happened_at))
    questions = {q.code: q for q in type_.questions} if type_ else {}
    vietnamese = language() == "vi"
    lines = []
    for code, given in (consistent(type_, case.answers) if type_ else case.answers).items():
        question = questions.get(code)
        answers = {a.code: a for a in question.answers} if question else {}
        asked = (question.text if vietnamese else question.text_en) if question else code
        answer = answers.get(given)
        lines.append(f"{asked} {(answer.text if vietnamese else answer.text_en) if answer else given}")
    return "\n".join(lines)
