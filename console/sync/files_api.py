"""The centre's calls for attached files: how much has arrived, one piece out, one piece in."""

import base64
import binascii
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import requests

from console.protocol.wire import HEADER_OFFSET, HEADER_WHOLE
from console.sync.answers import wire_errors
from console.sync.api import Api
from console.sync.errors import BadAnswer

_BLOCK = 16 * 1024
_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)\Z", re.ASCII)
_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/=]+):\Z", re.ASCII)


class Arrived(NamedTuple):
    """So many bytes are at the centre; `whole`: all, and checked."""

    offset: int
    whole: bool


class Part(NamedTuple):
    """Bytes of a file of `total` bytes with this digest, as they come. A cut raises Offline."""

    total: int
    digest: str
    blocks: Iterator[bytes]


class FilesApi:
    """On a line of its own: a long piece never holds a command up."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def arrived(self, sha256: str) -> Arrived:
        """How much of it the centre has."""
        return _arrived(self._api.plain("HEAD", _path(sha256), headers={}))

    def put(self, sha256: str, start: int, size: int, body: bytes) -> Arrived:
        """One piece. Raises Rejected with the centre's code."""
        span = f"bytes {start}-{start + len(body) - 1}/{size}"
        return _arrived(self._api.plain("PUT", _path(sha256), body, headers={"Content-Range": span}))

    @contextmanager
    def part(self, sha256: str, start: int, length: int) -> Iterator[Part]:
        """A part, as it comes. Raises Rejected with the centre's code."""
        span = f"bytes={start}-{start + length - 1}"
        with self._api.plain("GET", _path(sha256), headers={"Range": span}, stream=True) as response:
            said = _CONTENT_RANGE.match(response.headers.get("Content-Range", ""))
            if response.status_code != 206 or said is None or int(said[1]) != start:
                raise BadAnswer("range")
            yield Part(int(said[3]), _digest(response), _blocks(response, int(said[2]) + 1 - start))

    def thumbnail(self, sha256: str) -> bytes:
        """A small PNG. Raises Rejected where there is none."""
        response = self._api.plain("GET", _path(sha256) + "/thumbnail", headers={})
        if response.headers.get("Content-Type") != "image/png":
            raise BadAnswer("thumbnail")
        return response.content


def _path(sha256: str) -> str:
    return f"/attachments/{sha256}"


def _arrived(response: requests.Response) -> Arrived:
    offset = response.headers.get(HEADER_OFFSET, "")
    if not offset.isdecimal():
        raise BadAnswer("offset")
    return Arrived(int(offset), response.headers.get(HEADER_WHOLE) == "?1")


def _digest(response: requests.Response) -> str:
    found = _DIGEST.match(response.headers.get("Repr-Digest", ""))
    try:
        return base64.b64decode(found[1], validate=True).hex() if found else _no_digest()
    except binascii.Error:
        return _no_digest()


def _no_digest() -> str:
    raise BadAnswer("digest")


def _blocks(response: requests.Response, most: int) -> Iterator[bytes]:
    with wire_errors():
        for block in response.iter_content(_BLOCK):
            yield block[:most]
            most -= len(block)
            if most <= 0:
                return
