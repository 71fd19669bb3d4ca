"""What stands before a place's name: a house number, an alley, "đối diện"."""

import re
from typing import NamedTuple

from console.domain.text import nfc, words

_NUMBER = re.compile(r"(?:so)?\d{1,4}[a-z]?(?:/\d{1,4}[a-z]?)*|k\d{1,4}(?:/\d{1,4})+")
_LEAD = frozenset(("so", "nha"))
_ALLEYS = frozenset(("ngo", "ngach", "hem", "kiet", "lo"))
_BESIDE = tuple(
    tuple(one.split())
    for one in (
        "doi dien voi", "doi dien", "ben canh", "ke ben", "truoc mat", "truoc cong", "sau lung", "phia truoc",
        "phia sau", "gan",
    )
)  # fmt: skip
_SPELLED = frozenset(("cạnh", "trước", "sát", "kế"))
"""The same in one word, which needs its marks: "canh" may be Cảnh Dương, "ke" Kẻ Bàng."""


class Addressed(NamedTuple):
    """`house`: number and alley as typed; `beside`: the words of "opposite" as typed; `rest`: the name."""

    house: str
    beside: str
    rest: str


def addressed(text: str) -> Addressed:
    """Parts a typed place; nothing is taken off where no name would be left."""
    tokens = text.split()
    name = _after_beside(tokens)
    if name:
        return Addressed("", " ".join(tokens[:name]), " ".join(tokens[name:]))
    taken = _house(tokens)
    if taken and any(c.isalpha() for c in "".join(tokens[taken:])):
        house = " ".join(tokens[:taken]).strip(" ,")
        return Addressed(_bare(house), "", " ".join(tokens[taken:]))
    return Addressed("", "", " ".join(tokens))


def _after_beside(tokens: list[str]) -> int:
    """Where the name begins after "đối diện", "nhà số 3 gần"; 0 where nothing of the kind is said."""
    plain = [_plain(token) for token in tokens]
    for at in range(len(tokens) - 1):
        if nfc(tokens[at]).casefold() in _SPELLED:
            return at + 1
        for said in _BESIDE:
            end = at + len(said)
            if tuple(plain[at:end]) == said and end < len(tokens):
                return end
    return 0


def _house(tokens: list[str]) -> int:
    """How many tokens name the house: "số nhà 5 ngõ 12"."""
    plain, at, taken = [_plain(token) for token in tokens], 0, 0
    while at < len(plain):
        start = at
        while at < len(plain) and (plain[at] in _LEAD or plain[at] in _ALLEYS):
            at += 1
        if at == len(plain) or not _NUMBER.fullmatch(plain[at]) or at - start > 2:
            break
        if start and not any(word in _ALLEYS for word in plain[start:at]):
            break  # a second number without a word is the name's: "12 30/4"
        at += 1
        taken = at
    return taken


def _bare(house: str) -> str:
    return re.sub(r"^(?:số nhà|so nha|nhà số|nha so|số|so|nhà|nha)\s*(?=\d)", "", house, flags=re.IGNORECASE)


def _plain(token: str) -> str:
    return "/".join(words(token.strip(",.;"))) if "/" in token else " ".join(words(token))
