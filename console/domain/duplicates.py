"""Is it known already? How alike two reports are in place, time, type and words, and why."""

import re
from datetime import timedelta

import msgspec

from console.domain.category import ReportType
from console.domain.place import UnitKind
from console.domain.text import fold_text, spelled_words, words

WITHIN = timedelta(days=30)
TOWN_M, COUNTRY_M = 1_000, 3_000
"""How far around a report others are looked for, in metres: in wards and townships, and elsewhere."""

NEAR, RECENT, TYPE, WORDS = 0.4, 0.2, 0.15, 0.25
"""Weights of the four likenesses; they add up to 1."""
ENOUGH_WORDS = 4
"""So many shared words are as good as any more."""

_SAYING_NOTHING = """
a ai anh ba bac ban bao bi boi cai cac can cao chi chieu cho chu chua chung co con cua cung cuc da
dang day de den di do duoc em gi gio gan hay hien hom ho khi khong la lai lam len luc lun ma moi mot
nay nen nha nguoi nhieu nhung nho o oi phan qua ra rat roi sang sau se tai the thi thay toi trong
tren truoc tu tui va van vao ve vi voi vua xin xuong y
"""
STOP_WORDS = frozenset(_SAYING_NOTHING.split())
"""Folded words that say nothing about the matter."""
_BREAK = re.compile(r"[^\w\s]+")


class Likeness(msgspec.Struct, frozen=True):
    """`score` 0 to 1; `words` are the shared ones, folded, in the order of the first text; `reasons` are
    codes, strongest first: near, words, recent, same_type, same_group."""

    score: float
    words: tuple[str, ...]
    reasons: tuple[str, ...]


def reach_m(kind: UnitKind | None) -> int:
    """How far around a report in such a commune others are looked for, in metres."""
    return TOWN_M if kind in (UnitKind.WARD, UnitKind.TOWNSHIP) else COUNTRY_M


def telling_words(text: str) -> tuple[str, ...]:
    """The folded words of a text that say something, each once, in order."""
    return tuple(w for w in dict.fromkeys(words(text)) if len(w) > 1 and w not in STOP_WORDS)


def shared_phrases(text: str, shared: frozenset[str]) -> tuple[str, ...]:
    """The `shared` (folded) words as `text` spells them, neighbours together, the longest phrase first."""
    phrases = list[list[str]]()
    for clause in _BREAK.split(text):
        run = list[str]()
        for word in (*spelled_words(clause), ""):
            if fold_text(word) in shared:
                run.append(word.lower())
            elif run:
                phrases.append(run)
                run = []
    phrases.sort(key=lambda phrase: -len(phrase))
    return tuple(dict.fromkeys(" ".join(phrase) for phrase in phrases))


def same_group(one: ReportType | None, other: ReportType | None) -> bool:
    """Whether two types may describe the same trouble."""
    if one is None or other is None:
        return False
    return one.code == other.code or bool(one.group and one.group == other.group)


def score(
    *,
    metres: float,
    reach: float,
    age: timedelta,
    one: ReportType | None,
    other: ReportType | None,
    text: tuple[str, ...],
    other_text: frozenset[str],
) -> Likeness | None:
    """How alike a report (`one`, `text`: its `telling_words`) and an earlier one are.

    None where they cannot be the same matter: farther than `reach` metres, more than 30 days apart, or of
    another group of types. Without a type yet, any type may be it.
    """
    if metres > reach or abs(age) > WITHIN or (one is not None and not same_group(one, other)):
        return None
    shared = tuple(w for w in text if w in other_text)
    same = one is not None and other is not None and one.code == other.code
    parts = {
        "near": NEAR * (1 - metres / reach),
        "words": WORDS * min(1.0, len(shared) / ENOUGH_WORDS),
        "recent": RECENT * (1 - abs(age) / WITHIN),
        "same_type" if same else "same_group": TYPE * same,
    }
    reasons = sorted((name for name, part in parts.items() if part > 0.05), key=lambda n: -parts[n])
    if one is not None and not same:
        reasons.append("same_group")
    return Likeness(sum(parts.values()), shared, tuple(reasons))
