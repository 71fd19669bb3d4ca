"""The place of a trial: one PostgreSQL, a fresh database, two central servers behind one cable, desks."""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import requests

from tests.support.forker import Driver
from tests.support.tcp_cable import TcpCable
from tests.trials.island import Island

READY_S = 60.0
USERS = ("op03", "op05", "op07", "op08", "op09")


class Servers:
    """Central server processes on ports that stay theirs, and the cable that leads to them by turns."""

    def __init__(self, database: str, logs: Path, count: int = 2, host: str = "127.0.0.1") -> None:
        self._drivers: list[Driver] = []
        self.ports = [free_port() for _ in range(count)]
        try:
            self._begin(database, logs)
        except BaseException:
            self._end()
            raise
        self.cable = TcpCable([("127.0.0.1", port) for port in self.ports], host=host)
        self.url = self.cable.url

    def _begin(self, database: str, logs: Path) -> None:
        for port in self.ports:
            complaints = logs / f"central-{port}.log"
            self._drivers.append(Driver("tests.trials.central_driver", database, complaints=complaints))
        for number in range(len(self.ports)):
            self.start(number)
        for number in range(len(self.ports)):
            self.wait_ready(number)

    def _end(self) -> None:
        for driver in self._drivers:
            driver.close()

    def start(self, number: int) -> None:
        self._drivers[number].begin(f"serve {self.ports[number]}")

    def wait_ready(self, number: int) -> None:
        """Until it answers."""
        until(lambda: self._answers(number) or self._drivers[number].gone, f"server {number}")
        assert not self._drivers[number].gone, "a server ended by itself"

    def _answers(self, number: int) -> bool:
        try:
            with requests.Session() as session:
                session.trust_env = False
                url = f"http://127.0.0.1:{self.ports[number]}/api/v1/health"
                return session.get(url, timeout=2).status_code == 200
        except requests.RequestException:
            return False

    def kill(self, number: int) -> None:
        """SIGKILL: whatever it was doing."""
        self._drivers[number].kill()

    def close(self) -> None:
        self.cable.close()
        self._end()


class Console:
    """One desk: its driver, and all that its lives have said is saved or given."""

    def __init__(self, folder: Path, url: str, user: str, logs: Path, prefix: tuple[str, ...] = ()) -> None:
        self.user, self.station = user, user[2:]
        self.folder = folder / f"desk-{self.station}"
        self.complaints = logs / f"desk-{self.station}.log"
        self.beat = logs / f"beat-{self.station}"
        self.driver = Driver(
            "tests.trials.desk_driver",
            str(self.folder),
            url,
            self.station,
            user,
            str(self.beat),
            complaints=self.complaints,
            prefix=prefix,
        )
        self.saved: set[str] = set()
        self.given: set[str] = set()

    def heard(self, said: list[dict[str, Any]]) -> None:
        """Take note of what a life has said."""
        assert not [line for line in said if "bug" in line], f"a bug: see {self.complaints}"
        self.saved |= {line["saved"] for line in said if "saved" in line}
        self.given |= {id_ for line in said for id_ in line.get("given", ())}

    def close(self) -> None:
        self.driver.close()


class Place:
    """`folder`: where the desks' stores are; `logs`: what the processes write to stderr, there as well
    unless given; `island`: where the desks are, here unless given; `closing`: what is to be closed at the
    end, in the other order."""

    def __init__(
        self,
        database: str,
        folder: Path,
        desks: int,
        *,
        logs: Path | None = None,
        island: Island | None = None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        logs = logs or folder
        self.database, self.folder, self.closing = database, folder, ExitStack()
        try:
            self.servers = Servers(database, logs, host="" if island else "127.0.0.1")
            url = f"http://{island.host}:{self.servers.cable.port}" if island else self.servers.url
            self.closing.callback(self.servers.close)
            self.consoles: list[Console] = []
            for user in USERS[:desks]:
                console = Console(folder, url, user, logs, island.prefix if island else ())
                self.closing.callback(console.close)
                self.consoles.append(console)
        except BaseException:
            self.closing.close()
            raise

    def __enter__(self) -> "Place":
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def until(true: Callable[[], bool], what: str, seconds: float = READY_S) -> None:
    """Ask again and again: for what other processes do there is nothing to be woken by."""
    give_up = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up, f"never: {what}"
        threading.Event().wait(0.05)
