"""Practice mode's own centre: a program of its own, shared by all desks of one practice folder.

The first desk starts it; it writes server.json when it is ready and ends by itself a while after the last
desk went home. Blocking: called in a worker thread, never on the interface's.
"""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from console.desk.errors import DeskError
from console.sync.api import Api
from console.sync.errors import WireError

log = logging.getLogger(__name__)

IDLE_EXIT_S = 60
KEEP_ALIVE_S = 20.0
PATIENCE_S = 300.0  # the first start makes a database and a province
LOOK_S = 0.1
END_S = 20.0
ROOT = Path(__file__).resolve().parents[1]


class PracticeServerFailed(DeskError):
    """The practice centre ended before it was ready. `log_file`: where its own words are."""

    code = "practice_server_failed"

    def __init__(self, log_file: Path) -> None:
        super().__init__(log_file.name)
        self.log_file = log_file


class CentralMissing(DeskError):
    """The extra [central] is not installed: practice mode has no server here."""

    code = "central_missing"


class PracticeServer:
    """`folder` is the practice folder; `speed` how fast its province lives (1.0: like the real one)."""

    def __init__(self, folder: Path, speed: float = 1.0, count: int | None = None) -> None:
        self._folder, self._speed, self._count = folder, speed, count
        self._ending = threading.Event()
        self._known: str | None = None  # where it was: it comes back at the same address

    def live(self) -> str | None:
        """The address of a centre that answers; None where none does."""
        url = self._written()
        if url is None or not _answers(url):
            return None
        self._known = url
        return url

    def ensure(self, tell: Callable[[str], None]) -> str:
        """The address of a live centre, started if need be. `tell` hears its progress, line by line.

        Raises PracticeServerFailed, CentralMissing.
        """
        if (url := self.live()) is not None:
            return url
        self._folder.mkdir(parents=True, exist_ok=True)
        output = self._folder / "server.out"
        with output.open("wb") as sink:
            process = subprocess.Popen(  # it outlives this desk on purpose: others may use it
                self._command(), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        return self._wait(process, output, tell)

    def keep(self, again: Callable[[], None]) -> None:
        """Until `end`: keep the centre from going home while this desk has its plug out, and start it
        anew at the same address should it have died; `again` is called then."""
        while not self._ending.wait(KEEP_ALIVE_S):
            if self.live() is None and not self._ending.is_set():
                self._start_again(again)

    def _start_again(self, again: Callable[[], None]) -> None:
        log.warning("practice centre gone, starting it again")
        try:
            self.ensure(lambda line: None)
        except DeskError as error:
            log.error("practice centre did not come back: %s", error)
        else:
            again()

    def end(self) -> None:
        """Stop keeping."""
        self._ending.set()

    def _command(self) -> list[str]:
        command = [sys.executable, "-m", "console.central", "practice", "--folder", str(self._folder)]
        command += ["--idle-exit", str(IDLE_EXIT_S), "--speed", str(self._speed)]
        if self._count is not None:
            command += ["--count", str(self._count)]
        if (url := self._known or self._written()) is not None:
            command += ["--port", str(urlsplit(url).port)]
        return command

    def _written(self) -> str | None:
        try:
            return str(json.loads((self._folder / "server.json").read_text(encoding="utf-8"))["url"])
        except (FileNotFoundError, ValueError, KeyError):
            return None

    def _wait(self, process: "subprocess.Popen[bytes]", output: Path, tell: Callable[[str], None]) -> str:
        until, shown = time.monotonic() + PATIENCE_S, 0
        while time.monotonic() < until:
            lines = output.read_text(encoding="utf-8", errors="replace").splitlines()
            for line in lines[shown:]:
                tell(line)
            shown = len(lines)
            if (url := self.live()) is not None:
                _let_go(process)
                return url
            if process.poll() is not None:
                break
            self._ending.wait(LOOK_S)
        log.error("practice centre ended with %s", process.poll())
        if any("ModuleNotFoundError" in line for line in lines):
            raise CentralMissing
        raise PracticeServerFailed(output)


def _let_go(process: "subprocess.Popen[bytes]") -> None:
    """It goes on without us: nobody here waits for its end."""
    if process.poll() is None:
        process.returncode = 0


def _answers(url: str) -> bool:
    api = Api(url, read_s=5.0)
    try:
        return api.health().status == "ok"
    except WireError:
        return False
    finally:
        api.close()


def forget_practice(folder: Path) -> None:
    """Remove the practice world and its desks; a live centre is told to end first, and waited for."""
    server = PracticeServer(folder)
    if server.live() is not None:
        held = json.loads((folder / "server.json").read_text(encoding="utf-8"))
        os.kill(int(held["pid"]), signal.SIGTERM)
        _wait_until_gone(folder / "server.json")
        _wait_until_gone(folder / "pg" / "postmaster.pid")  # its database ends last
    if folder.exists():
        shutil.rmtree(folder)


def _wait_until_gone(file: Path) -> None:
    until = time.monotonic() + END_S
    while file.exists() and time.monotonic() < until:
        time.sleep(LOOK_S)
