"""The audit over a real PostgreSQL: what has an entry, who may read it, and what a changed row does to the
chain."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from console.central.__main__ import main
from console.central.audit_check import check
from console.domain.case import Reporter
from console.domain.command import AddNote, Assign, ShowContact
from console.domain.identity import new_id
from console.protocol.audit import AuditAnswer, AuditCheck, AuditEntry, AuditQuestion, DeskAct, DeskActs
from console.protocol.wire import CaseRecord, SearchAnswer, TokenRequest
from tests.central.reports import LEAD, accepted, code, give, logged
from tests.support.central import Central, Client

CALLER = Reporter(name="Hoàng Thị Mơ", phone="+84987123456")


@pytest.fixture
def desk(central: Central) -> Iterator[Client]:
    made = central.client()
    yield made
    made.close()


@pytest.fixture
def lead(central: Central) -> Iterator[Client]:
    made = central.client("02", "sup01")
    yield made
    made.close()


def entries(lead: Client, **asked: object) -> list[AuditEntry]:
    answer: AuditAnswer = lead.post("/audit", AuditQuestion(**asked), AuditAnswer)  # type: ignore[arg-type]
    return list(answer.entries)


def status(client: Client, path: str, asked: object) -> int:
    return client.raw("POST", path, asked).status_code


def flaw(central: Central) -> tuple[str, int]:
    *_, last = check(central.engine)
    return last.flaw, last.at


def spoil(central: Central, sql: str) -> None:
    """As somebody would who has the database's own password."""
    with central.engine.begin() as connection:
        connection.execute(text("SET session_replication_role = replica"))  # no triggers
        connection.execute(text(sql))


def test_what_was_done_and_looked_at_has_an_entry_without_personal_data(
    central: Central, desk: Client, lead: Client
) -> None:
    case = logged(desk, reporter=CALLER)
    accepted(desk, desk.command(ShowContact(reason="Gọi lại cho người phản ánh"), case))
    refused = desk.command(Assign(lead="khong-co", expects=None), case)
    assert code(give(desk, refused)[0]) == "unknown_agency"
    desk.get("/search?q=hoang+thi+mo", SearchAnswer)
    number = desk.get(f"/cases/{case}", CaseRecord).case.number
    told = entries(lead)
    assert [one.kind for one in told if one.kind not in ("sign_in", "station_enrolled")] == [
        "case_fetched",
        "searched",
        "command:assign",
        "command:show_contact",
        "command:log_report",
        "begun",
    ]
    assert {one.who for one in told if one.case == case} == {desk.user}
    assert told[2].fact == {"refused": "unknown_agency"}
    assert [one.kind for one in entries(lead, text=number, kinds=("command:",))] == [
        "command:assign",
        "command:show_contact",
        "command:log_report",
    ]
    assert entries(lead)[0].kind == "audit_read"
    with central.engine.connect() as connection:
        everything = str(connection.execute(text("SELECT * FROM audit")).all())
    assert not any(word in everything for word in ("Mơ", "hoang thi mo", "987123456", "Gọi lại"))


def test_a_wrong_password_has_an_entry_but_what_is_nobodys_name_has_none(
    central: Central, lead: Client
) -> None:
    for user in ("op01", "mật khẩu gõ nhầm chỗ"):
        other = central.client("01", "op02")
        asked = TokenRequest(station="01", station_key=other.key, user=user, password="sai rồi")
        assert status(other, "/auth/token", asked) == 401
        other.close()
    told = entries(lead, kinds=("sign_in_refused",))
    assert [(one.who, one.station) for one in told] == [("op01", "01")]


def test_supervisors_read_it_and_nobody_else(central: Central, desk: Client) -> None:
    for path, asked in (("/audit", AuditQuestion()), ("/audit/check", AuditCheck())):
        assert status(desk, path, asked) == 403
    agency = central.client("00", f"ag-{LEAD}")
    assert status(agency, "/audit/acts", DeskActs(acts=())) == 403
    agency.close()


def test_a_desks_own_acts_are_kept_once_and_never_in_anothers_name(
    central: Central, desk: Client, lead: Client
) -> None:
    case = logged(desk)
    now = central.clock.now()
    acts = [
        DeskAct(id=new_id(), at=now - timedelta(hours=1), by=desk.user, kind="case_opened", case=case),
        DeskAct(id=new_id(), at=now + timedelta(days=9), by="sup01", kind="list_exported", fact={"rows": 12}),
        DeskAct(id=new_id(), at=now, by=desk.user, kind="case_opened", case=new_id()),
    ]
    for _ in range(2):
        assert status(desk, "/audit/acts", DeskActs(acts=tuple(acts))) == 200
    told = entries(lead, station=desk.station, kinds=("case_opened", "list_exported"))
    assert [(one.kind, one.who, one.case, one.fact) for one in told] == [
        ("case_opened", desk.user, None, {}),
        ("list_exported", desk.user, None, {"rows": 12}),  # sup01 was never at this desk
        ("case_opened", desk.user, case, {}),
    ]
    assert told[1].at <= central.clock.now()
    for bad in ({"kind": "command:close"}, {"kind": ""}, {"fact": {"x": "y" * 1001}}, {"id": "1"}):
        one = {"id": new_id(), "at": now, "by": desk.user, "kind": "list_printed", **bad}
        assert status(desk, "/audit/acts", DeskActs(acts=(DeskAct(**one),))) == 400, bad


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("UPDATE audit SET who = 'op02' WHERE n = 3", ("hash", 3)),
        ("DELETE FROM audit WHERE n = 3", ("gap", 3)),
        ("UPDATE commands SET body = replace(body, 'Cột', 'Cây') WHERE kind = 'log_report'", ("command", 0)),
        ("UPDATE events SET body = replace(body, 'add_note', 'assign') WHERE seq = 2", ("command", 0)),
        ("DELETE FROM events WHERE seq = 2", ("command", 0)),
        ("UPDATE commands SET verdict = replace(verdict, 'true', 'false') WHERE seq = 2", ("command", 0)),
        (
            "INSERT INTO events SELECT 99, 0, case_id, public, body, said FROM events WHERE seq = 1",
            ("events", 0),
        ),
        (
            "INSERT INTO commands SELECT gen_random_uuid(), case_id, 98, accepted, kind, author, station, "
            "sent_by, received_at, body, verdict FROM commands LIMIT 1",
            ("unnamed", 0),
        ),
    ],
)
def test_whatever_is_changed_behind_the_centres_back_breaks_the_chain(
    central: Central, desk: Client, sql: str, found: tuple[str, int]
) -> None:
    case = logged(desk, title="Cột điện nghiêng")
    accepted(desk, desk.command(AddNote(text="Thợ hẹn quay lại"), case))
    assert flaw(central) == ("", 0)
    spoil(central, sql)
    what, at = flaw(central)
    assert what == found[0]
    assert at == found[1] or (found[1] == 0 and what == "command") or what in ("events", "unnamed")


def test_entries_cannot_be_changed_by_the_program_itself(central: Central, desk: Client) -> None:
    logged(desk)
    for sql in ("UPDATE audit SET who = ''", "DELETE FROM audit", "TRUNCATE audit"):
        with pytest.raises(ProgrammingError, match="added only"), central.engine.begin() as connection:
            connection.execute(text(sql))


def test_the_command_says_whether_it_is_whole_and_goes_on_from_an_earlier_check(
    central: Central, desk: Client, lead: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    logged(desk)
    asked = ["check-audit", "--database", central.database_url]
    assert main(asked) == 0
    seen = capsys.readouterr().out.split()[1]
    logged(desk)
    assert main([*asked, "--since", seen]) == 0, "it goes on"
    told: AuditCheck = lead.post("/audit/check", AuditCheck(), AuditCheck)
    assert told.flaw == ""
    assert told.n == told.total
    assert lead.raw("GET", "/cases/x").status_code == 404
    desk.get("/search?q=cot", SearchAnswer)
    assert main(asked) == 0
    seen = capsys.readouterr().out.split()[-1]
    spoil(central, f"DELETE FROM audit WHERE n = {seen.split(':')[0]}")  # the end is cut off
    assert main(asked) == 0, "nothing that is left names what was looked at"
    assert main([*asked, "--since", seen]) == 2, "but whoever noted the last check finds out"
    assert "gap" in capsys.readouterr().err
