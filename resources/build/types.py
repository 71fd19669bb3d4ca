"""Categories and types out of source/*.txt, with questions and term profiles out of source/*.toml."""

import tomllib
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


def _answer(row: list[str]) -> Answer:
    urgency = Urgency(row[3]) if len(row) > 3 else None
    return Answer(code=row[0], text=row[1], text_en=row[2], urgency=urgency)


def _question(code: str, raw: dict[str, Any]) -> Question:
    answers = tuple(_answer(row) for row in raw["answers"])
    return Question(code=code, text=raw["vi"], text_en=raw["en"], answers=answers)


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
                questions=tuple(_question(q, bank[q]) for q in questions.split(", ")),
                keywords=tuple(keywords.split("; ")),
                valid_from=START,
            )
        )
    return made
