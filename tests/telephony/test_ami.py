"""Calls at an Asterisk exchange: whole dialogues over TCP, and exchanges that mean no good or are none."""

import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from console.desk.errors import LineDown, LineError, LineOffersNot
from console.domain.telephone import Dialled, Ended, Ending, Offer, Rang
from console.settings import AmiSettings
from console.telephony import ami
from console.telephony.ami import AmiLine
from console.telephony.ami_calls import MOST_CALLS
from console.telephony.ami_wire import LONGEST_LINE, MOST_LINES, action
from console.telephony.kept import LOCKED_OUT_S, MOST_S, pause
from tests.telephony.ears import Listener
from tests.telephony.exchange import DATA, PATIENCE_S, Exchange, play

SECRET = "trung-tam"
RINGING = """Event: DialBegin
Channel: PJSIP/vnpt-{n:08x}
CallerIDNum: 09140{n:05d}
DestChannel: PJSIP/103-{n:08x}
DestUniqueid: 17.{n}
DestLinkedid: 16.{n}

"""


@pytest.fixture
def ear() -> Listener:
    return Listener()


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    made = Exchange()
    yield made
    made.close()


@pytest.fixture
def line(exchange: Exchange, ear: Listener) -> Iterator[AmiLine]:
    settings = AmiSettings(port=exchange.port, phone="PJSIP/103", buttons=True)
    made = AmiLine(settings, SECRET, pause=lambda why, failures: 0.0)
    made.start(ear)
    yield made
    made.stop()
    made.stop()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("telephone")]


@pytest.mark.parametrize("dialogue", sorted(file.name for file in DATA.glob("ami_*.txt")))
def test_a_dialogue_with_an_exchange(line: AmiLine, exchange: Exchange, ear: Listener, dialogue: str) -> None:
    play(exchange, line, ear, dialogue)
    assert line.state.up
    assert ear.stood == [line.state]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n", "not_found"),
        (b"\x16\x03\x01\x02" * 9000, "not_found"),
        (b"Asterisk Call Manager/9.0.0\r\n" + b"x" * (LONGEST_LINE + 1), "not_found"),
        (b"Asterisk Call Manager/9.0.0\r\n" + b"A: b\r\n" * (MOST_LINES + 1), "not_found"),
        (b"Asterisk Call Manager/9.0.0\r\nEvent: Fully", "lost"),
        (b"", "lost"),
    ],
    ids=["banner", "tls", "line", "message", "half", "closed"],
)
def test_what_is_no_exchange_is_left_and_tried_anew(
    line: AmiLine, exchange: Exchange, ear: Listener, said: bytes, why: str
) -> None:
    exchange.accept()
    exchange.say_bytes(said)
    if why == "lost":
        exchange.hang_up()
    ear.until(lambda: len(ear.stood) == 1)
    assert (ear.stood[0].up, ear.stood[0].why) == (False, why)
    assert ear.stood[0].detail == f"127.0.0.1:{exchange.port}"
    with pytest.raises(LineDown):
        line.dial("115")
    exchange.greet()
    ear.until(lambda: len(ear.stood) == 2)
    assert line.state.up


def test_an_exchange_that_says_nothing_is_not_waited_for(
    exchange: Exchange, ear: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ami, "PULSE_S", 0.02)
    monkeypatch.setattr(ami, "LOGIN_S", 0.3)
    settings = AmiSettings(port=exchange.port, phone="PJSIP/103")
    line = AmiLine(settings, SECRET, pause=lambda why, failures: 0.0)
    line.start(ear)
    exchange.accept()
    exchange.say("Asterisk Call Manager/9.0.0\n")
    exchange.hear()
    assert exchange.hear() == {}, "it was hung up on"
    exchange.greet("Error")
    ear.until(lambda: len(ear.stood) >= 2)
    line.stop()
    assert [state.why for state in ear.stood][:2] == ["lost", "no_login"]


def test_one_that_falls_silent_is_asked_and_then_given_up(
    line: AmiLine, exchange: Exchange, ear: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ami, "PULSE_S", 0.02)
    monkeypatch.setattr(ami, "SILENT_S", 0.05)
    monkeypatch.setattr(ami, "DEAD_S", 0.2)
    exchange.greet()
    asked = [exchange.hear().get("Action", "") for _ in range(2)]
    assert asked == ["CoreShowChannels", "Ping"]
    while exchange.hear():
        pass  # asked more than once, until it is hung up on
    ear.until(lambda: len(ear.stood) >= 2)
    assert (line.state.up, ear.stood[1].why) == (False, "lost")


def test_a_break_ends_the_calls_and_what_is_found_again_is_a_new_call(
    line: AmiLine, exchange: Exchange, ear: Listener
) -> None:
    exchange.greet()
    exchange.say(RINGING.format(n=1) + "no colon\nEvent: Hold\nno colon\n\n" + RINGING.format(n=2))
    ear.until(lambda: len(ear.facts) == 2)
    exchange.say("Event: Hangup\nUniqueid: 17.1\n")  # the half of one
    exchange.hang_up()
    ear.until(lambda: len(ear.stood) == 2)
    calls = [fact.call for fact in ear.facts[:2]]
    assert ear.facts[2:] == [Ended(call=call, how=Ending.FAILED) for call in calls]
    exchange.greet()
    exchange.say(RINGING.format(n=1))
    ear.until(lambda: len(ear.facts) == 5)
    assert ear.facts[4].call not in calls
    with pytest.raises(LineError):
        line.hang_up(calls[0])


def test_a_flood_is_bounded(line: AmiLine, exchange: Exchange, ear: Listener) -> None:
    exchange.greet()
    flood = "".join(RINGING.format(n=n) for n in range(MOST_CALLS + 40))
    exchange.say(flood * 8 + "Event: VarSet\nVariable: X\n\n" * 4000 + "Event: Hangup\nUniqueid: 17.0\n\n")
    ear.until(lambda: isinstance(ear.facts[-1], Ended) if ear.facts else False)
    assert sum(isinstance(fact, Rang) for fact in ear.facts) == MOST_CALLS
    assert line.state.up


def test_what_cannot_be_done_is_said(
    exchange: Exchange, ear: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.telephony.kept.ANSWER_S", 0.05)
    line = AmiLine(AmiSettings(port=exchange.port, phone="PJSIP/103"), SECRET)
    line.start(ear)
    exchange.greet()
    ear.until(lambda: line.state.up)
    assert line.state.offers == {Offer.TRANSFER, Offer.HANG_UP, Offer.DIAL, Offer.REST}
    exchange.say(RINGING.format(n=1))
    ear.until(lambda: bool(ear.facts))
    call = ear.facts[0].call
    with pytest.raises(LineOffersNot):
        line.answer(call)
    with pytest.raises(LineError, match="no such call"):
        line.hang_up("17.9")
    with pytest.raises(LineError, match="not a number"):
        line.dial("115\r\nAction: Command")
    with pytest.raises(LineError, match="no answer"):
        line.hang_up(call)
    line.stop()
    with pytest.raises(ValueError):
        action("Hangup", "1", ("Channel", "x\r\nAction: Command"))


def test_a_break_is_the_exchanges_to_keep(line: AmiLine, exchange: Exchange, ear: Listener) -> None:
    exchange.greet()
    exchange.expect("Action: CoreShowChannels")
    ear.until(lambda: line.state.up)
    with ThreadPoolExecutor(1) as hands:
        asked = hands.submit(line.rest, True)
        exchange.expect("Action: QueuePause\nInterface: PJSIP/103\nPaused: true")
        exchange.say("Response: Success\nActionID: $ActionID\n\n")
        asked.result(PATIENCE_S)
        assert line.state.resting
        assert ear.stood[-1] == line.state
        asked = hands.submit(line.rest, False)
        exchange.expect("Action: QueuePause\nPaused: false")
        exchange.say("Response: Error\nActionID: $ActionID\nMessage: Interface not found\n\n")
        with pytest.raises(LineError):
            asked.result(PATIENCE_S)
    assert line.state.resting


def test_the_secret_itself_is_never_said_where_others_may_listen(
    line: AmiLine, exchange: Exchange, ear: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [ami._is_here(host) for host in ("127.0.0.2", "::1", "localhost", "10.0.0.2", "tong-dai")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    monkeypatch.setattr(ami, "_is_here", lambda host: False)
    exchange.accept()
    exchange.say("Asterisk Call Manager/7.0.3\n")
    exchange.hear()
    exchange.say("Response: Error\nActionID: $ActionID\n\n")
    ear.until(lambda: bool(ear.stood))
    assert ear.stood[0].why == "no_login"
    assert ear.stood[0].detail.endswith("(MD5)")
    assert exchange.hear() == {}, "hung up, with nothing said"


def test_what_is_not_set_up_is_named(ear: Listener) -> None:
    whole = AmiSettings(port=1, phone="PJSIP/103")
    for settings, secret, why, detail in [
        (AmiSettings(port=1), SECRET, "not_set_up", "[telephone.ami] phone"),
        (whole, None, "not_set_up", "telephone"),
        (AmiSettings(port=1, phone="x", tls=True, ca="/none"), SECRET, "not_set_up", "[telephone.ami] ca"),
        (AmiSettings(port=1, phone="x", host="a..b"), SECRET, "not_found", "a..b:1"),
        (whole, SECRET, "refused", "127.0.0.1:1"),
    ]:
        before = len(ear.stood)
        line = AmiLine(settings, secret)
        line.start(ear)
        ear.until(lambda before=before: len(ear.stood) > before)  # type: ignore[misc]
        line.stop()
        assert (ear.stood[-1].why, ear.stood[-1].detail) == (why, detail)


def test_pauses_have_full_jitter_and_a_refused_sign_in_waits_longer() -> None:
    early, late = ([pause("lost", n) for _ in range(200)] for n in (1, 50))
    assert max(early) <= 2.0
    assert min(late) < 5.0 < 15.0 < max(late) <= MOST_S
    assert LOCKED_OUT_S[0] <= pause("no_login", 1) <= LOCKED_OUT_S[1]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Certificate and key of an office's exchange at 127.0.0.1, in one file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tong-dai")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    own = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file = tmp_path_factory.mktemp("tls") / "exchange.pem"
    file.write_bytes(own + made.public_bytes(serialization.Encoding.PEM))
    return file


def test_tls_with_the_offices_own_authority_and_a_stranger_is_refused(
    certificate: Path, ear: Listener
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    for ca, wanted in ((str(certificate), [""]), ("", ["refused"])):
        exchange, heard = Exchange(), Listener()
        settings = AmiSettings(port=exchange.port, tls=True, ca=ca, phone="PJSIP/103")
        line = AmiLine(settings, SECRET)
        line.start(heard)
        if ca:
            exchange.greet_encrypted(context)
        else:
            with pytest.raises((ssl.SSLError, ConnectionError)):
                exchange.greet_encrypted(context)
        heard.until(lambda heard=heard: bool(heard.stood))  # type: ignore[misc]
        line.stop()
        exchange.close()
        assert [state.why for state in heard.stood] == wanted


def test_the_end_does_not_wait_for_who_does_not_answer(ear: Listener) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        line = AmiLine(AmiSettings(port=deaf.getsockname()[1], tls=True, phone="x"), SECRET)
        line.start(ear)
        wire, _ = deaf.accept()
        line.stop()
        wire.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("telephone")]
    assert ear.facts == []


def test_what_is_dialled_on_a_new_connection_has_a_name_that_no_earlier_one_gave(
    line: AmiLine, exchange: Exchange, ear: Listener
) -> None:
    """The exchange's own names begin anew when it is restarted; the desk still has the calls of before."""
    exchange.greet()
    exchange.expect("Action: CoreShowChannels")
    ear.until(lambda: line.state.up)
    exchange.greet()
    exchange.expect("Action: CoreShowChannels")
    exchange.say(RINGING.format(n=1))
    ear.until(lambda: bool(ear.facts))
    before = ear.facts[-1].call.split(".")[0]
    with ThreadPoolExecutor(1) as hands:
        asked = hands.submit(line.dial, "115")
        exchange.expect("Action: Originate\nExten: 115\nActionID: $unique\nChannelId: $unique")
        exchange.say("Response: Success\nActionID: $ActionID\n\n")
        call = asked.result(PATIENCE_S)
    assert call == f"{before}.{exchange._kept['unique']}"
    assert ear.facts[-1] == Dialled(call=call, number="115")
    exchange.say("Event: DialBegin\nChannel: PJSIP/103-2\nUniqueid: $unique\n\n")
    exchange.say("Event: Hangup\nChannel: PJSIP/103-2\nUniqueid: $unique\nCause: 16\n\n")
    ear.until(lambda: getattr(ear.facts[-1], "call", "") == call and len(ear.facts) > 2)
    assert isinstance(ear.facts[-1], Ended), "the exchange's name for it leads to the desk's"
