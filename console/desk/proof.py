"""An event at the centre is proof that it took the command, whatever became of its answers.

A command on which every answer was a failure is set aside for its author. If it was done all the same, the
author must hear that it was, and not give it a second time.
"""

from console.desk.holdings import Holdings
from console.desk.outbox import go_on, leftover
from console.domain.case import Event
from console.domain.command import EditReport
from console.domain.refusal import Code, Refusal
from console.models.letters import REFUSED, Letter
from console.models.times import to_ms
from console.protocol.wire import CaseRecord


def done_here(held: Holdings, letter: Letter) -> bool:
    """Whether its event was pulled already: then it is accepted. Inside a transaction."""
    events = held.cases.events(letter.case, confirmed_only=True)[0]
    event = next((event for event in events if event.id == letter.id), None)
    if event is not None:
        _take(held, letter, event)
    return event is not None


def done_after_all(held: Holdings, record: CaseRecord) -> bool:
    """What was set aside as failed and is now seen to be done is accepted; what was held back behind it goes
    on. Whether there was any. Inside a transaction."""
    events = {event.id: event for event in record.events}
    taken = [x for x in held.letters.of_case(record.case.id) if x.id in events and _failed(x)]
    for letter in taken:
        _take(held, letter, events[letter.id])
        go_on(held, letter.case)
    return bool(taken)


def _failed(letter: Letter) -> bool:
    refusal = letter.refusal
    return letter.state == REFUSED and refusal is not None and refusal.code is Code.FAILED


def _take(held: Holdings, letter: Letter, event: Event) -> None:
    held.letters.accept(letter.id, to_ms(event.at))
    body = letter.command.body
    if isinstance(body, EditReport):
        left = body.fields.keys() - event.data.get("fields", {}).keys()
        leftover(held, letter, [Refusal(code=Code.FIELD_CHANGED, field=name) for name in sorted(left)])
