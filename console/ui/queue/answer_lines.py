"""The list with what callers answered, for files: a column for each question of the one type that the filter
asks for, else one for all. What was answered in words is said to be answered, without the words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from console.desk.rows import QueueRow
from console.domain.answer_keys import question_of
from console.domain.category import ReportType
from console.domain.reference import Reference
from console.ui.queue.cells import Words
from console.ui.queue.lines import Lines
from console.ui.words import language, t


class _Said(NamedTuple):
    """Of an answer's key: the question and the answer in words, or their codes."""

    question: str
    answer: str


class AnswerLines(Lines):
    """`types`: of the filter. `take` what was answered before the rows of it are asked for."""

    def __init__(
        self, names: Sequence[str], words: Words, now: datetime, reference: Reference, types: Sequence[str]
    ) -> None:
        super().__init__(names, words, now)
        self._reference, self._answers = reference, dict[str, tuple[str, ...]]()
        kind = reference.type(types[0]) if len(types) == 1 else None
        self._questions = tuple(question.code for question in kind.questions) if kind else ()
        self._kind = kind

    def take(self, answers: Mapping[str, tuple[str, ...]]) -> None:
        """Keys of answers by case."""
        self._answers = dict(answers)

    @property
    def heads(self) -> list[str]:
        more = [_question(self._kind, code) for code in self._questions]
        return [*super().heads, *(more or [t("list.answers")])]

    def of(self, row: QueueRow) -> list[str]:
        kind, keys = self._reference.type(row.type), self._answers.get(row.id, ())
        said = {question_of(key): _said(kind, key) for key in keys}
        if self._questions:
            more = [said[code].answer if code in said else "" for code in self._questions]
        else:
            more = ["; ".join(f"{one.question} {one.answer}" for one in _asked_order(kind, said))]
        return [*super().of(row), *more]


def _asked_order(kind: ReportType | None, said: Mapping[str, _Said]) -> Iterable[_Said]:
    """As the type asks them, those it does not know last."""
    known = [question.code for question in kind.questions if question.code in said] if kind else []
    return (said[code] for code in dict.fromkeys([*known, *said]))


def _question(kind: ReportType | None, code: str) -> str:
    found = next((one for one in kind.questions if one.code == code), None) if kind else None
    return code if found is None else found.text if language() == "vi" else found.text_en


def _said(kind: ReportType | None, key: str) -> _Said:
    code, _, given = key.partition("=")
    if not given:
        return _Said(_question(kind, code), t("list.answered"))
    questions = [one for one in kind.questions if one.code == code] if kind else []
    answer = next((one for question in questions for one in question.answers if one.code == given), None)
    said = given if answer is None else answer.text if language() == "vi" else answer.text_en
    return _Said(_question(kind, code), said)
