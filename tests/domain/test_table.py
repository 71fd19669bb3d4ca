"""Every command in every status by every role, held against the table as docs/domain.md prints it."""

import re
from pathlib import Path

import pytest

from console.domain import command as commands
from console.domain.case import Role, Status
from console.domain.fold import ACTS
from console.domain.refusal import Code
from console.domain.rights import can, may, tag_of
from console.domain.table import BY, FROM
from tests.support.builders import AGENCY, POTHOLE, POWER, REFERENCE, actor, case_in, new_case

DOC = Path(__file__).resolve().parents[2] / "docs" / "domain.md"

OFFICE = {"operator", "dispatcher", "supervisor"}
WHO = {
    "operator": OFFICE,
    "dispatcher": {"dispatcher", "supervisor"},
    "supervisor": {"supervisor"},
    "agency": {"agency"},
    "system": {"system"},
    "any": {role.value for role in Role},
}


def printed() -> dict[str, tuple[set[str], set[str]]]:
    """Statuses and roles by kind, as the document says."""
    found = {}
    for line in DOC.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and re.match(r"[a-z_]+(, [a-z_]+)*$", cells[0]) and cells[0] != "command":
            statuses = {s.value for s in Status} if cells[1] == "any" else set(cells[1].split(", ")) - {"–"}
            roles = set[str]()
            for word in re.findall(r"^[a-z]+|(?<=, )[a-z]+|(?<=; )[a-z]+", cells[3]):
                roles |= WHO.get(word, set())
            for kind in cells[0].split(", "):
                found[kind] = (statuses, roles)
    return found


def test_the_document_prints_the_table() -> None:
    table = printed()
    assert set(table) == set(FROM) == set(BY) == set(ACTS)
    for kind, (statuses, roles) in table.items():
        assert {s.value for s in FROM[kind]} == statuses, kind
        assert {r.value for r in BY[kind]} == roles, kind


def test_each_command_of_the_wire_has_an_act() -> None:
    kinds = {tag_of(body) for body in commands.Body.__subclasses__()}
    assert kinds == set(ACTS)


@pytest.mark.parametrize("status", list(Status))
def test_status_is_judged_before_rights(status: Status) -> None:
    case = case_in(status)
    for kind in FROM:
        if kind == "log_report":
            continue
        for role in Role:
            refusal = can(actor(role), kind, case, REFERENCE)
            if status not in FROM[kind]:
                assert refusal is not None
                assert (refusal.code, refusal.now) == (Code.WRONG_STATUS, status.value)
            elif role not in BY[kind]:
                assert refusal is not None
                assert refusal.code is Code.NOT_ALLOWED


def test_an_agency_acts_where_it_leads_and_speaks_where_it_supports() -> None:
    case = case_in(Status.ASSIGNED)
    supporting, stranger = actor(Role.AGENCY, "B.101"), actor(Role.AGENCY, POWER)
    for kind in ("accept", "return", "ask_extension", "resolve"):
        assert may(AGENCY, kind, case, REFERENCE) is None
        assert may(supporting, kind, case, REFERENCE) is Code.NOT_YOURS
    for kind in ("ask_info", "add_note", "attach", "watch", "set_urgency"):
        assert may(supporting, kind, case, REFERENCE) is None
        assert may(stranger, kind, case, REFERENCE) is Code.NOT_YOURS


def test_screens_may_ask_by_class_and_without_a_case() -> None:
    assert may(actor(Role.OPERATOR), commands.Assign, None, REFERENCE) is Code.NOT_ALLOWED
    assert may(actor(Role.DISPATCHER), commands.Assign, None, REFERENCE) is None


def test_a_sensitive_type_is_closed_by_the_supervisor() -> None:
    resolved = case_in(Status.RESOLVED, type="social.abuse")
    assert may(actor(Role.DISPATCHER), "close", resolved, REFERENCE) is Code.NEEDS_SUPERVISOR
    assert may(actor(Role.SUPERVISOR), "close", resolved, REFERENCE) is None
    assert may(actor(Role.DISPATCHER), "close", new_case(type=POTHOLE), REFERENCE) is None
