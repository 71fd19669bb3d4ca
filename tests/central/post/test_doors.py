"""The doors, against real servers: what is taken, what comes again, what never will, where nothing goes."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from console.central.__main__ import main
from console.central.post import doors
from console.central.post.doors import Later, Never, NoDoor
from console.central.post.hook import HookDoor, HookSettings, retry_after_s, signature
from console.central.post.settings import BadPost, doors_of
from console.central.post.shelf import Taken
from console.central.post.smtp import SmtpDoor, SmtpSettings
from tests.central.post.catching import gateway, mail_server

SECRET = "một bí mật đủ dài"
LETTER = Taken(
    id="0190f5e2-0000-7000-8000-000000000001",
    number="2411-03-0001-5",
    kind="remind",
    channel="email",
    address="dau-moi@quangbinh.example",
    subject="Nhắc xử lý: nắp cống vỡ",
    body="Kính gửi đơn vị.\nHạn 17:00.",
    attempts=1,
    expired=False,
)


def mail_door(port: int, security: str = "none") -> SmtpDoor:
    return SmtpDoor(
        SmtpSettings(
            host="127.0.0.1", port=port, security=security, sender="ioc@quangbinh.example", sender_name="IOC"
        )
    )


def hook_door(url: str, private: bool = True) -> HookDoor:
    return HookDoor(HookSettings(url=url, secret=SECRET, private=private))


def test_mail_arrives_as_it_was_written_and_bears_one_name() -> None:
    with mail_server() as (box, port):
        door = mail_door(port)
        door.send(LETTER)
        door.send(LETTER)
    first, second = box.got
    assert first["Subject"] == LETTER.subject
    assert first.get_content().replace("\r\n", "\n").strip() == LETTER.body
    assert first["Message-ID"] == second["Message-ID"] == f"<{LETTER.id}@quangbinh.example>"
    assert box.to == [LETTER.address] * 2


@pytest.mark.parametrize("where", ["subject", "number", "address"])
def test_no_line_end_reaches_a_header(where: str) -> None:
    bad = LETTER._replace(**{where: "a@b.example\r\nBcc: mallory@evil.example"})
    with mail_server() as (box, port):
        if where == "address":
            with pytest.raises(Never, match="no_address"):
                mail_door(port).send(bad)
            return
        mail_door(port).send(bad)
    assert box.to == [LETTER.address]
    assert box.got[0]["Bcc"] is None
    assert "mallory" not in str(box.got[0].get_content())


@pytest.mark.parametrize(
    ("answer", "kind", "reason"),
    [
        ("451 try later", Later, "smtp 451"),
        ("554 no", Never, "smtp 554"),
        ("rcpt 450 busy", Later, "smtp 450"),
        ("rcpt 550 nobody", Never, "smtp 550"),
    ],
)
def test_what_a_mail_server_says_decides(answer: str, kind: type[Exception], reason: str) -> None:
    with mail_server() as (box, port):
        box.answers = [answer]
        with pytest.raises(kind, match=reason):
            mail_door(port).send(LETTER)


def test_without_the_tls_that_is_asked_for_nothing_is_said() -> None:
    with mail_server() as (box, port), pytest.raises(Never, match="smtp_no_tls"):
        mail_door(port, "starttls").send(LETTER)
    assert box.got == []


@contextmanager
def odd_server(talk: Callable[[socket.socket, threading.Event], None]) -> Iterator[int]:
    """Takes one connection and does with it what no server should."""
    over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        connection, _ = listener.accept()
        with connection:
            talk(connection, over)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        over.set()
        thread.join()
        listener.close()


def silent(connection: socket.socket, over: threading.Event) -> None:
    over.wait(30)


def drips(connection: socket.socket, over: threading.Event) -> None:
    try:
        while not over.wait(0.02):
            connection.sendall(b"2")
    except OSError:
        return


def hangs_up(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"220 hello\r\n")


@pytest.mark.parametrize(("talk", "reason"), [(silent, "slow"), (drips, "slow"), (hangs_up, "no_connection")])
def test_a_mail_server_that_hangs_drips_or_drops_holds_nobody_up(
    monkeypatch: pytest.MonkeyPatch, talk: Callable[[socket.socket, threading.Event], None], reason: str
) -> None:
    monkeypatch.setattr(doors, "STEP_S", 0.1)
    monkeypatch.setattr(doors, "LONGEST_S", 0.2)
    with odd_server(talk) as port, pytest.raises(Later, match=reason):
        mail_door(port).send(LETTER)


def test_a_gateway_gets_what_it_can_check() -> None:
    with gateway() as gate:
        hook_door(gate.url).send(LETTER)
    headers, body = gate.got[0]
    assert json.loads(body) == {
        "id": LETTER.id,
        "kind": "remind",
        "number": LETTER.number,
        "to": LETTER.address,
        "text": LETTER.body,
    }
    assert headers["Idempotency-Key"] == LETTER.id
    assert headers["X-IOC-Signature"] == f"sha256={signature(SECRET, headers['X-IOC-Timestamp'], body)}"


@pytest.mark.parametrize(
    ("status", "headers", "kind", "after"),
    [
        (429, {"Retry-After": "120"}, Later, 120.0),
        (503, {"Retry-After": "99999999"}, Later, 6 * 3600.0),
        (500, {}, Later, None),
        (400, {}, Never, None),
        (302, {"Location": "http://127.0.0.1:1/elsewhere"}, Never, None),
    ],
)
def test_what_a_gateway_says_decides(
    status: int, headers: dict[str, str], kind: type[Exception], after: float | None
) -> None:
    with gateway() as gate:
        gate.answers = [(status, headers)]
        with pytest.raises(kind, match=f"http {status}") as caught:
            hook_door(gate.url).send(LETTER)
    assert getattr(caught.value, "after_s", None) == after
    assert len(gate.got) == 1, "no redirection is followed"


def test_a_huge_answer_is_not_read() -> None:
    with gateway() as gate:
        gate.size = 1 << 40
        hook_door(gate.url).send(LETTER)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "169.254.169.254", "10.0.0.8"]
)
def test_no_message_goes_into_the_offices_own_network_unasked(host: str) -> None:
    with pytest.raises(Never, match="private_address"):
        hook_door(f"http://{host}:9/", private=False).send(LETTER)


def test_a_name_with_one_address_inside_is_refused_whichever_comes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))
        for address in ("93.184.216.34", "10.0.0.8")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **more: found)
    with pytest.raises(Never, match="private_address"):
        hook_door("https://gate.example/", private=False).send(LETTER)


def test_retry_after_is_seconds_or_a_date() -> None:
    assert retry_after_s("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0
    assert retry_after_s("soon") is retry_after_s(None) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[smtp\n", "post.toml"),
        ("[fax]\n", "no section fax"),
        ("[smtp]\nhost = 'm'\n", "smtp needs sender"),
        ("[smtp]\nhost = 'm'\nsender = 'a@b.example'\nport = '25'\n", "smtp.port must be of type int"),
        ("[smtp]\nhost = 'm'\nsender = 'a@b.example'\npassword = 'x'\n", "no setting smtp.password"),
        ("[smtp]\nhost = 'm'\nsender = 'a@b.example\\nBcc: x'\n", "one plain address"),
        ("[smtp]\nhost = 'm'\nsender = 'a@b.example'\nuser = 'u'\n", "IOC_SMTP_PASSWORD"),
        ("[smtp]\nhost = 'm'\nsender = 'a@b.example'\nsecurity = 'ssl'\n", "smtp.security"),
        ("[hook]\nurl = 'http://gate.example'\n", "private = true"),
        ("[hook]\nurl = 'file:///etc/passwd'\n", "https://"),
        ("[hook]\nurl = 'https://gate.example'\n", "IOC_HOOK_SECRET"),
    ],
)
def test_a_file_with_a_fault_is_refused_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "post.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadPost, match=says):
        doors_of(file, {})


def test_doors_as_they_are_set(tmp_path: Path) -> None:
    file = tmp_path / "post.toml"
    file.write_text("[hook]\nurl = 'https://gate.example/sms'\n", encoding="utf-8")
    made = doors_of(file, {"IOC_HOOK_SECRET": SECRET})
    assert isinstance(made.email, NoDoor)
    assert isinstance(made.hook, HookDoor)
    assert SECRET not in repr(made.hook._set)


def test_a_server_with_such_a_file_does_not_start(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "post.toml"
    file.write_text("[fax]\n", encoding="utf-8")
    assert main(["serve", "--database", "postgresql://nowhere/x", "--post", str(file)]) == 2
    assert "no section fax" in capsys.readouterr().err
