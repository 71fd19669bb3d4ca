"""Signing in, enrolling stations, tokens that age, rotate and are revoked."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product

import msgspec
import pytest
import requests
from sqlalchemy import select, update

from console.central.seed import PASSWORD
from console.central.sessions import FREE_ATTEMPTS, PAUSE
from console.central.tables import access_tokens, attempts, users
from console.domain.zone import month_code
from console.protocol.wire import Problem, StationAnswer, StationRequest, TokenAnswer, TokenRequest
from tests.central.reports import logged
from tests.support.central import Central, Client


@pytest.fixture
def desk(central: Central) -> Iterator[Client]:
    made = central.client()
    yield made
    made.close()


def problem(response: requests.Response) -> Problem:
    assert response.headers["Content-Type"] == "application/problem+json"
    found = msgspec.json.decode(response.content, type=Problem)
    assert found.status == response.status_code
    return found


def try_password(desk: Client, password: str, user: str = "op03") -> requests.Response:
    asked = TokenRequest(station=desk.station, station_key=desk.key, user=user, password=password)
    return desk.raw("POST", "/auth/token", asked)


def renew(desk: Client, refresh: str) -> requests.Response:
    asked = TokenRequest(station=desk.station, station_key=desk.key, refresh=refresh)
    return desk.raw("POST", "/auth/token", asked)


def test_a_token_says_who_and_lives_a_quarter_of_an_hour(desk: Client) -> None:
    token = desk.token
    assert (token.identity.user, token.identity.station, token.identity.role) == ("op03", "03", "dispatcher")
    assert token.access_seconds == 900
    assert token.practice
    assert abs(token.server_time - desk.clock.now()) < timedelta(minutes=1)


def test_wrong_passwords_are_counted_and_lead_to_a_pause_of_that_user_at_that_station(
    central: Central, desk: Client
) -> None:
    left = [problem(try_password(desk, "sai")) for _ in range(FREE_ATTEMPTS)]
    assert [found.code for found in left] == ["bad_credentials"] * FREE_ATTEMPTS
    assert [found.attempts_left for found in left] == list(reversed(range(FREE_ATTEMPTS)))
    paused = try_password(desk, PASSWORD)
    assert (paused.status_code, problem(paused).code) == (429, "too_many_attempts")
    assert 0 < int(paused.headers["Retry-After"]) <= PAUSE.total_seconds() + 1
    assert try_password(desk, PASSWORD, "op05").status_code == 200
    central.client("05", "op03").close()
    with central.engine.begin() as connection:
        earlier = attempts.c.last_at - PAUSE
        connection.execute(update(attempts).values(last_at=earlier))
    assert try_password(desk, PASSWORD).status_code == 200


def test_a_right_password_forgets_the_wrong_ones(desk: Client) -> None:
    assert problem(try_password(desk, "sai")).attempts_left == FREE_ATTEMPTS - 1
    assert try_password(desk, PASSWORD).status_code == 200
    assert problem(try_password(desk, "sai")).attempts_left == FREE_ATTEMPTS - 1


def test_an_unknown_user_is_answered_like_a_wrong_password(desk: Client) -> None:
    known, unknown = problem(try_password(desk, "sai")), problem(try_password(desk, "sai", "nobody"))
    assert msgspec.json.encode(known) == msgspec.json.encode(unknown)


def test_a_user_who_left_cannot_sign_in_and_their_token_ends(central: Central, desk: Client) -> None:
    with central.engine.begin() as connection:
        connection.execute(update(users).where(users.c.code == "op03").values(active=False))
    assert problem(try_password(desk, PASSWORD)).code == "bad_credentials"
    assert problem(desk.raw("GET", "/changes?after=0")).code == "session_revoked"


def test_only_a_supervisor_or_administrator_enrols_a_station(desk: Client) -> None:
    for user, status in (("op03", 403), ("dp01", 403), ("sup02", 200), ("admin", 200)):
        asked = StationRequest(station="08", user=user, password=PASSWORD)
        assert desk.raw("POST", "/auth/stations", asked).status_code == status, user


def test_a_station_that_is_not_there_is_not_enrolled(desk: Client) -> None:
    asked = StationRequest(station="77", user="sup01", password=PASSWORD)
    found = desk.raw("POST", "/auth/stations", asked)
    assert (found.status_code, problem(found).code) == (404, "unknown_station")


def test_a_wrong_station_key_signs_nobody_in(desk: Client) -> None:
    asked = TokenRequest(station="03", station_key="x" * 43, user="op03", password=PASSWORD)
    found = desk.raw("POST", "/auth/token", asked)
    assert (found.status_code, problem(found).code) == (403, "unknown_station")


def test_enrolling_again_ends_the_old_key_and_tells_how_far_the_numbers_went(desk: Client) -> None:
    logged(desk)
    asked = StationRequest(station="03", user="sup01", password=PASSWORD)
    answer: StationAnswer = desk.post("/auth/stations", asked, StationAnswer)
    assert answer.counters[month_code(desk.clock.now())] >= 1
    assert answer.station_key != desk.key
    assert try_password(desk, PASSWORD).status_code == 403


def test_a_refresh_token_is_spent_by_its_use_and_its_copy_revokes_the_whole_family(desk: Client) -> None:
    second = msgspec.json.decode(renew(desk, desk.token.refresh).content, type=TokenAnswer)
    assert second.refresh != desk.token.refresh
    third = msgspec.json.decode(renew(desk, second.refresh).content, type=TokenAnswer)
    desk.session.headers["Authorization"] = f"Bearer {third.access}"
    assert desk.raw("GET", "/changes?after=0").status_code == 200
    copied = renew(desk, desk.token.refresh)
    assert (copied.status_code, problem(copied).code) == (401, "session_revoked")
    assert problem(desk.raw("GET", "/changes?after=0")).code == "session_revoked"
    assert problem(renew(desk, third.refresh)).code == "session_revoked"
    assert try_password(desk, PASSWORD).status_code == 200


def test_an_answer_that_was_lost_is_given_anew_as_often_as_it_is_lost(desk: Client) -> None:
    for _ in range(3):  # nobody ever showed what these answers brought
        answer = renew(desk, desk.token.refresh)
        assert answer.status_code == 200
    last = msgspec.json.decode(answer.content, type=TokenAnswer)
    desk.session.headers["Authorization"] = f"Bearer {last.access}"
    assert desk.raw("GET", "/changes?after=0").status_code == 200
    assert renew(desk, last.refresh).status_code == 200


def test_once_shown_an_answer_was_not_lost_and_its_token_is_copied(desk: Client) -> None:
    second = msgspec.json.decode(renew(desk, desk.token.refresh).content, type=TokenAnswer)
    desk.session.headers["Authorization"] = f"Bearer {second.access}"
    assert desk.raw("GET", "/changes?after=0").status_code == 200
    assert problem(renew(desk, desk.token.refresh)).code == "session_revoked"
    assert problem(renew(desk, second.refresh)).code == "session_revoked"


def test_what_a_lost_answer_held_ends_the_family_of_whoever_shows_it(desk: Client) -> None:
    lost = msgspec.json.decode(renew(desk, desk.token.refresh).content, type=TokenAnswer)
    again = msgspec.json.decode(renew(desk, desk.token.refresh).content, type=TokenAnswer)
    desk.session.headers["Authorization"] = f"Bearer {lost.access}"
    assert problem(desk.raw("GET", "/changes?after=0")).code == "not_signed_in"
    assert problem(renew(desk, lost.refresh)).code == "session_revoked"
    assert problem(renew(desk, again.refresh)).code == "session_revoked"


def test_a_refresh_token_counts_only_at_its_own_station(central: Central, desk: Client) -> None:
    other = central.client("05", "op05")
    assert problem(renew(other, desk.token.refresh)).code == "not_signed_in"
    assert renew(desk, desk.token.refresh).status_code == 200
    other.close()


def test_an_access_token_that_is_too_old_is_told_so(central: Central, desk: Client) -> None:
    with central.engine.begin() as connection:
        aged = access_tokens.c.expires_at - timedelta(minutes=15)
        connection.execute(update(access_tokens).values(expires_at=aged))
    found = desk.raw("GET", "/changes?after=0")
    assert (found.status_code, problem(found).code) == (401, "token_expired")
    assert "Bearer" in found.headers["WWW-Authenticate"]
    assert renew(desk, desk.token.refresh).status_code == 200
    central.centre.sessions.sweep()
    with central.engine.connect() as connection:
        assert len(connection.execute(select(access_tokens.c.hash)).all()) == 1


def test_nothing_is_told_to_one_who_has_not_signed_in(central: Central) -> None:
    for path, header in product(
        ("/changes?after=0", "/snapshot", "/reference", "/stream"),
        ("", "Bearer", "Bearer unknown", "Basic b3A6eA=="),
    ):
        headers = {"Authorization": header} if header else {}
        found = requests.get(f"{central.url}/api/v1{path}", headers=headers, timeout=30)
        assert (found.status_code, problem(found).code) == (401, "not_signed_in"), (path, header)
