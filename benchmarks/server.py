"""The server against bare PostgreSQL that does the same, at the same concurrency, in one run, by turns.

Commands are durable: PostgreSQL waits for the disk. Ratios are of rates: higher is better, 0.3 is wished.
"""

import threading
from collections.abc import Callable
from statistics import median

from benchmarks.bare import changes_script, notes_script, pgbench, prepare
from benchmarks.entry import Entry, entry
from benchmarks.server_place import Place, Wire, batch, command, place, serving, sign_in, until
from console.domain.command import AddNote
from console.protocol.wire import TokenAnswer

CASES = 3_000
DESKS = 16
SECONDS = 4.0
ROUNDS = 3
SERVE = ("--rate", "1000000", "--burst", "1000000", "--workers", "2")
NOTE = AddNote(text="Đã gọi lại cho người dân, hẹn chiều nay đơn vị ra hiện trường kiểm tra.")


def desks_rate(url: str, tokens: list[TokenAnswer], work: Callable[[Wire, TokenAnswer, int], int]) -> float:
    """Run `work` again and again at each desk for some seconds; the sum of what it answers, per second."""
    done = [0] * len(tokens)

    def desk(place: int) -> None:
        wire = Wire(url, tokens[place].access)
        for turn, _ in enumerate(until(SECONDS)):
            done[place] += work(wire, tokens[place], turn * len(tokens) + place)
        wire.close()

    threads = [threading.Thread(target=desk, args=(place,)) for place in range(len(tokens))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / SECONDS


def notes(cases: list[str], count: int) -> Callable[[Wire, TokenAnswer, int], int]:
    """Deliver so many notes in one request."""

    def deliver(wire: Wire, token: TokenAnswer, turn: int) -> int:
        by = token.identity.actor()
        chosen = (cases[(turn * count + n) % len(cases)] for n in range(count))
        status, body = wire.ask("POST", "/commands", batch([command(case, by, NOTE) for case in chosen]))
        taken = body.count(b'"accepted":true')
        if status != 200 or taken != count:
            raise RuntimeError(f"answered {status}, {taken} of {count} accepted")
        return taken

    return deliver


def _pull(after: int, limit: int) -> Callable[[Wire, TokenAnswer, int], int]:
    def pull(wire: Wire, token: TokenAnswer, turn: int) -> int:
        status, _ = wire.ask("GET", f"/changes?after={after}&limit={limit}")
        if status != 200:
            raise RuntimeError(f"answered {status}")
        return 1

    return pull


def _by_turns(ours: Callable[[], float], bare: Callable[[], float]) -> tuple[float, float]:
    rates = [(ours(), bare()) for _ in range(ROUNDS)]
    return median(rate for rate, _ in rates), median(rate for _, rate in rates)


def _measure(where: Place, url: str) -> list[Entry]:
    tokens = [sign_in(url, f"{n:02d}", ("op03",))[0] for n in range(DESKS)]
    cases = where.open_cases()
    found = []
    for count in (1, 25):
        desks_rate(url, tokens[:2], notes(cases, count))  # warm, and a pattern for the bare rows
        script = notes_script(where.engine, count)
        ours, bare = _by_turns(
            lambda count=count: desks_rate(url, tokens, notes(cases, count)),
            lambda script=script, count=count: pgbench(where.address, script, DESKS, SECONDS) * count,
        )
        name = f"durable commands, {DESKS} desks, {count} a request"
        found.append(entry(name, ours, "/s", "pgbench, the same writes", bare))
    return found + [_changes(where, url, tokens, back, limit) for back, limit in ((1, 200), (200, 200))]


def _changes(where: Place, url: str, tokens: list[TokenAnswer], back: int, limit: int) -> Entry:
    with where.engine.connect() as connection:
        seq = connection.exec_driver_sql("SELECT max(seq) FROM events WHERE seq < 1000000000").scalar_one()
        connection.exec_driver_sql("DELETE FROM events WHERE seq >= 1000000000")
        connection.exec_driver_sql(f"UPDATE ledger SET seq = {seq}")
        connection.commit()
    script = changes_script(seq - back, limit)
    ours, bare = _by_turns(
        lambda: desks_rate(url, tokens, _pull(seq - back, limit)),
        lambda: pgbench(where.address, script, DESKS, SECONDS),
    )
    name = f"/changes, {DESKS} desks, {back} event(s) each"
    return entry(name, ours, "/s", "pgbench, the same reads", bare)


def run() -> list[Entry]:
    """Both on this machine, the desks too."""
    with place(CASES) as where:
        prepare(where.engine)
        with serving(where.address, *SERVE) as url:
            return _measure(where, url)
