"""Categories and types out of source/*.txt, with questions and term profiles out of source/*.toml."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from console.domain.category import Answer, Category, Clock, Question, ReportType, Term, Urgency
from resources.build.places import SOURCE, START


def rows(file: Path) -> list[list[str]]:
    """Lines of fields parted by bars; # begins a comment line."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [[f.strip() for f in line.split("|")] for line in lines if line and not line.startswith("#")]


def categories() -> list[Category]:
    """All categories."""
    return [
        Category(code=code, icon=icon, name=vi, name_en=en, valid_from=START)
        for code, icon, vi, en in rows(SOURCE / "categories.txt")
    ]


def _term(text: str) -> Term:
    return Term(int(text[:-1]), Clock.ROUND if text[-1] == "R" else Clock.WORKING)


def _terms(profile: dict[str, list[str]], which: int) -> dict[Urgency, Term]:
    return {u: _term(profile[u.value][which]) for u in Urgency}


def _answer(row: list[str], opens: list[str]) -> Answer:
    urgency = Urgency(row[3]) if len(row) > 3 else None
    return Answer(code=row[0], text=row[1], text_en=row[2], urgency=urgency, opens=tuple(opens))


def _questions(named: str, bank: dict[str, Any]) -> Iterator[Question]:
    """A question of the bank and, behind it, those that its answers open; `named` may add one of its own."""
    code, *more = named.split("/")
    opens = {answer: list(codes) for answer, codes in bank[code].get("opens", {}).items()}
    for answer, extra in zip(more[::2], more[1::2], strict=True):
        opens.setdefault(answer, []).append(extra)
    raw = bank[code]
    answers = tuple(_answer(row, opens.get(row[0], [])) for row in raw["answers"])
    yield Question(code=code, text=raw["vi"], text_en=raw["en"], answers=answers)
    for below in dict.fromkeys(code for codes in opens.values() for code in codes):
        yield from _questions(below, bank)


def types() -> list[ReportType]:
    """All types, with everything that follows from them."""
    bank = tomllib.loads((SOURCE / "questions.toml").read_text(encoding="utf-8"))
    profiles = tomllib.loads((SOURCE / "profiles.toml").read_text(encoding="utf-8"))
    made = []
    for code, urgency, profile, group, flag, vi, en, questions, keywords in rows(SOURCE / "types.txt"):
        made.append(
            ReportType(
                code=code,
                category=code.split(".")[0],
                name=vi,
                name_en=en,
                urgency=Urgency(urgency),
                assign=_terms(profiles[profile], 0),
                resolve=_terms(profiles[profile], 1),
                sensitive=flag == "s",
                group=group,
                questions=tuple(q for named in questions.split(", ") for q in _questions(named, bank)),
                keywords=tuple(keywords.split("; ")),
                valid_from=START,
            )
        )
    return made
