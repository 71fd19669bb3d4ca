"""The centre's stream of hints, read in a thread of its own. A hint says "there is something to pull".

Losing the stream loses no data, only seconds: the engine pulls by its own timer as well.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from typing import NoReturn, TypeVar

import msgspec
import requests

from console.protocol.wire import Presence, StreamChanged, StreamHanded
from console.sync.answers import wire_errors
from console.sync.api import Api
from console.sync.errors import BadAnswer, Offline, RetryLater, SignedOut, WireError
from console.sync.pace import Backoff, Pace

log = logging.getLogger(__name__)

T = TypeVar("T")


class Notice(msgspec.Struct, frozen=True):
    """`event: notice`: something that everybody is told. `code`: reference, or what a newer centre says."""

    code: str


class Stream:
    """`hint(cursor)`, `presence`, `handed`, `shift` are called in its thread; `up(bool)` when it opens and
    breaks."""

    def __init__(
        self,
        api: Api,
        hint: Callable[[int], None],
        up: Callable[[bool], None],
        *,
        pace: Pace | None = None,
        presence: Callable[[Presence], None] | None = None,
        handed: Callable[[StreamHanded], None] | None = None,
        notice: Callable[[str], None] | None = None,
        shift: Callable[[], None] | None = None,
        broken: Callable[[BaseException], None],
    ) -> None:
        self._api, self._hint, self._up, self._broken_by_bug = api, hint, up, broken
        self._presence, self._handed, self._shift = presence, handed, shift
        self._backoff = Backoff(pace or Pace())
        self._notice = notice
        self._stopping = threading.Event()
        self._again = threading.Event()
        self._thread = threading.Thread(target=self._run, name="stream", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening and wait for the thread; the plug must be closed before, to wake a read."""
        self._stopping.set()
        self._again.set()
        self._thread.join()
        self._api.close()

    def try_now(self) -> None:
        """The engine reached the centre: do not sit out a pause."""
        self._again.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._again.clear()
            try:
                self._listen()
            except WireError as error:
                pause = self._broken(error)
            except Exception as bug:  # noqa: BLE001 - the one place where a bug of this thread is caught
                self._broken_by_bug(bug)
                pause = self._backoff.failed()
            if not self._stopping.is_set():
                self._again.wait(pause)

    def _listen(self) -> NoReturn:
        with self._api.stream() as response:
            self._backoff.calm()
            self._up(True)
            try:
                for kind, data in events(response):
                    self._take(kind, data)
            finally:
                self._up(False)
        raise Offline("cut")

    def _take(self, kind: str, data: str) -> None:
        """One event; a newer centre may send kinds that are not known here."""
        if kind == "changed":
            self._hint(_as(data, StreamChanged).cursor)
        elif kind == "presence" and self._presence is not None:
            self._presence(_as(data, Presence))
        elif kind == "notice" and self._notice is not None:
            self._notice(_as(data, Notice).code)
        elif kind == "handed" and self._handed is not None:
            self._handed(_as(data, StreamHanded))
        elif kind == "shift" and self._shift is not None:
            self._shift()

    def _broken(self, error: WireError) -> float | None:
        """Seconds to wait; None: until `try_now`, for nothing helps but signing in."""
        if not self._stopping.is_set():
            log.info("stream broken: %s", error.code)
        if isinstance(error, SignedOut):
            return None
        if isinstance(error, RetryLater):
            return self._backoff.asked(error.seconds)
        return self._backoff.failed()


def events(response: requests.Response) -> Iterator[tuple[str, str]]:
    """Server-sent events as (event, data); comments keep the line alive and are left out."""
    kind, data = "message", list[str]()
    with wire_errors():
        for raw in response.iter_lines(chunk_size=4096):
            line = raw.decode("utf-8", "replace")
            if not line:
                if data:
                    yield kind, "\n".join(data)
                kind, data = "message", []
            elif line.startswith("event:"):
                kind = line[6:].strip()
            elif line.startswith("data:"):
                data.append(line[5:].removeprefix(" "))


def _as(data: str, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.DecodeError as error:
        raise BadAnswer(type(error).__name__) from None
