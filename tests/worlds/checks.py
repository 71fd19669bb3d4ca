"""What must be so, whatever happened. Each check answers what is wrong, in words."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec

from console.central.practice.people import staff
from console.central.seed import PORTAL
from console.desk.desk import Desk
from console.domain.refusal import Code
from console.models.letters import HELD_BACK, ON_THEIR_WAY, REFUSED, SENT, Letter
from console.protocol.wire import CommandsRequest
from tests.worlds.author import holdings
from tests.worlds.books import Books
from tests.worlds.net import Call

if TYPE_CHECKING:
    from tests.worlds.console import Console
    from tests.worlds.world import World

CHIEF = staff()["sup02"]
_COLUMNS = "id, case_id, state, blocks"


def of_a_delivery(console: "Console", call: Call) -> Iterable[str]:
    """At the moment a batch leaves: nothing undone, nothing that still rests, nothing behind a refused one,
    and of each case in order."""
    assert console.desk is not None
    commands = msgspec.json.decode(call.body, type=CommandsRequest).commands
    rows = holdings(console.desk).store.read(f"SELECT {_COLUMNS} FROM outbox ORDER BY place, n")
    order = {str(row[0]): n for n, row in enumerate(rows)}
    last: dict[str, int] = {}
    for command in commands:
        if command.id in console.author.undone:
            yield f"command {command.id} was undone and is sent"
        if command.id not in order:
            yield f"command {command.id} is sent and lies nowhere"
            continue
        if order[command.id] < last.get(command.case, -1):
            yield f"commands of {command.case} are sent out of order"
        last[command.case] = order[command.id]
        sent = {other.id for other in commands} | console.author.moved
        if (before := _in_its_way(command.id, command.case, rows, sent)) is not None:
            yield f"command {command.id} is sent behind {before}, which has no verdict or was refused"


def _in_its_way(id_: str, case: str, rows: list[tuple[Any, ...]], sent: set[str]) -> str | None:
    for other, of, state, blocks in rows:
        if other == id_:
            return None
        if of != case or str(other) in sent:
            continue
        if state in ON_THEIR_WAY or (state == REFUSED and blocks):
            return str(other)
    return None


def at_the_end(world: "World") -> Iterable[str]:
    """Everything healed, nothing settled yet: each command decided once, and its author knows."""
    books = world.centre.books
    yield from _of_the_centre(books)
    known = {command.id for agency in world.agencies for command in agency.given} | books.populated
    for console in world.consoles:
        known |= console.author.given.keys()
        for miss in (
            *_verdicts_known(console, books),
            *_order_kept(console, books),
            *_holds_all(console, books),
        ):
            yield f"console {console.index}: {miss}"
    for id_, given in books.given.items():
        if given.accepted and id_ not in known:
            yield f"the centre accepted {id_}, which nobody gave"
    for agency in world.agencies:
        for command in agency.given:
            if command.id not in books.given:
                yield f"the agency's {command.id} was never decided"


def _of_the_centre(books: Books) -> Iterable[str]:
    ids = [msgspec.json.decode(body)["id"] for _, _, body in books.events]
    yield from (f"{id_} was done {n} times" for id_, n in Counter(ids).items() if n > 1)
    accepted = {id_ for id_, given in books.given.items() if given.accepted}
    yield from (f"{id_} was done and not accepted" for id_ in set(ids) - accepted - books.populated)


def _letters(desk: Desk) -> list[Letter]:
    return holdings(desk).letters.in_state(*ON_THEIR_WAY, REFUSED, SENT)


def _verdicts_known(console: "Console", books: Books) -> Iterable[str]:
    """Every command given here: its state says what the centre said."""
    assert console.desk is not None
    letters = {letter.id: letter for letter in _letters(console.desk)}
    binned = {one.command.id for one in holdings(console.desk).letters.binned()}
    for id_ in console.author.given:
        given, letter = books.given.get(id_), letters.get(id_)
        if letter is None:
            if id_ not in binned:
                yield f"{id_} is nowhere"
            elif given is not None and given.accepted:
                yield f"{id_} was accepted and lies in the bin"
            continue
        if letter.state == SENT and (given is None or not given.accepted):
            yield f"{id_} is taken for accepted, the centre says otherwise"
        if letter.state in (REFUSED, HELD_BACK) and given is not None and given.accepted:
            yield f"{id_} was accepted and is shown as {letter.state}"
        if letter.state == REFUSED and given is None and letter.offered and not _by_the_desk(letter):
            yield f"{id_} is shown as refused, the centre never decided"
        if letter.state in ("held", "waiting"):
            yield f"{id_} was never delivered"
        if letter.state == SENT and given is not None:
            yield from _leftover_known(console, given.verdict, letters, binned)


def _leftover_known(
    console: "Console", verdict: bytes, letters: dict[str, Letter], binned: set[str]
) -> Iterable[str]:
    """Fields that the centre left out of an edit came back to its author."""
    told = msgspec.json.decode(verdict)
    if not told["partial"]:
        return
    case = told["case"]["id"]
    if any(x.case == case and x.state == REFUSED and not x.offered for x in letters.values()):
        return
    if not console.author.settled & {case}:
        yield f"fields of {told['id']} were left out and nobody knows"


def _by_the_desk(letter: Letter) -> bool:
    return letter.refusal is not None and letter.refusal.code is Code.FAILED


def _order_kept(console: "Console", books: Books) -> Iterable[str]:
    """Of each case, the centre has this console's commands in the order they stand in the outbox."""
    assert console.desk is not None
    place = {letter.id: n for n, letter in enumerate(_letters(console.desk)) if letter.state == SENT}
    last: dict[str, int] = {}
    for _, case, body in sorted(books.events):
        id_ = msgspec.json.decode(body)["id"]
        if id_ in place and id_ not in console.author.moved:
            if place[id_] < last.get(case, -1):
                yield f"{id_} of {case} came out of order"
            last[case] = place[id_]


def _holds_all(console: "Console", books: Books) -> Iterable[str]:
    """Every case and every event up to the cursor is here; a case without commands on their way is the
    centre's, to the byte."""
    assert console.desk is not None
    held = holdings(console.desk)
    on_the_way = {letter.case for letter in held.letters.in_state(*ON_THEIR_WAY)}
    unknown = {letter.case for letter in _letters(console.desk) if letter.state in (REFUSED, HELD_BACK)}
    here = {str(row[0]) for row in held.store.read("SELECT id FROM case_row")}
    yield from (f"case {id_} is missing" for id_ in sorted(books.cases.keys() - here))
    yield from (f"case {id_} is nowhere else" for id_ in sorted(here - books.cases.keys() - unknown))
    for id_ in sorted(books.cases.keys() & here):
        timeline = tuple(msgspec.json.encode(e) for e in held.cases.events(id_, confirmed_only=True)[0])
        if timeline != books.timeline(id_):
            yield f"the timeline of {id_} differs"
        if id_ not in on_the_way and msgspec.json.encode(held.cases.get(id_)) != books.cases[id_]:
            yield f"case {id_} differs"


def when_settled(world: "World") -> Iterable[str]:
    """Empty outboxes: every console is the centre, to the byte, with nothing of its own left."""
    books = world.centre.books
    for console in world.consoles:
        assert console.desk is not None
        held = holdings(console.desk)
        tally = held.letters.tally()
        if tally.waiting or tally.attention:
            yield f"console {console.index}: the outbox does not empty"
        yield from (f"console {console.index}: {miss}" for miss in _holds_all(console, books))
        pending = held.store.read("SELECT count(*) FROM event WHERE pending = 1")[0][0]
        marked = held.store.read("SELECT count(*) FROM case_row WHERE waiting = 1 OR attention = 1")[0][0]
        copies = held.store.read("SELECT count(*) FROM confirmed")[0][0]
        if pending or marked or copies:
            yield f"console {console.index}: {pending} events, {marked} marks, {copies} copies are left"


__all__ = ["CHIEF", "PORTAL", "at_the_end", "of_a_delivery", "when_settled"]
