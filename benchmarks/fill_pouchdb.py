"""A first fill against the same cases replicated by PouchDB from pouchdb-server, both from npm.

python -m benchmarks fill_pouchdb     needs node and npm; the first run installs both under build/bench/

Not part of a plain `make bench`: the installation takes minutes. PouchDB keeps each case with its events as
one document in LevelDB, unencrypted and without indexes, search words or rows to show; the console has all
these in the end. Once as it comes (batches of 100), once in batches of 1,000.
"""

import asyncio
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import requests

from benchmarks.centre import centre
from benchmarks.entry import Entry, entry
from benchmarks.fill_speed import CASES, fill_once
from benchmarks.npm import installed
from console.protocol.wire import SnapshotLine

DOCUMENTS = 5_000  # fewer: it takes as long for each one, and long
SOURCE = Path(__file__).parent / "pouchdb"
READY_S = 60


@contextmanager
def _server(place: Path) -> Iterator[str]:
    """A pouchdb-server with its databases on this disk."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = place / "served"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    command = ["node_modules/.bin/pouchdb-server", "--port", str(port), "--dir", "served", "--no-stdout-logs"]
    process = subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, process)
        yield url
    finally:
        process.terminate()
        process.wait()


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    session = requests.Session()
    retry = requests.adapters.Retry(
        total=READY_S * 2, connect=READY_S * 2, backoff_factor=0.01, backoff_max=0.5
    )
    session.mount("http://", requests.adapters.HTTPAdapter(max_retries=retry))
    session.get(url, timeout=READY_S).raise_for_status()
    session.close()
    assert process.poll() is None


def _documents(body: bytes, count: int) -> bytes:
    """The same cases as PouchDB takes them: one document for each case with its events."""
    lines = list[bytes]()
    decoder = msgspec.json.Decoder(SnapshotLine)
    for line in map(decoder.decode, body.splitlines()):
        if line.record is not None and len(lines) < count:
            whole = msgspec.json.decode(msgspec.json.encode(line.record))
            lines.append(msgspec.json.encode({"_id": line.record.case.id, **whole}))
    return b"\n".join(lines)


def _replicated(place: Path, body: bytes, batch: int) -> float:
    """Milliseconds per case that PouchDB took."""
    file, folder = place / "documents.ndjson", place / "local"
    file.write_bytes(_documents(body, DOCUMENTS))
    shutil.rmtree(folder, ignore_errors=True)
    with _server(place) as url:
        command = ["node", "replicate.js", url, str(file), str(folder), str(batch)]
        said = subprocess.run(command, cwd=place, check=True, capture_output=True, text=True)
    return float(said.stdout) / DOCUMENTS


def run() -> list[Entry]:
    """Per case: a ratio of 0.1 is ten times as fast."""
    place = installed(SOURCE)
    if place is None:
        return []
    with centre(CASES) as url:
        took, body, _ = asyncio.run(fill_once(url))
    ours, name = took * 1000 / CASES, "PouchDB from pouchdb-server"
    return [
        entry(
            "first fill, per case", ours, "ms", f"{name}, batches of {batch}", _replicated(place, body, batch)
        )
        for batch in (100, 1000)
    ]
