"""A new report that the centre refused, mended as a whole: as a draft again, then given in its old place."""

from collections.abc import Sequence

from console.desk.holdings import Holdings
from console.desk.outbox import carried_from, in_place_of, replace
from console.desk.rows import Done, Draft
from console.domain.command import AnyBody, Assign, LogReport
from console.domain.identity import new_id
from console.models.letters import HELD_BACK, REFUSED, Letter


def refused_report(held: Holdings, case_id: str) -> Letter | None:
    """The refused report of a case that the centre therefore does not know."""
    for letter in held.letters.of_case(case_id):
        if isinstance(letter.command.body, LogReport) and letter.state == REFUSED:
            return None if carried_from(held, letter.command) else letter
    return None


def draft_of(held: Holdings, letter: Letter) -> Draft:
    """A draft out of the report itself, where the one it was typed in has gone."""
    command, body = letter.command, letter.command.body
    assert isinstance(body, LogReport)
    unit = held.reference.unit(body.place.commune)
    return Draft(
        id=new_id(),
        case=command.case,
        number=body.number,
        station=command.by.station,
        user=command.by.user,
        opened_at=body.happened_at,
        saved_at=held.clock.now(),
        channel=body.channel,
        type=body.type,
        urgency=body.urgency,
        title=body.title,
        description=body.description,
        answers=body.answers,
        place_text=body.place.text,
        commune=body.place.commune,
        commune_text=unit.short if unit else "",
        place=body.place if body.place.point is not None else None,
        reporter=body.reporter,
        phone_text=body.reporter.phone or "",
        happened_at=body.happened_at,
        logged=True,
        handed=body.handed,
    )


def report_again(held: Holdings, refused: Letter, body: LogReport, more: Sequence[AnyBody]) -> Done:
    """The mended report in the place of the refused one; what waits behind it goes on. A new choice of the
    agency takes the place of the one that waits. Inside a transaction; raises RefusedHere."""
    if any(isinstance(extra, Assign) for extra in more):
        for letter in held.letters.of_case(refused.case):
            if letter.state == HELD_BACK and isinstance(letter.command.body, Assign):
                replace(held, letter)
    return in_place_of(held, refused, [body, *more])
