"""Two hundred light consoles on the real protocol at one server of this machine.

On a working day: how long from a hint to the changed row, at 20 commands a second. After an outage: all come
back by the console's own pauses, with 50 commands each; how long until all is delivered, beside the time that
the same server takes for as many when it is never idle.
"""

import asyncio
import random
import time

import msgspec

from benchmarks.entry import Entry, entry, percentile
from benchmarks.light_console import AskedToWait, Console
from benchmarks.server import NOTE, desks_rate, notes
from benchmarks.server_place import STATIONS, Place, Process, command, place, sign_in
from console.protocol.wire import TokenAnswer
from console.sync.pace import Backoff, Pace

CASES = 2_000
COMMANDS_PER_S = 20
DAY_S = 20.0
LEFT = 50
"""Commands that wait at each console after the outage."""
FAILURES = 20
"""Of each console's tries in ten minutes: its pauses are as long as they get."""
LIMIT_MS = 300.0
SERVE = ("--workers", "2")


async def _working_day(consoles: list[Console], senders: list[Console], cases: list[str]) -> list[Entry]:
    listening = [asyncio.create_task(console.listen()) for console in consoles]
    began: dict[str, float] = {}
    sending, start = list[asyncio.Task[None]](), time.perf_counter()
    for turn in range(int(COMMANDS_PER_S * DAY_S)):
        await asyncio.sleep(max(0.0, start + turn / COMMANDS_PER_S - time.perf_counter()))
        sender = senders[turn % len(senders)]
        one = command(random.choice(cases), sender.actor, NOTE)
        began[msgspec.json.decode(one)["id"]] = time.perf_counter()
        sender.outbox.append(one)
        sending.append(asyncio.create_task(sender.send()))
    await asyncio.gather(*sending)
    while not all(console.seen.keys() >= began.keys() for console in consoles):
        await asyncio.sleep(0.05)
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    hints = [ms for console in consoles for ms in console.waits_ms]
    rows = [(console.seen[id_] - at) * 1000 for console in consoles for id_, at in began.items()]
    name = f"{len(consoles)} consoles, {COMMANDS_PER_S} commands/s"
    return [
        entry(f"{name}: hint to changed row, p99", percentile(hints, 99), "ms", "limit", LIMIT_MS),
        entry(f"{name}: command to row at every console, p99", percentile(rows, 99), "ms", "limit", 1000.0),
    ]


async def _come_back(console: Console, asked: list[float]) -> float:
    """By the console's own pauses: full jitter after a failure, the server's wish where it has one. When its
    outbox is empty."""
    backoff = Backoff(Pace())
    backoff.failures = FAILURES
    empty = 0.0
    while console.outbox:
        try:
            await console.send()
            empty = time.perf_counter()
            await console.pull()  # as a desk does; the others deliver meanwhile
        except AskedToWait as wish:
            asked.append(wish.seconds)
            await asyncio.sleep(backoff.asked(wish.seconds))
        except OSError:
            await asyncio.sleep(backoff.failed())
    return empty


async def _outage(where: Place, consoles: list[Console], port: int, cases: list[str]) -> tuple[float, int]:
    """Seconds from the server's return until every outbox is empty, and how often it asked to wait."""
    for console in consoles:
        console.outbox = [command(random.choice(cases), console.actor, NOTE) for _ in range(LEFT)]
    asked = list[float]()
    trying = [asyncio.create_task(_come_back(console, asked)) for console in consoles]
    await asyncio.sleep(Pace().most)  # each is somewhere in a pause
    server = await asyncio.to_thread(Process, where.address, port, *SERVE)
    back = time.perf_counter()
    last = max(await asyncio.gather(*trying))
    await asyncio.to_thread(server.stop)
    return last - back, len(asked)


def _hang_up(consoles: list[Console]) -> None:
    for console in consoles:
        console.hang_up()


def _own_rate(where: Place, tokens: list[TokenAnswer], cases: list[str]) -> float:
    server = Process(where.address, 0, *SERVE, "--rate", "1000000", "--burst", "1000000")
    rate = desks_rate(server.url, tokens, notes(cases, LEFT))
    server.stop()
    return rate


def _measure(where: Place) -> list[Entry]:
    cases = where.open_cases()
    server = Process(where.address, 0, *SERVE)
    tokens = [token for station in STATIONS for token in sign_in(server.url, station, ("op01", "op03"))]
    with where.engine.connect() as connection:
        cursor = int(connection.exec_driver_sql("SELECT seq FROM ledger").scalar_one())
    consoles = [Console(server.url, token, cursor) for token in tokens]
    senders = [Console(server.url, token, cursor) for token in tokens]

    async def day() -> list[Entry]:
        try:
            return await _working_day(consoles, senders, cases)
        finally:
            _hang_up([*consoles, *senders])

    found = asyncio.run(day())
    server.stop()
    rate = _own_rate(where, tokens[:16], cases)

    async def outage() -> tuple[float, int]:
        try:
            return await _outage(where, consoles, int(server.url.rsplit(":", 1)[1]), cases)
        finally:
            _hang_up(consoles)

    seconds, asked = asyncio.run(outage())
    total = len(consoles) * LEFT
    name = f"{len(consoles)} consoles with {LEFT} commands each after an outage, all delivered"
    print(f"  {total} commands at {rate:.0f}/s; asked to wait {asked} times, refused for good 0")
    return [*found, entry(name, seconds, "s", "the server's own rate", total / rate)]


def run() -> list[Entry]:
    """On a durable PostgreSQL, the consoles on the same machine."""
    with place(CASES) as where:
        return _measure(where)
