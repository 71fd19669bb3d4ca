"""Attached files: sent and fetched piece by piece."""

import base64
import re

from fastapi import APIRouter, Path, Request
from starlette.responses import Response, StreamingResponse

from console.central.files import PIECE, Arrived, Facts
from console.central.problems import Refuse, bad_request
from console.central.routes.parts import Caller, Here, plain_bytes
from console.protocol.wire import HEADER_OFFSET, HEADER_WHOLE

router = APIRouter()
_CONTENT_RANGE = re.compile(r"bytes (\d{1,12})-(\d{1,12})/(\d{1,12})\Z", re.ASCII)
_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})\Z", re.ASCII)
DIGEST = Path(pattern=r"^[0-9a-f]{64}$")


@router.put("/attachments/{sha256}")
async def put(request: Request, centre: Here, who: Caller, sha256: str = DIGEST) -> Response:
    """One piece, named by `Content-Range: bytes FIRST-LAST/SIZE`; at most 1 MiB. The answer says how much has
    arrived. A piece that is here already is answered the same; one that leaves a gap gets 409."""
    first, last, size = _content_range(request)
    body = await plain_bytes(request, PIECE)
    if len(body) != last - first + 1:
        raise bad_request("Content-Range is not the body's")
    return _said(await centre.gates.files.run(centre.files.take, who, sha256, first, size, body))


@router.head("/attachments/{sha256}")
async def head(centre: Here, who: Caller, sha256: str = DIGEST) -> Response:
    """How much has arrived: `Upload-Offset`, and `Upload-Complete: ?1` once it is whole and checked."""
    return _said(await centre.gates.reading.run(centre.files.arrived, who, sha256))


@router.get("/attachments/{sha256}")
async def get(request: Request, centre: Here, who: Caller, sha256: str = DIGEST) -> Response:
    """The file, or with `Range: bytes=FIRST-[LAST]` a part of it, at most 1 MiB. Agencies get pictures
    without what the camera wrote into them. `Repr-Digest` is the digest of all that this reader gets."""
    facts = await centre.gates.reading.run(centre.files.facts, who, sha256)
    headers = _headers(facts)
    asked = _RANGE.match(request.headers.get("Range", ""))
    if asked is None:
        headers["Content-Length"] = str(facts.size)
        parts = centre.gates.fills.each(centre.files.parts(facts))
        return StreamingResponse(parts, 200, headers, facts.media_type)
    first = int(asked[1])
    last = min(int(asked[2]) if asked[2] else facts.size, facts.size - 1, first + PIECE - 1)
    if first > last:
        answer = Refuse(416, "bad_range", "There is no such part", limit=facts.size).response()
        answer.headers["Content-Range"] = f"bytes */{facts.size}"
        return answer
    body = await centre.gates.reading.run(centre.files.part, facts, first, last - first + 1)
    headers["Content-Range"] = f"bytes {first}-{last}/{facts.size}"
    return Response(body, 206, headers, facts.media_type)


@router.get("/attachments/{sha256}/thumbnail")
async def thumbnail(centre: Here, who: Caller, sha256: str = DIGEST) -> Response:
    """A small PNG of a picture, at most 256 pixels wide and high."""
    body = await centre.gates.reading.run(centre.files.thumbnail, who, sha256)
    return Response(body, 200, {"Cache-Control": "no-store"}, "image/png")


def _content_range(request: Request) -> tuple[int, int, int]:
    found = _CONTENT_RANGE.match(request.headers.get("Content-Range", ""))
    if found is None:
        raise bad_request("Content-Range")
    first, last, size = int(found[1]), int(found[2]), int(found[3])
    if not first <= last < size:
        raise bad_request("Content-Range")
    return first, last, size


def _said(arrived: Arrived) -> Response:
    headers = {HEADER_OFFSET: str(arrived.offset), HEADER_WHOLE: "?1" if arrived.whole else "?0"}
    return Response(None, 200, headers)


def _headers(facts: Facts) -> dict[str, str]:
    digest = base64.b64encode(bytes.fromhex(facts.digest)).decode()
    return {
        "Accept-Ranges": "bytes",
        "Cache-Control": "no-store",
        "Content-Disposition": "attachment",
        "ETag": f'"{facts.digest}"',
        "Repr-Digest": f"sha-256=:{digest}:",
        "X-Content-Type-Options": "nosniff",
    }
