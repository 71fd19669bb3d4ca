"""The centre's calls under /api/v1, each as one method: typed in, typed out, typed errors.

Thread-safe as `requests.Session` is used here: the wire thread and the stream thread have an Api each.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar
from urllib.parse import urlencode, urlsplit

import msgspec
import requests

from console.domain.command import Command
from console.protocol.administration import Done, NewPassword
from console.protocol.wire import (
    HEADER_PROTOCOL,
    PROTOCOL,
    CaseRecord,
    ChangesAnswer,
    CommandsAnswer,
    CommandsRequest,
    HandedAnswer,
    HandedDraft,
    Health,
    NumberNote,
    NumberNotesAnswer,
    Presence,
    PresenceRequest,
    ReferenceAnswer,
    SearchAnswer,
    SharedView,
    SnapshotLine,
    StationAnswer,
    StationRequest,
    TokenAnswer,
    TokenRequest,
    ViewsAnswer,
)
from console.sync.answers import checked, not_json, token_refused
from console.sync.answers import wire_errors as wire_errors
from console.sync.clock_offset import ClockOffset
from console.sync.errors import BadAnswer, Offline, SignedOut
from console.sync.plug import Plug
from console.sync.verdicts import read_verdicts

BASE = "/api/v1"
EVENTS = "text/event-stream"
OCTETS = "application/octet-stream"
CONNECT_S = 5.0
READ_S = 20.0
SILENCE_S = 45.0  # three heartbeats: the centre says at least "still here" every 15 s
LOOPBACK = ("127.0.0.1", "localhost", "::1")

T = TypeVar("T")


class Pass(Protocol):
    """Where the access token comes from, and who renews it."""

    def access(self) -> str:
        """The access token to show. Raises SignedOut where there is none."""
        ...

    def renew(self, spent: str) -> str:
        """A new one in place of `spent`, which the centre refused. Raises WireError."""
        ...


class Api:
    """One line to one centre. `base_url` without path, e.g. https://ioc.example.vn.

    `proxy`: its address, "" for what the system says, "none" for none. `silence_s`: how long a stream may say
    nothing.
    """

    def __init__(
        self,
        base_url: str,
        *,
        plug: Plug | None = None,
        offset: ClockOffset | None = None,
        read_s: float = READ_S,
        silence_s: float = SILENCE_S,
        protocol: int = PROTOCOL,
        proxy: str = "",
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.plug = plug or Plug()
        self.offset = offset or ClockOffset()
        self.holder: Pass | None = None
        self._read_s, self._silence_s = read_s, silence_s
        self.protocol, self.proxy = protocol, proxy
        self._proxies = proxies_of(proxy)
        self._session = requests.Session()
        self._session.trust_env = urlsplit(self.base_url).hostname not in LOOPBACK
        self._session.auth = _as_it_is
        self._session.headers[HEADER_PROTOCOL] = str(protocol)
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, self.plug.adapter())

    def close(self) -> None:
        """Give the sockets back."""
        self._session.close()

    def health(self) -> Health:
        """Is the centre well, and which protocol does it speak."""
        return self._timed("GET", "/health", Health)

    def enrol(self, asked: StationRequest) -> StationAnswer:
        """Enrol a workstation. Raises Rejected for a wrong user, password or right."""
        return _decode(self._open_call("POST", "/auth/stations", asked), StationAnswer)

    def token(self, asked: TokenRequest) -> TokenAnswer:
        """Sign in, or renew. Raises Rejected where the centre says no."""
        return self._timed("POST", "/auth/token", TokenAnswer, asked)

    def set_password(self, asked: NewPassword) -> None:
        """A new password by a one-time code. Raises Rejected where the code is wrong or too old."""
        _decode(self._open_call("POST", "/auth/password", asked), Done)

    def commands(self, commands: Sequence[Command]) -> CommandsAnswer:
        """Deliver commands in order, at most `wire.BATCH`. Verdicts come in the same order."""
        started = self.offset.started()
        body = self._call("POST", "/commands", CommandsRequest(commands=tuple(commands))).content
        answer = read_verdicts(body, commands)
        self.offset.answered(started, answer.server_time)
        return answer

    def changes(
        self, after: int, limit: int = 500, seen: str | None = None, whole_before: int = 0
    ) -> ChangesAnswer:
        """Cases changed after the cursor. `seen`: an event that the centre must have where it is the one that
        gave the cursor out. Cases entered before `whole_before` (UTC ms) come with their whole timeline."""
        proof = f"&seen={seen}" if seen else ""
        proof += f"&whole_before={whole_before}" if whole_before else ""
        return self._signed("GET", f"/changes?after={after}&limit={limit}{proof}", ChangesAnswer)

    def reference(self, after: int) -> ReferenceAnswer:
        """Reference data changed after this version."""
        return _decode(self._call("GET", f"/reference?after={after}"), ReferenceAnswer)

    def views(self, after: int) -> ViewsAnswer:
        """Shared views of the queue changed after this version."""
        return _decode(self._call("GET", f"/views?after={after}"), ViewsAnswer)

    def put_view(self, view: SharedView) -> SharedView:
        """Share one, change it, take it back; what stands now. Raises Rejected where it may not be."""
        return _decode(self._call("PUT", f"/views/{view.id}", view), SharedView)

    def number_notes(self, after: int) -> NumberNotesAnswer:
        """What is known of numbers, changed after this version."""
        return _decode(self._call("GET", f"/number-notes?after={after}"), NumberNotesAnswer)

    def put_number_note(self, note: NumberNote) -> NumberNote:
        """Write one, or say that it was of use; what stands now. Raises Rejected where it may not be."""
        return _decode(self._call("PUT", "/number-notes", note), NumberNote)

    def handed_drafts(self, after: int) -> HandedAnswer:
        """Drafts from and to this desk that moved after this version."""
        return _decode(self._call("GET", f"/handed-drafts?after={after}"), HandedAnswer)

    def put_handed_draft(self, hand: HandedDraft) -> HandedDraft:
        """Offer one, take it, take it back; what stands now. Raises Rejected where it may not be."""
        return _decode(self._call("PUT", f"/handed-drafts/{hand.id}", hand), HandedDraft)

    def presence(self, case: str | None, typing: bool = False) -> tuple[Presence, ...]:
        """Say which case is open here, hear who else has which."""
        body = self._call("POST", "/presence", PresenceRequest(case=case, typing=typing))
        return _decode(body, tuple[Presence, ...])

    def search(self, text: str) -> SearchAnswer:
        """Cases with all these words, whole."""
        return _decode(self._call("GET", f"/search?{urlencode({'q': text})}"), SearchAnswer)

    def case(self, case_id: str) -> CaseRecord:
        """One case with its timeline. Raises Rejected(404) where the centre shows none."""
        return _decode(self._call("GET", f"/cases/{case_id}"), CaseRecord)

    def ask(self, method: str, path: str, kind: type[T], body: Any = None) -> T:
        """Any other call, for whoever knows its path."""
        return _decode(self._call(method, path, body), kind)

    @contextmanager
    def snapshot(
        self, before: str | None, closed_after: int | None = None
    ) -> Iterator[Iterator[SnapshotLine]]:
        """The first fill, line by line; `before`: where to go on after a break; `closed_after`: without cases
        that were ended before that (UTC ms)."""
        asked = {"before": before, "closed_after": closed_after}
        query = urlencode({name: value for name, value in asked.items() if value is not None})
        path = f"/snapshot?{query}" if query else "/snapshot"
        local = urlsplit(self.base_url).hostname in LOOPBACK  # packing would only take both sides' time
        extra = {"Accept-Encoding": "identity"} if local else None
        response = self._call("GET", path, stream=True, read_s=self._silence_s, extra=extra)
        with response:
            yield _lines(response)

    def stream(self) -> requests.Response:
        """The open stream of hints; the caller reads and closes it."""
        return self._call("GET", "/stream", stream=True, read_s=self._silence_s, accept=EVENTS)

    def plain(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        *,
        headers: dict[str, str],
        stream: bool = False,
    ) -> requests.Response:
        """A call of bytes under headers of its own; what comes back is not packed."""
        return self._call(
            method, path, body, extra={"Accept-Encoding": "identity", **headers}, accept="*/*", stream=stream
        )

    def _timed(self, method: str, path: str, kind: type[T], body: Any = None) -> T:
        started = self.offset.started()
        answer = _decode(self._open_call(method, path, body), kind)
        self.offset.answered(started, answer.server_time)  # type: ignore[attr-defined]
        return answer

    def _signed(self, method: str, path: str, kind: type[T]) -> T:
        started = self.offset.started()
        answer = _decode(self._call(method, path), kind)
        self.offset.answered(started, answer.server_time)  # type: ignore[attr-defined]
        return answer

    def _call(self, method: str, path: str, body: Any = None, **how: Any) -> requests.Response:
        """A call that needs a token; a spent one is renewed once."""
        if self.holder is None:
            raise SignedOut
        token = self.holder.access()
        response = self._send(method, path, body, token, **how)
        if response.status_code == 401 and token_refused(response):
            response.close()
            response = self._send(method, path, body, self.holder.renew(token), **how)
        if token_refused(response):
            response.close()
            raise SignedOut(str(response.status_code))
        return checked(response)

    def _open_call(self, method: str, path: str, body: Any = None) -> requests.Response:
        return checked(self._send(method, path, body, None))

    def _send(
        self,
        method: str,
        path: str,
        body: Any,
        token: str | None,
        *,
        stream: bool = False,
        read_s: float | None = None,
        accept: str = "application/json",
        extra: dict[str, str] | None = None,
    ) -> requests.Response:
        headers = {"Accept": accept, **(extra or {})}
        if accept == EVENTS:
            headers["Accept-Encoding"] = "identity"  # a hint must not wait in a compressor
        if body is not None:
            headers["Content-Type"] = OCTETS if isinstance(body, bytes) else "application/json"
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        with wire_errors():
            return self._session.request(
                method,
                self.base_url + BASE + path,
                data=body if body is None or isinstance(body, bytes) else msgspec.json.encode(body),
                headers=headers,
                stream=stream,
                timeout=(CONNECT_S, read_s or self._read_s),
                allow_redirects=False,
                proxies=self._proxies,
            )


def proxies_of(proxy: str) -> dict[str, str] | None:
    """As `requests` wants them; None: what the system says."""
    if not proxy:
        return None
    return dict.fromkeys(("http", "https"), "" if proxy == "none" else proxy)


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keeps `requests` from putting a password of ~/.netrc in the place of our token."""
    return request


def _decode(response: requests.Response, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(response.content, type=kind)
    except msgspec.DecodeError:
        raise not_json(response) from None


def _lines(response: requests.Response) -> Iterator[SnapshotLine]:
    """Raises Offline("cut") where the body ends before its `end` line."""
    decoder = msgspec.json.Decoder(SnapshotLine)
    ended = False
    with wire_errors():
        for raw in response.iter_lines(chunk_size=65536):
            if not raw:
                continue
            try:
                line = decoder.decode(raw)
            except msgspec.DecodeError as error:
                raise BadAnswer(type(error).__name__) from None
            ended = ended or line.end
            yield line
    if not ended:
        raise Offline("cut")
