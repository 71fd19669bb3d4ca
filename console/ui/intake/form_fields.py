"""The fields of the intake form and how they are laid out. What they do is `form`'s."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QWidget

from console.domain.category import Urgency
from console.domain.form import Frame
from console.ui.files.file_strip import FileStrip
from console.ui.intake.advice_line import AdviceLine
from console.ui.intake.content_edit import ContentEdit
from console.ui.intake.field_frame import FieldFrame
from console.ui.intake.fields import Field
from console.ui.intake.frames import Frames, tab_stops
from console.ui.intake.intake_state import IntakeState
from console.ui.intake.questions_block import QuestionsBlock
from console.ui.intake.segments import Segments
from console.ui.intake.suggestions import (
    commune_suggestions,
    intake_phrases,
    place_suggestions,
    type_suggestions,
)
from console.ui.intake.taken_at import TakenAt
from console.ui.parts.buttons import KeyButton
from console.ui.parts.choice import TickBox
from console.ui.parts.phrases import Phrases
from console.ui.parts.suggest_box import SuggestBox, TypedLine
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t

URGENCIES = tuple(Urgency)


class FormFields(QScrollArea):
    """Every field as an attribute, and `widgets` by Field."""

    def __init__(self, theme: Theme, state: IntakeState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.state = theme, state
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._make_what()
        self._make_where()
        self._make_who()
        self.widgets: dict[Field, QWidget] = {
            Field.TYPE: self.type,
            Field.CONTENT: self.content,
            Field.PLACE: self.place,
            Field.COMMUNE: self.commune,
            Field.URGENCY: self.urgency,
            Field.PHONE: self.phone,
            Field.NAME: self.name,
            Field.ADDRESS: self.address,
            Field.NOTE: self.note,
        }
        self._lay()
        self.dress()
        theme.changed.connect(self.dress)

    def dress(self) -> None:
        """Sizes that follow the text scale."""
        self.content.setFixedHeight(self.theme.px(112))

    def _make_what(self) -> None:
        self.type = SuggestBox(self.theme, lambda text: type_suggestions(self.state, text))
        self.type.setPlaceholderText(t("intake.type.hint"))
        self.f_type = FieldFrame(t("intake.type"), "L", self.type, required=True)
        self.advice = AdviceLine(self.theme, self.state)
        self.f_type.underline(self.advice)
        self.questions = QuestionsBlock(self.theme, self)
        self.content = ContentEdit()
        self.f_content = FieldFrame(
            t("intake.content"), "N", self.content, required=True, hint=t("intake.phrases.hint")
        )
        self.phrases = [Phrases(self.content, lambda: intake_phrases(self.state))]
        self.saved = label(type="small", tone="subtle")
        self.f_content.head.addWidget(self.saved)
        self.attach = KeyButton(self.theme, t("files.attach"), "Ctrl U", "action.attach", "quiet")
        self.attach.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.f_content.head.addWidget(self.attach)
        self.files = FileStrip(self.theme, bare=True)
        self.taken_at = TakenAt(self.theme)

    def _make_where(self) -> None:
        self.place = SuggestBox(self.theme, lambda text: place_suggestions(self.state, text))
        self.place.setPlaceholderText(t("intake.place.example"))
        self.commune = SuggestBox(self.theme, lambda text: commune_suggestions(self.state, text))
        self.commune.setPlaceholderText(t("intake.commune"))
        self.pin = KeyButton(self.theme, t("intake.pin"), "Ctrl M", kind="quiet")
        self.pin.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.as_pinned = KeyButton(self.theme, t("intake.asPinned"), "Alt Y", kind="secondary")
        self.as_pinned.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        keys = QWidget()
        row = QHBoxLayout(keys)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.as_pinned)
        row.addWidget(self.pin)
        self.as_pinned.setVisible(False)
        body = QWidget()
        grid = _grid(body, (25, 16))
        grid.addWidget(self.place, 0, 0)
        grid.addWidget(self.commune, 0, 1)
        self.f_place = FieldFrame(
            t("intake.place"), "M", body, required=True, hint=t("intake.place.hint"), beside=keys
        )
        self.urgency = Segments(self.theme, [t(f"urgency.{u.value}") for u in URGENCIES], False)
        self.urgency.set_name(t("col.urgency"))
        self.f_urgency = FieldFrame(t("col.urgency"), "K", self.urgency)

    def _make_who(self) -> None:
        self.phone, self.name, self.address = TypedLine(), TypedLine(), TypedLine()
        self.callback = TickBox(self.theme, t("intake.callbackOk"), letter="I")
        self.anonymous = TickBox(self.theme, t("intake.anonymous"), letter="D")
        body = QWidget()
        grid = _grid(body, (5, 6, 8))
        for column, (line, key) in enumerate(
            ((self.phone, "phone"), (self.name, "name"), (self.address, "address"))
        ):
            line.setPlaceholderText(t(f"intake.reporter.{key}"))
            line.setAccessibleName(t(f"intake.reporter.{key}"))
            grid.addWidget(line, 0, column)
        self.f_reporter = FieldFrame(
            t("intake.reporter"), "P", body, required=True, hint=t("intake.reporter.hint")
        )
        for box in (self.callback, self.anonymous):
            self.f_reporter.head.addWidget(box)
        self.note = TypedLine()
        self.note.setPlaceholderText(t("intake.note.example"))
        self.phrases.append(Phrases(self.note, lambda: intake_phrases(self.state)))
        self.f_note = FieldFrame(t("intake.internalNote"), "B", self.note, hint=t("intake.note.hint"))

    def _lay(self) -> None:
        self.frames = Frames(
            {
                "type": (self.f_type,),
                "questions": (self.questions,),
                "content": (self.f_content, self.files, self.taken_at),
                "place": (self.f_place,),
                "urgency": (self.f_urgency,),
                "reporter": (self.f_reporter,),
                "note": (self.f_note,),
            }
        )
        self.setWidget(self.frames)

    def arrange(self, frames: tuple[Frame, ...], new_questions: bool) -> None:
        """Lay the form out by its data; the same again, with the same questions, changes nothing."""
        if self.frames.arrange(frames):
            left_out = {part for frame in frames for part in frame.without}
            wanted = {part for frame in frames for part in frame.required}
            self.pin.setVisible("pin" not in left_out)
            self.f_note.set_required("note" in wanted)
            self.questions.set_required("questions" in wanted)
            for key, line in (("name", self.name), ("address", self.address)):
                line.setVisible(key not in left_out or line.hasFocus())
                asked = f" · {t('intake.required')}" if key in wanted else ""
                line.setPlaceholderText(t(f"intake.reporter.{key}") + asked)
        elif not new_questions:
            return
        self.frames.chain(
            {
                "type": (self.type,),
                "questions": self.questions.stops,
                "content": (self.content, *tab_stops(self.files, self.taken_at)),
                "place": (self.place, self.commune),
                "urgency": (self.urgency,),
                "reporter": (self.phone, self.name, self.address, self.callback, self.anonymous),
                "note": (self.note,),
            }
        )


def _grid(body: QWidget, shares: tuple[int, ...]) -> QGridLayout:
    grid = QGridLayout(body)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(8)
    for column, share in enumerate(shares):
        grid.setColumnStretch(column, share)
    return grid
