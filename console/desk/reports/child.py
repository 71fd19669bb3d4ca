"""A process that does one errand: asked over its standard input, answering over its standard output."""

import logging
import subprocess
import sys
import threading
from pathlib import Path

from console.desk.errors import ReportNotMade

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[3]
LONGEST_S = 300.0


class Child:
    """One errand at a time: a newer one ends an older one, which then answers None. From any thread."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._door = threading.Lock()
        self._ready: subprocess.Popen[bytes] | None = None  # started ahead of its errand
        self._busy: subprocess.Popen[bytes] | None = None

    def warm(self) -> None:
        """Start it ahead of an errand that comes soon: it imports meanwhile. Blocks for a moment."""
        with self._door:
            if self._ready is None or self._ready.poll() is not None:
                _kill(self._ready)
                self._ready = self._begin()

    def ask(self, errand: bytes) -> bytes | None:
        """Blocks. None: it was ended. Raises ReportNotMade."""
        with self._door:
            _kill(self._busy)
            ready, self._ready = self._ready, None
            if ready is None or ready.poll() is not None:
                _kill(ready)
                ready = self._begin()
            process = self._busy = ready
        try:
            said, _ = process.communicate(errand, LONGEST_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise ReportNotMade("hangs") from None
        with self._door:
            wanted = self._busy is process
        if wanted and process.returncode:
            log.error("%s ended with %s", self._module, process.returncode)
            raise ReportNotMade(str(process.returncode))
        return said if wanted and said else None

    def end(self) -> None:
        """Whatever runs, or waits, is not wanted any more."""
        with self._door:
            _kill(self._busy)
            self._busy = None
            if self._ready is not None:
                _kill(self._ready)
                self._ready.communicate()
                self._ready = None

    def _begin(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", self._module], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )


def _kill(process: subprocess.Popen[bytes] | None) -> None:
    if process is not None and process.poll() is None:
        process.kill()
