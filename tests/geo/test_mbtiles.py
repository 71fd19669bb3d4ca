"""MBTiles: a file is opened with what it says of itself, or the fault is named with its place."""

import io
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from console.geo.faults import MapFileFault
from console.geo.mbtiles import Mbtiles, picture_size


def picture(form: str = "PNG", size: tuple[int, int] = (256, 256)) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", size, (10, 120, 30)).save(held, form)
    return held.getvalue()


def written(tmp_path: Path, tiles: list[tuple[int, int, int, Any]], **facts: str) -> Path:
    file = tmp_path / "nền.mbtiles"
    base = sqlite3.connect(file)
    base.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
    base.execute("CREATE TABLE tiles (zoom_level INT, tile_column INT, tile_row INT, tile_data BLOB)")
    base.executemany("INSERT INTO metadata VALUES (?, ?)", facts.items())
    base.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", tiles)
    base.commit()
    base.close()
    return file


def fault(file: Path) -> MapFileFault:
    with pytest.raises(MapFileFault) as caught:
        Mbtiles(file)
    assert file.name not in str(caught.value)
    return caught.value


def test_tiles_are_counted_from_the_north_though_the_file_counts_from_the_south(tmp_path: Path) -> None:
    north, south = picture(), picture("JPEG")
    file = written(tmp_path, [(1, 0, 1, north), (1, 0, 0, south)], bounds="105.5,16.9,107.1,18.1", name="Nền")
    held = Mbtiles(file)
    assert (held.tile(1, 0, 0), held.tile(1, 0, 1), held.tile(1, 1, 1)) == (north, south, None)
    assert (held.name, held.minzoom, held.maxzoom, held.tile_px) == ("Nền", 1, 1, 256)
    assert held.bounds == (105.5, 16.9, 107.1, 18.1)
    held.close()


@pytest.mark.parametrize(
    ("tiles", "facts", "why", "where"),
    [
        ([], {}, "no_tiles", {}),
        ([(3, 4, 2, b"GIF89a")], {}, "not_a_picture", {"tile": "3/4/2"}),
        ([(3, 4, 2, b"\x89PNG\r\n\x1a\nbroken")], {}, "not_a_picture", {"tile": "3/4/2"}),
        ([(3, 4, 2, b"\xff\xd8\xff")], {}, "not_a_picture", {"tile": "3/4/2"}),
        ([(3, 4, 2, None)], {}, "not_a_picture", {"tile": "3/4/2"}),
        ([(3, 4, 2, b"\x1f\x8b\x08zipped")], {}, "vector", {}),
        ([(3, 4, 2, b"")], {"format": "pbf"}, "vector", {}),
        ([(3, 4, 2, picture(size=(300, 300)))], {}, "tile_size", {"tile": "3/4/2", "size": "300×300"}),
        ([(3, 4, 2, picture("JPEG", (256, 128)))], {}, "tile_size", {"tile": "3/4/2", "size": "256×128"}),
        ([(3, 4, 2, picture())], {"minzoom": "x"}, "metadata", {"field": "minzoom", "value": "x"}),
        ([(3, 4, 2, picture())], {"maxzoom": "99"}, "metadata", {"field": "maxzoom", "value": "99"}),
        ([(3, 4, 2, picture())], {"bounds": "1,2,3"}, "metadata", {"field": "bounds", "value": "1,2,3"}),
        ([(3, 4, 2, picture())], {"bounds": "9,2,3,4"}, "metadata", {"field": "bounds", "value": "9,2,3,4"}),
    ],
)
def test_a_file_that_cannot_be_shown_says_why_and_where(
    tmp_path: Path, tiles: list[Any], facts: dict[str, str], why: str, where: dict[str, Any]
) -> None:
    found = fault(written(tmp_path, tiles, **facts))
    assert (found.why, found.where) == (why, where)


def test_files_of_other_kinds_are_told_apart(tmp_path: Path) -> None:
    assert fault(tmp_path / "none.mbtiles").why == "gone"
    text = tmp_path / "text.mbtiles"
    text.write_text("no database at all, but long enough to be taken for the head of one " * 20)
    assert fault(text).why == "damaged"
    other = tmp_path / "other.mbtiles"
    base = sqlite3.connect(other)
    base.execute("CREATE TABLE something (x)")
    base.close()
    assert fault(other).why == "not_mbtiles"
    other.write_bytes(b"")
    assert fault(other).why == "not_mbtiles"


def test_a_file_damaged_in_the_middle_is_told_when_the_tile_is_asked_for(tmp_path: Path) -> None:
    tiles = [(8, column, 0, picture() + bytes(9000)) for column in range(40)]
    file = written(tmp_path, tiles, minzoom="8", maxzoom="8")
    whole = file.read_bytes()
    half = len(whole) // 2
    file.write_bytes(whole[:half] + b"\xff" * (len(whole) - half))
    held = Mbtiles(file)
    with pytest.raises(MapFileFault) as caught:
        [held.tile(8, column, 255) for column in range(40)]
    assert caught.value.why == "damaged"
    held.close()


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
@pytest.mark.parametrize("size", [(256, 256), (512, 512), (1, 3)])
def test_the_head_of_a_picture_tells_its_size(form: str, size: tuple[int, int]) -> None:
    assert picture_size(picture(form, size)) == size
