"""Real files of every kind that may be attached, made as they are needed."""

import struct
from io import BytesIO

from PIL import Image

GPS_IFD, ORIENTATION, MAKE, ARTIST = 0x8825, 0x0112, 0x010F, 0x013B
TAKEN_AT = (17.0, 28.0, 12.0), (106.0, 37.0, 30.0)
"""Latitude north and longitude east, in degrees, minutes and seconds: a street in Đồng Hới."""
LAT, LON = 17 + 28 / 60 + 12 / 3600, 106 + 37 / 60 + 30 / 3600
OWNER = "Nguyen Van An"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(400)
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def photo(
    width: int = 640, height: int = 480, kind: str = "JPEG", *, orientation: int = 1, gps: bool = True
) -> bytes:
    """A picture whose left half is red and right half blue, as it lies in the file."""
    picture = Image.new("RGB", (width, height), (200, 30, 30))
    picture.paste((30, 30, 200), (width // 2, 0, width, height))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE], exif[ARTIST] = orientation, "Telephone", OWNER
    if gps:
        latitude, longitude = TAKEN_AT
        exif.get_ifd(GPS_IFD).update({1: "N", 2: latitude, 3: "E", 4: longitude})
    out = BytesIO()
    picture.save(out, kind, exif=exif)
    return out.getvalue()


def noise(size: int, seed: int = 1) -> bytes:
    """A WAV of exactly `size` bytes that no compressor makes smaller."""
    import random

    sound = random.Random(seed).randbytes(size - 44)
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", size - 8, b"WAVE", b"fmt ", 16, 1, 1, 8000, 8000, 1, 8,
                       b"data", size - 44)  # fmt: skip
    return head + sound


SOUNDS = {
    "audio/mpeg": b"ID3\x04\x00\x00" + bytes(100),
    "audio/mp4": b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00M4A mp42isom" + bytes(100),
    "audio/ogg": b"OggS\x00\x02" + bytes(100),
    "audio/wav": noise(200),
}
