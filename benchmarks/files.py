"""A call saved while a file of 50 MiB is being taken in, against one saved on a quiet desk; and taking that
file in, against writing the same bytes into a bare encrypted file.

Saves go in turns: some on the quiet desk, then some while a file is read, checked, encrypted and written.
"""

import asyncio
import os
import shutil
import time
from pathlib import Path
from typing import Any

from benchmarks.corpus import FOLDER, desk_in
from benchmarks.entry import Entry, compared
from benchmarks.save import Saving, bare
from console.desk.desk import Desk

SIZE = 50 * 1024 * 1024
PIECE = 256 * 1024
ROUNDS, SAVES = 6, 12
CASES_FILES = 4
"""Files of this size that a case may have."""


class Weather:
    """Samples in milliseconds."""

    def __init__(self) -> None:
        self.quiet, self.busy = list[float](), list[float]()
        self.taken, self.bare = list[float](), list[float]()


async def _round(desk: Desk, saving: Saving, case: str, file: Path, connection: Any, found: Weather) -> None:
    for _ in range(SAVES):
        found.quiet.append((await saving.save(await desk.open_draft()))[0])
    data = b"%PDF-1.7\n" + os.urandom(SIZE - 9)
    file.write_bytes(data)
    began = time.perf_counter()
    taking = asyncio.ensure_future(desk.attach(case, file))
    while not taking.done():
        found.busy.append((await saving.save(await desk.open_draft()))[0])
    await taking
    found.taken.append((time.perf_counter() - began) * 1000)
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    rows = [(data[at : at + PIECE],) for at in range(0, SIZE, PIECE)]
    connection.executemany("INSERT INTO line (body) VALUES (?)", rows)
    connection.execute("COMMIT")
    found.bare.append((time.perf_counter() - began) * 1000)


async def _measured(folder: Path) -> Weather:
    desk, connection, found = await desk_in(folder / "desk"), bare(folder), Weather()
    try:
        saving, case = Saving(desk), ""
        for number in range(ROUNDS):
            if number % CASES_FILES == 0:
                draft = await desk.open_draft()
                await saving.save(draft)
                case = draft.case
            await _round(desk, saving, case, folder / "file.pdf", connection, found)
    finally:
        desk.close()
        connection.close()
    return found


def run() -> list[Entry]:
    """Fresh files, in turns."""
    folder = FOLDER / "files"
    shutil.rmtree(folder, ignore_errors=True)
    found = asyncio.run(_measured(folder))
    shutil.rmtree(folder)
    return [
        *compared("save while 50 MiB are taken in", found.busy, "save on a quiet desk", found.quiet, "ms"),
        *compared(
            "50 MiB taken in, saving meanwhile", found.taken, "bare insert of its pieces", found.bare, "ms"
        ),
    ]
