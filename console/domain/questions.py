"""Which scripted questions are asked: a type's own, and those that an answer opens below its question."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from console.domain.category import Question, ReportType

Opens = Callable[[Question], Iterable[str]]


def fits(question: Question, answer: str | None) -> bool:
    """Whether it answers the question: one of its answers, or any words where it is answered in words."""
    if not question.answers:
        return bool(answer and answer.strip())
    return any(answer == one.code for one in question.answers)


def laid_out(kind: ReportType) -> tuple[tuple[Question, int], ...]:
    """Every question at its place, asked or not, with how many branches deep it is."""
    return tuple(_walk(kind, _any_branch))


def asked(kind: ReportType, answers: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions that are open to be asked, in order: a branch follows the question that opened it."""

    def opened(question: Question) -> Iterable[str]:
        given = answers.get(question.code)
        return next((one.opens for one in question.answers if one.code == given), ())

    return tuple(question for question, _ in _walk(kind, opened))


def pruned(kind: ReportType, answers: Mapping[str, str]) -> dict[str, str]:
    """What is saved: answers that fit questions that are asked. The draft keeps the others, for changing
    back."""
    return {q.code: answers[q.code] for q in asked(kind, answers) if fits(q, answers.get(q.code))}


def consistent(kind: ReportType, answers: Mapping[str, str]) -> dict[str, str]:
    """What was answered, in the order of asking, without branches that a known answer closes.

    Codes that this reference does not know come last, as they are: lists change while a report waits, and an
    unknown answer may well open what stands below it.
    """
    closed = _closed(kind, answers)
    order = [question.code for question, _ in laid_out(kind)]
    known = {code: answers[code] for code in order if code in answers and code not in closed}
    return known | {
        code: given for code, given in answers.items() if code not in known and code not in closed
    }


def _closed(kind: ReportType, answers: Mapping[str, str]) -> set[str]:
    closed = set[str]()
    for question, _ in laid_out(kind):
        branch = set(_any_branch(question))
        if question.code in closed:
            closed |= branch
            continue
        chosen = next((one for one in question.answers if one.code == answers.get(question.code)), None)
        if chosen is not None:
            closed |= branch - set(chosen.opens)
    return closed


def _any_branch(question: Question) -> Iterable[str]:
    return dict.fromkeys(code for answer in question.answers for code in answer.opens)


def _walk(kind: ReportType, opens: Opens) -> Iterator[tuple[Question, int]]:
    """From the questions that none opens, each once: also lists that go round in a circle come to an end."""
    by_code = {question.code: question for question in kind.questions}
    inner = {code for question in kind.questions for code in _any_branch(question)}
    seen = set[str]()

    def visit(question: Question, depth: int) -> Iterator[tuple[Question, int]]:
        if question.code in seen:
            return
        seen.add(question.code)
        yield question, depth
        for code in opens(question):
            if code in by_code:
                yield from visit(by_code[code], depth + 1)

    for question in kind.questions:
        if question.code not in inner:
            yield from visit(question, 0)


def unreachable(kind: ReportType) -> list[str]:
    """Codes of questions that no way of answering leads to: they open one another."""
    reached = {question.code for question, _ in laid_out(kind)}
    return [question.code for question in kind.questions if question.code not in reached]
