"""What was freed in small pieces leaves the process."""

import ctypes
import os
from pathlib import Path

from console.desk.giving_back import give_back

PIECE, PIECES = 60_000, 1_500  # below the size that the C library gives back by itself


def resident() -> int:
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_freed_pieces_go_back_to_the_system() -> None:
    pieces = [ctypes.create_string_buffer(PIECE) for _ in range(PIECES)]
    for piece in pieces:
        ctypes.memset(piece, 1, PIECE)
    last = ctypes.create_string_buffer(PIECE)  # above them: the heap cannot simply end lower
    pieces.clear()
    before = resident()
    give_back()
    assert before - resident() > PIECE * PIECES // 2
    assert last.raw[0] == 0
