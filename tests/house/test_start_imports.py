"""The start imports only what it shows; what is heavy comes later (`console.ahead`)."""

import subprocess
import sys

import pytest

from console import ahead

SIGN_IN = ("console.app", "console.ui.account.sign_in_window")
QUEUE = (*SIGN_IN, "console.desk.opening", "console.models.keys", *ahead.SHIFT)

NEVER_AT_FIRST = {
    "PIL",
    "alembic",
    "argon2",
    "fastapi",
    "keyring",
    "numpy",
    "phonenumbers",
    "pyqtgraph",
    "qtawesome",
    "requests",
    "sqlalchemy",
    "urllib3",
}
OTHER_ROOMS = {
    "console.central",
    "console.geo",
    "console.ui.board",
    "console.ui.case",
    "console.ui.intake",
    "console.ui.map",
    "console.ui.outbox",
}
BEFORE_THE_SIGN_IN = {"console.desk.desk", "console.models.store", "console.ui.queue", "sqlcipher3"}


def imported(names: tuple[str, ...]) -> set[str]:
    """Everything that a fresh Python holds after importing these."""
    code = f"import sys\nfor name in {names!r}:\n    __import__(name)\nprint(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("names", "heavy"),
    [(SIGN_IN, NEVER_AT_FIRST | OTHER_ROOMS | BEFORE_THE_SIGN_IN), (QUEUE, NEVER_AT_FIRST | OTHER_ROOMS)],
    ids=["sign-in", "queue"],
)
def test_what_is_heavy_is_not_imported_before_it_is_needed(names: tuple[str, ...], heavy: set[str]) -> None:
    assert sorted(imported(names) & heavy) == []


def test_what_is_read_ahead_is_there() -> None:
    assert set(ahead.SHIFT + ahead.ROOMS) <= imported(ahead.SHIFT + ahead.ROOMS)
