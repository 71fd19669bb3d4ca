"""What a desk delivers: commands, decoded one by one, so that an unreadable one spoils no other."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from console.central.problems import Refuse, bad_request
from console.domain.command import Command
from console.domain.fold import ACTS
from console.domain.refusal import Code
from console.protocol.wire import BATCH

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")
_TAG = re.compile(r"[a-z_]{1,40}\Z")


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """One delivered command. `command` None: it cannot be read; `id` None: not even that. `more`: what it
    says beyond the fields that this program knows."""

    raw: str
    id: str | None
    case: str | None
    kind: str
    command: Command | None
    more: dict[str, Any] = {}

    @property
    def flaw(self) -> Code:
        """Why it cannot be read: a newer console may know acts that this server does not."""
        return Code.UNKNOWN_KIND if self.kind and self.kind not in ACTS else Code.UNREADABLE

    def repeats(self, stored: str) -> bool:
        """Whether it is the same command as the one that bore this id before: a desk that was updated in
        between may write it otherwise."""
        if self.raw == stored:
            return True
        before = _read(stored.encode(), Command)
        if self.command is not None and before is not None:
            return bool(self.command == before)
        return bool(_read(self.raw.encode(), Any) == _read(stored.encode(), Any) is not None)


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
        title = "Too many commands at once"
        raise Refuse(413, "too_many_commands", title, f"at most {BATCH}", limit=BATCH)
    return [_open(bytes(raw)) for raw in batch.commands]


def opened(commands: Iterable[Command]) -> list[Mail]:
    """The centre's own."""
    return [_open(msgspec.json.encode(command)) for command in commands]


def is_id(text: Any) -> bool:
    """Whether it is a UUID as it is written on the wire."""
    return isinstance(text, str) and _UUID.match(text) is not None


def _open(raw: bytes) -> Mail:
    head = _read(raw, _Head)
    if head is None:
        return Mail(raw="", id=None, case=None, kind="", command=None)
    command = _read(raw, Command)
    whole = _read(raw, dict[str, Any]) if command is not None else None
    readable = whole is not None and command is not None and is_id(command.case) and bool(command.at.tzinfo)
    return Mail(
        raw=raw.decode(errors="replace"),  # bytes in a field that nobody reads may be no text
        id=head.id if is_id(head.id) else None,
        case=head.case if is_id(head.case) else None,
        kind=_kind(head.body),
        command=command if readable else None,
        more=_more(whole, command) if readable else {},
    )


def _read(raw: bytes, kind: Any) -> Any:
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _kind(body: Any) -> str:
    """The tag, as far as it is one."""
    kind = body.get("kind") if isinstance(body, dict) else None
    return kind if isinstance(kind, str) and _TAG.match(kind) else ""


def _more(whole: Any, command: Any) -> dict[str, Any]:
    """Fields of the command and of its body that a newer console knows."""
    known, known_in_body = command.__struct_encode_fields__, command.body.__struct_encode_fields__
    body: dict[str, Any] = whole["body"]
    if len(whole) == len(known) and len(body) <= len(known_in_body) and not set(body) - set(known_in_body):
        return {}
    outer = {name: value for name, value in whole.items() if name not in known}
    return outer | {n: v for n, v in body.items() if n not in known_in_body and n != "kind"}


def by_chunks(mail: list[Mail], size: int) -> Iterator[list[Mail]]:
    """In their order."""
    for start in range(0, len(mail), size):
        yield mail[start : start + size]
