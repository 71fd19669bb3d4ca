"""The command line of the console."""

import argparse
from pathlib import Path

import msgspec

from console.settings import practice_folder

PRACTICE_USER, PRACTICE_SUPERVISOR, PRACTICE_PASSWORD = "op01", "sup01", "thuchanh"
PRACTICE_DESK = "03"


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for. `folder` None: the usual place of the mode."""

    practice: bool = False
    practice_reset: bool = False
    desk: str | None = None
    user: str = ""
    speed: float = 1.0
    count: int | None = None
    theme: str | None = None
    folder: Path | None = None

    @property
    def practice_place(self) -> Path:
        """The practice folder, shared by its desks and their centre."""
        return self.folder or practice_folder()


def read_options(argv: list[str] | None = None) -> Options:
    """Ends the program with a usage text where the arguments are wrong."""
    given = _parser().parse_args(argv)
    user = given.user or (PRACTICE_USER if given.practice else "")
    return Options(**{**vars(given), "user": user})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="main.py", description="The console of the IOC switchboard. Without arguments: on duty."
    )
    add = parser.add_argument
    add("--practice", action="store_true", help="work in an invented province with a centre of its own")
    add("--practice-reset", action="store_true", help="forget the practice province and its desks")
    add("--desk", type=_desk, metavar="NN", help=f"which desk this is (practice: {PRACTICE_DESK})")
    add("--user", default="", help=f"who signs in (practice: {PRACTICE_USER})")
    add("--speed", type=float, default=1.0, help="how fast the practice province lives (1.0: as it would)")
    add("--count", type=int, help="how many cases a new practice province gets")
    add("--theme", choices=("light", "dark", "hours"), help="the look, for this run")
    add("--folder", type=Path, help="where to keep data, instead of the usual place")
    return parser


def _desk(text: str) -> str:
    if len(text) != 2 or not text.isdigit():
        raise argparse.ArgumentTypeError("two digits, e.g. 03")
    return text
