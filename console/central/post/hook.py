"""A gateway for SMS or Zalo: one JSON POST a message, signed, to the one address that the office has set.

Nothing that a message says leads anywhere else: no redirection is followed, and the address that the name
resolves to is looked at before it is connected to, and is the one that is connected to.
"""

import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from console.central.post import doors
from console.central.post.doors import Later, Never
from console.central.post.shelf import Taken

MOST_READ = 16 * 1024
"""Bytes of an answer that are read; what it says beyond its status matters to nobody."""
LONGEST_WAIT_S = 6 * 3600.0
SHORTEST_SECRET = 16


@dataclass(frozen=True)
class HookSettings:
    """`private`: the gateway stands in the office's own network, where plain http is allowed too."""

    url: str
    secret: str
    private: bool = False
    ca_file: str = ""

    def __repr__(self) -> str:
        return f"HookSettings({urlsplit(self.url).hostname})"


class HookDoor:
    """See docs/chasing.md for what the gateway gets and how it checks it."""

    state = "sent"

    def __init__(self, settings: HookSettings) -> None:
        self._set = settings

    def send(self, letter: Taken) -> None:
        """Raises Later (no connection, hanging, 429, 5xx), Never (other answers, an address not allowed)."""
        body = json.dumps(
            {
                "id": letter.id,
                "kind": letter.kind,
                "number": letter.number,
                "to": letter.address,
                "text": letter.body,
            },
            ensure_ascii=False,
        ).encode()
        try:
            status, retry_after = self._post(letter.id, body)
        except ssl.SSLError:
            raise Later("hook_tls") from None
        except TimeoutError:
            raise Later("slow") from None
        except (OSError, http.client.HTTPException):
            raise Later("no_connection") from None
        if 200 <= status < 300:
            return
        if status in (408, 425, 429) or status >= 500:
            raise Later(f"http {status}", retry_after)
        raise Never(f"http {status}")

    def _post(self, name: str, body: bytes) -> tuple[int, float | None]:
        parts = urlsplit(self._set.url)
        connection = _Pinned(parts.hostname or "", parts.port, _context(self._set), self._set.private)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        with doors.watched(lambda: doors.cut_socket(connection.sock)) as over:
            try:
                connection.request("POST", path, body, self._headers(name, body))
                answer = connection.getresponse()
                answer.read(MOST_READ)
                return answer.status, retry_after_s(answer.headers.get("Retry-After"))
            except (OSError, http.client.HTTPException):
                if over.is_set():
                    raise TimeoutError from None
                raise
            finally:
                connection.close()

    def _headers(self, name: str, body: bytes) -> dict[str, str]:
        stamp = str(int(time.time()))
        return {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": name,
            "X-IOC-Timestamp": stamp,
            "X-IOC-Signature": f"sha256={signature(self._set.secret, stamp, body)}",
        }


def signature(secret: str, stamp: str, body: bytes) -> str:
    """HMAC-SHA256 of "timestamp.body", in hexadecimal digits."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def retry_after_s(text: str | None) -> float | None:
    """Seconds, or until a date (RFC 9110); None where it says neither."""
    if text is None:
        return None
    if text.strip().isdigit() and len(text.strip()) < 10:
        return min(float(text), LONGEST_WAIT_S)
    try:
        at = parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(at - time.time(), 0.0), LONGEST_WAIT_S)


class _Pinned(http.client.HTTPConnection):
    """Resolved once, checked, and connected to what was checked."""

    def __init__(self, host: str, port: int | None, tls: ssl.SSLContext | None, private: bool) -> None:
        super().__init__(host, port or (443 if tls else 80), timeout=doors.STEP_S)
        self._tls, self._private = tls, private

    def connect(self) -> None:
        """Raises Never for an address that is not allowed, OSError."""
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        addresses = [str(entry[4][0]) for entry in found]
        if not self._private and not all(_public(address) for address in addresses):
            raise Never("private_address")
        self.sock = socket.create_connection((addresses[0], self.port), doors.STEP_S)
        if self._tls is not None:
            self.sock = self._tls.wrap_socket(self.sock, server_hostname=self.host)


def _public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_global and not found.is_multicast


def _context(settings: HookSettings) -> ssl.SSLContext | None:
    if urlsplit(settings.url).scheme == "http":
        return None
    return ssl.create_default_context(cafile=settings.ca_file or None)
