"""What every call needs: the centre, who calls, bodies in and answers out by msgspec."""

from typing import Annotated, Any, TypeVar

import msgspec
from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from console.central.centre import Centre
from console.central.problems import Refuse, bad_request, not_signed_in
from console.protocol.wire import Identity

T = TypeVar("T")
MOST_BYTES = 8 * 1024 * 1024


def centre_of(request: Request) -> Centre:
    """The process's centre."""
    found: Centre = request.app.state.centre
    return found


async def caller(request: Request) -> Identity:
    """Who calls, by the access token. Raises Refuse."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise not_signed_in()
    return await run_in_threadpool(centre_of(request).sessions.identity, token)


Here = Annotated[Centre, Depends(centre_of)]
Caller = Annotated[Identity, Depends(caller)]


async def body_bytes(request: Request) -> bytes:
    """The body, as far as it is no longer than allowed. Raises Refuse."""
    parts, length = [], 0
    async for part in request.stream():
        length += len(part)
        if length > MOST_BYTES:
            raise Refuse(413, "too_large", "The request is too large", f"at most {MOST_BYTES} bytes")
        parts.append(part)
    return b"".join(parts)


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
