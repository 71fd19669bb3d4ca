"""An agency's own system: it acts on what it leads, and delivers each act until it hears the verdict."""

from datetime import timedelta

import msgspec

from console.central.practice.people import agency_actor
from console.domain import command as bodies
from console.domain.command import AnyBody, Command
from console.domain.identity import new_id
from console.protocol.wire import CommandsRequest
from tests.worlds.centre import Centre, Task
from tests.worlds.net import Call
from tests.worlds.operator import LEADS
from tests.worlds.seams import Ids, Time

MOST_STEPS = 12
MOST_AT_ONCE = 12  # what so many steps work off


class Agency:
    """`given`: every command it ever gave; `waiting`: those without a verdict."""

    def __init__(self, index: int, time: Time, ids: Ids, centre: Centre) -> None:
        self.index, self._time, self._ids, self._centre = index, time, ids, centre
        self.actor = agency_actor(LEADS[index])
        self.given: list[Command] = []
        self.waiting: list[Command] = []

    def act(self, what: str, n: int) -> None:
        """On one of its cases, as the centre has them."""
        books = self._centre.books
        mine = [c for c in map(books.case, sorted(books.cases)) if c.lead == self.actor.agency]
        if not mine:
            return
        case = mine[n % len(mine)]
        due = self._time.now() + timedelta(days=9)
        body: AnyBody = {
            "accept": bodies.Accept(),
            "return": bodies.Return(reason="Không thuộc đơn vị"),
            "resolve": bodies.Resolve(result="Đã vá mặt đường."),
            "note": bodies.AddNote(text="Tổ đã đến nơi", audience="agency"),
            "extension": bodies.AskExtension(new_due=due, reason="chờ vật tư"),
        }[what]
        self._ids.maker = 100 + self.index
        command = Command(id=new_id(), case=case.id, at=self._time.now(), by=self.actor, body=body)
        self.given.append(command)
        self.waiting.append(command)

    def deliver(self, fate: str) -> None:
        """All that waits, in order."""
        if not self.waiting or not self._centre.up or fate == "lost":
            return
        body = msgspec.json.encode(CommandsRequest(commands=tuple(self.waiting[:MOST_AT_ONCE])))
        task = Task(self._centre, Call("POST", "/api/v1/commands", body))
        for _ in range(MOST_STEPS):
            task.go_on()
        if task.answer is None:
            self._centre.loose.append(task)
        elif fate != "unanswered":
            piece = task.answer.next_piece()
            told = {verdict["id"] for verdict in msgspec.json.decode(piece or b"")["verdicts"]}
            self.waiting = [c for c in self.waiting if c.id not in told]
