"""A refused new report, mended as a whole."""

import msgspec
import pytest

from console.desk.desk import Desk
from console.desk.errors import NotHere
from console.desk.rows import Done, Sending
from console.domain.command import Assign
from console.domain.refusal import Code
from tests.desk.centre import TinyCentre
from tests.desk.conftest import Office, exchange, logged
from tests.desk.people import LEAD, OTHER_LEAD, PHONE, WORDS, report


@pytest.fixture
def refused(office: Office, desk: Desk, centre: TinyCentre) -> Done:
    """A report and its forwarding, sent back."""
    done = logged(office, desk)
    office.wall.pass_(seconds=11)
    going = desk.sync_port.next_batch(9)
    verdicts = [centre.refuse(going[0], Code.BAD_PHONE), centre.refuse(going[1], Code.HELD_BACK)]
    desk.sync_port.apply_verdicts(verdicts, centre.now)
    return done


def test_it_opens_with_everything_and_goes_in_its_old_place(
    office: Office, desk: Desk, centre: TinyCentre, refused: Done
) -> None:
    draft = office.run(desk.open_refused(refused.commands[0]))
    assert (draft.number, draft.case, draft.logged) == (refused.number, refused.case, True)
    mended = report(draft, description="Nắp cống đã được rào tạm")
    office.run(desk.log_report(draft, mended, None))
    assert office.run(desk.outbox()).attention == ()
    assert office.run(desk.drafts()) == ()
    exchange(desk, centre)
    case = centre.cases[refused.case]
    assert (case.number, case.description, case.lead) == (refused.number, "Nắp cống đã được rào tạm", LEAD)
    (old,) = office.run(desk.binned())
    assert (old.id, old.replaced) == (refused.commands[0], True)


def test_another_agency_takes_the_place_of_the_one_that_waits(
    office: Office, desk: Desk, centre: TinyCentre, refused: Done
) -> None:
    draft = office.run(desk.open_refused(refused.commands[0]))
    office.run(desk.log_report(draft, report(draft), Assign(lead=OTHER_LEAD, expects=None)))
    exchange(desk, centre)
    assert centre.cases[refused.case].lead == OTHER_LEAD
    kinds = [event.kind for event in centre.events[refused.case]]
    assert kinds.count("assign") == 1
    assert office.run(desk.outbox()).attention == ()


def test_out_of_the_report_alone_when_the_draft_has_gone(office: Office, desk: Desk, refused: Done) -> None:
    kept = office.run(desk.open_refused(refused.commands[0]))
    forget = "DELETE FROM draft WHERE id = ?"
    office.run(desk._held.call(lambda: desk._held.store.write_many(forget, [(kept.id,)])))
    draft = office.run(desk.open_refused(refused.commands[0]))
    assert (draft.number, draft.case, draft.description) == (refused.number, refused.case, WORDS)
    assert (draft.phone_text, draft.commune) == (PHONE, report(draft).place.commune)
    assert draft.place is not None
    assert report(draft).place == draft.place
    assert msgspec.json.decode(msgspec.json.encode(draft), type=type(draft)) == draft


def test_nothing_else_can_be_opened_as_a_draft(office: Office, desk: Desk, refused: Done) -> None:
    for command in (refused.commands[1], "unknown"):
        with pytest.raises(NotHere):
            office.run(desk.open_refused(command))
    states = [row.state for row in office.run(desk.outbox()).attention]
    assert states == [Sending.REFUSED, Sending.HELD_BACK]


def test_a_discarded_draft_with_more_in_it_is_open_again(office: Office, desk: Desk) -> None:
    draft = office.run(desk.save_draft(office.run(desk.open_draft())))
    office.run(desk.discard_draft(draft.id))
    office.run(desk.save_draft(msgspec.structs.replace(draft, focus="content", caret=3)))
    assert office.run(desk.drafts()) == ()
    office.run(desk.save_draft(msgspec.structs.replace(draft, description="gõ thêm")))
    assert [d.description for d in office.run(desk.drafts())] == ["gõ thêm"]
