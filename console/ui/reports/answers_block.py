"""What callers answered to the questions of the commonest types, as a table of its own."""

from collections.abc import Callable

from console.domain.answer_keys import question_of
from console.domain.category import ReportType
from console.domain.figures.figures import Answered, Figures
from console.domain.reference import Reference
from console.ui.reports.document import Block, Cell, Column, Table
from console.ui.reports.numbers import count, share
from console.ui.words import language, t


def answers_block(
    figures: Figures, reference: Reference, name_of: Callable[[str], str], most: int
) -> tuple[Block, ...]:
    """Of the `most` commonest types; none where nothing was answered. An answer that the lists do not know
    may be a caller's own words: it is counted as "answered"."""
    rows: list[tuple[Cell, ...]] = []
    for kind in figures.types[:most]:
        known = reference.type_of(kind.code, figures.period.last)
        told = [answered for answered in figures.answers if answered.type == kind.code]
        for question, answer, n in _lines(known, told):
            of = sum(each for asked, _, each in _lines(known, told) if asked == question)
            rows.append((Cell(name_of(kind.code)), Cell(question), Cell(answer), count(n), share(n, of)))
    if not rows:
        return ()
    columns = (
        Column(t("period.col.type"), 2.2, right=False),
        Column(t("period.col.question"), 3.2, right=False),
        Column(t("period.col.answer"), 2, right=False),
        Column(t("period.col.count")),
        Column(t("period.col.share")),
    )
    note = t("period.answers.note", n=most)
    return (Block(title=t("period.answers.title"), note=note, table=Table(columns, tuple(rows))),)


def _lines(kind: ReportType | None, told: list[Answered]) -> list[tuple[str, str, int]]:
    """Question, answer, how many; in the order in which the type asks."""
    by_key = {one.key: one.n for one in told}
    found: list[tuple[str, str, int]] = []
    for question in kind.questions if kind else ():
        text = question.text if language() == "vi" else question.text_en
        for answer in question.answers:
            if n := by_key.pop(f"{question.code}={answer.code}", 0):
                found.append((text, answer.text if language() == "vi" else answer.text_en, n))
        others = [key for key in by_key if question_of(key) == question.code]
        if n := sum(by_key.pop(key) for key in others):
            found.append((text, t("list.answered"), n))
    return found
