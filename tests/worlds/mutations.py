"""Deliberate bugs, to be switched on one at a time: a world that catches none of them proves nothing."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import msgspec

from console.desk import drafts, incoming, journal, undo
from console.desk.draft_rows import put_draft
from console.desk.incoming import Incoming
from console.desk.sync_port import SyncPort
from console.domain.identity import new_id
from console.models.drafts import SAVED
from console.models.letters import HELD, WAITING, Letters
from console.models.store import Store
from console.protocol.wire import CommandsRequest, SnapshotLine
from console.sync.round import Round
from tests.worlds.books import Books, Page, encode
from tests.worlds.centre import Centre, Task
from tests.worlds.net import Answer, whole

Patch = tuple[Any, str, Any]
replace = msgspec.structs.replace


class Mutation(NamedTuple):
    """A bug in words, and what it puts in the place of what."""

    what: str
    patches: Callable[[], list[Patch]]


@contextmanager
def switched_on(mutation: Mutation) -> Iterator[None]:
    """The bug is in, until the end."""
    patches = mutation.patches()
    before = [(place, name, place.__dict__[name]) for place, name, _ in patches]
    for place, name, value in patches:
        setattr(place, name, value)
    try:
        yield
    finally:
        for place, name, value in before:
            setattr(place, name, value)


# the centre


def _plain_sequence() -> list[Patch]:
    def first_number(self: Books) -> int:
        number: int = max(self.seq, getattr(self, "sequence", 0))
        self.sequence = number + 10  # type: ignore[attr-defined]
        return number

    return [(Books, "first_number", first_number), (Centre, "may_hold", lambda self: True)]


class _LateCommit:
    """The transaction of an answer that was given already."""

    answer = None

    def __init__(self, centre: Centre, page: Page) -> None:
        self._centre, self._page, self._life = centre, page, centre.life
        self.dead = False

    def go_on(self) -> None:
        if self._life == self._centre.life:
            self._centre.books.commit(self._page)
            self._centre.holder = None
        self.dead = True


def _answer_before_commit() -> list[Patch]:
    def _commands(self: Centre, body: bytes, task: Task) -> Generator[None, None, Answer]:
        commands = msgspec.json.decode(body, type=CommandsRequest).commands
        while not self.may_hold():
            yield
        self.holder = task
        page = self.books.begin(commands, set())
        yield
        self.loose.append(_LateCommit(self, page))  # type: ignore[arg-type]
        raws = [msgspec.Raw(verdict) for verdict in page.found if verdict is not None]
        return whole(200, encode({"verdicts": raws, "server_time": self.books.time.now()}))

    return [(Centre, "_commands", _commands)]


def _verdict_stored_apart() -> list[Patch]:
    commit, say, kill = Books.commit, Centre._say, Centre.kill

    def without(self: Books, page: Page) -> None:
        self.late = page.given  # type: ignore[attr-defined]
        page.given = {}
        commit(self, page)

    def with_them(self: Centre, verdicts: list[bytes]) -> None:
        self.books.given |= getattr(self.books, "late", {})
        say(self, verdicts)

    def forget(self: Centre) -> None:
        self.books.late = {}  # type: ignore[attr-defined]
        kill(self)

    return [(Books, "commit", without), (Centre, "_say", with_them), (Centre, "kill", forget)]


def _forgotten_at_restart() -> list[Patch]:
    verdict, start = Books._verdict, Centre.start

    def only_young(self: Books, command: Any, stopped: set[str], page: Page) -> bytes | None:
        old = getattr(self, "old", {})
        if command.id in old and command.id not in page.given:
            kept, self.given = self.given, {k: v for k, v in self.given.items() if k not in old}
            found = verdict(self, command, stopped, page)
            self.given = kept
            return found
        return verdict(self, command, stopped, page)

    def forget(self: Centre) -> None:
        self.books.old = dict(self.books.given)  # type: ignore[attr-defined]
        start(self)

    return [(Books, "_verdict", only_young), (Centre, "start", forget)]


def _folded_backwards() -> list[Patch]:
    begin = Books.begin

    def backwards(self: Books, commands: Sequence[Any], stopped: set[str]) -> Page:
        page = begin(self, commands[::-1], stopped)
        page.found.reverse()
        return page

    return [(Books, "begin", backwards)]


def _cursor_of_the_end() -> list[Patch]:
    snapshot = Books.snapshot

    def late(self: Books, before: str | None) -> Iterator[bytes]:
        for piece in snapshot(self, before):
            lines = [msgspec.json.decode(line, type=SnapshotLine) for line in piece.splitlines()]
            lines = [replace(line, cursor=self.seq if line.end else None) for line in lines]
            yield b"".join(encode(line) + b"\n" for line in lines if line != SnapshotLine())

    return [(Books, "snapshot", late)]


# the desk's outbox


def _next_batch_then(then: Callable[[Any, list[Any]], None], before: bool = False) -> list[Patch]:
    next_batch = SyncPort._next_batch

    def patched(self: SyncPort, limit: int) -> list[Any]:
        if before:
            with self._held.store.transaction():
                then(self._held, self._held.letters.in_state(WAITING))
        batch = next_batch(self, limit)
        if not before:
            with self._held.store.transaction():
                then(self._held, list(filter(None, (self._held.letters.get(c.id) for c in batch))))
        return batch

    return [(SyncPort, "_next_batch", patched)]


def _new_id_on_retry() -> list[Patch]:
    def rename(held: Any, letters: list[Any]) -> None:
        for letter in letters:
            if letter.offered:
                held.letters.rename(letter.id, replace(letter.command, id=new_id()))

    return _next_batch_then(rename, before=True)


def _gone_before_the_answer() -> list[Patch]:
    def gone(held: Any, letters: list[Any]) -> None:
        for letter in letters:
            held.letters.accept(letter.id, held.now_ms())

    return _next_batch_then(gone)


def _sent_backwards() -> list[Patch]:
    may_go = Letters.may_go
    return [(Letters, "may_go", lambda self, limit: may_go(self, limit)[::-1])]


def _held_sent_early() -> list[Patch]:
    release = Letters.release_held
    return [
        (Letters, "release_held", lambda self, now_ms: release(self, now_ms + 10**12)),
        (Letters, "next_hold_ms", lambda self: 0),
    ]


def _nothing_held_back() -> list[Patch]:
    def all_waiting(self: Letters, limit: int) -> list[Any]:
        return self._read("WHERE state = 'waiting' ORDER BY place, n LIMIT ?", (limit,))

    return [(Letters, "may_go", all_waiting), (incoming, "hold_back_later", lambda held, letter: None)]


def _undo_of_what_left() -> list[Patch]:
    def anything(held: Any, command_ids: Sequence[str]) -> bool:
        letters = [x for x in map(held.letters.get, command_ids) if x and x.state in (HELD, WAITING)]
        with held.store.transaction():
            for letter in letters:
                held.letters.delete(letter.id)
            for case in sorted({letter.case for letter in letters}):
                undo.restand(held, case, undo.confirmed_of(held, case))
        return bool(letters)

    return [(undo, "undo", anything)]


def _refusal_dropped() -> list[Patch]:
    take = Incoming._take

    def dropped(self: Incoming, letter: Any, verdict: Any, sent_ms: int) -> None:
        if verdict.accepted:
            take(self, letter, verdict, sent_ms)
        else:
            self._held.letters.delete(letter.id)

    return [(Incoming, "_take", dropped)]


def _split_reordered() -> list[Patch]:
    def split(self: Any, batch: list[Any], error: Any) -> None:
        if len(batch) == 1:
            self._suspect(batch[0], error)
            return
        middle = len(batch) // 2
        self._deliver(batch[middle:])
        self._deliver(batch[:middle])

    return [(Round, "_split", split)]


def _leftover_dropped() -> list[Patch]:
    return [(incoming, "leftover", lambda held, letter, partial: None)]


# what comes in


def _rebase_forgotten() -> list[Patch]:
    records = Incoming.records

    def others(self: Incoming, found: Sequence[Any], *more: Any) -> Any:
        ahead = self._held.letters.with_letters([record.case.id for record in found])
        return records(self, [record for record in found if record.case.id not in ahead], *more)

    return [(Incoming, "records", others)]


def _older_revision_wins() -> list[Patch]:
    return [(incoming, "_newer", lambda confirmed, told: told or confirmed)]


def _cursor_first() -> list[Patch]:
    apply = SyncPort.apply_changes

    def patched(self: SyncPort, answer: Any) -> None:
        self._wait(lambda: self._incoming.records((), answer.cursor))
        apply(self, answer)

    return [(SyncPort, "apply_changes", patched)]


def _bookmark_first() -> list[Patch]:
    apply = SyncPort.apply_snapshot

    def patched(self: SyncPort, records: Any, next_token: Any, cursor: Any, total: int) -> None:
        self._wait(lambda: self._incoming.snapshot((), next_token, cursor, total))
        apply(self, records, next_token, cursor, total)

    return [(SyncPort, "apply_snapshot", patched)]


# the disk


def _draft_ended_first() -> list[Patch]:
    save_new = drafts.save_new

    def patched(held: Any, draft: Any, judged: Any) -> None:
        with held.store.transaction():
            put_draft(held, draft, SAVED)
        save_new(held, draft, judged)

    return [(drafts, "save_new", patched)]


def _journal_dropped_first() -> list[Patch]:
    write_up = journal._write_up

    def patched(held: Any, n: int, entry: Any, judged: Any = None) -> None:
        with held.store.transaction():
            held.journal.drop(n)
        write_up(held, n, entry, judged)

    return [(journal, "_write_up", patched)]


def _never_synced() -> list[Patch]:
    @contextmanager
    def relaxed(self: Store) -> Iterator[None]:
        self.read("PRAGMA synchronous = NORMAL")
        yield

    return [(Store, "relaxed", relaxed)]


MUTATIONS: dict[str, Mutation] = {
    "plain_sequence": Mutation("numbers by a plain sequence, committed in any order", _plain_sequence),
    "answer_before_commit": Mutation(
        "verdicts are answered before they are committed", _answer_before_commit
    ),
    "verdict_stored_apart": Mutation(
        "what a command did is stored before its verdict", _verdict_stored_apart
    ),
    "forgotten_at_restart": Mutation("verdicts are remembered in memory only", _forgotten_at_restart),
    "folded_backwards": Mutation("a request's commands are folded last first", _folded_backwards),
    "cursor_of_the_end": Mutation("a snapshot carries the cursor of its end", _cursor_of_the_end),
    "new_id_on_retry": Mutation("a command sent again bears a new id", _new_id_on_retry),
    "gone_before_the_answer": Mutation(
        "a command leaves the outbox when it is sent", _gone_before_the_answer
    ),
    "sent_backwards": Mutation("the outbox is sent last first", _sent_backwards),
    "held_sent_early": Mutation("what rests for an undo is sent at once", _held_sent_early),
    "nothing_held_back": Mutation("later commands go on behind a refused one", _nothing_held_back),
    "undo_of_what_left": Mutation("undo takes back what was offered already", _undo_of_what_left),
    "refusal_dropped": Mutation("a refused command is thrown away", _refusal_dropped),
    "split_reordered": Mutation("a failing batch is split, its second half first", _split_reordered),
    "leftover_dropped": Mutation(
        "fields that the centre left out of an edit are forgotten", _leftover_dropped
    ),
    "rebase_forgotten": Mutation("changes to cases with waiting commands are passed over", _rebase_forgotten),
    "older_revision_wins": Mutation("a late answer sets the confirmed copy back", _older_revision_wins),
    "cursor_first": Mutation("the cursor is stored before the cases", _cursor_first),
    "bookmark_first": Mutation("a fill's place is stored before its cases", _bookmark_first),
    "draft_ended_first": Mutation("a draft ends before its report is stored", _draft_ended_first),
    "journal_dropped_first": Mutation("the journal forgets before it is written up", _journal_dropped_first),
    "never_synced": Mutation("after a first fill commits no longer wait for the disk", _never_synced),
}
