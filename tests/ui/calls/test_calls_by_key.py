"""Calls taken, held, switched, saved and settled with the keyboard alone, through the real window."""

from PySide6.QtCore import Qt

from console.domain.telephone import Ended, Ending, LineState, Offer
from console.ui.words import t
from tests.ui.calls.conftest import ALT, CTRL, SHIFT, STORY, Post
from tests.ui.intake.test_turning import a_slow_disk

K = Qt.Key


def test_a_ring_moves_nothing_and_takes_nothing(post: Post) -> None:
    before, room = post.here(), post.window.stack.currentWidget()
    places = [chip.geometry() for chip in post.strip.places.chips]
    post.rings("1")
    assert post.faces() == ["ringing", "", "", ""]
    assert (post.here(), post.window.stack.currentWidget()) == (before, room)
    assert [chip.geometry() for chip in post.strip.places.chips] == places
    assert post.strip.height() == 42


def test_a_note_on_the_number_is_shown_while_it_rings(post: Post) -> None:
    phone, chip = "+84905217384", post.strip.places.chips[0]
    post.stage.run(post.desk.note_number(phone, ("interpreter",), "Nói tiếng Bru"))
    post.rings("1", "0905 217 384")
    noted = t("call.noted", note=f"{t('intake.note.interpreter')}\nNói tiếng Bru")
    assert chip.toolTip().endswith(noted)
    assert chip.accessibleName().endswith(noted)
    post.stage.run(post.desk.note_number(phone, (), ""))
    post.settle()
    assert "Bru" not in chip.toolTip()
    post.rings("2", "0905 217 385")
    assert "Ghi chú" not in post.strip.places.chips[1].toolTip()


def test_calls_that_have_rung_are_forgotten_when_they_are_gone(post: Post) -> None:
    for line in ("1", "2", "3"):
        post.rings(line)
        post.desk.ear.heard(Ended(call=line, how=Ending.CALLER))
        post.settle()
    call = post.rings("4")
    assert post.window.calls._rung == {call}


def test_f9_answers_who_rings_longest_and_opens_their_draft(post: Post) -> None:
    post.rings("1", "0905 217 384")
    post.stage.wall.pass_(seconds=3)
    post.rings("2")
    post.press(K.Key_F9)
    assert post.line.done == [("answer", "1")]
    assert post.faces()[:2] == ["talking", "ringing"]
    assert post.window.stack.currentWidget() is post.room
    assert post.room.form.focused()[0].value == "type"
    draft = post.room.state.draft
    assert draft.phone_text == "0905 217 384"
    assert draft.number
    assert post.call("1").draft == draft.id


def test_letters_typed_right_after_f9_are_that_calls_however_slow_the_disk(post: Post) -> None:
    post.answer("1")
    post.type("nap cong")
    post.rings("2")
    with a_slow_disk(post.desk):
        post.key(K.Key_F9)
        post.type("rac thai")
    post.settle()
    assert post.room.state.draft.type_text == "rac thai"
    assert post.call("2").draft == post.room.state.draft.id
    post.press(K.Key_1, ALT)
    assert post.room.state.draft.type_text == "nap cong"


def test_a_second_answer_holds_the_first_and_f8_goes_back(post: Post) -> None:
    post.answer("1")
    post.answer("2")
    assert post.faces()[:2] == ["held", "talking"]
    post.press(K.Key_1, ALT)
    assert post.room.state.draft.id == post.call("1").draft
    post.press(K.Key_F8)
    assert post.faces()[:2] == ["talking", "held"]
    post.press(K.Key_F8)
    assert post.faces()[:2] == ["held", "held"]


def test_each_call_keeps_its_field_and_its_caret(post: Post) -> None:
    post.answer("1")
    post.key(K.Key_N, ALT)
    post.type("truoc sau")
    for _ in range(4):
        post.key(K.Key_Left)
    post.answer("2")
    post.type("den duong")
    post.press(K.Key_1, ALT)
    post.type("X")
    assert post.room.state.draft.description == "truocX sau"
    post.press(K.Key_2, ALT)
    assert post.room.state.draft.type_text == "den duong"


def test_saved_goes_on_with_the_next_call_and_then_back_to_the_queue(post: Post) -> None:
    post.answer("1")
    post.answer("2")
    post.fill()
    post.press(K.Key_Return, CTRL)
    assert post.call("2").case
    assert post.room.state.draft.id == post.call("1").draft
    assert post.window.stack.currentWidget() is post.room
    post.fill()
    post.press(K.Key_Return, CTRL)
    assert post.window.stack.currentWidget() is post.window.workspace
    post.press(K.Key_2, ALT)
    assert post.window._rooms.case.case_id == post.call("2").case


def test_the_caller_hangs_up_and_the_record_stays(post: Post) -> None:
    post.answer("1")
    post.fill()
    post.desk.ear.heard(Ended(call="1", how=Ending.CALLER))
    post.settle()
    assert post.faces()[0] == "ended"
    assert post.room.foot.message.text() == t("call.ended")
    post.press(K.Key_Return, CTRL)
    assert post.desk.calls() == ()
    assert len(post.stage.run(post.desk.drafts())) == 0


def test_a_wrong_number_is_closed_and_brought_back(post: Post) -> None:
    call = post.answer("1")
    post.type("nap")
    post.press(K.Key_W, CTRL)
    assert post.call("1").kind == "wrong_number"
    assert post.window.stack.currentWidget() is post.window.workspace
    post.press(K.Key_Z, CTRL)
    assert post.call("1").kind is None
    assert post.room.state.draft.id == call.draft
    assert post.room.state.draft.type_text == "nap"


def test_what_a_call_was_is_said_by_a_digit(post: Post) -> None:
    post.answer("1")
    post.press(K.Key_F12)
    assert post.line.done[-1] == ("hang_up", "1")
    post.desk.ear.heard(Ended(call="1", how=Ending.DESK))
    post.settle()
    post.press(K.Key_W, CTRL | SHIFT)
    post.key(K.Key_4)
    post.press(K.Key_Return)
    assert post.desk.calls() == ()
    row = post.desk._held.calls.log
    kinds = post.stage.run(post.desk._held.call(lambda: [one.kind for one in row._where("1", ())]))
    assert kinds == ["prank"]
    assert post.stage.run(post.desk.drafts()) == ()


def test_a_promised_call_stands_in_the_list(post: Post) -> None:
    post.answer("1", "0905 217 384")
    post.press(K.Key_W, CTRL | SHIFT)
    post.key(K.Key_6)
    post.key(K.Key_Tab)
    post.key(K.Key_A, CTRL)
    post.type("khong phai gio")
    post.press(K.Key_Return)
    panel = post.window.calls._outcome
    assert panel is not None
    assert panel.told.text() == t("call.outcome.badTime")
    post.key(K.Key_A, CTRL)
    post.type("17h30")
    post.press(K.Key_Return)
    (entry,) = post.stage.run(post.desk.missed_calls())
    assert entry.due is not None
    assert f"{entry.due.astimezone():%M}" == "30"
    assert post.room.state.draft.id == post.call("1").draft  # the call goes on


def test_an_emergency_is_handed_on_and_the_record_tells_it(post: Post) -> None:
    post.answer("1")
    post.type("chay nha")
    post.press(K.Key_4, CTRL | SHIFT)
    assert post.line.done[-1] == ("transfer", "1", "114")
    assert "114" in post.room.state.draft.note
    assert post.room.state.draft.type_text == "chay nha"


def test_f7_asks_for_a_number_and_refuses_letters(post: Post) -> None:
    post.answer("1")
    post.press(K.Key_F7)
    post.type("so nao")
    post.press(K.Key_Return)
    panel = post.window.calls._transfer
    assert panel is not None
    assert panel.isVisible()
    assert panel.told.text() == t("call.transfer.bad")
    assert panel.number.text() == "so nao"
    post.key(K.Key_A, CTRL)
    post.type("0232 3822 100")
    post.press(K.Key_Return)
    assert post.line.done[-1] == ("transfer", "1", "02323822100")
    assert post.room.form.focused() is not None


def test_missed_calls_are_called_back_from_the_list(post: Post) -> None:
    for line in ("1", "2", "3"):
        post.rings(line)
        post.desk.ear.heard(Ended(call=line, how=Ending.MISSED))
        post.stage.wall.pass_(minutes=1)
    post.settle()
    assert post.strip.missed.text() == t("call.missed.n", n=3)
    before = post.here()
    post.press(K.Key_F9, SHIFT)
    post.press(K.Key_D)
    assert len(post.stage.run(post.desk.missed_calls())) == 2
    post.press(K.Key_L)
    assert [entry.tried for entry in post.stage.run(post.desk.missed_calls())] == [1, 0]
    post.press(K.Key_Return)
    assert post.line.done[-1][0] == "dial"
    post.press(K.Key_Delete)
    post.press(K.Key_Escape)
    assert post.here() is before
    assert len(post.stage.run(post.desk.missed_calls())) == 1


def test_a_broken_line_says_so_and_logging_goes_on(post: Post) -> None:
    post.desk.ear.line_is(LineState(kind="ami", up=False, why="refused", detail="10.0.0.5:5038"))
    post.settle()
    assert "10.0.0.5:5038" in post.strip.places.said
    post.key(K.Key_N, CTRL)
    post.fill()
    post.key(K.Key_P, ALT)
    post.type("0905217384")
    post.press(K.Key_Return, CTRL)
    assert len(post.stage.run(post.desk.drafts())) == 0


def test_a_line_that_cannot_answer_still_opens_the_draft(post: Post) -> None:
    post.desk.ear.line_is(LineState(kind="ami", up=True, offers=frozenset({Offer.DIAL})))
    post.rings("1")
    post.press(K.Key_F9)
    assert post.line.done == []
    assert post.words() == []
    assert post.room.state.draft.phone_text
    assert not post.strip.hold.isEnabled()
    assert t("error.line_offers_not") in post.strip.hold.toolTip()


def test_a_draft_begun_by_hand_for_an_answered_call_becomes_its_own(post: Post) -> None:
    from console.domain.telephone import Answered

    post.rings("1")
    post.desk.ear.heard(Answered(call="1"))
    post.settle()
    post.stage.wall.pass_(seconds=2)
    post.press(K.Key_N, CTRL)
    post.type("nap cong")
    post.settle()
    draft = post.room.state.draft.id
    post.press(K.Key_F9)
    assert post.call("1").draft == draft == post.room.state.draft.id


def test_ten_calls_at_once_in_a_flood_of_new_cases(post: Post) -> None:
    """Nothing moves, nothing is lost: each story is saved as its own report."""
    for line in range(1, 11):
        post.rings(str(line))
        post.stage.wall.pass_(seconds=1)
    assert post.faces() == ["ringing"] * 4
    assert post.strip.more.text() == t("call.more", n=6)
    post.window.repaint()
    places = [chip.geometry() for chip in post.strip.places.chips]
    stories = {}
    for line in range(1, 11):
        post.stage.log(post.desk)  # somebody else's cases come in all the time
        post.press(K.Key_F9)
        assert post.call(str(line)).draft == post.room.state.draft.id
        stories[str(line)] = f"{STORY} Lan {line}."
        post.fill(stories[str(line)])
        post.stage.log(post.desk)
        assert [chip.geometry() for chip in post.strip.places.chips] == places
        post.press(K.Key_Return, CTRL)
        case = post.call(str(line)).case
        assert case is not None, (line, post.room.foot.message.text(), post.words())
        post.desk.ear.heard(Ended(call=str(line), how=Ending.CALLER))
        post.settle()
        view = post.stage.run(post.desk.case(case))
        assert view is not None
        assert view.case.description == stories[str(line)]
    assert post.desk.calls() == ()
    assert post.stage.run(post.desk.drafts()) == ()


def test_long_held_is_told_by_the_timer(post: Post) -> None:
    post.answer("1")
    post.press(K.Key_F8)
    post.stage.wall.pass_(seconds=61)
    post.window.calls.tick(post.desk.clock.now())
    chip = post.strip.places.chips[0]
    assert chip._late
    assert chip._timer == "01:01"


def test_a_break_is_asked_of_the_line_and_shown(post: Post) -> None:
    chip = post.window.top.phone
    assert chip.text() == t("call.ready")
    wide = chip.width()
    post.press(K.Key_F9, CTRL)
    assert post.line.done[-1] == ("rest", "True")
    assert chip.text() == t("call.break")
    post.answer("1")
    assert chip.text() == t("call.active")
    post.desk.ear.heard(Ended(call="1", how=Ending.CALLER))
    post.settle()
    assert chip.text() == t("call.wrapup")
    assert chip.width() == wide
    post.desk.ear.line_is(LineState(kind="sip", up=True, offers=frozenset({Offer.ANSWER})))
    post.settle()
    post.press(K.Key_F9, CTRL)
    assert post.words()[-1] == t("error.line_offers_not")
