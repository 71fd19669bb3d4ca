"""Histories that once went wrong, in their shortest form."""

import pytest

from tests.worlds.steps import History, Step
from tests.worlds.world import play

FILLED = (Step(do="go", who=0, a=60), Step(do="go", who=1, a=60))
A_TRY = (Step(do="go", who=0, a=60), Step(do="wait", a=56_000))
NO_FATE = Step(do="fate", who=0, what="", b=2)


def failing_always(fate: str) -> tuple[Step, ...]:
    """Each delivery meets this fate, and the centre says between them that it is well."""
    return (Step(do="fate", who=0, what=fate), NO_FATE, *A_TRY) * 5


@pytest.mark.parametrize("what", ["note", "title"])
def test_a_command_set_aside_is_known_to_be_done_when_it_was(what: str) -> None:
    """Done by the centre, answered by a 500 each time: it was shown as refused."""
    steps = (*FILLED, Step(do="act", who=0, what=what), *failing_always("bug_after"))
    assert play(History(seed=-1, consoles=2, agencies=0, cases=1, skews=(0, 0), steps=steps)).misses == []


@pytest.mark.parametrize("what", ["note", "title"])
def test_also_when_it_is_done_long_after(what: str) -> None:
    """Set aside because every answer was a 500, while a copy of its request was still under way."""
    late = (Step(do="fate", who=0, what="late"), Step(do="go", who=0, a=5))
    steps = (*FILLED, Step(do="act", who=0, what=what), *late, *failing_always("bug"))
    assert play(History(seed=-1, consoles=2, agencies=0, cases=1, skews=(0, 0), steps=steps)).misses == []


def test_a_wall_clock_put_right_while_the_console_was_off_is_believed() -> None:
    """A day ahead when it measured last, right when it started again: a measured offset of nothing was taken
    for none at all, and the desk lived a day behind, with what rested a day from leaving."""
    begun = (Step(do="go", a=60), Step(do="act", who=1, what="log", a=11, b=4), Step(do="go", who=1, a=16))
    acted = (Step(do="go", a=30), Step(do="act", what="reject", a=7, b=6))
    put_right = (Step(do="kill", what="power", a=1), Step(do="skew", a=-86_400))
    steps = (*begun, *acted, *put_right)
    told = History(seed=2555, consoles=2, agencies=2, cases=0, skews=(86_400, 0), steps=steps)
    assert play(told).misses == []
