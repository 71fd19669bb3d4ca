"""Categories (lĩnh vực) and types (loại việc): what a report can be about, and what follows from it."""

from datetime import date
from enum import StrEnum

import msgspec


class Urgency(StrEnum):
    """How pressing a report is; the order of members is the order of rank."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 (low) to 3 (critical)."""
        return list(Urgency).index(self)


class Clock(StrEnum):
    """Which hours count towards a deadline."""

    ROUND = "round"  # round the clock
    WORKING = "working"  # working hours of working days


class Term(msgspec.Struct, frozen=True):
    """A length of time on a clock."""

    minutes: int
    clock: Clock


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One possible answer to a scripted question. Given, it proposes `urgency` and opens the questions
    `opens` (codes of the same type), which are not asked otherwise."""

    code: str
    text: str
    text_en: str
    urgency: Urgency | None = None
    opens: tuple[str, ...] = ()


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A scripted intake question; answered by the digit of its answer's position, or in words where it has no
    answers to choose from."""

    code: str
    text: str
    text_en: str
    answers: tuple[Answer, ...]


class Category(msgspec.Struct, frozen=True, kw_only=True):
    """Upper level (lĩnh vực). `icon` is a key of `icon.names.category` in tokens.json."""

    code: str
    name: str
    name_en: str
    icon: str
    valid_from: date
    valid_to: date | None = None


class ReportType(msgspec.Struct, frozen=True, kw_only=True):
    """Lower level (loại việc): carries defaults, terms by urgency and questions.

    `group` ties types that describe the same trouble, for the duplicate search.
    `keywords` are words and phrases callers use, with diacritics.
    """

    code: str
    category: str
    name: str
    name_en: str
    urgency: Urgency
    assign: dict[Urgency, Term]
    resolve: dict[Urgency, Term]
    sensitive: bool = False
    group: str = ""
    questions: tuple[Question, ...] = ()
    keywords: tuple[str, ...] = ()
    valid_from: date
    valid_to: date | None = None
