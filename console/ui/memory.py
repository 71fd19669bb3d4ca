"""What the screens remember between runs: splitters, theme, text size. No personal data.

Read once at start; written by a worker thread, so that the interface never waits for the disk.
"""

import asyncio
import json
import os
from pathlib import Path
from typing import Any


class Memory:
    """Values by name, kept in one JSON file. A missing or unreadable file means the defaults."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._values: dict[str, Any] = self._read()
        self._dirty = False
        self._writing: asyncio.Future[None] | None = None

    def _read(self) -> dict[str, Any]:
        if self._path is None:
            return {}
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def text(self, name: str, default: str) -> str:
        """A remembered text."""
        value = self._values.get(name, default)
        return value if isinstance(value, str) else default

    def number(self, name: str, default: int) -> int:
        """A remembered whole number."""
        value = self._values.get(name, default)
        return value if isinstance(value, int) else default

    def numbers(self, name: str, default: list[int]) -> list[int]:
        """A remembered list of whole numbers, as long as the default."""
        value = self._values.get(name, default)
        fits = isinstance(value, list) and len(value) == len(default)
        return list(value) if fits and all(isinstance(v, int) for v in value) else default

    def keep(self, name: str, value: str | int | list[int]) -> None:
        """Remember; written soon after where an event loop runs, at `save` otherwise."""
        if self._values.get(name) == value:
            return
        self._values[name] = value
        self._dirty = True
        if self._path is None:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        if self._writing is None or self._writing.done():
            self._writing = loop.run_in_executor(None, self.save)

    def save(self) -> None:
        """Write now; a full disk loses no more than the look of the screen."""
        if self._path is None or not self._dirty:
            return
        self._dirty = False
        part = self._path.with_suffix(".part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(dict(self._values), indent=1), encoding="utf-8")
            os.replace(part, self._path)
        except OSError:
            self._dirty = True
