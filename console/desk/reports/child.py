"""A process that does one errand: asked over its standard input, answering over its standard output."""

import logging
import subprocess
import sys
import threading
from pathlib import Path

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[3]
LONGEST_S = 300.0


class Child:
    """One errand at a time: a newer one ends an older one, which then answers None."""

    def __init__(self, module: str, environment: dict[str, str] | None = None) -> None:
        self._module, self._environment = module, environment
        self._door = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, errand: bytes) -> bytes | None:
        """Blocks. None: it was ended, or failed without a word."""
        with self._door:
            self._end()
            process = self._process = subprocess.Popen(
                [sys.executable, "-m", self._module],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=self._environment,
            )
        try:
            said, _ = process.communicate(errand, LONGEST_S)
        except subprocess.TimeoutExpired:
            log.error("%s hangs", self._module)
            process.kill()
            process.communicate()
            return None
        return said if process.returncode == 0 else None

    def end(self) -> None:
        """Whatever runs is not wanted any more."""
        with self._door:
            self._end()

    def _end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
