"""Small pictures, where they were taken, and copies that say nothing of it."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from console.media.picture import THUMBNAIL_SIDE, PictureUnreadable, look_at, published
from tests.support.pictures import EXE, GPS_IFD, LAT, LON, OWNER, photo

KINDS = ("JPEG", "PNG", "WEBP")


def colour(data: bytes, x: float, y: float) -> str:
    """Red or blue, at a part of its width and height."""
    with Image.open(BytesIO(data)) as picture:
        at = picture.convert("RGB").getpixel((int(x * picture.width), int(y * picture.height)))
    assert isinstance(at, tuple)
    return "red" if at[0] > at[2] else "blue"


@pytest.mark.parametrize("kind", KINDS)
def test_the_position_is_read_where_the_camera_wrote_it(kind: str) -> None:
    found = look_at(photo(kind=kind)).position
    assert found is not None
    assert (found.lat, found.lon) == pytest.approx((LAT, LON), abs=1e-6)
    assert look_at(photo(kind=kind, gps=False)).position is None


def with_gps(tags: dict[int, object]) -> bytes:
    exif, out = Image.Exif(), BytesIO()
    exif.get_ifd(GPS_IFD).update(tags)
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.mark.parametrize(
    "tags",
    [
        {1: "N", 2: (95.0, 0.0, 0.0), 3: "E", 4: (106.0, 0.0, 0.0)},
        {1: "N", 2: (17.0, 0.0, 0.0)},
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "N", 2: (17.0, 0.0), 3: "E", 4: (106.0, 0.0, 0.0)},
    ],
)
def test_a_position_that_is_none_is_none(tags: dict[int, object]) -> None:
    assert look_at(with_gps(tags)).position is None


def test_south_and_west_are_negative() -> None:
    found = look_at(with_gps({1: "S", 2: (17.0, 30.0, 0.0), 3: "W", 4: (6.0, 0.0, 36.0)})).position
    assert found is not None
    assert (found.lat, found.lon) == pytest.approx((-17.5, -6.01))


@pytest.mark.parametrize("kind", KINDS)
def test_the_published_copy_says_nothing_of_camera_owner_or_place(kind: str) -> None:
    data = photo(kind=kind)
    assert OWNER.encode() in data
    copy = published(data)
    with Image.open(BytesIO(copy)) as picture:
        assert (picture.format, picture.size) == (kind, (640, 480))
        assert dict(picture.getexif()) == {}
    assert OWNER.encode() not in copy
    assert b"Exif" not in copy
    assert look_at(copy).position is None


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_camera_held_sideways_stands_upright(kind: str) -> None:
    turned = photo(kind=kind, orientation=6)  # its left side is the upper one
    for upright in (published(turned), look_at(turned).thumbnail):
        assert (colour(upright, 0.5, 0.1), colour(upright, 0.5, 0.9)) == ("red", "blue")
    with Image.open(BytesIO(published(turned))) as picture:
        assert picture.size == (480, 640)


def test_a_small_picture_is_small_and_says_nothing_either() -> None:
    look = look_at(photo(4000, 3000))
    assert (look.width, look.height) == (4000, 3000)
    with Image.open(BytesIO(look.thumbnail)) as picture:
        assert (picture.format, picture.size) == ("PNG", (THUMBNAIL_SIDE, THUMBNAIL_SIDE * 3 // 4))
        assert dict(picture.getexif()) == {}


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is that large."""

    def piece(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = piece(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + piece(b"IDAT", zlib.compress(bytes(100))) + piece(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        bomb(20_000, 20_000),
        bomb(40_000, 1),
        bomb(100_000, 100_000),
        photo()[:600],
        photo(kind="PNG")[:900],
        photo(kind="WEBP")[:300],
        EXE,
        b"",
        b"\xff\xd8\xff\xe0",
    ],
)
def test_bombs_and_broken_pictures_are_refused(data: bytes) -> None:
    for read in (look_at, published):
        with pytest.raises(PictureUnreadable):
            read(data)
