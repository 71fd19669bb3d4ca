"""Canned texts and reasons for not accepting, out of source/canned.txt and source/rejects.txt."""

from collections import Counter

from console.domain.canned import CannedText, CannedUse, RejectReason
from resources.build.places import SOURCE, START
from resources.build.types import rows


def canned() -> list[CannedText]:
    """Canned texts, numbered within their use."""
    seen: Counter[str] = Counter()
    made = []
    for use, short, title, text in rows(SOURCE / "canned.txt"):
        seen[use] += 1
        code = f"{use}.{seen[use]:02d}"
        made.append(
            CannedText(code=code, use=CannedUse(use), title=title, text=text, short=short, valid_from=START)
        )
    return made


def rejects() -> list[RejectReason]:
    """The list of reasons."""
    return [
        RejectReason(code=code, text=vi, text_en=en, valid_from=START)
        for code, vi, en in rows(SOURCE / "rejects.txt")
    ]
