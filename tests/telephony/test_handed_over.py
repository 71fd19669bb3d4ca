"""A softphone starts the program for a call, and the console that runs takes it over."""

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.telephone import Answered, Ended, Ending, Rang
from console.telephony.handed import Handed
from console.telephony.handed_over import FILE, HandedOverLine, hand_over
from tests.telephony.ears import Listener

NUMBER = "0905123456"


@pytest.fixture
def ear() -> Listener:
    return Listener()


@pytest.fixture
def line(ear: Listener, tmp_path: Path) -> Iterator[HandedOverLine]:
    made = HandedOverLine(tmp_path)
    made.start(ear)
    yield made
    made.stop()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("telephone")]


def handed(said: str, number: str = NUMBER) -> Handed:
    return Handed(said=said, number=number)  # type: ignore[arg-type]


def test_a_call_from_ring_to_end(line: HandedOverLine, ear: Listener, tmp_path: Path) -> None:
    for said in ("rang", "rang", "answered", "ended", "ended"):
        assert hand_over(tmp_path, handed(said))
    call = ear.facts[0].call
    assert ear.facts == [
        Rang(call=call, number=NUMBER), Answered(call=call), Ended(call=call, how=Ending.CALLER),
    ]  # fmt: skip


def test_a_call_that_is_heard_of_late_and_one_that_nobody_took(
    line: HandedOverLine, ear: Listener, tmp_path: Path
) -> None:
    hand_over(tmp_path, handed("answered", "113"))
    hand_over(tmp_path, handed("rang", ""))
    hand_over(tmp_path, handed("ended", ""))
    assert [kind for kind, _ in ear.said] == ["rang", "answered", "rang", "ended"]
    assert ear.facts[-1] == Ended(call=ear.facts[2].call, how=Ending.MISSED)


def test_without_a_console_nobody_takes_it(ear: Listener, tmp_path: Path) -> None:
    assert not hand_over(tmp_path, handed("rang"))
    line = HandedOverLine(tmp_path)
    line.start(ear)
    where = (tmp_path / FILE).read_text("ascii")
    line.stop()
    assert not (tmp_path / FILE).exists()
    (tmp_path / FILE).write_text(where, "ascii")  # as a kill leaves it
    assert not hand_over(tmp_path, handed("rang"))
    again = HandedOverLine(tmp_path)
    again.start(ear)
    assert hand_over(tmp_path, handed("rang"))
    again.stop()


@pytest.mark.parametrize(
    "said", [b"", b"\n", b"{}\n", b"x" * 5000, b'{"said":"rang","number":"1","word":"?"}\n']
)
def test_who_does_not_know_the_word_is_not_heard(
    line: HandedOverLine, ear: Listener, tmp_path: Path, said: bytes
) -> None:
    where = json.loads((tmp_path / FILE).read_text("ascii"))
    with (
        socket.create_connection(("127.0.0.1", where["port"])) as wire,
        contextlib.suppress(OSError),  # it may be hung up on before it has said all
    ):
        wire.sendall(said)
        wire.shutdown(socket.SHUT_WR)
        wire.recv(100)
    assert ear.facts == []
    assert hand_over(tmp_path, handed("rang")), "the next one is heard"


def test_only_its_user_may_read_where_it_is(line: HandedOverLine, tmp_path: Path) -> None:
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
