"""OpenAPI 3.1 for bodies that msgspec reads: the schemas are made from the wire types themselves."""

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from console.domain.handover import Handover, HandoverRead
from console.domain.roster import RosterEntry
from console.protocol import administration, audit, board, post, reports, wire

BODIES: dict[tuple[str, str], tuple[Any, Any]] = {
    ("/auth/token", "post"): (wire.TokenRequest, wire.TokenAnswer),
    ("/auth/stations", "post"): (wire.StationRequest, wire.StationAnswer),
    ("/health", "get"): (None, wire.Health),
    ("/commands", "post"): (wire.CommandsRequest, wire.CommandsAnswer),
    ("/changes", "get"): (None, wire.ChangesAnswer),
    ("/snapshot", "get"): (None, wire.SnapshotLine),
    ("/search", "get"): (None, wire.SearchAnswer),
    ("/cases/{case_id}", "get"): (None, wire.CaseRecord),
    ("/reference", "get"): (None, wire.ReferenceAnswer),
    ("/reference", "post"): (administration.ReferenceImport, list[wire.ImportChange]),
    ("/reference/history", "get"): (None, administration.HistoryAnswer),
    ("/users", "get"): (None, administration.PeopleAnswer),
    ("/users/{code}", "put"): (administration.Person, administration.Person),
    ("/users/{code}/reset", "post"): (administration.Done, administration.OneTimeCode),
    ("/auth/password", "post"): (administration.NewPassword, administration.Done),
    ("/stations", "get"): (None, administration.StationsAnswer),
    ("/stations/{code}", "put"): (administration.StationRow, administration.StationRow),
    ("/audit", "post"): (audit.AuditQuestion, audit.AuditAnswer),
    ("/audit/acts", "post"): (audit.DeskActs, dict[str, str]),
    ("/audit/check", "post"): (audit.AuditCheck, audit.AuditCheck),
    ("/presence", "post"): (wire.PresenceRequest, list[wire.Presence]),
    ("/stream", "get"): (None, wire.StreamChanged),
    ("/views", "get"): (None, wire.ViewsAnswer),
    ("/views/{view_id}", "put"): (wire.SharedView, wire.SharedView),
    ("/handed-drafts", "get"): (None, wire.HandedAnswer),
    ("/handed-drafts/{hand_id}", "put"): (wire.HandedDraft, wire.HandedDraft),
    ("/shift-book", "get"): (None, wire.ShiftBookAnswer),
    ("/shift-book/past", "get"): (None, wire.RosterPast),
    ("/shift-book/desk", "put"): (wire.DeskFacts, wire.DeskFacts),
    ("/shift-book/roster", "put"): (RosterEntry, RosterEntry),
    ("/shift-book/sheets/{sheet_id}", "put"): (Handover, Handover),
    ("/shift-book/reads", "put"): (HandoverRead, HandoverRead),
    ("/reports", "get"): (None, reports.ReportsAnswer),
    ("/reports/figures", "get"): (None, reports.ReportAnswer),
    ("/reports/{report_id}", "get"): (None, reports.ReportAnswer),
    ("/reports/locks", "post"): (reports.LockRequest, reports.ReportAnswer),
    ("/post", "get"): (None, post.PostAnswer),
    ("/post/{message}", "get"): (None, post.PostLetter),
    ("/post/again", "post"): (post.PostAgain, post.PostLetter),
    ("/desk-days", "put"): (board.DeskDay, board.DeskDays),
    ("/sample-scores", "get"): (None, board.SampleScores),
    ("/sample-scores", "put"): (board.SampleScore, board.SampleScore),
    ("/number-notes", "get"): (None, wire.NumberNotesAnswer),
    ("/number-notes", "put"): (wire.NumberNote, wire.NumberNote),
}
MEDIA = {"/snapshot": "application/x-ndjson", "/stream": "text/event-stream"}

FILE = "/attachments/{sha256}"
PLAIN: dict[tuple[str, str], str | None] = {
    (FILE, "put"): None,
    (FILE, "head"): None,
    (FILE, "get"): "application/octet-stream",
    (f"{FILE}/thumbnail", "get"): "image/png",
}
"""Calls of bytes, with what they answer."""


def describe(app: FastAPI) -> None:
    """Let the application publish a document with these bodies in it."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(title=app.title, version=app.version, openapi_version="3.1.0", routes=app.routes)
    kinds = [kind for pair in BODIES.values() for kind in pair if kind is not None] + [wire.Problem]
    schemas, components = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    by_kind = iter(schemas)
    for (path, method), (asked, _) in BODIES.items():
        call = document["paths"]["/api/v1" + path][method]
        if asked is not None:
            content = {"application/json": {"schema": next(by_kind)}}
            call["requestBody"] = {"required": True, "content": content}
        media = MEDIA.get(path, "application/json")
        call["responses"]["200"]["content"] = {media: {"schema": next(by_kind)}}
        _may_fail(call, schemas[-1])
    for (path, method), media_type in PLAIN.items():
        call = document["paths"]["/api/v1" + path][method]
        if method == "put":
            call["requestBody"] = {"required": True, "content": {"application/octet-stream": {}}}
        call["responses"]["200"]["content"] = {media_type: {}} if media_type else {}
        _may_fail(call, schemas[-1])
    document.setdefault("components", {}).setdefault("schemas", {}).update(components)
    return document


def _may_fail(call: dict[str, Any], schema: dict[str, Any]) -> None:
    problem = {"application/problem+json": {"schema": schema}}
    call["responses"]["default"] = {"description": "A problem (RFC 9457)", "content": problem}
