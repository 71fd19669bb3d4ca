"""What every call needs: the centre, who calls, bodies in and answers out by msgspec."""

import asyncio
import zlib
from collections.abc import AsyncIterator
from typing import Annotated, Any, TypeVar

import msgspec
from fastapi import Depends, Request
from starlette.responses import Response

from console.central.centre import Centre
from console.central.problems import Refuse, bad_request, not_signed_in
from console.protocol.wire import Identity

T = TypeVar("T")
MOST_BYTES = 8 * 1024 * 1024
"""Of a body, unpacked."""
BODY_PAUSE_S = 20.0
"""The longest silence in the middle of a body."""


def centre_of(request: Request) -> Centre:
    """The process's centre."""
    found: Centre = request.app.state.centre
    return found


def token_of(request: Request) -> str:
    """The access token. Raises Refuse where there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise not_signed_in()
    return token


async def caller(request: Request) -> Identity:
    """Who calls, by the access token. Raises Refuse."""
    centre = centre_of(request)
    return await centre.gates.entry.run(centre.admit, token_of(request))


async def _here(request: Request) -> Centre:
    return centre_of(request)  # awaited, for FastAPI takes what is not to a thread and back


async def _token(request: Request) -> str:
    return token_of(request)


Here = Annotated[Centre, Depends(_here)]
Token = Annotated[str, Depends(_token)]
Caller = Annotated[Identity, Depends(caller)]


async def body_bytes(request: Request) -> bytes:
    """The body, unpacked, as far as it is no longer than allowed. Raises Refuse."""
    kind = request.headers.get("Content-Type", "application/json").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refuse(415, "wrong_content_type", "The body must be application/json")
    unpacker = _Unpacker(request.headers.get("Content-Encoding", "identity").strip().lower())
    parts, length = [], 0
    async for packed in _arriving(request):
        part = unpacker.unpack(packed, MOST_BYTES + 1 - length)
        length += len(part)
        if length > MOST_BYTES:
            title = "The request is too large"
            raise Refuse(413, "too_large", title, f"at most {MOST_BYTES} bytes", limit=MOST_BYTES)
        parts.append(part)
    unpacker.finish()
    return b"".join(parts)


async def plain_bytes(request: Request, most: int) -> bytes:
    """A body of bytes that is not packed, at most so many. Raises Refuse."""
    if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise Refuse(415, "wrong_encoding", "This body may not be packed")
    parts, length = [], 0
    async for part in _arriving(request):
        length += len(part)
        if length > most:
            raise Refuse(413, "too_large", "The request is too large", f"at most {most} bytes", limit=most)
        parts.append(part)
    return b"".join(parts)


async def _arriving(request: Request) -> AsyncIterator[bytes]:
    """The body as it comes. Raises Refuse where it stops coming."""
    parts = request.stream()
    try:
        while True:
            async with asyncio.timeout(BODY_PAUSE_S):
                part = await anext(parts)
            yield part
    except StopAsyncIteration:
        return
    except TimeoutError:
        raise Refuse(408, "body_slow", "The body did not arrive") from None


class _Unpacker:
    """Unpacks no more than is allowed: a bomb is found out before it goes off."""

    def __init__(self, encoding: str) -> None:
        if encoding not in ("identity", "gzip"):
            raise Refuse(415, "wrong_encoding", "The body may be packed by gzip only")
        self._stream = zlib.decompressobj(zlib.MAX_WBITS | 16) if encoding == "gzip" else None

    def unpack(self, packed: bytes, most: int) -> bytes:
        """At most so many bytes; what is more is lost, for the body is too large then. Raises Refuse."""
        if self._stream is None:
            return packed
        try:
            return self._stream.decompress(packed, max(1, most))
        except zlib.error:
            raise bad_request("gzip") from None

    def finish(self) -> None:
        """Raises Refuse where the end is missing, with its check sum."""
        if self._stream is not None and not self._stream.eof:
            raise bad_request("gzip")


async def body_as(request: Request, kind: type[T]) -> T:
    """The body as one of the wire's types. Raises Refuse."""
    data = await body_bytes(request)
    if b"\\u0000" in data:
        raise bad_request("a zero byte")  # PostgreSQL keeps none
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise bad_request(kind.__name__) from None


def json_answer(value: Any) -> Response:
    """Encoded by msgspec; bytes as they are."""
    data = value if isinstance(value, bytes) else msgspec.json.encode(value)
    return Response(data, media_type="application/json")
