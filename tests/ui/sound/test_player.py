"""What plays is found out by playing; the newest is heard at once."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.ui.sound.player import NONE, UNTRIED, SystemPlayer
from console.ui.sound.tones import Sound, wave_of

PATIENCE = 10.0


class Machine:
    """A folder of programs, and a player that knows them by these names."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._turned = folder, threading.Semaphore(0)
        self.player = SystemPlayer(self._turned.release, [("first",), ("second", "-q")])

    def program(self, name: str, does: str) -> None:
        file = self.folder / name
        file.write_text(f"#!/bin/sh\n{does}\n", "utf-8")
        file.chmod(0o755)

    def found(self) -> str:
        """What it turns out to be."""
        assert self._turned.acquire(timeout=PATIENCE)
        return self.player.way


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    made = Machine(tmp_path)
    yield made
    made.player.close()
    assert not made.player._thread.is_alive()


def test_the_first_program_that_plays_is_kept_and_gets_the_bytes(machine: Machine) -> None:
    heard = machine.folder / "heard"
    machine.program("first", "exit 1")
    machine.program("second", f'cp "$2" {heard}')
    assert machine.player.way == UNTRIED
    machine.player.play(Sound.LOST)
    assert machine.found() == "second"
    assert heard.read_bytes() == wave_of(Sound.LOST)
    assert machine.player._programs == [("second", "-q")], "what failed is not asked again"


def test_where_nothing_plays_it_is_told_once(machine: Machine) -> None:
    machine.program("first", "exit 1")
    machine.player.play(Sound.RING)
    assert machine.found() == NONE
    machine.player.play(Sound.RING)
    machine.player.close()
    assert not machine._turned.acquire(blocking=False)


def test_what_is_heard_ends_when_something_else_comes(machine: Machine) -> None:
    """The first would go on for ever: it is ended by the second order."""
    began = machine.folder / "began"
    (machine.folder / "pipe").mkdir()
    machine.program("first", f'case "$1" in *ring.wav) mkfifo {began}; read _ < {began};; esac')
    machine.player.play(Sound.RING)
    while not began.exists():
        machine.player._thread.join(0.005)
    machine.player.play(Sound.TICK)
    assert machine.found() == "first"


def test_it_leaves_no_file_behind(machine: Machine) -> None:
    kept = machine.folder / "kept"
    machine.program("first", f'echo "$1" > {kept}')
    machine.player.play(Sound.TICK)
    assert machine.found() == "first"
    machine.player.close()
    assert not Path(kept.read_text("utf-8").strip()).exists()
