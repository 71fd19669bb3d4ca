"""What the people at one console know they have done: held against what is found at the end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from console.desk.desk import Desk
from console.desk.drafts import open_drafts
from console.desk.holdings import Holdings
from console.models.letters import WAITING

Effect = Callable[[Any], None]


class Author:
    """`given`: ids of commands whose act was done, and not undone; `drafts`: what open ones must say."""

    def __init__(self) -> None:
        self.given: dict[str, str] = {}  # id -> case
        self.undone: set[str] = set()
        self.drafts: dict[str, str] = {}  # id -> description
        self.settled: set[str] = set()  # cases of which something that came back was dealt with
        self.moved: set[str] = set()  # commands given in the place of another
        self.misses: list[str] = []
        self.expects_draft = False  # one was opened, its id was not heard of
        self.expects_letters = False  # something was given, and so was no id

    def look(self, desk: Desk) -> None:
        """After each act and each opening: what was given is there, nothing undone is, no draft is lost."""
        held = holdings(desk)
        there = {str(id_): str(case) for id_, case in held.store.read("SELECT id, case_id FROM outbox")}
        binned = {str(row[0]) for row in held.store.read("SELECT id FROM bin")}
        for id_ in self.given:
            if id_ not in there and id_ not in binned:
                self.misses.append(f"command {id_} was given and is lost")
        for id_ in self.undone & (there.keys() | binned):
            self.misses.append(f"command {id_} was undone and is back")
        if self.expects_letters and not there.keys() - self.given.keys():
            self.misses.append("an act was committed and left no command")
        self.expects_letters = False
        for id_, case in there.items():
            self.given.setdefault(id_, case)
        self._look_at_drafts(held)

    @contextmanager
    def watching_rests(self, desk: Desk) -> Iterator[None]:
        """Around each transaction of the wire: what rests goes on when its time has come, not before."""
        held = holdings(desk)
        resting = held.store.read("SELECT id, hold_ms FROM outbox WHERE state = 'held'")
        now = held.now_ms()
        yield
        for id_, hold_ms in resting:
            letter = held.letters.get(str(id_))
            if letter is not None and letter.state == WAITING and int(hold_ms) > now:
                self.misses.append(f"command {id_} goes on before its time")

    def _look_at_drafts(self, held: Holdings) -> None:
        here = {draft.id: draft.description for draft in open_drafts(held)}
        if self.expects_draft:
            self.drafts = here | self.drafts
            self.expects_draft = False
        if here != self.drafts:
            lost = [id_ for id_ in self.drafts if here.get(id_) != self.drafts[id_]]
            back = [id_ for id_ in here if id_ not in self.drafts]
            self.misses.append(f"drafts lost or changed {lost}, back {back}")

    # what an act did, once it is known to be done

    def undid(self, ids: tuple[str, ...]) -> None:
        """Taken back."""
        for id_ in ids:
            self.given.pop(id_, None)
        self.undone |= set(ids)

    def typed(self, draft_id: str, words: str) -> None:
        """On disk, open."""
        self.drafts[draft_id] = words

    def ended_draft(self, draft_id: str) -> None:
        """No longer open."""
        self.drafts.pop(draft_id, None)


def holdings(desk: Desk) -> Holdings:
    """What lies on a desk; the world looks under it."""
    return desk.sync_port._held
