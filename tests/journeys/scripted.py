"""The script of calls, as it stands in `calls.toml`."""

import tomllib
from pathlib import Path

import msgspec

from benchmarks.intake_model import TOLD, TYPED

__all__ = ["TOLD", "TYPED", "Becomes", "ScriptedCall", "script"]
SCRIPT = Path(__file__).with_name("calls.toml")


class Becomes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a call has led to; only what is named is looked at."""

    type: str = ""
    commune: str = ""
    status: str = ""
    urgency: str = ""
    note: str = ""
    call: str = ""
    same_matter: bool = False
    promised: bool = False


class ScriptedCall(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One call of the script."""

    what: str
    number: str
    keys: tuple[str, ...]
    becomes: Becomes


def script() -> list[ScriptedCall]:
    """All calls, in their order."""
    return msgspec.convert(tomllib.loads(SCRIPT.read_text(encoding="utf-8"))["call"], list[ScriptedCall])
