"""What is spoken on baresip's control port: JSON in netstrings, `12:{"event":1},`, bounded; calls listed."""

import re
from collections.abc import Iterator

import msgspec

LONGEST = 65536
_DIGITS = 6
_LISTED = re.compile(
    r"\[line (\d+)[^\]]*\]\s+[\d:]+\s+([A-Z]+)\s+(\(on hold\)\s+)?(\S+)", re.ASCII
)  # "> [line 1]  0:00:01  ESTABLISHED  (on hold)  sip:0905123456@10.0.0.2"


class SipFault(Exception):
    """That is no control port of baresip."""


class Said(msgspec.Struct, frozen=True):
    """An event (`type`), or an answer (`token`, `ok`, `data`). Other fields are passed over."""

    type: str = ""
    direction: str = ""
    peeruri: str = ""
    peerdisplayname: str = ""
    id: str = ""
    param: str = ""
    token: str = ""
    ok: bool = False
    data: str = ""


class Listed(msgspec.Struct, frozen=True):
    """A call as `listcalls` shows it. `line`: its number there."""

    line: str
    state: str
    held: bool
    uri: str


_said = msgspec.json.Decoder(Said)


class Netstrings:
    """Bytes as they come into what was said."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[Said]:
        """What is whole now; what is no JSON is passed over. Raises SipFault."""
        self._rest += data
        while True:
            head, colon, body = self._rest.partition(b":")
            if (head and not head.isdigit()) or len(head) > _DIGITS:
                raise SipFault
            if not colon:
                return
            length = int(head or b"0")
            if length > LONGEST or not head:
                raise SipFault
            if len(body) <= length:
                return
            if body[length : length + 1] != b",":
                raise SipFault
            self._rest = body[length + 1 :]
            try:
                yield _said.decode(body[:length])
            except msgspec.DecodeError:  # what a caller calls himself may be no UTF-8
                continue


def command(name: str, params: str, token: str) -> bytes:
    """What is asked, ready to be sent."""
    body = msgspec.json.encode({"command": name, "params": params, "token": token})
    return b"%d:%b," % (len(body), body)


def listed(text: str) -> tuple[Listed, ...]:
    """The calls in an answer to `listcalls`."""
    found = _LISTED.findall(text)
    return tuple(Listed(line, state, bool(held), uri) for line, state, held, uri in found)
