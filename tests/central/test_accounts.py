"""People and stations kept by administrators: rights change at once, nobody locks everybody out, and no
password is ever seen."""

from collections.abc import Iterator
from typing import Any

import pytest

from console.central.seed import PASSWORD
from console.domain.case import Role
from console.protocol.administration import (
    HistoryAnswer,
    NewPassword,
    OneTimeCode,
    PeopleAnswer,
    Person,
    StationRow,
    StationsAnswer,
)
from console.protocol.wire import TokenRequest
from tests.central.reports import LEAD
from tests.support.central import Central, Client

NEW = Person(code="moi01", name="Trần Văn Mới", role=Role.OPERATOR)


@pytest.fixture
def admin(central: Central) -> Iterator[Client]:
    made = central.client("01", "adm01")
    yield made
    made.close()


def put(client: Client, person: Person) -> tuple[int, Any]:
    told = client.raw("PUT", f"/users/{person.code}", person)
    return told.status_code, told.json()


def person(client: Client, code: str) -> Person:
    people = client.get("/users", PeopleAnswer).people
    return next(one for one in people if one.code == code)


def changed(one: Person, **to: Any) -> Person:
    return Person(**{name: getattr(one, name) for name in one.__struct_fields__} | to)


def sign_in(client: Client, user: str, password: str) -> int:
    asked = TokenRequest(station=client.station, station_key=client.key, user=user, password=password)
    return client.raw("POST", "/auth/token", asked).status_code


def test_a_new_user_sets_a_password_by_a_code_that_works_once(admin: Client) -> None:
    assert put(admin, NEW)[0] == 200
    assert put(admin, NEW)[1]["code"] == "user_exists"
    assert put(admin, changed(NEW, code="MOI01"))[1]["code"] == "user_exists"
    assert not person(admin, NEW.code).has_password
    assert sign_in(admin, NEW.code, "") == 401
    code = admin.post(f"/users/{NEW.code}/reset", {}, OneTimeCode).code
    asked = NewPassword(
        station=admin.station,
        station_key=admin.key,
        user=NEW.code,
        code=code.lower(),
        password="mật khẩu mới",
    )
    assert sign_in(admin, NEW.code, code) == 409, "it is told that this is a code, not a password"
    short = admin.raw("POST", "/auth/password", {**dictionary(asked), "password": "ngắn"})
    assert short.json()["code"] == "password_short"
    assert admin.raw("POST", "/auth/password", asked).status_code == 200
    assert sign_in(admin, NEW.code, "mật khẩu mới") == 200
    again = admin.raw("POST", "/auth/password", asked)
    assert (again.status_code, again.json()["code"]) == (401, "bad_code")
    lines = admin.get(f"/reference/history?kind=users&code={NEW.code}", HistoryAnswer).lines
    assert [one.author for one in lines] == ["adm01", "adm01"]
    told = str(lines) + str(admin.get("/users", PeopleAnswer))
    assert code not in told
    assert "argon2" not in told


def dictionary(asked: NewPassword) -> dict[str, str]:
    return {name: getattr(asked, name) for name in asked.__struct_fields__}


def test_a_reset_ends_the_old_password_and_every_sign_in(admin: Client, central: Central) -> None:
    desk = central.client("03", "op03")
    admin.post("/users/op03/reset", {}, OneTimeCode)
    assert desk.raw("GET", "/reference").status_code == 401
    assert sign_in(admin, "op03", PASSWORD) == 401
    desk.close()


def test_who_is_disabled_or_loses_a_role_loses_it_at_once(admin: Client, central: Central) -> None:
    desk = central.client("03", "sup02")
    assert desk.raw("GET", "/users").status_code == 200
    stands = person(admin, "sup02")
    assert put(admin, changed(stands, role=Role.OPERATOR))[0] == 200
    assert desk.raw("GET", "/users").status_code == 403
    assert put(admin, changed(stands, active=False))[1]["code"] == "changed_meanwhile"
    assert put(admin, changed(person(admin, "sup02"), active=False))[0] == 200
    assert desk.raw("GET", "/reference").status_code == 401
    desk.close()


def test_an_administrator_is_left_whatever_happens(admin: Client) -> None:
    assert put(admin, changed(person(admin, "adm01"), active=False))[1]["code"] == "own_account"
    assert put(admin, changed(person(admin, "admin"), active=False))[0] == 200
    for to in ({"active": False}, {"role": Role.SUPERVISOR}):
        told = put(admin, changed(person(admin, "adm01"), **to))
        assert (told[0], told[1]["code"]) == (409, "last_administrator")
    assert admin.raw("POST", "/users/adm01/reset", {}).json()["code"] == "own_account"


def test_what_no_user_can_be_is_refused(admin: Client) -> None:
    for to, status in (
        ({"name": "  "}, 400), ({"code": "a b"}, 400), ({"role": Role.SYSTEM}, 400),
        ({"role": Role.AGENCY}, 400), ({"agency": LEAD}, 400),
        ({"role": Role.AGENCY, "agency": "H00.00"}, 422), ({"role": Role.AGENCY, "agency": LEAD}, 200),
    ):  # fmt: skip
        assert put(admin, changed(NEW, **to))[0] == status, to


def test_only_an_administrator_changes_people_and_stations(central: Central) -> None:
    for user, reads in (("sup01", 200), ("op03", 403)):
        client = central.client("03", user)
        assert client.raw("GET", "/users").status_code == reads
        assert client.raw("GET", "/stations").status_code == reads
        assert put(client, NEW)[0] == 403
        assert client.raw("POST", "/users/op05/reset", {}).status_code == 403
        assert client.raw("PUT", "/stations/03", StationRow(code="03")).status_code == 403
        client.close()


def test_a_station_is_added_named_and_loses_its_key(admin: Client, central: Central) -> None:
    desk = central.client("05", "op05")
    for row in (StationRow(code="42", name="Bàn dự phòng"), StationRow(code="05", name="Bàn 5")):
        assert admin.raw("PUT", f"/stations/{row.code}", row).status_code == 200
    rows = {row.code: row for row in admin.get("/stations", StationsAnswer).stations}
    assert rows["42"].name == "Bàn dự phòng"
    assert rows["05"].enrolled_at is None
    assert desk.raw("GET", "/reference").status_code == 401
    own = admin.raw("PUT", "/stations/01", StationRow(code="01"))
    assert own.json()["code"] == "own_station"
    desk.close()
