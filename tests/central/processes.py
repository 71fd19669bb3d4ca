"""Real server processes, as an administrator starts them."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.central import Client, ShiftedClock

ROOT = Path(__file__).resolve().parents[2]


class Process:
    """`python -m console.central serve` on a free port; `ready` waits until it answers."""

    def __init__(self, database: str, *more: str) -> None:
        command = [sys.executable, "-m", "console.central", "serve", "--port", "0", "--database", database]
        self.popen = subprocess.Popen(
            [*command, *more], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def ready(self) -> "Process":
        assert self.popen.stdout is not None
        self.url = self.popen.stdout.readline().decode().split()[1]
        return self

    def client(self, station: str, user: str) -> Client:
        return Client(self.url, station, user, ShiftedClock())

    def terminate(self) -> None:
        self.popen.send_signal(signal.SIGTERM)

    def close(self) -> None:
        if self.popen.poll() is None:
            self.popen.kill()
        self.popen.wait(60)
        if self.popen.stdout is not None:
            self.popen.stdout.close()


@contextmanager
def processes(database: str, *each: tuple[str, ...]) -> Iterator[list[Process]]:
    """One for each tuple of further arguments, started together."""
    made = [Process(database, *more) for more in each]
    try:
        yield [one.ready() for one in made]
    finally:
        for one in made:
            one.close()


def at(client: Client, process: Process) -> Client:
    """The same signed-in desk, at another process: a balancer may send it anywhere."""
    other = Client.__new__(Client)
    other.__dict__.update(client.__dict__)
    other.base = process.url + "/api/v1"
    return other
