"""The outbox on disk: commands on their way to the centre, and the bin."""

from typing import NamedTuple

import msgspec

from console.domain.command import Command
from console.domain.refusal import Refusal
from console.models.store import Store
from console.models.times import to_ms

_command = msgspec.json.Decoder(Command)
_refusal = msgspec.json.Decoder(Refusal)
_encode = msgspec.json.encode

HELD, WAITING, REFUSED, HELD_BACK, SENT = "held", "waiting", "refused", "held_back", "sent"
ON_THEIR_WAY = (HELD, WAITING, HELD_BACK)
_UNSENT = "state IN ('held', 'waiting', 'refused', 'held_back')"
_COLUMNS = (
    "n, place, id, case_id, number, title, state, hold_ms, offered, blocks, body, refusal, unfit, sent_ms"
)
KEEP_SENT = 500


class Letter(NamedTuple):
    """One command in the outbox."""

    n: int
    place: int
    id: str
    case: str
    number: str
    title: str
    state: str
    hold_ms: int | None
    offered: bool
    blocks: bool
    command: Command
    refusal: Refusal | None
    unfit: bool
    sent_ms: int | None


class Binned(NamedTuple):
    """One command in the bin, kept there until then."""

    command: Command
    number: str
    title: str
    refusal: Refusal | None
    until_ms: int


class Tally(NamedTuple):
    """How many are on their way, and how many want somebody's attention."""

    waiting: int
    attention: int


def _letter(row: tuple[object, ...]) -> Letter:
    values = list(row)
    values[8], values[9], values[12] = bool(row[8]), bool(row[9]), bool(row[12])
    values[10] = _command.decode(row[10])  # type: ignore[arg-type]
    values[11] = _refusal.decode(row[11]) if row[11] is not None else None  # type: ignore[arg-type]
    return Letter(*values)  # type: ignore[arg-type]


class Letters:
    """All on the store's thread, writing inside `store.transaction()`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def append(
        self,
        command: Command,
        number: str,
        title: str,
        state: str,
        *,
        hold_ms: int | None = None,
        place: int | None = None,
        refusal: Refusal | None = None,
        blocks: bool = False,
    ) -> None:
        """Put it at the end, or at the `place` of one that it replaces."""
        sql = (
            "INSERT INTO outbox (place, id, case_id, number, kind, title, at_ms, state, hold_ms, offered, "
            "blocks, body, refusal, unfit) "
            "VALUES (coalesce(?, (SELECT coalesce(max(place), 0) + 1 FROM outbox)), "
            "?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, 0)"
        )
        reason = _encode(refusal) if refusal is not None else None
        values = (place, command.id, command.case, number, command.kind, title, to_ms(command.at), state)
        self._run(sql, (*values, hold_ms, int(blocks), _encode(command), reason))

    def _run(self, sql: str, values: tuple[object, ...]) -> None:
        self._store.write_many(sql, [values])

    def _read(self, rest: str, values: tuple[object, ...] = ()) -> list[Letter]:
        return [_letter(row) for row in self._store.read(f"SELECT {_COLUMNS} FROM outbox {rest}", values)]

    def of_case(self, case_id: str) -> list[Letter]:
        """What is not answered yet or was refused, in the order of sending."""
        return self._read(f"WHERE case_id = ? AND {_UNSENT} ORDER BY place, n", (case_id,))

    def with_letters(self, case_ids: list[str]) -> set[str]:
        """Those of `case_ids` that have any."""
        if not case_ids:
            return set()
        marks = ", ".join("?" * len(case_ids))
        sql = f"SELECT DISTINCT case_id FROM outbox WHERE case_id IN ({marks}) AND {_UNSENT}"
        return {str(row[0]) for row in self._store.read(sql, tuple(case_ids))}

    def get(self, command_id: str) -> Letter | None:
        """One by its command's id."""
        found = self._read("WHERE id = ?", (command_id,))
        return found[0] if found else None

    def in_state(self, *states: str) -> list[Letter]:
        """All in one of these states, in the order of sending."""
        marks = ", ".join("?" * len(states))
        return self._read(f"WHERE state IN ({marks}) ORDER BY place, n", states)

    def sent(self, limit: int) -> list[Letter]:
        """The last ones that the centre accepted, newest first."""
        return self._read("WHERE state = 'sent' ORDER BY sent_ms DESC, n DESC LIMIT ?", (limit,))

    def release_held(self, now_ms: int) -> int:
        """Those whose time to be undone has passed go on; how many they were."""
        sql = "UPDATE outbox SET state = 'waiting', hold_ms = NULL WHERE state = 'held' AND hold_ms <= ?"
        with self._store.transaction():
            released: int = self._store.cursor(sql, (now_ms,)).rowcount
        return released

    def rest_no_longer(self, until_ms: int) -> None:
        """None rests beyond that: the clock by which its rest was measured may have been days ahead."""
        self._run("UPDATE outbox SET hold_ms = ? WHERE state = 'held' AND hold_ms > ?", (until_ms, until_ms))

    def next_hold_ms(self) -> int | None:
        """When the next held one may go."""
        ms: int | None = self._store.read("SELECT min(hold_ms) FROM outbox WHERE state = 'held'")[0][0]
        return ms

    def may_go(self, limit: int) -> list[Letter]:
        """Waiting ones with nothing held or refused before them in their case."""
        rest = (
            "AS mine WHERE state = 'waiting' AND NOT EXISTS (SELECT 1 FROM outbox AS other "
            "WHERE other.case_id = mine.case_id AND (other.place, other.n) < (mine.place, mine.n) "
            "AND (other.state IN ('held', 'held_back') OR (other.state = 'refused' AND other.blocks))) "
            "ORDER BY place, n LIMIT ?"
        )
        return self._read(rest, (limit,))

    def offer(self, ids: list[str]) -> None:
        """They are about to leave: from now on the centre may know them as they are."""
        self._store.write_many("UPDATE outbox SET offered = 1 WHERE id = ?", [(id_,) for id_ in ids])

    def accept(self, command_id: str, sent_ms: int) -> None:
        """The centre took it."""
        sql = "UPDATE outbox SET state = 'sent', sent_ms = ?, refusal = NULL, unfit = 0 WHERE id = ?"
        self._run(sql, (sent_ms, command_id))

    def refuse(self, command_id: str, refusal: Refusal) -> None:
        """The centre did not take it: it and the later ones of its case wait for their author."""
        sql = "UPDATE outbox SET state = 'refused', blocks = 1, refusal = ? WHERE id = ?"
        self._run(sql, (_encode(refusal), command_id))

    def hold_back(self, command_id: str, answered: Refusal | None = None) -> None:
        """It waits behind a refused one; `answered`: the centre said so itself, for ever."""
        sql = (
            "UPDATE outbox SET state = 'held_back', hold_ms = NULL, "
            "refusal = coalesce(?, refusal) WHERE id = ?"
        )
        self._run(sql, (_encode(answered) if answered is not None else None, command_id))

    def go_on(self, command_id: str) -> None:
        """Free again."""
        self._run("UPDATE outbox SET state = 'waiting' WHERE id = ?", (command_id,))

    def give_sent_again(self) -> None:
        """The centre may have forgotten what it accepted: all of it waits again, in its old place, with the
        time of its first acceptance."""
        self._run("UPDATE outbox SET state = 'waiting', offered = 1 WHERE state = 'sent'", ())

    def cases(self) -> list[str]:
        """Cases with commands that are not answered yet or were refused."""
        sql = f"SELECT case_id FROM outbox WHERE {_UNSENT} GROUP BY case_id ORDER BY min(place)"
        return [str(row[0]) for row in self._store.read(sql)]

    def rename(self, command_id: str, command: Command) -> None:
        """The same command under an id that the centre has not answered yet."""
        sql = "UPDATE outbox SET id = ?, body = ?, offered = 0, refusal = NULL WHERE id = ?"
        self._run(sql, (command.id, _encode(command), command_id))

    def replace_body(self, command: Command, title: str) -> None:
        """Other words for one that never left."""
        sql = "UPDATE outbox SET body = ?, title = ? WHERE id = ? AND offered = 0"
        self._run(sql, (_encode(command), title, command.id))

    def set_unfit(self, command_id: str, unfit: bool) -> None:
        """Whether it still folds on what the centre has."""
        self._run("UPDATE outbox SET unfit = ? WHERE id = ?", (int(unfit), command_id))

    def delete(self, command_id: str) -> None:
        """Undone before it left, or moved to the bin."""
        self._run("DELETE FROM outbox WHERE id = ?", (command_id,))

    def to_bin(self, letter: Letter, until_ms: int) -> None:
        """Out of the way, kept until then."""
        sql = (
            "INSERT OR REPLACE INTO bin (id, case_id, number, kind, title, at_ms, body, refusal, until_ms) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        reason = _encode(letter.refusal) if letter.refusal is not None else None
        command = letter.command
        values = (letter.id, letter.case, letter.number, command.kind, letter.title, to_ms(command.at))
        self._run(sql, (*values, _encode(command), reason, until_ms))
        self.delete(letter.id)

    def binned(self) -> list[Binned]:
        """The bin, newest first."""
        return self._binned("ORDER BY n DESC")

    def binned_of(self, case_id: str) -> list[Binned]:
        """What lies in the bin of one case, in the order it was let go."""
        return self._binned("WHERE case_id = ? ORDER BY n", (case_id,))

    def in_bin(self, command_id: str) -> Binned | None:
        """One by its command's id."""
        found = self._binned("WHERE id = ?", (command_id,))
        return found[0] if found else None

    def _binned(self, rest: str, values: tuple[object, ...] = ()) -> list[Binned]:
        rows = self._store.read(f"SELECT body, number, title, refusal, until_ms FROM bin {rest}", values)
        return [
            Binned(_command.decode(b), n, t, _refusal.decode(r) if r else None, u) for b, n, t, r, u in rows
        ]

    def out_of_bin(self, command_id: str) -> None:
        """It lies in the outbox again."""
        self._run("DELETE FROM bin WHERE id = ?", (command_id,))

    def empty_bin(self, now_ms: int) -> None:
        """What has had its days in the bin is gone."""
        self._run("DELETE FROM bin WHERE until_ms <= ?", (now_ms,))

    def prune(self, now_ms: int) -> None:
        """Let go what is older than its time."""
        self.empty_bin(now_ms)
        old = "SELECT n FROM outbox WHERE state = 'sent' ORDER BY n DESC LIMIT -1 OFFSET ?"
        self._run(f"DELETE FROM outbox WHERE n IN ({old})", (KEEP_SENT,))

    def tally(self) -> Tally:
        """For the chip and the status bar."""
        sql = "SELECT state, count(*) FROM outbox WHERE state != 'sent' GROUP BY state"
        found = dict(self._store.read(sql))
        attention = found.get(REFUSED, 0) + found.get(HELD_BACK, 0)
        return Tally(found.get(HELD, 0) + found.get(WAITING, 0), attention)

    def last_write_ms(self) -> int | None:
        """When something was last put in."""
        ms: int | None = self._store.read("SELECT max(at_ms) FROM outbox")[0][0]
        return ms
