"""Calls that a softphone hands over by starting the program: `main.py --call 0905123456`.

The console that runs listens on a socket of this machine; where, and the word that it wants to hear, stand in
a file of the store's folder that only its user may read. So a call goes to the console that has this store.
"""

import hmac
import json
import logging
import os
import secrets
import socket
import threading
import time
from pathlib import Path

import msgspec

from console.domain.telephone import Answered, Ended, Ending, Rang
from console.telephony.handed import Handed
from console.telephony.line import Ear, LineError
from console.telephony.told import ToldLine

log = logging.getLogger(__name__)
FILE = "calls.json"
MOST_BYTES = 1024
ANSWER_S = 2.0
TAKEN, REFUSED = b"taken\n", b"refused\n"


class _Message(Handed, frozen=True, kw_only=True):
    word: str


_message = msgspec.json.Decoder(_Message)


class HandedOverLine(ToldLine):
    """`hand` is also for the program itself, which may have been started by a call."""

    def __init__(self, folder: Path) -> None:
        super().__init__("handed_over")
        self._file = folder / FILE
        self._word = secrets.token_urlsafe(24)
        self._socket: socket.socket | None = None

    def start(self, ear: Ear) -> None:
        """Begin to listen; what keeps it from that is said by `line_is`."""
        self._ear = ear
        try:
            listening = socket.create_server(("127.0.0.1", 0), backlog=8)
            self._socket = listening
            self._write(int(listening.getsockname()[1]))
        except OSError as error:
            log.warning("handed-over calls: cannot listen: %s", type(error).__name__)
            self.stands(False, "refused", FILE)
            return
        self._thread = threading.Thread(
            target=self._listen, args=(listening,), name="telephone socket", daemon=True
        )
        self._thread.start()
        self.stands(True)

    def hand(self, handed: Handed) -> None:
        """Take it over. Raises LineError where more calls run than any desk has."""
        call = f"handed {handed.number}"
        rings = self.rings(call)
        if rings is None and handed.said != "ended":
            self.tell(Rang(call=call, number=handed.number))
        if handed.said == "answered" and rings is not False:
            self.tell(Answered(call=call))
        if handed.said == "ended" and rings is not None:
            self.tell(Ended(call=call, how=Ending.MISSED if rings else Ending.CALLER))

    def stop(self) -> None:
        """Listen no more."""
        listening, self._socket = self._socket, None
        if listening is not None:
            self._file.unlink(missing_ok=True)
            _knock(int(listening.getsockname()[1]))  # accept() returns for nothing else on every system
            self._thread.join()
            listening.close()
        super().stop()

    def _write(self, port: int) -> None:
        whole = self._file.with_suffix(".new")
        whole.unlink(missing_ok=True)
        handle = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump({"port": port, "word": self._word}, file)
        whole.replace(self._file)

    def _listen(self, listening: socket.socket) -> None:
        while True:
            try:
                came, _ = listening.accept()
            except OSError as error:
                log.warning("handed-over calls: %s", type(error).__name__)
                self.stands(False, "lost", FILE)
                return
            with came:
                if self._socket is None:
                    return
                self._hear(came)

    def _hear(self, came: socket.socket) -> None:
        try:
            message = _message.decode(_line(came))
            known = hmac.compare_digest(message.word.encode(), self._word.encode())
            if known:
                self.hand(message)
            came.sendall(TAKEN if known else REFUSED)
        except (OSError, msgspec.DecodeError, LineError) as error:
            log.info("handed-over calls: not taken: %s", type(error).__name__)


def hand_over(folder: Path, handed: Handed) -> bool:
    """Give it to the console that has the store in `folder`; False: none runs there, or it listens to no
    calls."""
    try:
        where = json.loads((folder / FILE).read_text("ascii"))
        message = _Message(said=handed.said, number=handed.number, word=str(where["word"]))
        with socket.create_connection(("127.0.0.1", int(where["port"])), ANSWER_S) as line:
            line.sendall(msgspec.json.encode(message) + b"\n")
            return _line(line) == TAKEN.strip()
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _line(line: socket.socket) -> bytes:
    """What comes until the end of the line, within a while. Raises OSError."""
    until, heard = time.monotonic() + ANSWER_S, b""
    while b"\n" not in heard and len(heard) < MOST_BYTES:
        line.settimeout(max(0.001, until - time.monotonic()))
        more = line.recv(MOST_BYTES)
        if not more:
            break
        heard += more
    return heard.split(b"\n", 1)[0]


def _knock(port: int) -> None:
    socket.create_connection(("127.0.0.1", port), ANSWER_S).close()
