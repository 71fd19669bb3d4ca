"""Real calls over loopback: `sipp` rings, the softphone baresip is rung, and the line tells of it."""

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from console.desk.errors import LineDown, LineError
from console.domain.telephone import Answered, CallId, Dialled, Ended, Ending, Held, Offer, Rang, Resumed
from console.settings import SipSettings
from console.telephony.sip import SipLine
from console.telephony.sip_calls import SoftCalls
from console.telephony.sip_wire import LONGEST, Listed, Netstrings, Said, SipFault, command, listed
from console.telephony.softphone import FOLDER, Softphone
from tests.telephony.ears import Listener
from tests.telephony.sipp import PATIENCE_S, WHO_CALLS, WHO_IS_CALLED, free_port, played

NUMBER = "0905123456"
PASSWORD = "ban-03@mat,khau="


class Office:
    """Lines, and people who call them; all ended afterwards."""

    def __init__(self, folder: Path, open_: ExitStack) -> None:
        self.folder, self.ear, self._open = folder, Listener(), open_
        self.server, self.port = free_port(), free_port()

    def begin(self, up: bool = True, password: str | None = None, **settings: Any) -> SipLine:
        asked = SipSettings(
            server=f"127.0.0.1:{self.server}", user="ban03", listen=f"127.0.0.1:{self.port}",
            sound="aubridge,nil", **{"register": password is not None, **settings},
        )  # fmt: skip
        line = SipLine(asked, password, self.folder, pause=lambda why, failures: 0.0)
        self._open.callback(lambda: line.phone.end())  # also one that a failed test leaves in a call
        self._open.callback(line.stop)
        line.start(self.ear)
        if up:
            self.ear.until(lambda: line.state.up)
        return line

    def calls(self, who: str, number: str = NUMBER) -> Any:
        return self._open.enter_context(
            played(WHO_CALLS[who], self.folder, f"127.0.0.1:{self.port}", number=number)
        )

    def serves(self, what: str, number: str = NUMBER) -> Any:
        return self._open.enter_context(
            played(WHO_IS_CALLED[what], self.folder, number=number, port=self.server)
        )

    def rung(self, many: int = 1) -> list[CallId]:
        """The calls that rang, once there are so many."""
        self.ear.until(lambda: sum(isinstance(fact, Rang) for fact in self.ear.facts) == many)
        return [fact.call for fact in self.ear.facts if isinstance(fact, Rang)]

    def until_last(self, kind: type) -> Any:
        self.ear.until(lambda: bool(self.ear.facts) and isinstance(self.ear.facts[-1], kind))
        return self.ear.facts[-1]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with ExitStack() as open_:
        yield Office(tmp_path, open_)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("telephone")]


def test_a_call_that_is_answered_held_resumed_and_ended_here(office: Office) -> None:
    line = office.begin()
    assert line.state.offers == frozenset(Offer) - {Offer.REST}
    caller = office.calls("waits")
    (call,) = office.rung()
    line.answer(call)
    line.hold(call)
    line.resume(call)
    line.hang_up(call)
    office.until_last(Ended)
    assert office.ear.facts == [
        Rang(call=call, number=NUMBER, name="Ông Bảy"), Answered(call=call), Held(call=call),
        Resumed(call=call), Ended(call=call, how=Ending.DESK),
    ]  # fmt: skip
    assert caller.wait(PATIENCE_S) == 0, "as the caller saw it, too"
    with pytest.raises(LineError):
        line.hang_up(call)


@pytest.mark.parametrize(("who", "how"), [("gives up", Ending.MISSED), ("hangs up", Ending.CALLER)])
def test_the_other_side_ends_it(office: Office, who: str, how: Ending) -> None:
    line = office.begin()
    caller = office.calls(who)
    (call,) = office.rung()
    if how is Ending.CALLER:
        line.answer(call)
    office.until_last(Ended)
    assert office.ear.facts[-1] == Ended(call=call, how=how)
    assert caller.wait(PATIENCE_S) == 0


def test_two_that_ring_at_once_are_answered_one_after_the_other(office: Office) -> None:
    line = office.begin()
    for number in (NUMBER, "0914000111"):
        office.calls("waits", number)
    office.rung(2)
    numbers = {fact.number: fact.call for fact in office.ear.facts if isinstance(fact, Rang)}
    first, second = numbers[NUMBER], numbers["0914000111"]
    line.answer(first)
    line.answer(second)
    assert office.ear.facts[2:] == [Answered(call=first), Held(call=first), Answered(call=second)]
    held = {NUMBER in one.uri: one.held for one in listed(line._told("listcalls").data)}
    assert held == {True: True, False: False}, "the softphone sees it so, too"
    line.hang_up(second)
    office.until_last(Ended)
    line.resume(first)
    line.hang_up(first)
    ended = office.until_last(Ended)
    assert ended == Ended(call=first, how=Ending.DESK)


def test_one_is_handed_on_and_who_cannot_be_is_told(office: Office) -> None:
    line = office.begin()
    caller = office.calls("goes where they are sent")
    line.answer(office.rung()[0])
    line.transfer(office.rung()[0], "115")
    assert office.until_last(Ended).how is Ending.TRANSFERRED
    assert caller.wait(PATIENCE_S) == 0
    office.calls("waits")
    call = office.rung(2)[1]
    line.answer(call)
    with pytest.raises(LineError, match="refused"):
        line.transfer(call, "114")
    assert office.until_last(Ended).how is Ending.FAILED, "1.0 hangs up then: it is not hidden"


def test_calling_out(office: Office) -> None:
    line = office.begin()
    with pytest.raises(LineError, match="not a number"):
        line.dial("115;transport=tcp")
    called = office.serves("answers")
    call = line.dial(NUMBER)
    office.until_last(Answered)
    line.hang_up(call)
    office.until_last(Ended)
    assert called.wait(PATIENCE_S) == 0
    assert office.ear.facts == [
        Dialled(call=call, number=NUMBER), Answered(call=call), Ended(call=call, how=Ending.DESK),
    ]  # fmt: skip
    office.serves("busy")
    again = line.dial("115")
    assert office.until_last(Ended) == Ended(call=again, how=Ending.FAILED)


def test_the_password_is_known_to_the_server_and_nobody_else(office: Office) -> None:
    office.serves("registers", PASSWORD)
    line = office.begin(password=PASSWORD)
    assert line.state.detail == f"127.0.0.1:{office.server}"
    folder = office.folder / FOLDER
    assert folder.stat().st_mode & 0o077 == 0
    assert not [file for file in folder.iterdir() if PASSWORD.encode() in file.read_bytes()]


def test_a_wrong_password_is_said_and_a_missing_one_too(office: Office) -> None:
    office.serves("registers", "another")
    line = office.begin(up=False, password=PASSWORD)
    office.ear.until(lambda: bool(office.ear.stood))
    assert (line.state.up, line.state.why) == (False, "no_login")
    with pytest.raises(LineDown):
        line.dial("115")
    for settings, why, detail in [
        ({"password": "telephone", "register": True}, "not_set_up", "telephone"),
        ({"user": ""}, "not_set_up", "[telephone.sip] user"),
        ({"user": "a b"}, "not_set_up", "[telephone.sip] user"),
        ({"program": "no-such-softphone"}, "not_found", "no-such-softphone"),
        ({"program": "false"}, "lost", "false"),
    ]:
        other = Listener()
        office_settings = SipSettings(**{"server": "x", "user": "u", "register": False, **settings})  # type: ignore[arg-type]
        bare = SipLine(office_settings, None, office.folder / "other")
        bare.start(other)
        other.until(lambda other=other: bool(other.stood))  # type: ignore[misc]
        bare.stop()
        assert (other.stood[0].why, other.stood[0].detail) == (why, detail)


def test_a_server_that_is_lost_in_a_call_leaves_the_call_to_be_ended(tmp_path: Path) -> None:
    line, wire = SipLine(SipSettings(), None, tmp_path), socket.socket()
    stood = []
    for kind, param in [
        ("REGISTER_OK", "200"),
        ("CALL_INCOMING", ""),
        ("REGISTER_FAIL", "503"),
        ("CALL_CLOSED", ""),
    ]:
        line._hear(wire, Said(type=kind, id="1", direction="incoming", peeruri="sip:113@x", param=param))
        stood.append(
            (
                line.state.up,
                line.state.why,
                Offer.HANG_UP in line.state.offers,
                Offer.DIAL in line.state.offers,
            )
        )
    wire.close()
    line.stop()
    assert stood == [
        (True, "", True, True),
        (True, "", True, True),
        (True, "lost", True, False),
        (False, "lost", False, False),
    ]


def test_a_softphone_that_dies_ends_its_calls_and_comes_again(office: Office) -> None:
    line = office.begin()
    office.calls("waits")
    (call,) = office.rung()
    line.answer(call)
    assert line.phone.process is not None
    line.phone.process.send_signal(signal.SIGKILL)
    office.ear.until(lambda: len(office.ear.stood) == 3)
    assert office.ear.facts[-1] == Ended(call=call, how=Ending.FAILED)
    assert [state.up for state in office.ear.stood] == [True, False, True]


def test_a_call_goes_on_when_the_console_ends_and_the_next_one_takes_it_over(office: Office) -> None:
    line = office.begin()
    office.calls("waits")
    line.answer(office.rung()[0])
    line.stop()
    office.ear.facts.clear()
    second = office.begin()
    (call,) = office.rung()
    assert office.ear.facts == [Rang(call=call, number=NUMBER), Answered(call=call)]
    second.hang_up(call)
    assert office.until_last(Ended) == Ended(call=call, how=Ending.DESK)
    second.stop()
    assert line.phone.process is not None
    assert line.phone.process.wait(PATIENCE_S) == 0, "it ended with the second"


@pytest.mark.parametrize(
    "said", [b"GET / HTTP/1.1\r\n\r\n", b"9999999:", b"%d:" % (LONGEST + 1), b"2:{}x", b":,", b"2:{}}"]
)
def test_what_is_no_control_port_is_found_out(said: bytes) -> None:
    with pytest.raises(SipFault):
        list(Netstrings().feed(said))


def test_what_comes_in_pieces_and_with_rubbish_between() -> None:
    says, heard = Netstrings(), []
    for byte in b'14:{"type":"ONE"},5:\xff\xfe{"x,14:{"type":"TWO"},':
        heard += list(says.feed(bytes([byte])))
    assert [said.type for said in heard] == ["ONE", "TWO"]
    assert command("dial", "á", "1") == b'44:{"command":"dial","params":"\xc3\xa1","token":"1"},'


def test_a_list_of_calls_is_read() -> None:
    text = (
        "\n--- Active calls (2) ---\n  [line 1]  0:00:00   INCOMING  (on hold)  sip:113@10.0.0.2:5060\n"
        "> [line 2, id 8f]  0:01:02  ESTABLISHED             sip:0905123456@10.0.0.2\n\n"
    )
    assert listed(text) == (
        Listed("1", "INCOMING", True, "sip:113@10.0.0.2:5060"),
        Listed("2", "ESTABLISHED", False, "sip:0905123456@10.0.0.2"),
    )


def test_who_calls_is_told_as_it_is_known() -> None:
    def rang(uri: str, name: str) -> tuple[str, str]:
        said = Said(type="CALL_INCOMING", direction="incoming", id="1", peeruri=uri, peerdisplayname=name)
        fact = SoftCalls().hear(said)[0]
        assert isinstance(fact, Rang)
        return fact.number, fact.name

    assert rang("sip:anonymous@anonymous.invalid", "Anonymous") == ("", "Anonymous")
    assert rang("sip:an.nguyen@10.0.0.2", "") == ("", "an.nguyen")
    assert rang("sip:%2B84905123456@10.0.0.2;user=phone", 'Ông \\"Bảy\\"') == ("+84905123456", 'Ông "Bảy"')
    calls = SoftCalls()
    many = [Said(type="CALL_INCOMING", id=str(n), peeruri="sip:113@x") for n in range(100)]
    assert sum(len(calls.hear(said)) for said in many * 2) == 64


@pytest.mark.parametrize("plays", [True, False])
def test_the_softphone_rings_only_where_the_console_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plays: bool
) -> None:
    monkeypatch.setattr("console.telephony.softphone.plays_here", lambda: plays)
    phone = Softphone(SipSettings(sound="alsa,hw"), None, tmp_path)
    (alert,) = [line for line in phone._config(1, tmp_path) if line.startswith("audio_alert")]
    assert alert == ("audio_alert none,none" if plays else "audio_alert alsa,hw")
