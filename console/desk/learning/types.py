"""Which type a text tells of, by how past cases were told and by the names and keywords of the types.

Counts alone are kept: how many of the learnt cases of each type hold each feature. What a feature tells is
worked out when it is asked for, so a case learnt a moment ago counts in the next answer, and nothing has to
be trained anew. A hundred features by a hundred types are one small table: some tenths of a millisecond.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from console.desk.learning.features import Feature, Told, features, spoken
from console.domain.advice import TypeGuess
from console.domain.reference import Reference

MOST_FEATURES = 40_000  # with a hundred types eight megabytes; beyond, the rarest are forgotten
MOST_CASES = 60_000  # the counts are of 16 bits; more would teach nothing new
SHOWN = 3

# Chosen by the figures of docs/suggestions.md; each may be halved or doubled for a point or less of them.
_FEW = 10.0  # cases of a type that a share of its cases is held against
_SIBLINGS = 0.5  # how much the other types of its category speak for a type
_SAID = 0.3  # a name or keyword counts as this share of the type's cases
_NAMED = 4.0  # and speaks this much for itself
_LEAST = 0.001  # of a type that never was told so
_USUAL, _HERE, _LATELY = 5.0, 50.0, 30.0  # cases added to what is usual in all, in a commune, in these hours
_AGAIN = 3.0  # a word speaks spelled and folded, alone and in pairs: what is usual must be heard beside it
_SHARPNESS = 0.2  # scores become chances by it: of sentences of a new kind what it calls 90 % is so in 80 %

_PHRASES, _WORTH, _PAIR_WORTH = 3, 0.2, 0.3

_NONE: Mapping[str, int] = {}
Table = NDArray[np.float64]


class _Judged(NamedTuple):
    """The features of a text that are known (each once), by type how much each speaks for it, and all
    together with what is usual."""

    known: list[Feature]
    ids: NDArray[np.intp]
    weights: Table
    scores: Table


class TypeModel:
    """Of one reference. Touched by one thread at a time."""

    def __init__(self, reference: Reference) -> None:
        kinds = {kind.code: kind for kind in reference.types}
        self.codes = tuple(kinds)
        self._at = {code: at for at, code in enumerate(self.codes)}
        categories = sorted({kind.category for kind in kinds.values()})
        self._category = np.array([categories.index(kind.category) for kind in kinds.values()])
        member = np.eye(len(categories))[self._category]
        self._mean = member / np.maximum(1.0, member.sum(axis=0))
        self._ids: dict[str, int] = {}
        said: dict[tuple[int, int], int] = {}
        for at, kind in enumerate(kinds.values()):
            for phrase in (kind.name, *kind.keywords):
                for key in {one.key for one in features(phrase)}:
                    place = self._ids.setdefault(key, len(self._ids)), at
                    said[place] = said.get(place, 0) + 1
        self._said = np.zeros((len(self._ids), len(self.codes)))
        for place, times in said.items():
            self._said[place] = times**0.5
        size = max(MOST_FEATURES, 2 * len(self._ids))
        self._counts = np.zeros((size, len(self.codes)), np.uint16)
        self._cases = np.zeros(len(self.codes))
        self._in: dict[str, Table] = {}
        self._lasted: dict[str, list[float]] = {}

    @property
    def learnt(self) -> int:
        """How many cases it was taught."""
        return int(self._cases.sum())

    # learning

    def learn(self, told: Sequence[Told]) -> None:
        """More cases; those of a type that is not in the reference tell nothing."""
        for one in told:
            at = self._at.get(one.type)
            if at is None or self.learnt >= MOST_CASES:
                continue
            self._cases[at] += 1
            here = self._in.setdefault(one.commune, np.zeros(len(self.codes)))
            here[at] += 1
            self._counts[[self._id(key) for key in one.keys], at] += 1
            if one.lasted_s is not None:
                self._lasted.setdefault(one.type, []).append(one.lasted_s)

    def _id(self, key: str) -> int:
        found = self._ids.get(key)
        if found is None:
            found = self._ids[key] = len(self._ids)
        return found

    def make_room(self, features_to_come: int) -> None:
        """Before `learn`: where they might not fit, the rarest are forgotten, so that half is free."""
        if len(self._ids) + features_to_come <= len(self._counts):
            return
        own, used = len(self._said), len(self._ids)
        often = self._counts[:used].sum(axis=1, dtype=np.int64)
        often[:own] = np.iinfo(np.int64).max
        kept = np.sort(np.argsort(-often, kind="stable")[: own + (len(self._counts) - own) // 2])
        place = np.full(used, -1)
        place[kept] = np.arange(len(kept))
        self._counts[: len(kept)] = self._counts[kept]
        self._counts[len(kept) :] = 0
        self._ids = {key: int(place[at]) for key, at in self._ids.items() if place[at] >= 0}

    # answering

    def guesses(
        self,
        text: str,
        commune: str = "",
        among: frozenset[str] | None = None,
        lately: Mapping[str, int] = _NONE,
    ) -> tuple[TypeGuess, ...]:
        """The likeliest three, best first; none where nothing in the text tells anything. `among`: codes that
        may be proposed; `lately`: how many cases of which type the last hours brought."""
        judged = self._judged(text, commune, lately)
        if not len(judged.ids):
            return ()
        scores = judged.scores
        if among is not None:
            scores = np.where([code in among for code in self.codes], scores, -np.inf)
        chances = np.exp((scores - scores.max()) * _SHARPNESS)
        chances /= chances.sum()
        said, found = spoken(text), []
        for at in np.argsort(-scores, kind="stable")[:SHOWN].tolist():
            phrases, cases = self._phrases(said, judged, at)
            if phrases and np.isfinite(scores[at]):
                found.append(TypeGuess(self.codes[at], round(float(chances[at]), 3), phrases, cases))
        return tuple(found)

    def usual_s(self, type_: str) -> float | None:
        """How long half of the learnt cases of a type took at the most; None: of too few is it known."""
        lasted = self._lasted.get(type_, ())
        return float(np.median(lasted)) if len(lasted) >= _FEW else None

    def _judged(self, text: str, commune: str, lately: Mapping[str, int]) -> _Judged:
        once = {one.key: one for one in reversed(features(text)) if one.key in self._ids}
        known = list(once.values())
        ids = np.array([self._ids[one.key] for one in known], dtype=np.intp)
        weights = self._weights(ids)
        return _Judged(known, ids, weights, weights.sum(axis=0) + self._usual(commune, lately))

    def _weights(self, ids: NDArray[np.intp]) -> Table:
        """How much more often than elsewhere each is told of each type, as far as it parts types at all: what
        is told of everything alike weighs nothing."""
        types = len(self.codes)
        share = self._counts[ids] / (self._cases + _FEW)
        share = share + _SIBLINGS * (share @ self._mean)[:, self._category]
        said = np.zeros((len(ids), types))
        own = ids < len(self._said)
        said[own] = self._said[ids[own]]
        part = share + _SAID * said + _LEAST
        part /= part.sum(axis=1, keepdims=True)
        telling = 1.0 + (part * np.log(part)).sum(axis=1, keepdims=True) / np.log(types)
        named = said * np.log(types / (1.0 + said.sum(axis=1, keepdims=True)))
        weights: Table = (np.log(part * types) + _NAMED * named) * telling
        return weights

    def _usual(self, commune: str, lately: Mapping[str, int]) -> Table:
        """What is called about in the province, in this commune, in these hours: on a flood night most calls
        are of the flood, however they are told."""
        usual = (self._cases + _USUAL) / (self._cases.sum() + _USUAL * len(self.codes))
        logs: Table = np.log(usual)
        here = self._in.get(commune)
        if here is not None:
            logs = np.log((here + _HERE * usual) / (here.sum() + _HERE))
        if lately:
            now = np.array([lately.get(code, 0) for code in self.codes])
            logs = logs + np.log((now / usual + _LATELY) / (now.sum() + _LATELY))
        logs *= _AGAIN
        return logs

    def _phrases(self, said: tuple[str, ...], judged: _Judged, type_: int) -> tuple[tuple[str, ...], int]:
        """The words that spoke most for a type, as typed, in their order; and how many of its cases were told
        with one of the strongest of them."""
        ones, pairs = np.zeros(len(said) + 1), np.zeros(len(said) + 1)
        speaks = judged.weights[:, type_]
        for feature, weight in zip(judged.known, speaks.tolist(), strict=True):
            (ones if feature.length == 1 else pairs)[feature.at] += max(0.0, weight)
        if not said or ones.max() + pairs.max() <= 0:
            return (), 0
        spans = _spans(ones, pairs)
        shown = [_within(one, spans) for one in judged.known] & (speaks >= _WORTH * speaks.max())
        phrases = tuple(" ".join(said[start:end]) for start, end in spans)
        return phrases, int(self._counts[judged.ids[shown], type_].max(initial=0))


def _within(feature: Feature, spans: list[tuple[int, int]]) -> bool:
    return any(start <= feature.at and feature.at + feature.length <= end for start, end in spans)


def _spans(ones: Table, pairs: Table) -> list[tuple[int, int]]:
    """The strongest words or pairs that do not overlap, neighbours joined."""
    both = ones[:-1] + ones[1:] + pairs[:-1]
    single = np.maximum(ones[:-1], ones[1:])
    as_pair = (pairs[:-1] > 0) & (both - single >= _PAIR_WORTH * both)
    best = np.where(as_pair, both, ones[:-1])
    free, taken = np.ones(len(best) + 1, bool), list[tuple[int, int]]()
    for at in np.argsort(-best, kind="stable").tolist():
        end = at + 1 + int(as_pair[at])
        if len(taken) == _PHRASES or best[at] <= _WORTH * best.max():
            break
        if free[at:end].all():
            free[at:end] = False
            taken.append((at, end))
    joined = list[tuple[int, int]]()
    for at, end in sorted(taken):
        if joined and joined[-1][1] == at:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((at, end))
    return joined
