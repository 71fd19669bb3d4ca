"""Pictures of the ground out of a raster MBTiles file (specification 1.3): SQLite with PNG or JPEG tiles."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from console.geo.faults import MapFileFault

SIZES = (256, 512)  # px of a tile's side
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_VECTOR = (b"\x1f\x8b", b"\x1a")  # gzip, or a layer of a vector tile as it is
MOST_ZOOM = 22


class Mbtiles:
    """An open file. Every method touches the disk and may be called by one thread at a time."""

    def __init__(self, file: Path) -> None:
        """Open and check it. Raises MapFileFault."""
        self.file = file
        self._connection = self._open()
        try:
            self._check()
        except BaseException:
            self.close()
            raise

    def _fault(self, why: str, **where: object) -> MapFileFault:
        return MapFileFault(self.file, why, **where)

    def _open(self) -> sqlite3.Connection:
        if not self.file.is_file():
            raise self._fault("gone")
        try:
            return sqlite3.connect(
                f"{self.file.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise self._fault("unreadable") from error

    @contextmanager
    def _known(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._fault("damaged", what=type(error).__name__) from error

    def _check(self) -> None:
        with self._known():
            names = {row[0] for row in self._connection.execute("SELECT name FROM sqlite_master")}
        if not {"tiles", "metadata"} <= names:
            raise self._fault("not_mbtiles")
        with self._known():
            facts = {str(k): str(v) for k, v in self._connection.execute("SELECT name, value FROM metadata")}
            first = self._connection.execute(
                "SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles LIMIT 1"
            ).fetchone()
        if facts.get("format", "").lower() == "pbf":
            raise self._fault("vector")
        if first is None:
            raise self._fault("no_tiles")
        self.name = facts.get("name", "")
        self.attribution = facts.get("attribution", "")
        self.minzoom = self._zoom(facts, "minzoom", "min")
        self.maxzoom = self._zoom(facts, "maxzoom", "max")
        self.bounds = self._bounds(facts.get("bounds"))
        self.tile_px = self._size(*first)

    def _zoom(self, facts: dict[str, str], name: str, end: str) -> int:
        if name not in facts:  # an old file: its index knows
            with self._known():
                (found,) = self._connection.execute(f"SELECT {end}(zoom_level) FROM tiles").fetchone()
            facts[name] = str(found)
        text = facts[name].strip()
        if not text.isdigit() or int(text) > MOST_ZOOM:
            raise self._fault("metadata", field=name, value=text[:40])
        return int(text)

    def _bounds(self, text: str | None) -> tuple[float, float, float, float] | None:
        """West, south, east, north in degrees; None where the file does not say."""
        if not text:
            return None
        try:
            west, south, east, north = (float(part) for part in text.split(","))
        except ValueError as error:
            raise self._fault("metadata", field="bounds", value=text[:40]) from error
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise self._fault("metadata", field="bounds", value=text[:40])
        return west, south, east, north

    def _size(self, zoom: int, column: int, row: int, data: object) -> int:
        at = f"{zoom}/{column}/{row}"
        if not isinstance(data, bytes) or not data.startswith((PNG, JPEG)):
            vector = isinstance(data, bytes) and data.startswith(_VECTOR)
            raise self._fault("vector") if vector else self._fault("not_a_picture", tile=at)
        size = picture_size(data)
        if size is None:
            raise self._fault("not_a_picture", tile=at)
        if size[0] != size[1] or size[0] not in SIZES:
            raise self._fault("tile_size", tile=at, size=f"{size[0]}×{size[1]}")
        return size[0]

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """A tile's picture, rows counted from the north; None where there is none. Raises MapFileFault."""
        with self._known():
            found = self._connection.execute(
                "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
                (zoom, column, (1 << zoom) - 1 - row),
            ).fetchone()
        return found[0] if found is not None and isinstance(found[0], bytes) else None

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height out of the head of a PNG or a JPEG; None where it has none."""
    if data.startswith(PNG):
        head = data[12:24]
        return (int.from_bytes(head[4:8]), int.from_bytes(head[8:12])) if head[:4] == b"IHDR" else None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        kind, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 + length
    return None
