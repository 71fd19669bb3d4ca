"""The command line of the console."""

import argparse
from pathlib import Path

import msgspec

from console.settings import data_folder, practice_folder
from console.telephony.handed import Handed
from console.telephony.spelling import number_in

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
    rang: str | None = None
    answered: str | None = None
    ended: str | None = None
    callers: int = 1

    @property
    def practice_place(self) -> Path:
        """The practice folder, shared by its desks and their centre."""
        return self.folder or practice_folder()

    @property
    def log_folder(self) -> Path:
        """Where this run's log lies."""
        return (self.practice_place if self.practice else (self.folder or data_folder())) / "log"

    @property
    def handed(self) -> Handed | None:
        """The call that a softphone started this program for."""
        if self.ended is not None:
            return Handed(said="ended", number=self.ended)
        if self.answered is not None:
            return Handed(said="answered", number=self.answered)
        return None if self.rang is None else Handed(said="rang", number=self.rang)

    @property
    def how_to_open_another(self) -> str:
        """A practice desk tells whoever started it."""
        folder = f" --folder {self.folder}" if self.folder else ""
        return (
            "Another desk, in another terminal:\n"
            f"  .venv/bin/python main.py --practice --desk 08 --user op07{folder}\n"
            f"The password of every practice user is {PRACTICE_PASSWORD}."
        )


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
    add("--callers", type=int, default=1, metavar="N", help="how many may call at once in practice (0: none)")
    calls = parser.add_argument_group("calls that a softphone hands over to the console that runs")
    calls.add_argument("--call", dest="rang", type=_number, metavar="NUMBER", help="this number calls")
    calls.add_argument("--answered", type=_number, metavar="NUMBER", help="its call was answered")
    calls.add_argument("--ended", type=_number, metavar="NUMBER", help="its call is over")
    return parser


def _number(text: str) -> str:
    number = number_in(text)
    if number is None:
        raise argparse.ArgumentTypeError("a telephone number, e.g. 0905123456")
    return number


def _desk(text: str) -> str:
    if len(text) != 2 or not text.isdigit():
        raise argparse.ArgumentTypeError("two digits, e.g. 03")
    return text
