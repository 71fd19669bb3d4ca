"""What is spoken on the Asterisk Manager Interface: lines of `Name: value`, a blank line after each message.

Whoever is at the other end may be anybody: lines, lines of a message and what waits for its end are bounded.
"""

from collections.abc import Iterator

LONGEST_LINE = 16384
MOST_LINES = 256
BANNER = "Asterisk Call Manager/"

Message = dict[str, str]
"""Names in lower case; of a name that comes twice the first value. The greeting stands under "banner"."""


class AmiFault(Exception):
    """That is no manager interface, or one that has gone mad."""


class Messages:
    """Bytes as they come into whole messages."""

    def __init__(self) -> None:
        self._rest = b""
        self._message: Message = {}
        self._lines = 0
        self._greeted = False

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages that are whole now. Raises AmiFault."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for raw in lines:
            line = _text(raw)
            if not self._greeted:
                yield self._greeting(line)
            elif line:
                self._add(line)
            elif self._lines:
                message, self._message, self._lines = self._message, {}, 0
                yield message
        if len(self._rest) > LONGEST_LINE:
            raise AmiFault("line")

    def _greeting(self, line: str) -> Message:
        if not line.startswith(BANNER):
            raise AmiFault("banner")
        self._greeted = True
        return {"banner": line}

    def _add(self, line: str) -> None:
        self._lines += 1
        if self._lines > MOST_LINES:
            raise AmiFault("message")
        name, colon, value = line.partition(":")
        if colon:  # the output of commands has lines without one
            self._message.setdefault(name.strip().lower(), value.strip())


def _text(raw: bytes) -> str:
    if len(raw) > LONGEST_LINE:
        raise AmiFault("line")
    return raw.decode("utf-8", "replace").rstrip("\r")


def action(name: str, token: str, *fields: tuple[str, str]) -> bytes:
    """What is asked, ready to be sent. Raises ValueError for a value of more than one line."""
    lines = [("Action", name), ("ActionID", token), *fields]
    if any("\r" in value or "\n" in value for _, value in lines):
        raise ValueError(name)
    return "".join(f"{key}: {value}\r\n" for key, value in lines).encode() + b"\r\n"
