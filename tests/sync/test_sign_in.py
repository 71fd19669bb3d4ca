"""Signing in at a real centre, and without one."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from console.central.tables import refresh_tokens
from console.protocol.wire import Identity
from console.sync.api import Api
from console.sync.credentials import Credentials, PracticeBox
from console.sync.errors import (
    NotTheCentre,
    Offline,
    Rejected,
    RetryLater,
    ServerError,
    SignedOut,
)
from console.sync.sign_in import NotEnrolled, NotKnownHere, SignIn, WrongPassword
from tests.desk.people import MONDAY
from tests.support.cable import Cable
from tests.support.central import Central

PASSWORD = "thuchanh"


class Desk:
    """What a workstation keeps, and a door to the centre."""

    def __init__(self, url: str, folder: Path) -> None:
        self.cable, self.now = Cable(url), MONDAY
        self._folder, self._apis = folder, list[Api]()

    def start(self) -> SignIn:
        """The program starts (again)."""
        api = Api(self.cable.url)
        self._apis.append(api)
        box = PracticeBox(self._folder)
        made = SignIn(api, Credentials(box, box, "03"), lambda: self.now)
        api.holder = made
        self.api = api
        return made

    def cut(self) -> None:
        self.cable.fault("cut_before", "/", times=None)

    def close(self) -> None:
        for api in self._apis:
            api.close()
        self.cable.close()


@pytest.fixture
def desk(centre: Central, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(centre.url, tmp_path)
    yield made
    made.close()


@pytest.fixture
def door(desk: Desk) -> SignIn:
    """An enrolled desk."""
    made = desk.start()
    made.enrol("sup01", PASSWORD)
    return made


def name(identity: Identity | None) -> str:
    return identity.user if identity else ""


def test_a_desk_must_be_enrolled_first(desk: Desk) -> None:
    door = desk.start()
    assert not door.enrolled
    with pytest.raises(NotEnrolled):
        door.sign_in("op03", PASSWORD)


def test_enrolling_takes_a_supervisor(desk: Desk) -> None:
    door = desk.start()
    with pytest.raises(WrongPassword):
        door.enrol("sup01", "nope")
    with pytest.raises(Rejected) as caught:
        door.enrol("op03", PASSWORD)
    assert caught.value.status == 403
    answer = door.enrol("sup01", PASSWORD)
    assert (answer.station, door.enrolled) == ("03", True)
    assert desk.start().enrolled


def test_signing_in_says_who_it_is(door: SignIn) -> None:
    signed = door.sign_in("op03", PASSWORD)
    assert (signed.identity.user, signed.identity.station, signed.offline) == ("op03", "03", False)
    assert door.access()


def test_a_wrong_password_says_how_often_it_may_be_tried(door: SignIn) -> None:
    with pytest.raises(WrongPassword) as first:
        door.sign_in("op03", "nope")
    with pytest.raises(WrongPassword) as second:
        door.sign_in("op03", "nope")
    assert first.value.attempts_left is not None
    assert second.value.attempts_left == first.value.attempts_left - 1
    assert name(door.identity) == ""


def test_a_spent_token_is_renewed_once_for_both_threads(desk: Desk, door: SignIn) -> None:
    door.sign_in("op03", PASSWORD)
    old = door.access()
    asked = desk.cable.count("/auth/token")
    new = door.renew(old)
    assert new != old
    assert door.renew(old) == new
    assert desk.cable.count("/auth/token") == asked + 1
    assert desk.api.changes(0).cursor == 0


def test_many_threads_find_the_token_spent_and_one_renews_it(desk: Desk, door: SignIn) -> None:
    door.sign_in("op03", PASSWORD)
    old, asked = door.access(), desk.cable.count("/auth/token")
    hold = desk.cable.fault("hold", "/auth/token")
    with ThreadPoolExecutor(8) as threads:
        renewals = [threads.submit(door.renew, old) for _ in range(8)]
        assert hold.holding.wait(20)
        hold.go.set()
        found = {renewal.result(20) for renewal in renewals}
    assert len(found) == 1
    assert found != {old}
    assert desk.cable.count("/auth/token") == asked + 1
    assert desk.api.changes(0).cursor == 0


def test_a_failure_to_renew_is_shared_by_all_who_wait(desk: Desk, door: SignIn) -> None:
    """A centre that does not answer is not asked once by each thread."""
    door.sign_in("op03", PASSWORD)
    old, asked = door.access(), desk.cable.count("/auth/token")
    hold = desk.cable.fault("hold", "/auth/token")
    with ThreadPoolExecutor(8) as threads:
        first = threads.submit(door.renew, old)
        assert hold.holding.wait(20)
        others = [threads.submit(door.access) for _ in range(7)]
        desk.api.plug.pull()
        errors = [one.exception(20) for one in (first, *others)]
    hold.go.set()
    assert {type(error) for error in errors} == {Offline}
    assert desk.cable.count("/auth/token") == asked + 1


@pytest.mark.parametrize("times", [1, 3])
def test_a_lost_answer_of_a_renewal_ends_no_session(desk: Desk, door: SignIn, times: int) -> None:
    """The centre has spent the token and the desk does not know: the next try goes on all the same."""
    door.sign_in("op03", PASSWORD)
    desk.cable.fault("lose_answer", "/auth/token", times=times)
    old = door.access()
    for _ in range(times):
        with pytest.raises(Offline):
            door.renew(old)
    assert door.access() != old
    assert desk.api.changes(0).cursor == 0
    door.renew(door.access())  # and the family goes on from there
    assert desk.api.changes(0).cursor == 0


def test_somebody_who_signs_in_meanwhile_is_not_overwritten(desk: Desk, door: SignIn) -> None:
    """The answer of a renewal for the last shift comes after the next shift has signed in."""
    door.sign_in("op03", PASSWORD)
    old = door.access()
    hold = desk.cable.fault("hold", "/auth/token")
    with ThreadPoolExecutor(1) as threads:
        late = threads.submit(door.renew, old)
        assert hold.holding.wait(20)
        door.sign_in("op05", PASSWORD)
        new = door.access()
        hold.go.set()
        assert late.result(20) == new
    assert (name(door.identity), door.access()) == ("op05", new)


def test_a_web_page_in_the_way_of_a_renewal_signs_nobody_out(desk: Desk, door: SignIn) -> None:
    door.sign_in("op03", PASSWORD)
    headers, page = {"Content-Type": "text/html"}, b"<html>Wi-Fi</html>"
    for status in (200, 302, 401, 403):
        desk.cable.fault("answer", "/auth/token", status=status, headers=headers, body=page)
        with pytest.raises(NotTheCentre):
            door.renew(door.access())
    assert door.access()
    assert desk.api.changes(0).cursor == 0


@pytest.mark.parametrize(("status", "body"), [(200, b"<html>Wi-Fi</html>"), (500, b""), (503, b"")])
def test_where_the_centre_is_hidden_or_sick_whoever_was_here_is_let_in(
    desk: Desk, door: SignIn, status: int, body: bytes
) -> None:
    door.sign_in("op03", PASSWORD)
    desk.cable.fault("answer", "/auth/token", times=None, status=status, body=body)
    later = desk.start()
    assert later.sign_in("op03", PASSWORD).offline
    with pytest.raises((NotTheCentre, ServerError, RetryLater)):
        later.sign_in("op05", PASSWORD)


def test_a_refresh_token_that_is_too_old_signs_out(desk: Desk, door: SignIn, centre: Central) -> None:
    door.sign_in("op03", PASSWORD)
    with centre.engine.begin() as connection:
        aged = refresh_tokens.c.expires_at - timedelta(days=31)
        connection.execute(update(refresh_tokens).values(expires_at=aged))
    with pytest.raises(SignedOut):
        door.renew(door.access())
    assert name(door.identity) == "op03"  # whose work goes on here
    door.sign_in("op03", PASSWORD)
    assert desk.api.changes(0).cursor == 0


def test_the_refresh_token_is_spent_by_its_use(desk: Desk, door: SignIn) -> None:
    door.sign_in("op03", PASSWORD)
    for _ in range(3):
        door.renew(door.access())
    assert desk.api.changes(0).cursor == 0


def test_without_network_whoever_was_here_is_let_in(desk: Desk, door: SignIn) -> None:
    door.sign_in("op03", PASSWORD)
    desk.cut()
    desk.now += timedelta(days=13)
    later = desk.start()
    signed = later.sign_in("op03", PASSWORD)
    assert (signed.identity.user, signed.offline) == ("op03", True)
    with pytest.raises(Offline):
        later.access()
    desk.cable.mend()
    assert later.access()
    assert desk.api.changes(0).cursor == 0


def test_offline_the_password_counts_all_the_same(desk: Desk, door: SignIn) -> None:
    door.sign_in("op03", PASSWORD)
    desk.cut()
    with pytest.raises(WrongPassword) as caught:
        desk.start().sign_in("op03", "nope")
    assert caught.value.attempts_left is None


@pytest.mark.parametrize(("user", "days"), [("op05", 0), ("op03", 15), ("op03", -15)])
def test_offline_a_stranger_or_one_long_gone_is_not_let_in(
    desk: Desk, door: SignIn, user: str, days: int
) -> None:
    door.sign_in("op03", PASSWORD)
    desk.cut()
    desk.now += timedelta(days=days)
    with pytest.raises(NotKnownHere):
        desk.start().sign_in(user, PASSWORD)


def test_an_offline_sign_in_that_the_centre_does_not_confirm_ends(desk: Desk, door: SignIn) -> None:
    """The account was closed, or the password changed, while this desk was away."""
    door.sign_in("op03", PASSWORD)
    desk.cut()
    later = desk.start()
    later.sign_in("op03", PASSWORD)
    desk.cable.mend()
    body = b'{"title":"x","status":401,"code":"wrong_password"}'
    desk.cable.fault("answer", "/auth/token", status=401, body=body)
    with pytest.raises(SignedOut):
        later.access()
    with pytest.raises(SignedOut):
        later.access()


def test_signed_out_nothing_is_sent_in_their_name(desk: Desk, door: SignIn) -> None:
    door.sign_in("op03", PASSWORD)
    door.sign_out()
    with pytest.raises(SignedOut):
        desk.api.changes(0)
    assert name(door.identity) == ""
