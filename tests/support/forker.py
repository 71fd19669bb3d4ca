"""A process that has everything loaded and forks one that works, time and again, until it is killed."""

import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60


def say(**what: Any) -> None:
    """One line of a driver, written whole; `t` is the machine's monotonic time."""
    os.write(1, json.dumps({"t": time.monotonic(), **what}).encode() + b"\n")


class Driver:
    """`python -m MODULE ARGS…`, and what it says. `lines`: what the child that lives now has said.

    `complaints`: a file for what driver and children write to stderr; `prefix`: what the command begins with;
    `env`: what else it finds in its environment.
    """

    def __init__(
        self,
        module: str,
        *arguments: str,
        complaints: Path | None = None,
        prefix: tuple[str, ...] = (),
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.lines: list[dict[str, Any]] = []
        self._news = threading.Condition()
        command = [*prefix, sys.executable, "-m", module, *arguments]
        self._complaints = complaints
        with Path(complaints or os.devnull).open("ab") as errors:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **(env or {})},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        self._reader = threading.Thread(target=self._read, name="driver")
        self._reader.start()
        self.wait("loaded")

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._news:
                self.lines.append(json.loads(line))
                self._news.notify_all()
        with self._news:
            self.lines.append({"t": time.monotonic(), "ended": True})
            self._news.notify_all()

    def wait(self, what: str) -> dict[str, Any]:
        """The line that says it."""

        def found() -> dict[str, Any] | None:
            return next((line for line in self.lines if what in line or "ended" in line), None)

        with self._news:
            self._news.wait_for(lambda: found() is not None, PATIENCE_S)
            line = found()
        assert line is not None, f"the driver never said {what}"
        assert what in line, f"the driver ended before it said {what}"
        return line

    def until(self, true: Callable[[], bool], seconds: float = PATIENCE_S) -> bool:
        """Until what it said makes it true, or it is gone, or the time is over; whether it is true."""
        with self._news:
            self._news.wait_for(lambda: true() or self.gone, seconds)
            return true()

    @property
    def gone(self) -> bool:
        """Whether the child is dead."""
        return any("gone" in line or "ended" in line for line in self.lines)

    def begin(self, order: str) -> int:
        """Fork a child that follows the order; its pid."""
        assert self._process.stdin is not None
        self.lines.clear()
        self._process.stdin.write(f"{order}\n".encode())
        self._process.stdin.flush()
        return int(self.wait("pid")["pid"])

    def kill(self) -> list[dict[str, Any]]:
        """SIGKILL; what the child had said."""
        assert not self.gone, f"it died by itself, see {self._complaints}: {self.lines[-3:]}"
        killed = time.monotonic()
        os.kill(int(self.wait("pid")["pid"]), signal.SIGKILL)
        self.wait("gone")
        return [*self.lines, {"t": killed, "killed": True}]

    def live_and_die(self, order: str, words: int, after: float) -> list[dict[str, Any]]:
        """Start a child, kill it `after` seconds after it said so many lines; what it said.

        By lines and not by a time from the start: a slow machine gets as far as a quick one.
        """
        self.begin(order)
        self.until(lambda: len(self.lines) >= words)
        self.until(lambda: False, after)
        return self.kill()

    def close(self) -> None:
        """End the driver, and the child that still lives."""
        if not self.gone and any("pid" in line for line in self.lines):
            self.kill()
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._reader.join()
        assert self._process.stdout is not None
        self._process.stdout.close()


def fork_for_each_order(work: Callable[[str], None]) -> None:
    """In the driver: for each line on stdin fork a child that does `work(order)`; wait until it is dead."""
    say(loaded=True)
    for order in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _be_the_child(work, order.strip())
        say(pid=pid)
        os.waitpid(pid, 0)
        say(gone=pid)


def _be_the_child(work: Callable[[str], None], order: str) -> None:
    threading.Thread(target=_end_with_the_test, name="end", daemon=True).start()
    try:
        work(order)
    finally:
        if (error := sys.exc_info()[1]) is not None:
            sys.excepthook(type(error), error, error.__traceback__)
            sys.stderr.flush()
        os._exit(1)


def _end_with_the_test() -> None:
    """Nobody holds the other end of stdin any more: the test itself was ended."""
    hung_up = select.poll()
    hung_up.register(0, select.POLLHUP)
    hung_up.poll()
    os._exit(1)
