"""How a report is worded: on the phone by an operator, in a portal or app by the citizen."""

import re
import unicodedata
from random import Random

from console.central.practice.words import words
from console.domain.case import Channel

SHORTEST = 10  # characters that a report must have
_TWICE = re.compile(r"\b(đường|khu|thôn|chợ|trường|cầu) \1\b", re.IGNORECASE)
_NEAR = re.compile(r"\b([Tt]rước|[Gg]ần|[Ss]au|[Ss]át|[Cc]ạnh|qua|tới|vào|ngang|dân|[Cc]hợ) gần ")
HAZARD_SHARE = 0.35
_MARKS = re.compile(r"[.,;]+")


def describe(type_code: str, channel: Channel, where: str, rng: Random) -> tuple[str, str]:
    """Title and description of a report about a type at a place; `where` is a noun ("chợ Nam Lý")."""
    saying, lines = words().sayings[type_code], words().lines
    which = rng.randrange(len(saying.says))
    said = saying.says[which].format(
        p=where,
        t=rng.choice(lines.since),
        h=rng.choice(lines.hours),
        n=rng.randint(2, 6),
        cm=rng.choice(lines.depth),
    )
    frame = lines.phone if channel is Channel.PHONE else lines.written
    before, after = rng.choice(frame.before), rng.choice(frame.after)
    if type_code.partition(".")[0] in words().habits.roadside and rng.random() < HAZARD_SHARE:
        after = rng.choice(lines.hazard)
    if before.endswith((": ", ", ")):
        said = said[0].lower() + said[1:]
    text = _once(f"{before}{said} {after}".strip())
    if channel is not Channel.PHONE:
        text = as_written(text, rng)
    return saying.titles[which], text


def _once(text: str) -> str:
    """ "Đường đường Hữu Nghị" is said once, and nothing is "trước gần" something."""
    return _TWICE.sub(r"\1", _NEAR.sub(r"\1 ", text))


def as_written(text: str, rng: Random) -> str:
    """With the habits of people who type on a phone; never shorter than a report may be."""
    slips, made = words().slips, text
    shares = slips.shares
    if rng.random() < shares["short"]:
        made = _shortened(made, rng)
    if rng.random() < shares["slip"]:
        made = _slipped(made, rng)
    if rng.random() < shares["lower"]:
        made = made.lower()
    if rng.random() < shares["unmarked"]:
        made = _MARKS.sub("", made)
    if rng.random() < shares["bare"]:
        made = bare(made)
    return made if len(made) >= SHORTEST else text


def bare(text: str) -> str:
    """Without diacritics."""
    parted = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in parted if not unicodedata.combining(c))


def _shortened(text: str, rng: Random) -> str:
    for word, shorts in words().slips.short.items():
        if word in text and rng.random() < 0.8:
            text = text.replace(f" {word} ", f" {rng.choice(shorts)} ")
    return text


def _slipped(text: str, rng: Random) -> str:
    """One or two slips: neighbours exchanged, a letter lost, a letter twice."""
    for _ in range(rng.randint(1, 2)):
        at = rng.randrange(1, len(text) - 2)
        pair = text[at : at + 2]
        if not pair.isalpha():
            continue
        text = text[:at] + rng.choice((pair[::-1], pair[0], pair[0] + pair)) + text[at + 2 :]
    return text
