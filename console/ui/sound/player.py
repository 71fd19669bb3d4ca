"""Who plays a sound: what the system brings for it, in a thread of its own. No Qt: its multimedia is not in
PySide6-Essentials, and would want libraries that a small desktop lacks."""

import queue
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from console.media.players import PROGRAMS
from console.ui.sound.tones import Sound, seconds_of, wave_of

UNTRIED, NONE, SYSTEM = "", "none", "windows"
_PATIENCE_S = 3.0  # beyond its length, before a program that plays is given up
_LOOK_S = 0.05


class Player(Protocol):
    """`way` names what plays: `UNTRIED` as long as nothing was played, `NONE` where nothing can."""

    @property
    def way(self) -> str: ...
    def play(self, sound: Sound) -> None: ...
    def stop(self) -> None: ...
    def close(self) -> None: ...


class SystemPlayer:
    """Plays one at a time: the newest, at once. `found`: called in the player's thread when it turns out what
    plays, or that nothing on this machine does; the first of `programs` that works is kept."""

    def __init__(self, found: Callable[[], None], programs: Sequence[tuple[str, ...]] = PROGRAMS) -> None:
        self._found, self._programs = found, list(programs)
        self.way = UNTRIED
        self._orders: queue.SimpleQueue[Sound | None] = queue.SimpleQueue()
        self._closed = False
        self._files: dict[Sound, Path] = {}
        self._thread = threading.Thread(target=self._run, name="sound", daemon=True)
        self._begun, self._ordered = False, threading.Event()

    def play(self, sound: Sound) -> None:
        """Returns at once."""
        if not self._begun:
            self._begun = True
            self._thread.start()
        self._order(sound)

    def stop(self) -> None:
        """What is heard ends."""
        self._order(None)

    def close(self) -> None:
        """Nothing is heard any more."""
        self._closed = True
        self._order(None)
        if self._begun:
            self._thread.join(1.0)  # it has only to end a child

    def _order(self, sound: Sound | None) -> None:
        self._orders.put(sound)
        self._ordered.set()

    def _run(self) -> None:
        with tempfile.TemporaryDirectory(prefix="ioc-sound-", ignore_cleanup_errors=True) as folder:
            while not self._closed:
                sound = self._orders.get()
                if self._orders.empty():
                    self._ordered.clear()
                if sound is not None and not self._closed:
                    self._play(sound, Path(folder))

    def _play(self, sound: Sound, folder: Path) -> None:
        try:
            file = self._file(sound, folder)
        except OSError:  # no room for a temporary file
            self._find(NONE)
            return
        if sys.platform == "win32":
            self._play_by_system(file, seconds_of(sound))
            return
        while self._programs:
            command = self._programs[0]
            if shutil.which(command[0]) and self._ran([*command, str(file)], seconds_of(sound)):
                self._find(command[0])
                return
            self._programs.pop(0)
        self._find(NONE)

    def _find(self, way: str) -> None:
        if self.way != way:
            self.way = way
            self._found()

    def _file(self, sound: Sound, folder: Path) -> Path:
        if sound not in self._files:
            file = folder / f"{sound.value}.wav"
            file.write_bytes(wave_of(sound))
            self._files[sound] = file
        return self._files[sound]

    def _ran(self, command: list[str], seconds: float) -> bool:
        """Whether it played to its end, or until another order came."""
        silent = subprocess.DEVNULL
        try:
            child = subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent)
        except OSError:
            return False
        left = seconds + _PATIENCE_S
        while child.poll() is None and left > 0 and not self._ordered.wait(_LOOK_S):
            left -= _LOOK_S
        if child.poll() is None:
            child.kill()
            child.wait()
            return left > 0
        return child.returncode == 0

    def _play_by_system(self, file: Path, seconds: float) -> None:
        if sys.platform == "win32":
            import winsound

            try:
                winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC)
                self._find(SYSTEM)
                if self._ordered.wait(seconds):
                    winsound.PlaySound(None, winsound.SND_PURGE)
            except RuntimeError:
                self._find(NONE)
