"""The shortest history that still goes wrong in the same way, and how it is told."""

import re
from collections.abc import Callable

import msgspec

from tests.worlds.steps import History, Step

Wrong = Callable[[History], list[str]]
PLAYS = 250


def kind_of(misses: list[str]) -> str:
    """What went wrong, whoever and whichever it was about."""
    return re.sub(r"[0-9a-f-]{36}|\d+", "#", misses[0]) if misses else ""


def shortest(told: History, wrong: Wrong, plays: int = PLAYS) -> History:
    """Leave out ever smaller parts while the same thing goes wrong (delta debugging)."""
    sought = kind_of(wrong(told))
    size = max(1, len(told.steps) // 2)
    while size and plays > 0:
        start, left_out = 0, False
        while start < len(told.steps) and plays > 0:
            plays -= 1
            fewer = told.with_steps(told.steps[:start] + told.steps[start + size :])
            if kind_of(wrong(fewer)) == sought:
                told, left_out = fewer, True
            else:
                start += size
        if not left_out or size > 1:
            size = size // 2 if size > 1 else int(left_out)
    return told


def told_in_words(told: History, misses: list[str]) -> str:
    """To be printed: what was wrong, and every step that leads there."""
    lines = [f"seed {told.seed}: {miss}" for miss in misses[:5]]
    lines.append(
        f"{told.consoles} consoles (clocks wrong by {told.skews} s), {told.agencies} agencies, "
        f"{told.cases} cases; {len(told.steps)} steps:"
    )
    lines += [f"  {n}. {step}" for n, step in enumerate(told.steps, 1)]
    lines.append("to play it: " + msgspec.json.encode(told).decode())
    return "\n".join(lines)


__all__ = ["Step", "kind_of", "shortest", "told_in_words"]
