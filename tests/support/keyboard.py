"""A screen of its own with a keyboard and the input method ibus-unikey, as operators type Vietnamese."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE_S = 60.0
LOOK_S = 0.05  # from one question whether ibus is up to the next
PROGRAMS = ("Xvfb", "xdotool", "gsettings", "ibus", "ibus-daemon", "/usr/libexec/ibus-engine-unikey")
PACKAGES = "xvfb xdotool libglib2.0-bin ibus ibus-unikey"
_NAMES = {" ": "space"}


class Keyboard:
    """`env`: what a program needs to find screen and input method; `way`: how that types now. What is typed
    are keys: "aw" is what makes "ă" under Telex."""

    def __init__(self, screen: str, folder: Path) -> None:
        self.way = ""
        self._daemon: subprocess.Popen[bytes] | None = None
        self.env = {
            "DISPLAY": screen,
            "QT_QPA_PLATFORM": "xcb",
            "QT_IM_MODULE": "ibus",
            "GSETTINGS_BACKEND": "keyfile",
            "IBUS_ADDRESS_FILE": str(folder / "ibus-address"),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",  # nothing here needs one, and none is to be found
            **{f"XDG_{name}": str(folder) for name in ("CONFIG_HOME", "CACHE_HOME", "RUNTIME_DIR")},
        }
        self._all = {**os.environ, **self.env}

    def use(self, way: str) -> None:
        """Type by "telex" or "vni"; programs that run lose their input method where it was another."""
        if way == self.way:
            return
        self.put_away()
        self.way = way
        self._set("general", "use-system-keyboard-layout", "true")
        self._set("engine.unikey", "input-method", way)
        self._daemon = subprocess.Popen(
            ["ibus-daemon", "--panel=disable", "--config=disable", "--emoji-extension=disable"],
            env=self._all,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        last = time.monotonic() + PATIENCE_S
        while not self._answers():
            assert time.monotonic() < last, "ibus never took the engine Unikey"
            time.sleep(LOOK_S)

    def _set(self, where: str, name: str, value: str) -> None:
        self._run("gsettings", "set", f"org.freedesktop.ibus.{where}", name, value)

    def _answers(self) -> bool:
        """Whether ibus is up and types by Unikey."""
        told = subprocess.run(["ibus", "engine", "Unikey"], env=self._all, capture_output=True, check=False)
        return told.returncode == 0

    def type(self, keys: str) -> None:
        """One key after another."""
        self.press(*(_NAMES.get(letter, letter) for letter in keys))

    def press(self, *keys: str) -> None:
        """Keys by their names in X11, as "ctrl+s"."""
        self._run("xdotool", "key", *keys)

    def point(self, x: int, y: int) -> None:
        """The pointer to that place of the screen."""
        self._run("xdotool", "mousemove", str(x), str(y))

    def click(self) -> None:
        """The left button."""
        self._run("xdotool", "click", "1")

    def _run(self, *command: str) -> None:
        subprocess.run(command, env=self._all, check=True, capture_output=True, timeout=PATIENCE_S)

    def put_away(self) -> None:
        """End the input method."""
        if self._daemon is not None:
            self._daemon.terminate()
            self._daemon.wait(PATIENCE_S)
            self._daemon = None


@contextmanager
def keyboard(folder: Path) -> Iterator[Keyboard]:
    """A screen that nobody sees, under a free number."""
    assert all(map(shutil.which, PROGRAMS)), f"apt-get install {PACKAGES}"
    told, tell = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(tell),
        "-screen",
        "0",
        "1920x1080x24",
        "-nolisten",
        "tcp",
        "-noreset",
    ]
    screen = subprocess.Popen(command, pass_fds=[tell], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(tell)
    with os.fdopen(told) as number:
        made = Keyboard(f":{number.readline().strip()}", folder)
    try:
        yield made
    finally:
        made.put_away()
        screen.terminate()
        screen.wait(PATIENCE_S)
