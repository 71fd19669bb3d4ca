"""Acts of chasing: a reminder by somebody, and a step of the ladder by the centre itself."""

import msgspec

from console.domain import limits
from console.domain.case import Case
from console.domain.chase_lists import BY_LEVEL, OF_AGENCY
from console.domain.chasing import chased, due_step
from console.domain.command import Escalate, Remind
from console.domain.given import Given, Step, without_empty
from console.domain.limits import unfit
from console.domain.refusal import Code

replace = msgspec.structs.replace

REMINDER_MAX = 1_000  # characters


def remind(case: Case, body: Remind, given: Given) -> Step:
    """The agency that leads is asked to go on with it."""
    if body.level not in BY_LEVEL:
        raise unfit(Code.BAD_VALUE, "level")
    text = limits.required(body.text, "text", REMINDER_MAX)
    after = replace(case, reminders=case.reminders + 1, reminded_at=given.at)
    tell = [whom.value for whom in BY_LEVEL[body.level]]
    return Step(after, without_empty(text=text, level=body.level, lead=case.lead, tell=tell))


def escalate(case: Case, body: Escalate, given: Given) -> Step:
    """The step of the ladder that has been reached; each once, whoever comes first with it. Agencies see
    those that they are told of."""
    due = due_step(case, given.reference, given.at)
    if due is None or due.step.code != body.step:
        raise unfit(Code.NOT_DUE, "step")
    step = due.step
    after = replace(case, chased=chased(case, step, given.reference, given.at))
    data = without_empty(
        step=step.code,
        name=step.name,
        name_en=step.name_en,
        level=step.level,
        tell=[whom.value for whom in step.tell],
        lead=case.lead,
    )
    return Step(after, data, public=bool(OF_AGENCY & set(step.tell)))
