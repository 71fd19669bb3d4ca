"""Pictures of the ground from an office's own tile server, kept on disk as long as that server says.

Asked for by the map's workers, never by the interface. No server is named anywhere in the program.
"""

import hashlib
import logging
import os
import re
import threading
import time
from email.utils import parsedate_to_datetime
from pathlib import Path

import msgspec
import requests

from console.desk.errors import DeskError
from console.sync.api import proxies_of

log = logging.getLogger(__name__)

TIMEOUT_S = (3.0, 10.0)  # connect, read
REST_S = 20.0  # after a failure only the disk is asked for so long
DAY_S = 86_400
UNSAID_S = DAY_S  # kept so long where the server says nothing
MOST_BYTES = 2 << 20  # of one tile
MOST_KEPT = 256 << 20  # bytes on disk for one address
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_FIELDS = ("{z}", "{x}", "{y}")


class BadAddress(DeskError):
    """The address is none of tiles: it must begin with http:// or https:// and hold {z}, {x} and {y}."""

    code = "tile_address"


class _Kept(msgspec.Struct, frozen=True):
    """What is known of a picture on disk: until when it holds (seconds since 1970), and how to ask again."""

    until: float
    etag: str = ""
    modified: str = ""


class TileServer:
    """One address. `trouble`: "" while it answers, else offline, refused or not_pictures."""

    minzoom, maxzoom, tile_px, hands = 0, 19, 256, 4
    bounds = None  # an address does not say

    def __init__(self, address: str, folder: Path, proxy: str = "") -> None:
        """`folder`: where pictures of all addresses are kept. Raises BadAddress. Touches the disk."""
        if not re.match(r"https?://[^/\s]+/", address) or any(f not in address for f in _FIELDS):
            raise BadAddress
        self.name = address
        self.trouble = ""
        self._proxies = proxies_of(proxy)
        self._folder = folder / hashlib.sha256(address.encode()).hexdigest()[:16]
        self._mine = threading.local()
        self._rest_until = 0.0
        self._told_disk = False
        self._make_room()

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """A picture, from the disk while it holds; an old one where the server cannot be asked; else None."""
        place = self._folder / str(zoom) / f"{column}-{row}"
        kept, data = _read(place)
        if kept is not None and time.time() < kept.until:
            return data
        if time.monotonic() < self._rest_until:
            return data
        return self._ask(self._url(zoom, column, row), place, kept, data)

    def _url(self, zoom: int, column: int, row: int) -> str:
        values = zip(_FIELDS, (zoom, column, row), strict=True)
        url = self.name
        for field, value in values:
            url = url.replace(field, str(value))
        return url

    def _session(self) -> requests.Session:
        """One for each thread that asks."""
        session: requests.Session | None = getattr(self._mine, "session", None)
        if session is None:
            session = self._mine.session = requests.Session()
        return session

    def _ask(self, url: str, place: Path, kept: _Kept | None, old: bytes | None) -> bytes | None:
        headers = {"Accept": "image/png, image/jpeg"}
        if kept is not None and old is not None:
            headers |= {"If-None-Match": kept.etag} if kept.etag else {}
            headers |= {"If-Modified-Since": kept.modified} if kept.modified else {}
        try:
            session = self._session()
            with session.get(
                url, headers=headers, timeout=TIMEOUT_S, stream=True, proxies=self._proxies
            ) as answer:
                data = _body(answer)
        except requests.RequestException as error:
            return self._failed("offline", type(error).__name__, old)
        if answer.status_code in (204, 404):
            self.trouble = ""
            return None
        if answer.status_code == 304 and old is not None:
            data = old
        elif answer.status_code != 200:
            return self._failed("refused", str(answer.status_code), old)
        elif len(data) > MOST_BYTES or not data.startswith(PICTURES):
            return self._failed("not_pictures", str(len(data)), old)
        self.trouble = ""
        self._keep(place, answer, data)
        return data

    def _failed(self, trouble: str, detail: str, old: bytes | None) -> bytes | None:
        if trouble != self.trouble:
            log.info("map tiles: %s (%s)", trouble, detail)
        self.trouble = trouble
        self._rest_until = time.monotonic() + REST_S
        return old

    def _keep(self, place: Path, answer: requests.Response, data: bytes) -> None:
        until = _until(answer)
        if until is None:
            return
        head = _Kept(until, answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", ""))
        part = place.with_name(f"{place.name}.{threading.get_ident()}")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(msgspec.json.encode(head) + b"\n" + data)
            os.replace(part, place)
        except OSError as error:
            if not self._told_disk:
                log.warning("map tiles are not kept: %s", type(error).__name__)
            self._told_disk = True

    def _make_room(self) -> None:
        """The oldest go until the rest fits."""
        found = [(file.stat(), file) for file in self._folder.glob("*/*")]
        total = sum(stat.st_size for stat, _ in found)
        for stat, file in sorted(found, key=lambda one: one[0].st_mtime):
            if total <= MOST_KEPT:
                return
            file.unlink(missing_ok=True)
            total -= stat.st_size

    def close(self) -> None:
        """Nothing is asked any more."""
        session: requests.Session | None = getattr(self._mine, "session", None)
        if session is not None:
            session.close()


def _body(answer: requests.Response) -> bytes:
    """What came, not much more than may be."""
    data = bytearray()
    for piece in answer.iter_content(1 << 16):
        data += piece
        if len(data) > MOST_BYTES:
            break
    return bytes(data)


def _read(place: Path) -> tuple[_Kept | None, bytes | None]:
    try:
        head, _, data = place.read_bytes().partition(b"\n")
        return msgspec.json.decode(head, type=_Kept), data
    except (OSError, msgspec.DecodeError):
        return None, None


def _until(answer: requests.Response) -> float | None:
    """Until when the picture holds, seconds since 1970; None: it must not be kept."""
    said = {part.strip().lower() for part in answer.headers.get("Cache-Control", "").split(",")}
    if "no-store" in said:
        return None
    if "no-cache" in said:
        return 0.0
    for part in said:
        name, _, seconds = part.partition("=")
        if name == "max-age" and seconds.isdigit():
            age = answer.headers.get("Age", "0")
            return time.time() + int(seconds) - (int(age) if age.isdigit() else 0)
    expires = answer.headers.get("Expires")
    if expires is None:
        return time.time() + UNSAID_S
    try:
        return parsedate_to_datetime(expires).timestamp()
    except ValueError:
        return 0.0  # "0" and the like: it was old when it came
