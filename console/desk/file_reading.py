"""Reading a file that somebody chose: how large, what kind, which digest, what it looks like."""

import hashlib
from pathlib import Path

import msgspec

from console.desk.attachment_rows import Pasted
from console.desk.errors import AttachmentTooBig, AttachmentType, AttachmentUnreadable
from console.domain.limits import FILE_NAME_MAX, FILE_SIZE_MAX, MEDIA_TYPES
from console.domain.text import clean
from console.media.kind import is_picture, kind_of
from console.media.picture import Look, PictureUnreadable, look_at


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """One chosen file, whole in memory. `look`: of a picture."""

    sha256: str
    name: str
    media_type: str
    data: bytes
    look: Look | None = None


def read_chosen(source: Path | Pasted) -> Chosen:
    """Read and judge it. Blocks: belongs on the files' thread.

    Raises AttachmentTooBig, AttachmentType, AttachmentUnreadable.
    """
    data = _checked(source.data) if isinstance(source, Pasted) else _bytes(source)
    media_type = kind_of(data)
    if media_type is None:
        raise AttachmentType
    try:
        look = look_at(data) if is_picture(media_type) else None
    except PictureUnreadable as error:
        raise AttachmentUnreadable(str(error)) from None
    digest = hashlib.sha256(data).hexdigest()
    return Chosen(
        sha256=digest, name=_name(source.name, media_type), media_type=media_type, data=data, look=look
    )


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(FILE_SIZE_MAX + 1)
    except OSError as error:
        raise AttachmentUnreadable(type(error).__name__) from None
    return _checked(data)


def _checked(data: bytes) -> bytes:
    if len(data) > FILE_SIZE_MAX:
        raise AttachmentTooBig
    if not data:
        raise AttachmentUnreadable("empty")
    return data


def _name(name: str, media_type: str) -> str:
    """As it was called, without what no name may hold, and short enough for a command."""
    name = clean(name.encode("utf-8", "replace").decode("utf-8"))
    if len(name) > FILE_NAME_MAX:
        ending = "." + MEDIA_TYPES[media_type]
        name = name[: FILE_NAME_MAX - len(ending)].rstrip() + ending
    return name or f"tep.{MEDIA_TYPES[media_type]}"
