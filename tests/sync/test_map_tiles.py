"""An office's tile server: its own cache headers are followed; the disk serves while it is away."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from console.sync import map_tiles
from console.sync.map_tiles import BadAddress, TileServer

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


class Office(ThreadingHTTPServer):
    """Answers as told; remembers what was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.status, self.body, self.headers = 200, PNG, {"Cache-Control": "max-age=600"}
        self.asked: list[tuple[str, str]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/nen/{{z}}/{{x}}/{{y}}.png"


class Answering(BaseHTTPRequestHandler):
    server: Office

    def do_GET(self) -> None:
        held = self.headers.get("If-None-Match", "")
        self.server.asked.append((self.path, held))
        fresh = bool(held) and held == self.server.headers.get("ETag")
        self.send_response(304 if fresh else self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        body = b"" if fresh else self.server.body
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def office() -> Iterator[Office]:
    served = Office()
    thread = Thread(target=served.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield served
    served.shutdown()
    thread.join()
    served.server_close()


def test_a_picture_is_asked_for_once_while_it_holds(office: Office, tmp_path: Path) -> None:
    tiles = TileServer(office.address, tmp_path)
    assert [tiles.tile(9, 405, 229), tiles.tile(9, 405, 229)] == [PNG, PNG]
    assert office.asked == [("/nen/9/405/229.png", "")]
    assert TileServer(office.address, tmp_path).tile(9, 405, 229) == PNG  # another run of the program
    assert len(office.asked) == 1


@pytest.mark.parametrize(
    ("headers", "asked"),
    [
        ({"Cache-Control": "public, max-age=60"}, 1),
        ({"Cache-Control": "max-age=60", "Age": "61"}, 2),
        ({"Cache-Control": "no-cache"}, 2),
        ({"Cache-Control": "no-store"}, 2),
        ({"Expires": "Wed, 21 Oct 2015 07:28:00 GMT"}, 2),
        ({"Expires": "0"}, 2),
        ({"Expires": "Wed, 21 Oct 2099 07:28:00 GMT"}, 1),
        ({}, 1),
    ],
)
def test_the_servers_own_headers_say_how_long(
    office: Office, tmp_path: Path, headers: dict[str, str], asked: int
) -> None:
    office.headers = headers
    tiles = TileServer(office.address, tmp_path)
    assert [tiles.tile(1, 0, 0), tiles.tile(1, 0, 0)] == [PNG, PNG]
    assert len(office.asked) == asked
    kept = list(tmp_path.rglob("0-0"))
    assert bool(kept) == (headers.get("Cache-Control") != "no-store")


def test_an_old_picture_is_asked_about_and_not_fetched_again(office: Office, tmp_path: Path) -> None:
    office.headers = {"Cache-Control": "max-age=0", "ETag": '"a1"'}
    tiles = TileServer(office.address, tmp_path)
    assert tiles.tile(1, 0, 0) == PNG
    office.body = b"never sent"
    assert tiles.tile(1, 0, 0) == PNG
    assert office.asked[1] == ("/nen/1/0/0.png", '"a1"')


def test_while_the_server_is_away_the_disk_serves_and_nobody_waits(office: Office, tmp_path: Path) -> None:
    office.headers = {"Cache-Control": "max-age=0"}
    tiles = TileServer(office.address, tmp_path)
    assert tiles.tile(1, 0, 0) == PNG
    office.shutdown()
    office.server_close()
    assert (tiles.tile(1, 0, 0), tiles.trouble) == (PNG, "offline")
    assert tiles.tile(1, 0, 1) is None  # within the rest: not even asked for


@pytest.mark.parametrize(
    ("status", "body", "trouble"),
    [
        (403, b"no", "refused"),
        (200, b"<html>sign in to the hotel</html>", "not_pictures"),
        (200, PNG + bytes(map_tiles.MOST_BYTES), "not_pictures"),
        (404, b"", ""),
        (204, b"", ""),
    ],
)
def test_what_is_no_picture_is_never_taken_for_one(
    office: Office, tmp_path: Path, status: int, body: bytes, trouble: str
) -> None:
    office.status, office.body = status, body
    tiles = TileServer(office.address, tmp_path)
    assert (tiles.tile(1, 0, 0), tiles.trouble) == (None, trouble)
    assert not list(tmp_path.rglob("0-0"))


def test_the_oldest_pictures_make_room(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiles = TileServer(office.address, tmp_path)
    for row in range(4):
        tiles.tile(2, 0, row)
    size = next(tmp_path.rglob("0-0")).stat().st_size
    monkeypatch.setattr(map_tiles, "MOST_KEPT", 2 * size + 30)
    TileServer(office.address, tmp_path)
    assert sorted(file.name for file in tmp_path.rglob("0-*")) == ["0-2", "0-3"]


@pytest.mark.parametrize(
    "address", ["", "tiles", "ftp://a/{z}/{x}/{y}.png", "https://a/{z}/{x}.png", "https:///{z}/{x}/{y}"]
)
def test_an_address_that_is_none_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(BadAddress):
        TileServer(address, tmp_path)
