"""What holds for every call: problems with codes, sizes, old consoles, the server's time, the description."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
import requests

from console.central.migrate import head
from console.central.routes.parts import MOST_BYTES
from console.protocol.wire import HEADER_PROTOCOL, PROTOCOL, CommandsRequest, Health
from tests.central.reports import report
from tests.support.central import Central, Client

CALLS = {
    ("/auth/token", "post"),
    ("/auth/stations", "post"),
    ("/health", "get"),
    ("/commands", "post"),
    ("/changes", "get"),
    ("/snapshot", "get"),
    ("/reference", "get"),
    ("/reference", "post"),
    ("/reference/history", "get"),
    ("/users", "get"),
    ("/users/{code}", "put"),
    ("/users/{code}/reset", "post"),
    ("/auth/password", "post"),
    ("/stations", "get"),
    ("/stations/{code}", "put"),
    ("/presence", "post"),
    ("/stream", "get"),
    ("/attachments/{sha256}", "put"),
    ("/attachments/{sha256}", "head"),
    ("/attachments/{sha256}", "get"),
    ("/attachments/{sha256}/thumbnail", "get"),
    ("/cases/{case_id}", "get"),
    ("/search", "get"),
    ("/handed-drafts", "get"),
    ("/handed-drafts/{hand_id}", "put"),
    ("/reports", "get"),
    ("/reports/figures", "get"),
    ("/reports/{report_id}", "get"),
    ("/reports/locks", "post"),
    ("/post", "get"),
    ("/post/{message}", "get"),
    ("/post/again", "post"),
    ("/number-notes", "get"),
    ("/desk-days", "put"),
    ("/sample-scores", "get"),
    ("/sample-scores", "put"),
    ("/number-notes", "put"),
    ("/views", "get"),
    ("/views/{view_id}", "put"),
    ("/audit", "post"),
    ("/audit/acts", "post"),
    ("/audit/check", "post"),
    ("/shift-book", "get"),
    ("/shift-book/desk", "put"),
    ("/shift-book/past", "get"),
    ("/shift-book/reads", "put"),
    ("/shift-book/roster", "put"),
    ("/shift-book/sheets/{sheet_id}", "put"),
}


@pytest.fixture
def desk(central: Central) -> Iterator[Client]:
    made = central.client()
    yield made
    made.close()


def told(response: requests.Response) -> tuple[int, str]:
    """Status and code of a problem document."""
    assert response.headers["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def test_health_says_which_program_schema_and_time(central: Central, desk: Client) -> None:
    health: Health = desk.get("/health", Health)
    assert (health.status, health.protocol, health.schema, health.practice) == ("ok", PROTOCOL, head(), True)
    assert abs(health.server_time - desk.clock.now()) < timedelta(minutes=1)


def test_each_answer_tells_the_servers_time_in_utc(desk: Client) -> None:
    for response in (desk.raw("GET", "/changes?after=0"), desk.raw("GET", "/nowhere")):
        stamp = response.headers["X-Server-Time"]
        assert stamp.endswith("Z")
        assert abs(datetime.fromisoformat(stamp) - desk.clock.now()) < timedelta(minutes=1)


NOT_UNDERSTOOD = (b"", b"{", b"\xff", b"[]", b'{"commands": 3}', b"[" * 100_000)


def test_a_body_that_is_not_understood_is_a_problem_with_a_code(desk: Client) -> None:
    for path in ("/commands", "/auth/token", "/auth/stations", "/presence"):
        for body in NOT_UNDERSTOOD:
            assert told(desk.raw("POST", path, body)) == (400, "bad_request"), (path, body[:20])


def test_a_query_that_is_not_understood_is_a_problem_with_a_code(desk: Client) -> None:
    for query in ("", "?after=x", "?after=-1", "?after=0&limit=0", "?after=0&limit=1001"):
        assert told(desk.raw("GET", "/changes" + query)) == (400, "bad_request"), query


def test_a_call_that_is_not_there_is_a_problem_with_a_code(desk: Client) -> None:
    assert told(desk.raw("GET", "/nowhere")) == (404, "no_such_call")
    assert told(desk.raw("DELETE", "/commands"))[0] == 405


def test_a_body_that_is_too_large_is_refused(desk: Client) -> None:
    assert told(desk.raw("POST", "/commands", b" " * (MOST_BYTES + 1))) == (413, "too_large")


def test_a_console_too_old_is_told_so_and_still_delivers(desk: Client) -> None:
    desk.session.headers[HEADER_PROTOCOL] = "0"
    for path in ("/changes?after=0", "/snapshot", "/reference", "/stream"):
        assert told(desk.raw("GET", path)) == (426, "console_too_old")
    given = CommandsRequest(commands=(desk.command(report(desk)),))
    assert desk.raw("POST", "/commands", given).json()["verdicts"][0]["accepted"]
    assert desk.raw("GET", "/health").status_code == 200
    desk.session.headers[HEADER_PROTOCOL] = str(PROTOCOL + 1)
    assert desk.raw("GET", "/changes?after=0").status_code == 200


def test_a_console_that_is_newer_may_say_more_than_the_server_knows(desk: Client) -> None:
    command = msgspec.to_builtins(desk.command(report(desk)))
    command["body"]["weather"], command["mood"] = "mưa", 3
    answer = desk.raw("POST", "/commands", msgspec.json.encode({"commands": [command], "hint": 1}))
    assert answer.json()["verdicts"][0]["accepted"]


def test_the_description_is_openapi_3_1_and_names_every_call(central: Central) -> None:
    response = requests.get(f"{central.url}/api/v1/openapi.json", timeout=30)
    document: dict[str, Any] = response.json()
    assert document["openapi"].startswith("3.1")
    named = {(path, method) for path, calls in document["paths"].items() for method in calls}
    assert named == {("/api/v1" + path, method) for path, method in CALLS}
    for path, method in named:
        call = document["paths"][path][method]
        assert ("requestBody" in call) == (method in ("post", "put")), (path, method)
        assert "application/problem+json" in call["responses"]["default"]["content"]
    text, schemas = response.text, document["components"]["schemas"]
    assert {"Command", "LogReport", "Verdict", "Case", "Event", "Problem"} <= set(schemas)
    used = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert used <= set(schemas)
