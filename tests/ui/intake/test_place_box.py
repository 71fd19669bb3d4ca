"""The place box: what is typed or pasted sets the pin; a pin in another commune than chosen is told."""

from PySide6.QtCore import Qt

from console.domain.place import Unit
from console.domain.text import fold_text
from console.ui.intake.fields import Field
from console.ui.words import t
from tests.ui.intake.conftest import PHONE, Hands
from tests.ui.intake.test_what_must_wait import below

LINK = "https://www.google.com/maps/place/X/@17.1,106.1,17z/data=!3m1!4b1!8m2!3d{lat}!4d{lon}"


def clear(hands: Hands) -> None:
    hands.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)


def chosen_and_other(hands: Hands) -> tuple[Unit, Unit]:
    """Two communes of the province, the first chosen by hand in its box."""
    state = hands.room.state
    first, other = state.communes()[3], state.communes()[20]
    hands.room.form.focus_field(Field.COMMUNE)
    hands.paste(state.commune_label(first))
    assert state.draft.commune == first.code
    return first, other


def test_a_pin_in_another_commune_is_told_with_both_names_and_taken_by_one_key(hands: Hands) -> None:
    form, state = hands.room.form, hands.room.state
    first, other = chosen_and_other(hands)
    hands.go("M")
    hands.paste(f"{other.lat:.5f}, {other.lon:.5f}")
    assert state.draft.commune == first.code
    sentence = t("intake.bad.otherCommune", pinned=other.name, chosen=first.name)
    assert below(form.f_place) == sentence
    assert form.commune.accessibleDescription() == sentence
    assert form.as_pinned.isVisible()
    hands.go("Y")
    assert state.draft.commune == other.code
    assert form.commune.text() == state.commune_label(other)
    assert not form.as_pinned.isVisible()
    assert below(form.f_place) == t("intake.pinned", m=10)
    form.focus_field(Field.COMMUNE)
    clear(hands)
    hands.paste(state.commune_label(first))
    assert below(form.f_place) == sentence  # while the cursor is still there: a whole name was chosen


def test_a_commune_that_the_pin_filled_in_follows_it_and_a_chosen_one_does_not(hands: Hands) -> None:
    state = hands.room.state
    one, two, three = (state.communes()[n] for n in (3, 20, 40))
    hands.room._pinned(one.lon, one.lat)
    assert state.draft.commune == one.code
    hands.room._pinned(two.lon, two.lat)
    assert state.draft.commune == two.code
    state.take_commune(one.code)
    hands.room._pinned(three.lon, three.lat)
    assert (state.draft.commune, state.reading.pinned_elsewhere) == (one.code, three)
    assert not state.reading.blocked


def test_a_commune_that_is_none_stays_as_typed_until_the_pins_is_taken(hands: Hands) -> None:
    state = hands.room.state
    unit = state.communes()[3]
    hands.room.form.focus_field(Field.COMMUNE)
    hands.type("Xa Khong Co")
    hands.room._pinned(unit.lon, unit.lat)
    assert (state.draft.commune, hands.room.form.commune.text()) == ("", "Xa Khong Co")
    hands.room.form.focus_field(Field.PLACE)
    hands.go("Y")
    assert state.draft.commune == unit.code


def test_a_pasted_link_is_a_pin_and_enter_calls_it_by_its_name(hands: Hands) -> None:
    state = hands.room.state
    unit = state.communes()[3]
    hands.go("M")
    hands.paste(LINK.format(lat=f"{unit.lat:.5f}", lon=f"{unit.lon:.5f}"))
    place = state.draft.place
    assert place is not None
    assert place.point is not None
    assert (round(place.point.lat, 5), round(place.point.lon, 5)) == (round(unit.lat, 5), round(unit.lon, 5))
    assert (place.accuracy_m, state.draft.commune) == (20, unit.code)
    hands.enter()
    assert state.draft.place_text == "X"


def test_a_short_link_is_told_at_once_and_stays_as_pasted(hands: Hands) -> None:
    hands.go("M")
    hands.paste("https://maps.app.goo.gl/AbCdEf12")
    assert below(hands.room.form.f_place) == t("intake.unread.shortLink")
    assert hands.room.form.place.text() == "https://maps.app.goo.gl/AbCdEf12"
    clear(hands)
    hands.type("QL1 km 2")
    assert below(hands.room.form.f_place) == ""  # half a number is none yet
    hands.go("N")
    assert "km 2" in below(hands.room.form.f_place)
    assert not any(
        problem.blocks and problem.field is Field.PLACE for problem in hands.room.state.reading.problems
    )


def test_a_junction_is_a_rough_pin_and_says_so(hands: Hands) -> None:
    hands.go("M")
    hands.type("nga tu tran hung dao ly thuong kiet")
    assert "±" in hands.room.form.place.suggestions[0].detail
    hands.enter()
    place = hands.room.state.draft.place
    assert place is not None
    assert place.accuracy_m is not None
    assert place.accuracy_m > 500
    assert below(hands.room.form.f_place) == t("intake.pinnedRoughly", m=round(place.accuracy_m, -2))


def test_a_pin_to_begin_with_is_as_far_off_as_the_commune_is_large(hands: Hands) -> None:
    chosen_and_other(hands)
    hands.ctrl(Qt.Key.Key_M)
    place = hands.room.state.draft.place
    assert place is not None
    assert (place.accuracy_m or 0) > 500
    hands.key(Qt.Key.Key_Right)
    moved = hands.room.state.draft.place
    assert moved is not None
    assert moved.accuracy_m == 10


def test_of_streets_with_one_name_the_one_where_this_caller_reported_before_comes_first(hands: Hands) -> None:
    best = hands.room.state.place_hits("tran hung dao")
    other = next(hit for hit in best if hit.place.commune != best[0].place.commune)
    hands.fill(fold_text(other.label))
    hands.ctrl(Qt.Key.Key_Return)
    assert hands.case().case.place.commune == other.place.commune
    hands.go("P")
    hands.paste(PHONE)
    hands.room.lookout.look()
    hands.stage.until(lambda: bool(hands.room.state.earlier_communes))
    assert hands.room.state.place_hits("tran hung dao")[0].place.commune == other.place.commune
