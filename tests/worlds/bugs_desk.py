"""Deliberate bugs of the desk: each function answers what to put in the place of what."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec

from console.desk import drafts, incoming, journal, undo
from console.desk.draft_rows import put_draft
from console.desk.incoming import Incoming
from console.desk.sync_port import SyncPort
from console.domain.identity import new_id
from console.models.drafts import SAVED
from console.models.letters import HELD, WAITING, Letters
from console.models.store import Store
from console.sync.round import Round
from tests.worlds.bugs_centre import Patch

replace = msgspec.structs.replace


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


def new_id_on_retry() -> list[Patch]:
    def rename(held: Any, letters: list[Any]) -> None:
        for letter in letters:
            if letter.offered:
                held.letters.rename(letter.id, replace(letter.command, id=new_id()))

    return _next_batch_then(rename, before=True)


def gone_before_the_answer() -> list[Patch]:
    def gone(held: Any, letters: list[Any]) -> None:
        for letter in letters:
            held.letters.accept(letter.id, held.now_ms())

    return _next_batch_then(gone)


def sent_backwards() -> list[Patch]:
    may_go = Letters.may_go
    return [(Letters, "may_go", lambda self, limit: may_go(self, limit)[::-1])]


def held_sent_early() -> list[Patch]:
    release = Letters.release_held
    return [
        (Letters, "release_held", lambda self, now_ms: release(self, now_ms + 10**12)),
        (Letters, "next_hold_ms", lambda self: 0),
    ]


def nothing_held_back() -> list[Patch]:
    def all_waiting(self: Letters, limit: int) -> list[Any]:
        return self._read("WHERE state = 'waiting' ORDER BY place, n LIMIT ?", (limit,))

    return [(Letters, "may_go", all_waiting), (incoming, "hold_back_later", lambda held, letter: None)]


def undo_of_what_left() -> list[Patch]:
    def anything(held: Any, command_ids: Sequence[str]) -> bool:
        letters = [x for x in map(held.letters.get, command_ids) if x and x.state in (HELD, WAITING)]
        with held.store.transaction():
            for letter in letters:
                held.letters.delete(letter.id)
            for case in sorted({letter.case for letter in letters}):
                undo.restand(held, case, undo.confirmed_of(held, case))
        return bool(letters)

    return [(undo, "undo", anything)]


def refusal_dropped() -> list[Patch]:
    take = Incoming._take

    def dropped(self: Incoming, letter: Any, verdict: Any, sent_ms: int) -> None:
        if verdict.accepted:
            take(self, letter, verdict, sent_ms)
        else:
            self._held.letters.delete(letter.id)

    return [(Incoming, "_take", dropped)]


def split_reordered() -> list[Patch]:
    def split(self: Any, batch: list[Any], error: Any) -> None:
        if len(batch) == 1:
            self._suspect(batch[0], error)
            return
        middle = len(batch) // 2
        self._deliver(batch[middle:])
        self._deliver(batch[:middle])

    return [(Round, "_split", split)]


def leftover_dropped() -> list[Patch]:
    return [(incoming, "leftover", lambda held, letter, partial: None)]


# what comes in


def rebase_forgotten() -> list[Patch]:
    records = Incoming.records

    def others(self: Incoming, found: Sequence[Any], *more: Any) -> Any:
        ahead = self._held.letters.with_letters([record.case.id for record in found])
        return records(self, [record for record in found if record.case.id not in ahead], *more)

    return [(Incoming, "records", others)]


def older_revision_wins() -> list[Patch]:
    return [(incoming, "_newer", lambda confirmed, told: told or confirmed)]


def cursor_first() -> list[Patch]:
    apply = SyncPort.apply_changes

    def patched(self: SyncPort, answer: Any) -> None:
        self._wait(lambda: self._incoming.records((), answer.cursor))
        apply(self, answer)

    return [(SyncPort, "apply_changes", patched)]


def bookmark_first() -> list[Patch]:
    apply = SyncPort.apply_snapshot

    def patched(self: SyncPort, records: Any, next_token: Any, cursor: Any, total: int) -> None:
        self._wait(lambda: self._incoming.snapshot((), next_token, cursor, total))
        apply(self, records, next_token, cursor, total)

    return [(SyncPort, "apply_snapshot", patched)]


# the disk


def draft_ended_first() -> list[Patch]:
    save_new = drafts.save_new

    def patched(held: Any, draft: Any, judged: Any) -> None:
        with held.store.transaction():
            put_draft(held, draft, SAVED)
        save_new(held, draft, judged)

    return [(drafts, "save_new", patched)]


def journal_dropped_first() -> list[Patch]:
    write_up = journal._write_up

    def patched(held: Any, n: int, entry: Any, judged: Any = None) -> None:
        with held.store.transaction():
            held.journal.drop(n)
        write_up(held, n, entry, judged)

    return [(journal, "_write_up", patched)]


def never_synced() -> list[Patch]:
    @contextmanager
    def relaxed(self: Store) -> Iterator[None]:
        self.read("PRAGMA synchronous = NORMAL")
        yield

    return [(Store, "relaxed", relaxed)]
