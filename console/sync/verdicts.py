"""Reading the centre's verdicts so that nothing a newer centre says can spoil them.

A verdict says first of all *accepted* or *refused*. If the case or the reason beside it is of a kind that
this program does not know yet, that part is left out, and the verdict stands.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

import msgspec

from console.domain.case import Case, Event
from console.domain.command import Command
from console.domain.refusal import Code, Refusal
from console.protocol.wire import CommandsAnswer, Verdict
from console.sync.errors import BadAnswer

T = TypeVar("T")
NOTHING = msgspec.Raw(b"null")
NONE = msgspec.Raw(b"[]")


class _Loose(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    accepted: bool
    refusal: msgspec.Raw = NOTHING
    partial: msgspec.Raw = NONE
    events: msgspec.Raw = NONE
    case: msgspec.Raw = NOTHING


class _Answer(msgspec.Struct, frozen=True, kw_only=True):
    verdicts: tuple[_Loose, ...]
    server_time: datetime


def read_verdicts(body: bytes, asked: Sequence[Command]) -> CommandsAnswer:
    """The answer to `asked`: in its order, silent only of what follows a refused one of the same case.

    Raises BadAnswer where it is none, or answers something else.
    """
    try:
        answer = msgspec.json.decode(body, type=_Answer)
    except msgspec.DecodeError as error:
        raise BadAnswer(type(error).__name__) from None
    if [verdict.id for verdict in answer.verdicts] != _to_be_answered(asked, answer.verdicts):
        raise BadAnswer("verdicts of other commands")
    return CommandsAnswer(
        verdicts=tuple(_tight(loose) for loose in answer.verdicts), server_time=answer.server_time
    )


def _to_be_answered(asked: Sequence[Command], verdicts: Sequence[_Loose]) -> list[str]:
    """Ids of `asked`, without those behind a refused one that the centre left out."""
    refused = {verdict.id: not verdict.accepted for verdict in verdicts}
    stopped, ids = set[str](), list[str]()
    for command in asked:
        if command.id in refused or command.case not in stopped:
            ids.append(command.id)
        if refused.get(command.id):
            stopped.add(command.case)
    return ids


def _tight(loose: _Loose) -> Verdict:
    refusal = _part(loose.refusal, Refusal | None, None)
    if not loose.accepted and refusal is None:
        refusal = Refusal(code=Code.FAILED)
    return Verdict(
        id=loose.id,
        accepted=loose.accepted,
        refusal=refusal,
        partial=_part(loose.partial, tuple[Refusal, ...], ()),
        events=_part(loose.events, tuple[Event, ...], ()),
        case=_part(loose.case, Case | None, None),
    )


def _part(raw: msgspec.Raw, kind: object, otherwise: T) -> T:
    try:
        return msgspec.json.decode(raw, type=kind)  # type: ignore[no-any-return]
    except msgspec.ValidationError:
        return otherwise
