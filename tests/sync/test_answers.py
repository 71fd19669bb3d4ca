"""What stands between the desk and the centre is recognised, and costs neither a token nor a command."""

import logging
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from console.sync.answers import MOST_PATIENCE_S, retry_after
from console.sync.api import Api
from console.sync.errors import NotTheCentre, Offline, RetryLater, WireError
from tests.support.cable import Cable
from tests.sync.test_api import Holder

PAGE = b"<!doctype html><title>Wi-Fi</title>"
HTML = {"Content-Type": "text/html; charset=utf-8"}
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def cable() -> Iterator[Cable]:
    made = Cable("http://127.0.0.1:9")
    yield made
    made.close()


@pytest.fixture
def api(cable: Cable) -> Iterator[Api]:
    made = Api(cable.url)
    made.holder = Holder()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (200, HTML, PAGE),
        (200, {}, PAGE),
        (200, {"Content-Type": "text/plain"}, b"sign in at http://10.0.0.1"),
        (302, {"Location": "http://10.0.0.1/login"}, b""),
        (307, {"Location": "https://portal.example/?next=ioc"}, PAGE),
        (511, HTML, PAGE),
        (401, HTML, PAGE),
        (403, HTML, PAGE),
        (404, HTML, PAGE),
    ],
)
def test_a_network_that_wants_a_sign_in_is_not_the_centre(
    cable: Cable, api: Api, status: int, headers: dict[str, str], body: bytes
) -> None:
    cable.fault("answer", "/", times=None, status=status, headers=headers, body=body)
    calls: list[Callable[[], object]] = [api.health, lambda: api.changes(0), lambda: api.presence(None)]
    for call in calls:
        with pytest.raises(NotTheCentre) as caught:
            call()
        assert caught.value.reason == "portal"
    assert isinstance(api.holder, Holder)
    assert api.holder.renewed == 0  # the token was not shown to be refused by the centre


def test_a_streams_page_is_not_a_stream(cable: Cable, api: Api) -> None:
    cable.fault("answer", "/stream", headers=HTML, body=PAGE)
    with pytest.raises(NotTheCentre):
        api.stream()


def test_a_proxy_that_wants_a_password_is_told(cable: Cable, api: Api) -> None:
    cable.fault("answer", "/changes", status=407, headers=HTML, body=PAGE)
    with pytest.raises(Offline) as caught:
        api.changes(0)
    assert caught.value.reason == "proxy_auth"


# how long to wait


def answer(**headers: str) -> requests.Response:
    made = requests.Response()
    made.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return made


def test_retry_after_as_a_date_is_read_against_the_answers_own_date() -> None:
    """A workstation's clock a day wrong must neither hurry nor hold it for a day."""
    theirs = datetime.now(UTC) + timedelta(days=1)
    then, now = (format_datetime(at, usegmt=True) for at in (theirs + timedelta(seconds=90), theirs))
    assert retry_after(answer(Retry_After=then, Date=now)) == 90.0
    assert retry_after(answer(Retry_After=now, Date=then)) == 0.0


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("17", 17.0), ("999999999", MOST_PATIENCE_S), ("9" * 400, MOST_PATIENCE_S), ("", None), ("soon", None),
     ("-5", None), ("१७", None)],
)  # fmt: skip
def test_retry_after_is_capped_and_nonsense_is_none(header: str, seconds: float | None) -> None:
    assert retry_after(answer(Retry_After=header)) == seconds


def test_a_date_without_a_zone_and_one_far_away_are_understood() -> None:
    now = datetime.now(UTC)
    far = format_datetime(now + timedelta(days=2), usegmt=True)
    assert retry_after(answer(Retry_After=far, Date=format_datetime(now, usegmt=True))) == MOST_PATIENCE_S
    naive = format_datetime((now + timedelta(hours=3)).replace(tzinfo=None))
    assert retry_after(answer(Retry_After=naive)) == MOST_PATIENCE_S


def test_too_many_requests_and_unavailable_both_say_when(cable: Cable, api: Api) -> None:
    for status in (429, 503):
        cable.fault("answer", "/changes", status=status, headers={**JSON, "Retry-After": "7"})
        with pytest.raises(RetryLater) as caught:
            api.changes(0)
        assert caught.value.seconds == 7.0


# whose certificate


class Tls:
    """Something that speaks TLS on this machine with a certificate of one's own making."""

    def __init__(self, folder: Path, name: str, *, days: tuple[int, int] = (-1, 30)) -> None:
        key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        made = x509.CertificateBuilder(
            subject, subject, key.public_key(), x509.random_serial_number(),
            now + timedelta(days=days[0]), now + timedelta(days=days[1]),
        )  # fmt: skip
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        self.file = folder / "both.pem"
        plain = serialization.NoEncryption()
        self.file.write_bytes(
            key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
            + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        )
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(self.file)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://localhost:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            with line:
                try:
                    self._context.wrap_socket(line, server_side=True).close()
                except OSError:
                    continue  # the caller did not like our certificate: what this is for

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@pytest.mark.parametrize(
    ("name", "days", "trusted", "error", "reason"),
    [
        ("portal.hotel", (-1, 30), True, NotTheCentre, "tls_name"),
        ("localhost", (-1, 30), False, NotTheCentre, "tls_issuer"),
        ("localhost", (-30, -1), True, Offline, "tls_time"),
        ("localhost", (1, 30), True, Offline, "tls_time"),
    ],
)
def test_a_wrong_certificate_is_told_by_what_is_wrong(
    tmp_path: Path,
    name: str,
    days: tuple[int, int],
    trusted: bool,
    error: type[WireError],
    reason: str,
) -> None:
    server = Tls(tmp_path, name, days=days)
    api = Api(server.url)
    if trusted:
        api._session.verify = str(server.file)
    try:
        with pytest.raises(error) as caught:
            api.health()
        assert getattr(caught.value, "reason", "") == reason
    finally:
        api.close()
        server.close()


# proxies


def test_an_explicit_proxy_is_used_and_its_refusal_told(
    cable: Cable, caplog: pytest.LogCaptureFixture
) -> None:
    """The cable plays the proxy: it sees the whole address of a plain request."""
    caplog.set_level(logging.DEBUG)
    proxy = cable.url.replace("http://", "http://ban07:matkhau-rat-mat@")
    cable.fault("answer", "http://centre.invalid/api/v1/health", status=407, headers=HTML, body=PAGE)
    api = Api("http://centre.invalid", proxy=proxy)
    try:
        with pytest.raises(Offline) as caught:
            api.health()
    finally:
        api.close()
    assert caught.value.reason == "proxy_auth"
    assert cable.seen[0][1].startswith("http://centre.invalid")
    assert "matkhau" not in caplog.text + str(caught.value)


def test_a_tunnel_that_the_proxy_refuses_is_told(cable: Cable) -> None:
    """A proxy that knows no CONNECT, or wants a password for it."""
    api = Api("https://centre.invalid", proxy=cable.url)
    try:
        with pytest.raises(Offline) as caught:
            api.health()
    finally:
        api.close()
    assert caught.value.reason in ("proxy", "proxy_auth")


def test_nobody_at_the_proxys_address(cable: Cable) -> None:
    cable.close()
    api = Api("http://centre.invalid", proxy=cable.url)
    with pytest.raises(Offline) as caught:
        api.health()
    assert caught.value.reason == "proxy"


def test_the_plug_cuts_also_what_goes_through_a_proxy(cable: Cable) -> None:
    api, seen = Api("http://centre.invalid", proxy=cable.url), list[WireError]()
    hold = cable.fault("hold", "http://centre.invalid")

    def ask() -> None:
        with pytest.raises(WireError) as caught:
            api.health()
        seen.append(caught.value)

    thread = threading.Thread(target=ask)
    thread.start()
    assert hold.holding.wait(20)
    api.plug.pull()
    thread.join(20)
    assert [type(error) for error in seen] == [Offline]
    hold.go.set()
    api.close()


def test_no_proxy_stands_before_this_machine(cable: Cable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.invalid:1")
    api = Api(cable.url, proxy="")
    cable.fault("answer", "/health", status=503)
    with pytest.raises(RetryLater):
        api.health()
    api.close()


def test_a_password_in_netrc_does_not_take_our_tokens_place(
    cable: Cable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login somebody password something\n")
    monkeypatch.setenv("NETRC", str(netrc))
    api = Api("http://centre.invalid", proxy=cable.url)
    sent = list[str]()
    api._session.hooks["response"].append(
        lambda response, **_: sent.append(response.request.headers["Authorization"])
    )
    api.holder = Holder()
    cable.fault("answer", "http://centre.invalid", status=503)
    with pytest.raises(RetryLater):
        api.changes(0)
    assert sent == ["Bearer old"]
    api.close()
