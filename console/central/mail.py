"""What a desk delivers: commands, decoded one by one, so that an unreadable one spoils no other."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from console.central.problems import Refuse, bad_request
from console.domain.command import Command
from console.protocol.wire import BATCH

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """One delivered command. `command` None: it cannot be read; `id` None: not even that."""

    raw: str
    id: str | None
    case: str | None
    kind: str
    command: Command | None


class _Batch(msgspec.Struct, frozen=True):
    commands: tuple[msgspec.Raw, ...]


class _Head(msgspec.Struct, frozen=True):
    """Whatever can be had of a command that cannot be read."""

    id: Any = None
    case: Any = None
    body: Any = None


def open_batch(body: bytes) -> list[Mail]:
    """The commands of a request. Raises Refuse where the request as a whole is no batch."""
    try:
        batch = msgspec.json.decode(body, type=_Batch)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise bad_request("a JSON object with the list `commands`") from None
    if len(batch.commands) > BATCH:
        raise Refuse(413, "too_many_commands", "Too many commands at once", f"at most {BATCH}")
    return [_open(bytes(raw)) for raw in batch.commands]


def is_id(text: Any) -> bool:
    """Whether it is a UUID as it is written on the wire."""
    return isinstance(text, str) and _UUID.match(text) is not None


def _open(raw: bytes) -> Mail:
    head = _read(raw, _Head)
    if head is None:
        return Mail(raw="", id=None, case=None, kind="", command=None)
    command = _read(raw, Command)
    readable = command is not None and is_id(command.case) and command.at.tzinfo is not None
    return Mail(
        raw=raw.decode(errors="replace"),  # bytes in a field that nobody reads may be no text
        id=head.id if is_id(head.id) else None,
        case=head.case if is_id(head.case) else None,
        kind=_kind(head.body),
        command=command if readable else None,
    )


def _read(raw: bytes, kind: Any) -> Any:
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _kind(body: Any) -> str:
    """The tag, as far as it is one."""
    kind = body.get("kind") if isinstance(body, dict) else None
    return kind if isinstance(kind, str) and re.fullmatch(r"[a-z_]{1,40}", kind) else ""


def by_chunks(mail: list[Mail], size: int) -> Iterator[list[Mail]]:
    """In their order."""
    for start in range(0, len(mail), size):
        yield mail[start : start + size]
