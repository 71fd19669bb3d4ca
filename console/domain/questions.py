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
    branches = _branches(kind)
    return tuple(_walk(kind, branches, lambda question: branches.get(question.code, ())))


def asked(kind: ReportType, answers: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions that are open to be asked, in order: a branch follows the question that opened it."""

    def opened(question: Question) -> Iterable[str]:
        given = answers.get(question.code)
        return next((one.opens for one in question.answers if one.code == given), ())

    return tuple(question for question, _ in _walk(kind, _branches(kind), opened))


def pruned(kind: ReportType, answers: Mapping[str, str]) -> dict[str, str]:
    """What is saved: answers that fit questions that are asked. The draft keeps the others, for changing
    back."""
    return {q.code: answers[q.code] for q in asked(kind, answers) if fits(q, answers.get(q.code))}


def consistent(kind: ReportType, answers: Mapping[str, str]) -> dict[str, str]:
    """What was answered, in the order of asking, without branches that a known answer closes.

    Codes that this reference does not know come last, as they are: lists change while a report waits, and an
    unknown answer may well open what stands below it.
    """
    if not answers:
        return {}
    branches, closed, kept = _branches(kind), set[str](), dict[str, str]()
    for question, _ in laid_out(kind):
        code, given = question.code, answers.get(question.code)
        if code in closed:
            closed.update(branches.get(code, ()))
            continue
        if given is not None:
            kept[code] = given
        chosen = (
            next((one for one in question.answers if one.code == given), None) if code in branches else None
        )
        if chosen is not None:
            closed.update(below for below in branches[code] if below not in chosen.opens)
    kept.update((code, given) for code, given in answers.items() if code not in kept and code not in closed)
    return kept


def _branches(kind: ReportType) -> dict[str, tuple[str, ...]]:
    """Questions that open others, with all that any of their answers opens."""
    opening = ((q.code, tuple(code for one in q.answers for code in one.opens)) for q in kind.questions)
    return {code: tuple(dict.fromkeys(below)) for code, below in opening if below}


def _walk(
    kind: ReportType, branches: Mapping[str, Iterable[str]], opens: Opens
) -> Iterator[tuple[Question, int]]:
    """From the questions that none opens, each once: also lists that go round in a circle come to an end."""
    by_code = {question.code: question for question in kind.questions}
    inner = {code for below in branches.values() for code in below}
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
