"""What a softphone says when it starts the program for a call."""

from typing import Literal

import msgspec

Said = Literal["rang", "answered", "ended"]


class Handed(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a number ("" where it is withheld)."""

    said: Said
    number: str
