"""The outbox as its author sees it, and what can be done with a command that came back."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from console.desk.acts import command_of
from console.desk.changes import Cause, Changes
from console.desk.errors import NotHere, RefusedHere
from console.desk.holdings import Holdings
from console.desk.rebase import Waiting, replay
from console.desk.rows import Done, Outbox, OutboxItem, OutboxRow, Sending
from console.desk.standing import confirmed_of, is_blocked, never_taken, restand
from console.domain import command as bodies_of
from console.domain.command import AnyBody, Command
from console.domain.fold import Accepted, fold
from console.domain.identity import new_id
from console.domain.reference import Reference
from console.domain.refusal import Code, Refusal
from console.models.letters import HELD, HELD_BACK, REFUSED, WAITING, Letter
from console.models.times import from_ms, from_ms_or_none, to_ms

BIN = timedelta(days=30)
SENT_SHOWN = 50
REPLACED = "replaced."
"""Before the id of a command in the bin that another was given for (a fact in `meta`)."""
SOMEBODY_ELSE = (Code.LEAD_CHANGED, Code.FIELD_CHANGED, Code.WRONG_STATUS, Code.MERGED_PARENT)


def detail_of(body: AnyBody, reference: Reference) -> str:
    """The words or the agency that a command is about, for its second line."""
    if isinstance(body, bodies_of.Assign):
        agency = reference.agency(body.lead)
        return agency.short if agency else body.lead
    if isinstance(body, bodies_of.LogReport):
        unit = reference.unit(body.place.commune)
        return ", ".join(part for part in (body.place.text, unit.name if unit else "") if part)
    if isinstance(body, bodies_of.Attach):
        return body.name
    for name in (
        "text",
        "result",
        "public_answer",
        "reason",
        "question",
        "answer",
        "missing",
        "words",
        "note",
    ):
        if words := getattr(body, name, ""):
            return str(words)
    return ""


def _row(held: Holdings, letter: Letter) -> OutboxRow:
    state = letter.state
    if state == HELD and letter.hold_ms is not None and letter.hold_ms <= held.now_ms():
        state = WAITING
    refusal = letter.refusal
    return OutboxRow(
        id=letter.id,
        case=letter.case,
        number=letter.number,
        kind=letter.command.kind,
        at=letter.command.at,
        state=Sending(state),
        title=letter.title,
        detail=detail_of(letter.command.body, held.reference),
        refusal=refusal,
        conflict=refusal is not None and refusal.code in SOMEBODY_ELSE,
        sent_at=from_ms_or_none(letter.sent_ms),
        by=letter.command.by.name,
        carried=carried_from(held, letter.command),
        held_until=from_ms_or_none(letter.hold_ms) if state == HELD else None,
    )


def carried_from(held: Holdings, command: Command) -> str:
    """The station it was brought here from; "" for one that was given at this desk."""
    return command.by.station if command.by.station != held.actor.station else ""


def outbox(held: Holdings) -> Outbox:
    """The three groups."""

    def shown(letters: Sequence[Letter]) -> tuple[OutboxRow, ...]:
        return tuple(_row(held, letter) for letter in letters)

    last = held.letters.last_write_ms()
    return Outbox(
        attention=shown(_by_case(held.letters.in_state(REFUSED, HELD_BACK))),
        waiting=shown(held.letters.in_state(HELD, WAITING)),
        sent=shown(held.letters.sent(SENT_SHOWN)),
        last_write=from_ms(last) if last is not None else None,
    )


def _by_case(letters: Sequence[Letter]) -> list[Letter]:
    """What waits behind a refused one stands under it; cases in the order of their first."""
    cases: dict[str, list[Letter]] = {}
    for letter in letters:
        cases.setdefault(letter.case, []).append(letter)
    return [letter for family in cases.values() for letter in family]


def item(held: Holdings, command_id: str) -> OutboxItem:
    """One command with what the centre has of its case now. Raises NotHere."""
    letter = held.letters.get(command_id)
    if letter is None:
        raise NotHere(command_id)
    now = confirmed_of(held, letter.case)
    events = held.cases.events(letter.case, confirmed_only=True)[0] if now is not None else ()
    row = _row(held, letter)
    return OutboxItem(row=row, command=letter.command, now=now, now_events=events)


def _came_back(held: Holdings, command_id: str) -> Letter:
    letter = held.letters.get(command_id)
    if letter is None or letter.state not in (REFUSED, HELD_BACK) or carried_from(held, letter.command):
        raise NotHere(command_id)  # what was brought here is its own desk's to mend
    return letter


def give_again(held: Holdings, command_id: str, bodies: Sequence[AnyBody]) -> Done:
    """Put new commands in the place of one that came back; later ones of the case go on.

    Raises RefusedHere when they do not fit on what the centre has now (nothing changes), NotHere.
    """
    with held.store.transaction():
        old = _came_back(held, command_id)
        done = in_place_of(held, old, bodies)
    held.tell(Changes(cause=Cause.HERE, cases=frozenset({old.case}), outbox=True))
    return done


def in_place_of(held: Holdings, old: Letter, bodies: Sequence[AnyBody]) -> Done:
    """The same inside a transaction."""
    commands = [command_of(held, old.case, body) for body in bodies]
    _check(held, old, commands)
    replace(held, old)
    behind = is_blocked([x for x in held.letters.of_case(old.case) if (x.place, x.n) < (old.place, old.n)])
    for command in commands:
        state = HELD_BACK if behind else WAITING
        held.letters.append(command, old.number, title_of(old, command), state, place=old.place)
    go_on(held, old.case)
    restand(held, old.case, confirmed_of(held, old.case))
    ids = tuple(command.id for command in commands)
    return Done(case=old.case, number=old.number, commands=ids, undo_until=None)


def title_of(old: Letter, command: Command) -> str:
    """The case's title for the list: a report that is given again brings its own."""
    return command.body.title if isinstance(command.body, bodies_of.LogReport) else old.title


def replace(held: Holdings, old: Letter) -> None:
    """Into the bin, as one that another is given for."""
    to_bin(held, old)
    held.meta.set(REPLACED + old.id, "1")


def _check(held: Holdings, old: Letter, commands: Sequence[Command]) -> None:
    """Fold them where the old one stood."""
    before = [x for x in held.letters.of_case(old.case) if (x.place, x.n) < (old.place, old.n)]
    waiting = [Waiting(command=x.command, refused=x.state == REFUSED) for x in before]
    case = replay(confirmed_of(held, old.case), waiting, held.reference, held.lookup).case
    for command in commands:
        outcome = fold(case, command, held.reference, held.lookup)
        if not isinstance(outcome, Accepted):
            raise RefusedHere(outcome.refusal)
        case = outcome.case


def let_go(held: Holdings, command_id: str) -> None:
    """Into the bin for thirty days; later commands of the case go on.

    With a report that the centre does not know, everything else of its case goes there too.
    """
    with held.store.transaction():
        letter = _came_back(held, command_id)
        confirmed = confirmed_of(held, letter.case)
        if never_taken(confirmed, letter):
            for other in held.letters.of_case(letter.case):
                to_bin(held, other)
        else:
            to_bin(held, letter)
            go_on(held, letter.case)
        restand(held, letter.case, confirmed)
    held.tell(Changes(cause=Cause.HERE, cases=frozenset({letter.case}), outbox=True))


def to_bin(held: Holdings, letter: Letter) -> None:
    """Out of the outbox, kept for its thirty days."""
    held.letters.to_bin(letter, to_ms(held.clock.now() + BIN))


def go_on(held: Holdings, case_id: str) -> None:
    """Those held back go again, up to the next refused one. One that the centre has answered "held back"
    gets a new id: the answer to the old one stays the same for ever."""
    for letter in held.letters.of_case(case_id):
        if letter.state == REFUSED and letter.blocks:
            return
        if letter.state != HELD_BACK:
            continue
        held.letters.go_on(letter.id)
        if letter.refusal is not None:
            held.letters.rename(letter.id, msgspec.structs.replace(letter.command, id=new_id()))


def hold_back_later(held: Holdings, refused: Letter) -> None:
    """After a refusal: what was given later on the same case waits for its author."""
    for letter in held.letters.of_case(refused.case):
        if (letter.place, letter.n) > (refused.place, refused.n) and letter.state in (HELD, WAITING):
            held.letters.hold_back(letter.id)


def leftover(held: Holdings, letter: Letter, partial: Sequence[Refusal]) -> None:
    """Fields of an edit that the centre refused alone come back as an edit of their own."""
    body = letter.command.body
    if not isinstance(body, bodies_of.EditReport):
        return
    names = {refusal.field for refusal in partial}
    fields = {name: change for name, change in body.fields.items() if name in names}
    if not fields:
        return
    left = bodies_of.EditReport(fields=fields)
    if letter.sent_ms is not None and left in _came_back_before(held, letter.case):
        return  # given again after a restored backup: what it left over lies here already
    command = Command(
        id=new_id(),
        case=letter.case,
        at=letter.command.at,
        by=letter.command.by,
        body=left,
    )
    held.letters.append(
        command, letter.number, letter.title, REFUSED, place=letter.place, refusal=partial[0], blocks=False
    )


def _came_back_before(held: Holdings, case_id: str) -> list[AnyBody]:
    letters = [letter.command.body for letter in held.letters.of_case(case_id)]
    return letters + [binned.command.body for binned in held.letters.binned_of(case_id)]
