"""Reference data at the centre: pulled by versions, imported by an administrator, in force at once."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from console.central.seed import PASSWORD
from console.protocol.wire import ImportChange, ReferenceAnswer
from console.reference import assemble, to_wire
from console.reference.__main__ import main
from tests.central.reports import REFERENCE, TYPE, WARD, accepted, report
from tests.support.central import Central, Client

NEW_TYPE = msgspec.structs.replace(TYPE, code="cay-nghieng", name="Cây nghiêng sắp đổ")


@pytest.fixture
def admin(central: Central) -> Iterator[Client]:
    made = central.client("01", "admin")
    yield made
    made.close()


def pulled(client: Client, after: int = 0) -> ReferenceAnswer:
    answer: ReferenceAnswer = client.get(f"/reference?after={after}", ReferenceAnswer)
    return answer


def bring(client: Client, *items: Any, dry_run: bool = False) -> list[ImportChange]:
    path = "/reference?dry_run=true" if dry_run else "/reference"
    found: list[ImportChange] = client.post(path, {"items": items}, list[ImportChange])
    return found


def test_a_console_pulls_the_whole_reference_and_then_nothing_more(admin: Client) -> None:
    answer = pulled(admin)
    got = assemble(answer.items, answer.version, answer.practice)
    assert (got.units, got.types, got.agencies) == (REFERENCE.units, REFERENCE.types, REFERENCE.agencies)
    assert pulled(admin, answer.version).items == ()


def test_a_dry_run_changes_nothing_and_the_import_is_in_force_at_every_server(
    central: Central, admin: Client
) -> None:
    desk = central.twin().client()
    version = pulled(desk).version
    item = to_wire("types", NEW_TYPE, 0)
    told = bring(admin, item, dry_run=True)
    assert [(line.kind, line.change) for line in told] == [("types", "added")]
    assert pulled(desk).version == version
    assert bring(admin, item) == told
    news = pulled(desk, version)
    assert (news.version, [i.body["code"] for i in news.items]) == (version + 1, [NEW_TYPE.code])
    accepted(desk, desk.command(report(desk, type=NEW_TYPE.code)))
    assert [line.change for line in bring(admin, item)] == ["same"]
    assert pulled(desk).version == version + 1
    desk.close()


def test_only_an_administrator_imports(central: Central) -> None:
    for user in ("op03", "sup01"):
        client = central.client("03", user)
        found = client.raw("POST", "/reference", {"items": []})
        assert (found.status_code, found.json()["code"]) == (403, "not_allowed")
        client.close()


def test_an_item_that_cannot_be_read_changes_nothing(admin: Client) -> None:
    version = pulled(admin).version
    good = to_wire("types", NEW_TYPE, 0)
    bad = msgspec.structs.replace(good, key="x@2023-01-01", body={"code": "x"})
    found = admin.raw("POST", "/reference", {"items": [good, bad]})
    assert (found.status_code, found.json()["code"]) == (422, "unreadable_item")
    assert pulled(admin).version == version


def test_the_import_program_brings_a_file_to_the_server(
    central: Central, admin: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "gazetteer.csv"
    with file.open("w", encoding="utf-8", newline="") as handle:
        rows = csv.writer(handle)
        rows.writerow(["code", "kind", "name", "commune", "lon", "lat", "also", "valid_from"])
        place = ["cho-thu", "market", "Chợ Thử", WARD.code, WARD.lon, WARD.lat, "Chợ Mới", "2023-07-01"]
        rows.writerow(place)
    asked = ["import", str(file), "--kind", "gazetteer", "--server", central.url, "--user", "admin"]
    asked += ["--password", PASSWORD, "--station", admin.station, "--station-key", admin.key]
    version = pulled(admin).version
    assert main(asked) == 0
    assert "Chợ Thử" in capsys.readouterr().out
    assert pulled(admin).version == version
    assert main([*asked, "--apply"]) == 0
    news = pulled(admin, version)
    assert "cho-thu" in [item.body["code"] for item in news.items if item.body]
    assert main([*asked[:-1], "wrong"]) == 3


def test_what_is_removed_leaves_a_tombstone(central: Central, admin: Client) -> None:
    desk = central.client()
    answer = pulled(desk)
    gone = next(item for item in answer.items if item.kind == "canned")
    tombstone = msgspec.structs.replace(gone, body=None, deleted=True)
    told = bring(admin, tombstone)
    assert [(line.kind, line.key, line.change) for line in told] == [("canned", gone.key, "removed")]
    (news,) = pulled(desk, answer.version).items
    assert (news.kind, news.key, news.deleted, news.body) == ("canned", gone.key, True, None)
    assert news.version == answer.version + 1
    assert bring(admin, tombstone) == [], "what is gone cannot go again"
    bring(admin, gone)
    (back,) = pulled(desk, answer.version + 1).items
    assert (back.deleted, back.body) == (False, gone.body)
    desk.close()
