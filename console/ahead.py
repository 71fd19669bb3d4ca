"""What the first painted queue does without, imported before a person asks for it.

The start imports only what it shows. The rest comes module by module in the errand thread, so that neither
the interface nor another errand waits for more than one of them; what is asked for earlier is imported there
and then.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from importlib import import_module
from typing import Any

Errand = Callable[[Callable[[], Any]], Awaitable[Any]]

SHIFT = (
    "console.ui.main_window",
    "console.ui.queue.queue_room",
    "console.shift",
)
"""The window with its queue: while somebody types name and password."""

SOUND = ("console.ui.sound.sounding",)
"""Right behind the first painting: somebody may ring already."""
CASE = ("console.ui.case.case_pane",)
MAP = (
    "numpy",
    "console.ui.map_feeder",
    "console.ui.map.map_pane",
    "console.ui.map.layers.keeper",
    "console.ui.map_tools",
    "console.sync.map_tiles",
    "console.desk.points",
)
INTAKE = ("phonenumbers", "console.ui.intake.intake_room")
OUTBOX = ("console.ui.outbox.outbox_room",)
ARRIVING = ("console.ui.shifts.arriving",)
ROOMS = (*SOUND, *CASE, *MAP, *INTAKE, *OUTBOX)
"""What the other rooms are made of, in the order in which they are made."""


async def load(errand: Errand, names: Sequence[str]) -> None:
    """Import these, each in an errand of its own."""
    for name in names:
        await errand(partial(import_module, name))
