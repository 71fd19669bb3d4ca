"""A durable PostgreSQL, a server process on it and light desks: for benchmarks of the server itself."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import msgspec
from argon2 import PasswordHasher
from sqlalchemy import Engine, text, update

from console.central.database import connect
from console.central.migrate import migrate
from console.central.people import keep_stations
from console.central.practice import records
from console.central.practice_start import BEGINS, STARTS, make_database, start_postgres
from console.central.seed import PASSWORD, load, seed_world
from console.central.tables import users
from console.domain.case import Actor
from console.domain.command import AnyBody, Command
from console.domain.identity import new_id
from console.domain.zone import local_day
from console.protocol.wire import StationAnswer, StationRequest, TokenAnswer, TokenRequest
from console.reference import bundled

ROOT = Path(__file__).resolve().parents[1]
STATIONS = tuple(f"{n:02d}" for n in range(100))
QUICK = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
"""Signing in is not what is measured."""


class Place:
    """One database with a province of `count` cases, written through to the disk like on duty."""

    def __init__(self, uri: str, count: int) -> None:
        self.uri, self.address = uri, make_database(uri, "ioc")
        self.engine: Engine = connect(self.address)
        migrate(self.engine)
        reference = bundled()
        seed_world(self.engine, reference, local_day(BEGINS))
        load(self.engine, records(reference, 1, count, STARTS, BEGINS), BEGINS)
        with self.engine.begin() as connection:
            connection.execute(update(users).values(password=QUICK.hash(PASSWORD)))
            keep_stations(connection, STATIONS)
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))

    def open_cases(self) -> list[str]:
        """Ids of cases that admit a note."""
        with self.engine.connect() as connection:
            return list(connection.scalars(text("SELECT id::text FROM cases WHERE status <> 'merged'")))


@contextmanager
def place(count: int) -> Iterator[Place]:
    """Thrown away afterwards."""
    with ExitStack() as opened:
        folder = opened.enter_context(TemporaryDirectory(prefix="ioc-bench-"))
        uri, stop = start_postgres(Path(folder) / "pg")
        opened.callback(stop)
        made = Place(uri, count)
        opened.callback(made.engine.dispose)
        yield made


class Process:
    """`python -m console.central serve`; `stop` as an administrator does it."""

    def __init__(self, address: str, port: int = 0, *more: str) -> None:
        command = [sys.executable, "-m", "console.central", "serve", "--database", address]
        self._popen = subprocess.Popen(
            [*command, "--port", str(port), *more],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._popen.stdout is not None
        self.url = self._popen.stdout.readline().decode().split()[1]

    def stop(self) -> None:
        """And wait for its end."""
        self._popen.terminate()
        self._popen.wait(60)
        if self._popen.stdout is not None:
            self._popen.stdout.close()


@contextmanager
def serving(address: str, *more: str) -> Iterator[str]:
    """Its address."""
    process = Process(address, 0, *more)
    try:
        yield process.url
    finally:
        process.stop()


class Wire:
    """One kept connection, as bare as can be, so that the desks take little from what is measured."""

    def __init__(self, url: str, token: str = "") -> None:
        where = urlsplit(url)
        self._socket = socket.create_connection((where.hostname or "", where.port or 0), timeout=120)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head = f"Host: x\r\nContent-Type: application/json\r\nAuthorization: Bearer {token}\r\n"

    def close(self) -> None:
        """Give the socket back."""
        self._socket.close()

    def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        """Status and body."""
        head = f"{method} /api/v1{path} HTTP/1.1\r\n{self._head}Content-Length: {len(body)}\r\n\r\n"
        self._socket.sendall(head.encode() + body)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._part()
        top, _, rest = got.partition(b"\r\n\r\n")
        length = int(top.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
        parts, have = [rest], len(rest)
        while have < length:
            parts.append(self._part())
            have += len(parts[-1])
        return int(top.split()[1]), b"".join(parts)

    def _part(self) -> bytes:
        part = self._socket.recv(262_144)
        if not part:
            raise ConnectionResetError
        return part


def sign_in(url: str, station: str, people: tuple[str, ...]) -> list[TokenAnswer]:
    """Enrol a station; a token for each of these users there."""
    wire = Wire(url)
    asked = msgspec.json.encode(StationRequest(station=station, user="sup01", password=PASSWORD))
    key = msgspec.json.decode(wire.ask("POST", "/auth/stations", asked)[1], type=StationAnswer).station_key
    tokens = []
    for user in people:
        who = TokenRequest(station=station, station_key=key, user=user, password=PASSWORD)
        body = wire.ask("POST", "/auth/token", msgspec.json.encode(who))[1]
        tokens.append(msgspec.json.decode(body, type=TokenAnswer))
    wire.close()
    return tokens


def command(case: str, by: Actor, body: AnyBody) -> bytes:
    """One command, encoded."""
    return msgspec.json.encode(Command(id=new_id(), case=case, at=BEGINS, by=by, body=body))


def batch(commands: list[bytes]) -> bytes:
    """The body of a delivery."""
    return b'{"commands":[%s]}' % b",".join(commands)


def until(seconds: float) -> Iterator[None]:
    """Go on for so long."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        yield
