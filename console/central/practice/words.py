"""The words and habits that practice reports are made of, read once from resources/practice."""

import tomllib
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "practice"


class Saying(msgspec.Struct, frozen=True):
    """What is said about one type: whole sentences with slots, and a short title for each."""

    titles: tuple[str, ...]
    says: tuple[str, ...]


class Frame(msgspec.Struct, frozen=True):
    """What stands before and after a sentence."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class Lines(msgspec.Struct, frozen=True):
    """lines.toml: slot words, frames by manner, and what is written in a case's later life."""

    since: tuple[str, ...]
    hours: tuple[str, ...]
    depth: tuple[str, ...]
    hazard: tuple[str, ...]
    phone: Frame
    written: Frame
    acts: dict[str, tuple[str, ...]]
    results: dict[str, tuple[str, ...]]


class Names(msgspec.Struct, frozen=True):
    """people.toml."""

    family: tuple[str, ...]
    middle_man: tuple[str, ...]
    middle_woman: tuple[str, ...]
    given_man: tuple[str, ...]
    given_woman: tuple[str, ...]


class Slips(msgspec.Struct, frozen=True):
    """slips.toml: shares of written texts, and abbreviations by word."""

    shares: dict[str, float]
    short: dict[str, tuple[str, ...]]


class Night(msgspec.Struct, frozen=True):
    """Hours that were different: `share` of all reports fall into them, `phone` of these by phone."""

    begin: datetime
    end: datetime
    share: float
    phone: float
    districts: dict[str, float]
    types: dict[str, float]


class Habits(msgspec.Struct, frozen=True):
    """habits.toml."""

    roadside: tuple[str, ...]
    kinds: dict[str, frozenset[str]]
    weights: dict[str, float]
    nights: tuple[Night, ...]


class Words(msgspec.Struct, frozen=True):
    """All of them."""

    sayings: dict[str, Saying]
    lines: Lines
    names: Names
    slips: Slips
    habits: Habits


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def words() -> Words:
    """Read at the first call. Raises msgspec.ValidationError where a file lacks something."""
    return msgspec.convert(
        {
            "sayings": _read("sentences.toml"),
            "lines": _read("lines.toml"),
            "names": _read("people.toml"),
            "slips": _read("slips.toml"),
            "habits": _read("habits.toml"),
        },
        Words,
    )
