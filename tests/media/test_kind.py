"""A file is what its bytes say."""

import pytest

from console.media.kind import is_picture, kind_of
from tests.support.pictures import EXE, PDF, SOUNDS, photo


@pytest.mark.parametrize(
    ("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")]
)
def test_pictures(kind: str, media_type: str) -> None:
    assert kind_of(photo(kind=kind)) == media_type
    assert is_picture(media_type)


def test_sounds_and_papers() -> None:
    assert {kind: kind_of(data) for kind, data in SOUNDS.items()} == {kind: kind for kind in SOUNDS}
    assert kind_of(PDF) == "application/pdf"
    assert not is_picture("application/pdf")


@pytest.mark.parametrize(
    "data",
    [
        EXE,
        b"",
        b"xin chao",
        b"PK\x03\x04" + bytes(60),
        b"\x7fELF" + bytes(60),
        b"<html></html>",
        b"GIF89a" + bytes(60),
    ],
)
def test_anything_else_is_not_taken(data: bytes) -> None:
    assert kind_of(data) is None
