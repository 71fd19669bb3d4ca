"""People and stations, kept by administrators; supervisors read. Passwords are set by one-time codes."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from console.central.problems import bad_request
from console.central.routes.parts import Caller, Here, body_as, json_answer
from console.protocol.administration import Done, NewPassword, Person, StationRow

router = APIRouter()


@router.get("/users")
async def users(centre: Here, who: Caller) -> Response:
    """Everybody, without passwords."""
    return json_answer(await centre.gates.reading.run(centre.accounts.people, who))


@router.put("/users/{code}")
async def keep_user(request: Request, centre: Here, who: Caller, code: str) -> Response:
    """A new user, or a change of one: refused where somebody else changed them since, or where no
    administrator would be left."""
    sent = await body_as(request, Person)
    if sent.code != code:
        raise bad_request("code")
    return json_answer(await centre.gates.reading.run(centre.accounts.keep, who, sent))


@router.post("/users/{code}/reset")
async def reset(request: Request, centre: Here, who: Caller, code: str) -> Response:
    """A one-time code by which the user sets a new password within a day; the old one counts no more."""
    await body_as(request, Done)
    return json_answer(await centre.gates.reading.run(centre.accounts.reset, who, code))


@router.post("/auth/password")
async def set_password(request: Request, centre: Here) -> Response:
    """A new password by a one-time code."""
    asked = await body_as(request, NewPassword)
    await centre.gates.reading.run(centre.sessions.set_password, asked)
    return json_answer(Done())


@router.get("/stations")
async def stations(centre: Here, who: Caller) -> Response:
    """All workstations."""
    return json_answer(await centre.gates.reading.run(centre.accounts.stations, who))


@router.put("/stations/{code}")
async def keep_station(request: Request, centre: Here, who: Caller, code: str) -> Response:
    """Add one, name it, or take its key."""
    sent = await body_as(request, StationRow)
    if sent.code != code:
        raise bad_request("code")
    return json_answer(await centre.gates.reading.run(centre.accounts.keep_station, who, sent))
