"""The kind of a file, by its first bytes and never by its name."""

import filetype

from console.domain.limits import MEDIA_TYPES

HEAD = 8192
"""Bytes that are enough to tell."""
_OURS = {"audio/x-wav": "audio/wav"}


def kind_of(data: bytes) -> str | None:
    """The media type, if it is one that a case may have; None for everything else."""
    found = filetype.guess_mime(data[:HEAD])
    media_type = _OURS.get(found, found) if found else None
    return media_type if media_type in MEDIA_TYPES else None


def is_picture(media_type: str) -> bool:
    """Whether it can be shown small, and may give away where it was taken."""
    return media_type.startswith("image/")
