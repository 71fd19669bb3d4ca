"""Is it known already? How alike two reports are in place, time, type and words, and why."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

import msgspec

from console.domain.category import ReportType
from console.domain.place import UnitKind
from console.domain.text import fold_text, spelled_words, words

WITHIN = timedelta(days=30)
TOWN_M, COUNTRY_M = 1_000, 3_000
"""How far around a report others are looked for, in metres: in wards and townships, and elsewhere."""

LIKELY = 0.5
"""From this score on a report is shown as probably the same matter; below it, as merely near."""

# Log-odds, fitted to pairs of the practice province, thin and dense, half of them with pins, places, types
# and times told worse than there (`python -m benchmarks.duplicates` measures on others); rounded.
_START, _SAME_TYPE = 3.2, 2.5
_AWAY, _AWAY_M = -2.0, 50.0  # times the logarithm of 1 + metres / 50
_AGO, _AGO_AFTER = -1.6, timedelta(hours=12)
_CROWD = -2.35
_WORDS, _ENOUGH = 1.6, 8.0
"""So many weights of shared words (see `rarity`) are as good as any more."""
SOMEWHERE_M = 300.0
"""How far apart two reports of a commune are taken to be, where one of them has no pin."""

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
    """`score` 0 to 1; `words` are the shared ones, folded, in the order of the first text."""

    score: float
    words: tuple[str, ...]
    same_type: bool

    @property
    def likely(self) -> bool:
        """Probably the same matter, not merely near."""
        return self.score >= LIKELY


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


def rarity(around: Sequence[frozenset[str]]) -> Callable[[str], float]:
    """What a shared word weighs among the reports around: about 2 where one of many has it, 0 where all do.
    On a flood night "nước" says nothing, the name of a lane does."""
    many, said = len(around), Counter(word for texts in around for word in texts)
    return lambda word: math.log((many + 4) / (said[word] + 1)) / math.log(4)


def crowd(around: Iterable[tuple[float | None, timedelta]]) -> float:
    """How much of the kind happens around anyway, out of the distances and ages of what could be the same
    matter: the recent ones that do not lie close by. The more of them, the less a near one proves."""
    return sum(
        1 / (1 + abs(age) / _AGO_AFTER) for metres, age in around if metres is None or metres > SOMEWHERE_M
    )


def score(
    *,
    metres: float | None,
    reach: float,
    age: timedelta,
    one: ReportType | None,
    other: ReportType | None,
    text: tuple[str, ...],
    other_text: frozenset[str],
    weigh: Callable[[str], float] = lambda _word: 1.0,
    crowded: float = 0.0,
) -> Likeness | None:
    """How alike a report (`one`, `text`: its `telling_words`) and an earlier one are. `metres` None: one of
    them has no pin, and both are of one commune. `weigh`: see `rarity`; `crowded`: see `crowd`.

    None where they cannot be the same matter: farther than `reach` metres, more than 30 days apart, or of
    another group of types. Without a type yet, any type may be it.
    """
    far = metres is not None and metres > reach
    if far or abs(age) > WITHIN or (one is not None and not same_group(one, other)):
        return None
    shared = tuple(w for w in text if w in other_text)
    same = one is not None and other is not None and one.code == other.code
    odds = (
        _START
        + _AWAY * math.log1p((SOMEWHERE_M if metres is None else metres) / _AWAY_M)
        + _AGO * math.log1p(abs(age) / _AGO_AFTER)
        + _SAME_TYPE * same
        + _WORDS * min(1.0, sum(map(weigh, shared)) / _ENOUGH)
        + _CROWD * math.log1p(crowded)
    )
    return Likeness(1 / (1 + math.exp(-odds)), shared, same)
