"""The audit at the end of a trial: centre and desks are asked themselves, after all outboxes have gone."""

import asyncio
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import text

from console.central.database import connect
from console.models.letters import HELD_BACK, REFUSED
from tests.journeys.kill_driver import LONG, SHORT
from tests.support.world import Seat, World
from tests.trials.place import Console, Place


@dataclass
class Balance:
    """What was counted."""

    cases: int
    accepted: int
    refused: int
    held_back: int


@dataclass
class Centre:
    """What the centre's tables hold. `verdicts`: command → accepted."""

    verdicts: dict[str, bool]
    stations: dict[str, str]
    cases: set[str]
    texts: Counter[str]


def audit(place: Place) -> Balance:
    """Raises AssertionError where anything is lost, doubled, half done or unknown to its author."""
    return asyncio.run(_audit(place))


async def _audit(place: Place) -> Balance:
    async with World(place.servers.url, place.folder) as world:
        seats = [await world.sit_down(console.station, console.user) for console in place.consoles]
        told: list[dict[str, str]] = [{} for _ in seats]
        held_back = 0
        while True:
            await world.rest()
            found = [await _attention(seat) for seat in seats]
            held_back = held_back or sum(state == HELD_BACK for one in found for state in one.values())
            for seat, mine, all_of_it in zip(seats, found, told, strict=True):
                all_of_it |= {id_: state for id_, state in mine.items() if state == REFUSED}
                await _put_away(seat, mine)
            if not any(found):
                break
        await world.converged()
        centre = await asyncio.to_thread(_read, place.database)
        for console, refused in zip(place.consoles, told, strict=True):
            _settle(console, set(refused), centre)
    verdicts = Counter(centre.verdicts.values())
    return Balance(len(centre.cases), verdicts[True], verdicts[False], held_back)


async def _attention(seat: Seat) -> dict[str, str]:
    """What came back to its author, or waits behind that: command and state."""
    held = seat.desk._held
    sql = "SELECT id, state FROM outbox WHERE state IN (?, ?)"
    return dict(await held.call(lambda: held.store.read(sql, (REFUSED, HELD_BACK))))


async def _put_away(seat: Seat, came_back: dict[str, str]) -> None:
    """Into the bin with what was refused: what waits behind it goes on."""
    for id_, state in came_back.items():
        if state == REFUSED:
            await seat.desk.let_go(id_)


def _settle(console: Console, refused: set[str], centre: Centre) -> None:
    """Each command of this desk has one verdict, and where that was no, the desk has told it."""
    assert console.saved <= centre.cases, f"{console.user}: a saved report never reached the centre"
    assert console.given <= set(centre.verdicts), f"{console.user}: a command never reached the centre"
    mine = {id_ for id_, station in centre.stations.items() if station == console.station}
    assert refused == {id_ for id_ in mine if not centre.verdicts[id_]}, f"{console.user}: refused unheard"


def _read(database: str) -> Centre:
    engine = connect(database, size=1)
    with engine.connect() as connection:
        commands = connection.execute(text("SELECT id, accepted, station, seq, kind FROM commands")).all()
        events = connection.execute(text("SELECT DISTINCT seq FROM events")).scalars().all()
        cases = connection.execute(text("SELECT id, body::json ->> 'description' FROM cases")).all()
        last = connection.execute(text("SELECT seq FROM ledger")).scalar_one()
    engine.dispose()
    numbers = sorted(row.seq for row in commands if row.accepted)
    assert numbers == list(range(1, last + 1)), "the ledger has a gap, or a number twice"
    assert sorted(events) == numbers, "a command without its event, or an event without its command"
    logged = [row for row in commands if row.accepted and row.kind == "log_report"]
    assert len(logged) == len(cases), "a report was taken twice, or half"
    texts = Counter(row[1] for row in cases)
    assert set(texts) <= {SHORT, LONG}, "a report with other words than were typed"
    return Centre(
        verdicts={str(row.id): row.accepted for row in commands},
        stations={str(row.id): row.station for row in commands},
        cases={str(row.id) for row in cases},
        texts=texts,
    )
