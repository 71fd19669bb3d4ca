"""Several server processes behind one socket: the system gives each new connection to one that is free.

They share nothing but the database. One that dies is replaced; what it had not answered, the desks ask again.
"""

import logging
import multiprocessing
import signal
import socket
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from console.central.allowance import Rate
from console.central.centre import Centre
from console.central.clock import RealClock
from console.central.database import connect
from console.central.migrate import check
from console.central.post.settings import doors_of
from console.central.serving import GRACE_S, Server, listening_at
from console.log import log_to_stderr

log = logging.getLogger(__name__)

LOOK_S = 0.5
START_S = 60.0
AGAIN_S = 1.0
_SPAWN = multiprocessing.get_context("spawn")


class Workers:
    """`run` blocks in the main thread; `stop` may be called from a signal handler."""

    def __init__(
        self, database: str, count: int, host: str, port: int, rate: Rate, post: Path | None
    ) -> None:
        self._database, self._count, self._rate, self._post = database, count, rate, post
        self._socket = listening_at(host, port)
        self._ending = threading.Event()

    @property
    def url(self) -> str:
        """Where they listen."""
        host, port = self._socket.getsockname()[:2]
        return f"http://{host}:{port}"

    def run(self, ready: Callable[[], None]) -> None:
        """Serve until `stop`. `ready` is called when each of them answers calls."""
        workers = [self._begin() for _ in range(self._count)]
        try:
            if all(up.poll(START_S) for _, up in workers) and not self._ending.is_set():
                ready()
            while not self._ending.is_set():
                workers = self._replaced(workers)
        finally:
            self._end([process for process, _ in workers])
            self._socket.close()

    def stop(self) -> None:
        """End them all, each in order."""
        self._ending.set()

    def _begin(self) -> tuple[SpawnProcess, Connection]:
        up, told = _SPAWN.Pipe(duplex=False)
        process = _SPAWN.Process(
            target=_work, args=(self._database, self._socket, self._rate, self._post, told)
        )
        process.start()
        told.close()
        return process, up

    def _replaced(
        self, workers: list[tuple[SpawnProcess, Connection]]
    ) -> list[tuple[SpawnProcess, Connection]]:
        """The same, with new ones for those that died."""
        wait([process.sentinel for process, _ in workers], LOOK_S)
        dead = [pair for pair in workers if not pair[0].is_alive()]
        if not dead or self._ending.is_set():
            return workers
        for process, up in dead:
            log.error("a worker ended with %s; another takes its place", process.exitcode)
            up.close()
        self._ending.wait(AGAIN_S)
        return [pair for pair in workers if pair not in dead] + [self._begin() for _ in dead]

    def _end(self, processes: list[SpawnProcess]) -> None:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(GRACE_S + 5)
            if process.is_alive():
                log.error("a worker did not end in time")
                process.kill()
                process.join()


def _work(database: str, listener: socket.socket, rate: Rate, post: Path | None, told: Connection) -> None:
    """One process's life."""
    log_to_stderr(quiet=("alembic",))
    engine = connect(database)
    try:
        centre = Centre(engine, RealClock(), check(engine), practice=False, rate=rate)
        centre.open_office(doors_of(post))
        server = Server(centre, listener=listener)
        signal.signal(signal.SIGTERM, lambda number, frame: server.stop())
        signal.signal(
            signal.SIGINT, signal.SIG_IGN
        )  # Ctrl+C reaches all; the parent ends its workers in order
        threading.Thread(target=_end_with_parent, args=(server,), daemon=True).start()
        server.run(lambda: told.send(True))
    finally:
        engine.dispose()


def _end_with_parent(server: Server) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        server.stop()
