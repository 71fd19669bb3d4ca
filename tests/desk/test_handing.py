"""A draft handed on, at one desk: out of the list at once, kept until the other has it, never at both."""

from typing import Any

import msgspec
import pytest

from console.desk.desk import Desk
from console.desk.errors import HandNotNew, HandTaken, NotHere
from console.desk.rows import Draft
from console.protocol.wire import HandedAnswer, HandedDraft, OtherDesk
from tests.desk.conftest import Office
from tests.desk.people import DISPATCHER, report
from tests.support.pictures import photo

OTHER = "08"
WORDS = "Nắp cống vỡ giữa làn xe máy"
replace = msgspec.structs.replace


def typed(office: Office, desk: Desk) -> Draft:
    draft = office.run(desk.open_draft())
    return office.run(desk.save_draft(replace(draft, description=WORDS)))


def handed(office: Office, desk: Desk) -> Draft:
    draft = typed(office, desk)
    office.run(desk.hand_on(draft, OTHER))
    return draft


def drafts(office: Office, desk: Desk) -> list[str]:
    return [draft.id for draft in office.run(desk.drafts())]


def told(desk: Desk) -> list[HandedDraft]:
    return desk.sync_port.hands_to_tell()


def answered(desk: Desk, state: str) -> None:
    """The centre says how each stands."""
    desk.sync_port.apply_hands([replace(hand, state=state, draft=None, version=1) for hand in told(desk)])


def test_handed_on_it_is_out_of_the_list_and_goes_when_the_line_is_there_also_after_an_end(
    office: Office, desk: Desk
) -> None:
    draft = handed(office, desk)
    desk.close()
    desk = office.open(actor=DISPATCHER)
    assert drafts(office, desk) == []
    (hand,) = told(desk)
    assert (hand.state, hand.sender, hand.receiver) == ("offered", desk.actor.station, OTHER)
    assert (hand.case, hand.number) == (draft.case, draft.number)
    assert hand.draft is not None
    assert hand.draft["description"] == WORDS
    assert office.run(desk.save_draft(replace(draft, description="")))  # a late write brings nothing back
    assert drafts(office, desk) == []
    assert told(desk)[0].draft == hand.draft
    with pytest.raises(NotHere):
        office.run(desk.log_report(draft, report(draft), None))
    with pytest.raises(NotHere):
        office.run(desk.take_back_draft(draft.id))


def test_before_the_centre_heard_of_it_it_is_back_at_once(office: Office, desk: Desk) -> None:
    draft = handed(office, desk)
    assert office.run(desk.take_back_handed(draft.id))
    assert drafts(office, desk) == [draft.id]
    assert told(desk) == []


def test_once_the_centre_may_know_it_is_back_when_it_says_so(office: Office, desk: Desk) -> None:
    draft = handed(office, desk)
    told(desk)  # and the answer was lost
    assert not office.run(desk.take_back_handed(draft.id))
    assert drafts(office, desk) == []
    assert [(one.number, one.recalled) for one in office.run(desk.handed_on())] == [(draft.number, True)]
    assert [hand.state for hand in told(desk)] == ["taken_back"]
    answered(desk, "taken_back")
    assert (drafts(office, desk), told(desk)) == ([draft.id], [])
    assert office.run(desk.drafts())[0].description == WORDS


def test_the_other_desk_was_first(office: Office, desk: Desk) -> None:
    draft = handed(office, desk)
    told(desk)
    office.run(desk.take_back_handed(draft.id))
    answered(desk, "taken")
    assert (drafts(office, desk), office.run(desk.handed_on()), told(desk)) == ([], (), [])
    with pytest.raises(HandTaken):
        office.run(desk.take_back_handed(draft.id))


@pytest.mark.parametrize("refused", [True, False])
def test_what_nobody_took_or_the_centre_will_not_have_comes_home(
    office: Office, desk: Desk, refused: bool
) -> None:
    draft = handed(office, desk)
    (hand,) = told(desk)
    if refused:
        desk.sync_port.hand_refused(hand.id)
    else:
        answered(desk, "expired")
    assert drafts(office, desk) == [draft.id]


def test_a_draft_that_waits_to_be_taken_is_kept_however_long(office: Office, desk: Desk) -> None:
    draft = handed(office, desk)
    desk.close()
    office.wall.pass_(days=30)
    desk = office.open(actor=DISPATCHER)
    assert office.run(desk.take_back_handed(draft.id))
    assert drafts(office, desk) == [draft.id]


def test_a_report_that_was_saved_before_stays(office: Office, desk: Desk) -> None:
    with pytest.raises(HandNotNew):
        office.run(desk.hand_on(replace(typed(office, desk), logged=True), OTHER))


def test_a_restored_centre_hears_again_of_what_was_not_taken(office: Office, desk: Desk) -> None:
    handed(office, desk)
    answered(desk, "offered")
    assert told(desk) == []
    desk.sync_port.begin_again()
    assert [hand.state for hand in told(desk)] == ["offered"]
    answered(desk, "taken")
    desk.sync_port.begin_again()
    assert [(hand.state, hand.draft) for hand in told(desk)] == [("taken", None)]


# the other desk


def offered(office: Office, desk: Desk, **more: Any) -> HandedDraft:
    """One that a colleague at `desk` handed on, as the centre tells it."""
    handed(office, desk)
    (hand,) = told(desk)
    return replace(hand, version=1, **more)


@pytest.fixture
def there(office: Office) -> Desk:
    return office.open("there", actor=replace(DISPATCHER, station=OTHER))


def test_what_comes_is_a_draft_here_when_the_centre_says_so_and_only_once(
    office: Office, desk: Desk, there: Desk
) -> None:
    hand = offered(office, desk)
    desks = (OtherDesk(station="03", name="Lan"),)
    there.sync_port.read_hands(HandedAnswer(version=1, drafts=(hand,), desks=desks))
    assert office.run(there.other_desks()) == desks
    there.sync_port.apply_hands([hand])  # told a second time
    assert drafts(office, there) == [], "it may be taken back yet"
    there.close()
    there = office.open("there", actor=replace(DISPATCHER, station=OTHER))
    assert [(one.id, one.state, one.draft) for one in told(there)] == [(hand.id, "taken", None)]
    taken = replace(hand, state="taken", draft=None, version=2)
    there.sync_port.apply_hands([taken])
    (draft,) = office.run(there.drafts())
    assert (draft.description, draft.number, draft.handed_by) == (WORDS, hand.number, desk.actor.station)
    done = office.run(there.log_report(draft, report(draft), None))
    assert done.number == hand.number
    there.sync_port.apply_hands([taken])
    assert drafts(office, there) == [], "a second answer brings nothing back"
    there.sync_port.apply_hands([hand])
    assert [one.state for one in told(there)] == ["taken"], "a restored centre hears it again"


def test_what_was_taken_back_meanwhile_never_shows(office: Office, desk: Desk, there: Desk) -> None:
    hand = offered(office, desk)
    there.sync_port.apply_hands([hand])
    there.sync_port.apply_hands([replace(hand, state="taken_back", draft=None)])
    assert (drafts(office, there), told(there)) == ([], [])


def test_what_is_not_understood_is_left_where_it_is(office: Office, desk: Desk, there: Desk) -> None:
    hand = offered(office, desk, number="2411-03099-1")
    there.sync_port.apply_hands([hand, replace(hand, id=hand.case, draft={"type": 7})])
    assert told(there) == []


def test_the_same_draft_comes_home_by_a_second_hand_over(office: Office, desk: Desk, there: Desk) -> None:
    hand = offered(office, desk)
    there.sync_port.apply_hands([hand])
    taken = replace(hand, state="taken", draft=None)
    for one in (desk, there):
        one.sync_port.apply_hands([taken])
    (draft,) = office.run(there.drafts())
    office.run(there.hand_on(replace(draft, description="Hai người ngã"), desk.actor.station))
    (back,) = told(there)
    desk.sync_port.apply_hands([back])
    desk.sync_port.apply_hands([replace(back, state="taken", draft=None)])
    (home,) = office.run(desk.drafts())
    assert (home.id, home.description, home.handed_by) == (draft.id, "Hai người ngã", OTHER)


def test_files_go_along_by_name_and_are_the_other_desks_to_give(
    office: Office, desk: Desk, there: Desk
) -> None:
    """Sent from here as soon as the draft is on its way; named in no list here once it was taken."""
    draft = office.run(desk.open_draft())
    picture = office.folder / "anh.jpg"
    picture.write_bytes(photo())
    sha256 = office.run(desk.attach_to_draft(draft, picture)).row.sha256
    port = desk.files_port
    port.settle()
    assert port.next_to_send(()) is None
    office.run(desk.hand_on(draft, OTHER))
    port.settle()
    row = port.next_to_send(())
    assert row is not None
    assert row.sha256 == sha256
    (hand,) = told(desk)
    assert isinstance(hand.draft, dict)
    (along,) = hand.draft["files_along"]
    bad = [{**along, "sha256": "odd"}, {**along, "media_type": "text/html"}, {**along, "size": 0}]
    hand = replace(hand, draft={**hand.draft, "files_along": [*bad, along]})
    there.sync_port.apply_hands([hand])
    taken = replace(hand, state="taken", draft=None)
    for one in (there, desk):
        one.sync_port.apply_hands([taken])
    assert [x.name for x in office.run(there.attachments(draft.case))] == ["anh.jpg"]
    assert there.files_port.may_come(sha256)
    assert not desk.files_port.may_come(sha256)
    assert office.run(desk.attachments(draft.case)) == ()
    (came,) = office.run(there.drafts())
    assert came.files_along == ()
    done = office.run(there.log_report(came, report(came), None))
    view = office.run(there.case(done.case))
    assert view is not None
    assert view.case.attachments == (sha256,)


def test_taken_back_its_files_are_here_again(office: Office, desk: Desk) -> None:
    draft = office.run(desk.open_draft())
    picture = office.folder / "anh.jpg"
    picture.write_bytes(photo())
    office.run(desk.attach_to_draft(draft, picture))
    office.run(desk.hand_on(draft, OTHER))
    assert office.run(desk.take_back_handed(draft.id))
    (row,) = office.run(desk.attachments(draft.case))
    assert row.removable
