"""A draft's files go with its report: their commands are given in the same commit."""

from console.desk.holdings import Holdings
from console.domain.command import Attach
from console.models.attachments import Attached


def command_body(attached: Attached) -> Attach:
    """The command's words about a file."""
    return Attach(
        sha256=attached.sha256, name=attached.name, media_type=attached.media_type, size=attached.size
    )


def attach_bodies(held: Holdings, case_id: str) -> list[Attach]:
    """What the draft of this case has in hand, oldest first."""
    return [command_body(attached) for attached in held.attachments.of_draft(case_id)]


def mark_given(held: Holdings, case_id: str, bodies: list[Attach]) -> None:
    """Their commands are in the outbox. Inside a transaction."""
    if not bodies:
        return
    given = {
        letter.command.body.sha256: letter.id
        for letter in held.letters.of_case(case_id)
        if isinstance(letter.command.body, Attach)
    }
    held.attachments.given(case_id, {body.sha256: given[body.sha256] for body in bodies})
