"""The program baresip as this desk's telephone: its folder, its start, its end.

It has a folder of its own beside the store. Its control port is on loopback, where the system chose; the
account and its password are said there and stand in no file.
"""

import contextlib
import ipaddress
import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

from console.media.players import plays_here
from console.settings import SipSettings

FOLDER, RUNNING = "softphone", "running.json"
END_S = 1.0
REGISTER_S = 300
_NAME = re.compile(r'\A[^\s;<>"@]+\Z')
_WORD = re.compile(r'\A[^\s;<>"]+\Z')


class NotSetUp(Exception):
    """`detail`: the setting that is missing, or that baresip could not read."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class Softphone:
    """One process, ours or one that an earlier console left in a call."""

    def __init__(self, settings: SipSettings, password: str | None, folder: Path) -> None:
        self._settings, self._password, self._folder = settings, password, folder / FOLDER
        self.process: subprocess.Popen[bytes] | None = None

    def check(self) -> None:
        """Whether it can be started. Raises NotSetUp."""
        settings = self._settings
        for name in ("server", "user"):
            if not _NAME.match(getattr(settings, name)):
                raise NotSetUp(f"[telephone.sip] {name}")
        if settings.login and not _WORD.match(settings.login):
            raise NotSetUp("[telephone.sip] login")
        for name in ("listen", "sound"):
            if re.search(r"\s", getattr(settings, name)):
                raise NotSetUp(f"[telephone.sip] {name}")
        if settings.register and not _WORD.match(self._password or ""):
            raise NotSetUp(settings.password)

    def left(self) -> int | None:
        """The control port of one that was left running, perhaps."""
        try:
            return int(json.loads((self._folder / RUNNING).read_text("ascii"))["port"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def start(self) -> int:
        """Its control port, where it will listen in a moment. Raises FileNotFoundError where there is no such
        program, OSError."""
        modules = _modules(self._settings.program)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = int(free.getsockname()[1])
        self._write("config", "\n".join(self._config(port, modules)))
        silent = subprocess.DEVNULL  # it would write down who calls
        self.process = subprocess.Popen(
            [self._settings.program, "-f", str(self._folder)],
            stdin=silent, stdout=silent, stderr=silent, start_new_session=True,
        )  # fmt: skip
        return port

    @property
    def gone(self) -> bool:
        """It has ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def runs(self, port: int) -> None:
        """It listens: a later console will find it."""
        self._write(RUNNING, json.dumps({"port": port}))

    def end(self) -> None:
        """Wait for its end, and see to it. One that was left by an earlier console ends by itself."""
        process, self.process = self.process, None
        if process is None:
            return
        (self._folder / RUNNING).unlink(missing_ok=True)
        for still in (process.terminate, process.kill):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(END_S)
                return
            still()
        process.wait()

    def _write(self, name: str, text: str) -> None:
        file = self._folder / name
        file.unlink(missing_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as open_:
            open_.write(text + "\n")

    def _config(self, port: int, modules: Path) -> Iterator[str]:
        settings = self._settings
        yield f"module_path {modules}"
        yield f"sip_listen {settings.listen or '0.0.0.0:0'}"
        host = settings.listen.rpartition(":")[0]
        with contextlib.suppress(ValueError):
            if not ipaddress.ip_address(host).is_unspecified:
                yield f"net_interface {host}"
        yield f"ctrl_tcp_listen 127.0.0.1:{port}"
        yield from ("call_local_timeout 180", "call_max_calls 8", "call_hold_other_calls no", "menu_bell no")
        for what in ("audio_player", "audio_source"):
            yield f"{what} {settings.sound}"
        # where the console rings itself, it rings alone: it can be muted, and knows who speaks
        yield f"audio_alert {'none,none' if plays_here() else settings.sound}"
        for module in ("g711", "g722", settings.sound.partition(",")[0]):
            yield f"module {module}.so"
        for module in ("menu", "ctrl_tcp"):
            yield f"module_app {module}.so"

    def account(self) -> str:
        """What it is to be, with the password."""
        settings = self._settings
        address = f"<sip:{settings.user}@{settings.server};transport={settings.transport}>"
        after = [f"regint={REGISTER_S if settings.register else 0}", "answermode=manual", "call_transfer=no"]
        if settings.register:
            after += [f"auth_user={settings.login or settings.user}", f"auth_pass={self._password}"]
        return ";".join([address, *after])


def _modules(program: str) -> Path:
    """Where its modules lie: beside the program's folder, by the ways of the distributions."""
    found = shutil.which(program)
    if found is not None:
        above = Path(found).resolve().parent.parent
        for place in ("lib/baresip/modules", "lib64/baresip/modules", "lib/*/baresip/modules"):
            for folder in above.glob(place):
                return folder
    raise FileNotFoundError(program)
