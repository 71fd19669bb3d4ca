"""How long texts may be, and the checks that every command's fields go through."""

import re
from collections.abc import Iterator, Mapping

from console.domain.refusal import Code, Refusal
from console.domain.text import clean

DESCRIPTION_MIN = 10
DESCRIPTION_MAX = 20_000
TITLE_MAX = 200
TEXT_MAX = 5_000
NAME_MAX = 200
LINE_MAX = 500
ANSWERS_MAX = 30
FILE_NAME_MAX = 255
FILE_SIZE_MAX = 50 * 1024 * 1024
FILES_SIZE_MAX = 200 * 1024 * 1024
"""Bytes: of one file, and of all files of a case."""
FILES_MAX = 20
"""Files of a case."""
MEDIA_TYPES = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "application/pdf": "pdf",
}
"""What may be attached, with the usual ending of its name."""
_MIB = 1024 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
REFERRALS = ("enquiry", "113", "114", "115", "complaint", "other")


class Unfit(Exception):
    """A field does not fit. Raised by the acts of `fold`, which turns it into its refusal."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code.value)
        self.refusal = refusal


def unfit(code: Code, field: str | None = None, now: object = None, limit: int | None = None) -> Unfit:
    """The exception with its refusal."""
    return Unfit(Refusal(code=code, field=field, now=now, limit=limit))


def optional(text: str, field: str, longest: int = TEXT_MAX) -> str:
    """The cleaned text. Raises Unfit (too_long)."""
    text = clean(text)
    if len(text) > longest:
        raise unfit(Code.TOO_LONG, field, limit=longest)
    return text


def required(text: str, field: str, longest: int = TEXT_MAX, shortest: int = 1) -> str:
    """The cleaned text, which may not be empty. Raises Unfit (missing, too_short, too_long)."""
    text = optional(text, field, longest)
    if not text:
        raise unfit(Code.MISSING, field)
    if len(text) < shortest:
        raise unfit(Code.TOO_SHORT, field, limit=shortest)
    return text


def description(text: str) -> str:
    """The text of a report."""
    return required(text, "description", DESCRIPTION_MAX, DESCRIPTION_MIN)


def answers(given: Mapping[str, str]) -> dict[str, str]:
    """Answers to scripted questions, by question; which ones there are is reference data and may change
    while a report waits, so only their size is judged."""
    if len(given) > ANSWERS_MAX:
        raise unfit(Code.TOO_LONG, "answers", limit=ANSWERS_MAX)
    return dict(_answers(given))


def _answers(given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for question, answer in given.items():
        yield required(question, "answers", NAME_MAX), optional(answer, "answers", NAME_MAX)


def digest(sha256: str, field: str) -> str:
    """A SHA-256 as 64 lower-case hexadecimal digits. Raises Unfit (bad_value)."""
    if not _DIGEST.match(sha256):
        raise unfit(Code.BAD_VALUE, field)
    return sha256


def media_type(text: str, field: str) -> str:
    """One of MEDIA_TYPES. Raises Unfit (missing, bad_media_type)."""
    text = required(text, field, NAME_MAX)
    if text not in MEDIA_TYPES:
        raise unfit(Code.BAD_MEDIA_TYPE, field)
    return text


def file_size(size: int, field: str) -> int:
    """Bytes of one file. Raises Unfit (bad_value, too_big with its limit in MiB)."""
    if size <= 0:
        raise unfit(Code.BAD_VALUE, field)
    if size > FILE_SIZE_MAX:
        raise unfit(Code.TOO_BIG, field, limit=FILE_SIZE_MAX // _MIB)
    return size


def files(digests: tuple[str, ...], field: str) -> tuple[str, ...]:
    """All files of a case, each once. Raises Unfit (too_many)."""
    each = tuple(dict.fromkeys(digests))
    if len(each) > FILES_MAX:
        raise unfit(Code.TOO_MANY, field, limit=FILES_MAX)
    return each
