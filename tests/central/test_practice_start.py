"""Practice mode's server as a program: it starts, survives a kill, is there once, and ends by itself."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import psutil
import pytest
import requests

from console.central.clock import WorldClock
from console.central.database import connect
from console.central.practice_start import BEGINS, serving_at
from console.domain.command import AddNote
from console.domain.zone import ZONE
from console.protocol.wire import Health
from tests.central.reports import changes, give, report, snapshot
from tests.support.central import Central, Client, Cluster

ROOT = Path(__file__).resolve().parents[2]
COUNT = 40


class Program:
    """One `practice` command."""

    def __init__(self, folder: Path, *more: str) -> None:
        command = [sys.executable, "-m", "console.central", "practice", "--folder", str(folder)]
        command += ["--count", str(COUNT), "--speed", "0", *more]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def ready(self) -> str:
        """Wait for the ready line; the address in it."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("ready "):
                return line.split()[1]
        raise AssertionError(f"it ended with {self.process.wait()}")

    def end(self, kind: int) -> int:
        self.process.send_signal(kind)
        return self.process.wait(60)

    def close(self) -> None:
        if self.process.poll() is None:
            self.end(signal.SIGTERM)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    """Outside of pytest's own, which each new pytest closes to the user that PostgreSQL runs as."""
    with TemporaryDirectory(prefix="ioc-practice-") as made:
        yield Path(made)


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[..., Program]]:
    """Start the program on the folder; all are ended, and PostgreSQL with the last one."""
    made: list[Program] = []

    def run(*more: str) -> Program:
        made.append(Program(folder / "world", *more))
        return made[-1]

    yield run
    for program in made:
        program.close()
    if postgres_of(folder):
        last = Program(folder / "world")
        last.ready()
        last.close()
    assert postgres_of(folder) == []


def postgres_of(folder: Path) -> list[int]:
    """PostgreSQL's processes that have their data in the folder."""
    found = []
    for process in psutil.process_iter(["name", "cmdline"]):
        words = process.info["cmdline"] or []
        if process.info["name"] == "postgres" and any(str(folder) in word for word in words):
            found.append(process.pid)
    return found


def health(url: str) -> Health:
    return msgspec.json.decode(requests.get(f"{url}/api/v1/health", timeout=30).content, type=Health)


def test_it_makes_a_province_once_and_goes_on_after_a_kill(
    start: Callable[..., Program], folder: Path
) -> None:
    first = start()
    url = first.ready()
    written = json.loads((folder / "world" / "server.json").read_text())
    assert (written["url"], written["pid"]) == (url, first.process.pid)
    began = health(url)
    assert began.practice
    assert BEGINS <= began.server_time < BEGINS + timedelta(minutes=30)
    desk = Client(url, "03", "op03", _Told(began.server_time))
    assert snapshot(desk)[0].total == COUNT
    new = desk.command(report(desk))
    (verdict,) = give(desk, new)
    assert verdict.accepted

    first.end(signal.SIGKILL)
    again = start("--port", url.rsplit(":", 1)[1])
    assert again.ready() == url
    assert give(desk, new) == (verdict,)
    assert snapshot(desk)[0].total == COUNT + 1
    assert verdict.case is not None
    assert verdict.case.entered_at <= health(url).server_time < BEGINS + timedelta(minutes=30)
    desk.close()

    assert again.end(signal.SIGTERM) == 0
    assert postgres_of(folder) == []
    assert not (folder / "world" / "server.json").exists()


def test_of_two_starts_at_once_one_serves_and_both_say_where(
    start: Callable[..., Program], folder: Path
) -> None:
    one, other = start(), start()
    assert one.ready() == other.ready()
    written = json.loads((folder / "world" / "server.json").read_text())
    serves, told = (one, other) if one.process.pid == written["pid"] else (other, one)
    assert told.process.wait(60) == 0
    assert serves.process.poll() is None
    assert health(written["url"]).status == "ok"


def test_it_ends_by_itself_when_nobody_is_here(start: Callable[..., Program], folder: Path) -> None:
    program = start("--idle-exit", "1")
    url = program.ready()
    desk = Client(url, "03", "op03", _Told(health(url).server_time))
    with desk.raw("GET", "/stream", stream=True) as stream:
        lines = stream.iter_lines()
        assert next(lines) == b"event: changed"
        assert changes(desk).records
    desk.close()
    assert program.process.wait(60) == 0
    assert postgres_of(folder) == []


def test_a_signal_while_it_is_still_starting_ends_it_in_order(
    start: Callable[..., Program], folder: Path
) -> None:
    program = start()
    assert program.process.stdout is not None
    assert program.process.stdout.readline() == "starting PostgreSQL\n"
    assert program.end(signal.SIGTERM) == 0
    assert postgres_of(folder) == []


class _Told:
    """The time as the program told it."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at


def test_the_world_stands_still_while_nobody_runs_it(cluster: Cluster) -> None:
    engine = connect(cluster.database())
    ticks = [100.0]
    clock = WorldClock(engine, BEGINS, monotonic=lambda: ticks[0])
    ticks[0] += 90
    assert clock.now() == BEGINS + timedelta(seconds=90)
    clock.keep()
    ticks[0] += 86_400
    later = WorldClock(engine, BEGINS, monotonic=lambda: ticks[0])
    assert later.now() == BEGINS + timedelta(seconds=90)
    engine.dispose()


def test_the_worlds_time_is_utc_whatever_zone_it_is_told_to_begin_in(cluster: Cluster) -> None:
    engine = connect(cluster.database())
    for days in range(2):  # the first time, and a beginning later than where it stood
        now = WorldClock(engine, (BEGINS + timedelta(days=days)).astimezone(ZONE)).now()
        assert now.utcoffset() == timedelta(0)
        assert msgspec.json.encode(now).endswith(b'Z"')
    engine.dispose()


def test_the_world_never_goes_back_behind_what_it_has_received(central: Central) -> None:
    desk = central.client()
    give(desk, desk.command(AddNote(text="Ghi chú")))
    sent = desk.clock.now()
    desk.close()
    world = WorldClock(central.engine, BEGINS)
    assert world.now() >= sent - timedelta(seconds=5)
    assert world.now() > BEGINS


def test_a_taken_port_is_given_up_for_a_free_one(central: Central) -> None:
    taken = int(central.url.rsplit(":", 1)[1])
    server = serving_at(central.centre, taken)
    assert server.url != central.url
    server._socket.close()


def test_practice_people_sign_in_with_the_practice_password(central: Central) -> None:
    for user in ("op02", "dp01", "sup02", "admin"):
        client = central.client("09", user)
        assert client.token.identity.user == user
        client.close()
