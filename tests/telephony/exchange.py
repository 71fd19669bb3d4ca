"""An exchange that plays a dialogue out of a file of `data/`, section by section, against a line over TCP.

`exchange`: what it says; `console`: what it must be asked (`*`: anything, `$name`: anything, kept under that
name); `act`: what is done on the line meanwhile, until `done` or `refused`; `facts`: what it told by then.
"""

import re
import socket
import ssl
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from console.domain.telephone import CallFact
from console.telephony.line import LineError
from tests.telephony.ears import Listener

DATA = Path(__file__).parent / "data"
PATIENCE_S = 20.0


def sections(name: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each."""
    text = "\n".join(line for line in (DATA / name).read_text("utf-8").splitlines() if line[:1] != "#")
    for part in re.split(r"^== ", text, flags=re.M)[1:]:
        kind, _, said = part.partition("\n")
        yield kind, said


class Exchange:
    """Listens at a port that the system chose."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._wire = socket.socket()
        self._heard = b""
        self._kept: dict[str, str] = {}

    def accept(self) -> None:
        """The next that connects."""
        self._listening.settimeout(PATIENCE_S)
        self.hang_up()
        self._wire, _ = self._listening.accept()
        self._wire.settimeout(PATIENCE_S)
        self._heard = b""

    def say(self, text: str) -> None:
        """With what was kept put in."""
        for name, value in self._kept.items():
            text = text.replace(f"${name}", value)
        self.say_bytes(text.replace("\n", "\r\n").encode())

    def say_bytes(self, data: bytes) -> None:
        """As they are."""
        self._wire.sendall(data)

    def hear(self) -> dict[str, str]:
        """What is asked next; {} where the line is hung up."""
        while b"\r\n\r\n" not in self._heard:
            more = self._wire.recv(4096)
            if not more:
                return {}
            self._heard += more
        message, _, self._heard = self._heard.partition(b"\r\n\r\n")
        asked = dict(line.split(": ", 1) for line in message.decode().split("\r\n"))
        self._kept["ActionID"] = asked["ActionID"]
        return asked

    def expect(self, said: str) -> None:
        """That is asked, perhaps with more fields."""
        asked = self.hear()
        for line in said.split("\n"):
            name, _, value = line.partition(": ")
            if value.startswith("$"):
                assert self._kept.setdefault(value[1:], asked[name]) == asked[name]
            elif line and value != "*":
                assert asked.get(name) == value, asked

    def greet_encrypted(self, context: ssl.SSLContext) -> None:
        """Let the next one in over TLS."""
        self.accept()
        self._wire = context.wrap_socket(self._wire, server_side=True)
        self._let_in("Success")

    def greet(self, login: str = "Success") -> None:
        """Let the next one in, whatever it says."""
        self.accept()
        self._let_in(login)

    def _let_in(self, login: str) -> None:
        self.say("Asterisk Call Manager/9.0.0\n")
        self.hear()
        self.say("Response: Success\nActionID: $ActionID\nChallenge: 1\n\n")
        self.hear()
        self.say(f"Response: {login}\nActionID: $ActionID\n\n")

    def hang_up(self) -> None:
        """In the middle of whatever it is."""
        self._wire.close()

    def close(self) -> None:
        """Nobody is let in any more."""
        self.hang_up()
        self._listening.close()


def play(exchange: Exchange, line: Any, ear: Listener, name: str) -> None:
    """The whole dialogue; fails where the line asks or tells something else."""
    told: list[str] = []
    exchange.accept()
    with ThreadPoolExecutor(1) as hands:
        acting: Future[Any] = Future()
        for kind, said in sections(name):
            match kind:
                case "exchange":
                    exchange.say(said)
                case "console":
                    exchange.expect(said)
                case "act":
                    acting = hands.submit(_act, line, ear, said.split())
                case "done":
                    acting.result(PATIENCE_S)
                case "refused":
                    assert isinstance(acting.exception(PATIENCE_S), LineError)
                case "facts":
                    told += said.splitlines()
                    ear.until(lambda most=len(told): len(ear.facts) >= most)  # type: ignore[misc]  # noqa: B008
                    heard = [_spelt(fact) for fact in ear.facts]
                    assert heard == told, (heard, told)


def _act(line: Any, ear: Listener, said: list[str]) -> None:
    act, *number = said
    given = number if act == "dial" else [ear.facts[-1].call, *number]
    call = getattr(line, act)(*given)
    assert act != "dial" or call == ear.facts[-1].call


def _spelt(fact: CallFact) -> str:
    more = [getattr(fact, name, "") for name in ("number", "name", "how")]
    return " ".join([str(fact.__struct_config__.tag), *(str(part) for part in more if part)])
