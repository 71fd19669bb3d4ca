"""Messages of the post in words: their kind, whom they tell, how they fare and why."""

from datetime import datetime

from console.protocol.post import PostRow
from console.ui.parts.time_text import short_moment_text
from console.ui.words import has, t

TONES = {"sent": "goodText", "caught": "violetText", "failed": "alarmText", "waiting": "warnText"}


def kind_text(row: PostRow) -> str:
    """What it is."""
    return t(f"post.kind.{row.kind}") if has(f"post.kind.{row.kind}") else row.kind


def whom_text(row: PostRow) -> str:
    """Whom it tells, by name where there is one."""
    whom = t(f"whom.{row.whom}") if has(f"whom.{row.whom}") else row.whom
    if not row.name or row.name.casefold() == whom.casefold():
        return row.name or whom
    return f"{row.name} ({whom})"


def door_text(row: PostRow) -> str:
    """By which door, and to which address as far as it is told."""
    door = t(f"post.channel.{row.channel}") if has(f"post.channel.{row.channel}") else row.channel
    return f"{door} · {row.address}" if row.address else door


def state_text(row: PostRow) -> str:
    """How it fares; why it failed, or is tried again."""
    text = t(f"post.state.{row.state}") if has(f"post.state.{row.state}") else row.state
    reason = reason_text(row.reason)
    if row.state in ("waiting", "sending") and row.attempts and reason:
        return f"{t('post.again', n=row.attempts)}: {reason}"
    return f"{text}: {reason}" if row.state == "failed" and reason else text


def reason_text(reason: str) -> str:
    """A stable code, perhaps with the number that the other side said."""
    code, _, number = reason.partition(" ")
    key = f"post.why.{code}"
    return t(key, n=number) if code and has(key) else reason


def cells(row: PostRow, now: datetime) -> tuple[str, ...]:
    """The line of a message."""
    at = short_moment_text(row.queued_at, now)
    return (at, row.number, kind_text(row), whom_text(row), state_text(row), door_text(row))


def sum_text(rows: tuple[PostRow, ...]) -> str:
    """How the messages of one event fare, in a line: "thư: đã gửi 2 · tin nhắn: thất bại 1 (…)"."""
    parts: dict[str, list[PostRow]] = {}
    for row in rows:
        parts.setdefault(f"{t(f'post.channel.{row.channel}')}: {state_text(row)}", []).append(row)
    return " · ".join(f"{text} ({len(found)})" if len(found) > 1 else text for text, found in parts.items())
