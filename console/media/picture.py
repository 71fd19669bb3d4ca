"""Pictures: a small one to show, where it was taken, and the copy that gives nothing away.

Pillow decodes only the three kinds that a case may have, and nothing above `PIXELS_MAX`. It is imported with
the first picture: the start does without it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from console.domain.place import Point

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("JPEG", "PNG", "WEBP")
PIXELS_MAX = 80_000_000
"""Decoded, it takes 3 or 4 bytes each: a small file may claim to be a very large picture."""
SIDE_MAX = 30_000
THUMBNAIL_SIDE = 256
"""Pixels, the longer side."""
QUALITY = 90
_GPS = 0x8825
_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE = 1, 2, 3, 4


class PictureUnreadable(Exception):
    """Broken, cut short, or larger than anything a phone takes. Holds nothing of the picture."""


class Look(NamedTuple):
    """`thumbnail`: a PNG, upright, at most THUMBNAIL_SIDE pixels wide and high. `position`: where the
    camera says it was taken; None where it says nothing or nonsense."""

    thumbnail: bytes
    position: Point | None
    width: int
    height: int


def look_at(data: bytes) -> Look:
    """Decode it once, whole. Raises PictureUnreadable."""
    from PIL import ImageOps

    with _opened(data) as picture:
        position = _position(picture)
        width, height = picture.size
        picture.draft("RGB", (THUMBNAIL_SIDE * 2, THUMBNAIL_SIDE * 2))  # a JPEG is read at a part of its size
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        return Look(_png(upright), position, width, height)


def published(data: bytes) -> bytes:
    """The same picture, upright, without a word about camera, place, time or owner: made anew from its
    pixels, in its own format. Raises PictureUnreadable."""
    from PIL import ImageOps

    with _opened(data) as picture:
        kind = picture.format or "JPEG"
        picture.load()
        plain = _bare(ImageOps.exif_transpose(picture))
        out = BytesIO()
        if kind == "JPEG":
            plain.convert("RGB").save(out, kind, quality=QUALITY, optimize=False)
        elif kind == "WEBP":
            plain.save(out, kind, quality=QUALITY)
        else:
            plain.save(out, kind)
        return out.getvalue()


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """Broken pictures raise all sorts of things inside of Pillow's decoders."""
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            width, height = picture.size
            if width * height > PIXELS_MAX or max(width, height) > SIDE_MAX:
                raise PictureUnreadable("too many pixels")
            yield picture
    except (
        OSError,
        SyntaxError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        EOFError,
        OverflowError,
        ArithmeticError,
        struct.error,
        zlib.error,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise PictureUnreadable(type(error).__name__) from None


def _bare(picture: Image.Image) -> Image.Image:
    """Its pixels alone: `info` is where Pillow keeps EXIF, XMP, comments and text pieces."""
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    from PIL import Image

    bare = Image.new(mode, picture.size)
    bare.paste(picture.convert(mode))
    return bare


def _png(picture: Image.Image) -> bytes:
    out = BytesIO()
    _bare(picture).save(out, "PNG")
    return out.getvalue()


def _position(picture: Image.Image) -> Point | None:
    gps = picture.getexif().get_ifd(_GPS)
    lat = _degrees(gps, _LATITUDE, _LATITUDE_REF, "S", 90)
    lon = _degrees(gps, _LONGITUDE, _LONGITUDE_REF, "W", 180)
    if lat is None or lon is None or (lat == 0 and lon == 0):
        return None
    return Point(lon=lon, lat=lat)


def _degrees(gps: Mapping[int, Any], value: int, ref: int, negative: str, most: float) -> float | None:
    """Degrees, minutes and seconds as cameras write them; None for whatever is no such thing."""
    try:
        degrees, minutes, seconds = (float(part) for part in gps[value])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    found = degrees + minutes / 60 + seconds / 3600
    if not 0 <= found <= most:
        return None
    letter = gps.get(ref, "")
    letter = letter.decode("ascii", "replace") if isinstance(letter, bytes) else str(letter)
    return -found if letter.strip("\x00 ").upper() == negative else found
