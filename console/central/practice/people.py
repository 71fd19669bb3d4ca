"""Made-up people: who calls, and who works at the switchboard and the agencies.

Phones: a Vietnamese mobile prefix and seven digits out of the seed. They are made up (see
resources/reference/PRACTICE.json); practice mode never calls or texts anybody.
"""

from datetime import date
from functools import lru_cache
from random import Random

from console.central.practice.words import words
from console.domain.case import Actor, Reporter, Role
from console.domain.reference import Reference, in_force

PREFIXES = ("91", "94", "98", "97", "96", "90", "93", "35", "36", "37", "38", "39", "86", "88", "81", "82")
ANONYMOUS, NAMELESS, CALLBACK = 0.07, 0.12, 0.72  # shares of reporters
SYSTEM = Actor(user="system", name="Hệ thống tiếp nhận", role=Role.SYSTEM, station="00")
OPERATORS, DISPATCHERS, SUPERVISORS = 9, 3, 2


def made_name(rng: Random) -> str:
    """A full name."""
    names = words().names
    woman = rng.random() < 0.5
    middle = rng.choice(names.middle_woman if woman else names.middle_man)
    given = rng.choice(names.given_woman if woman else names.given_man)
    return f"{rng.choice(names.family)} {middle} {given}"


def made_phone(rng: Random) -> str:
    """E.164."""
    return f"+84{rng.choice(PREFIXES)}{rng.randrange(10_000_000):07d}"


def reporter(seed: int, index: int, written: bool) -> Reporter:
    """The reporter number `index` of a seed: always the same person for the same number."""
    rng = Random(f"person {seed} {index}")
    name, phone = made_name(rng), made_phone(rng)
    if not written and rng.random() < ANONYMOUS:
        return Reporter(anonymous=True)
    if rng.random() < NAMELESS:
        name = ""
    return Reporter(name=name, phone=phone, callback=rng.random() < CALLBACK)


def _member(kind: str, number: int, role: Role, station: str) -> Actor:
    name = made_name(Random(f"staff {kind} {number}"))
    return Actor(user=f"{kind}{number:02d}", name=name, role=role, station=station)


@lru_cache(maxsize=1)
def staff() -> dict[str, Actor]:
    """The switchboard's people by user name: op01-op09, dp01-dp03, sup01-sup02. Operators with an odd
    number are dispatchers too, so that they can forward what they log."""
    made = [
        _member("op", n, Role.DISPATCHER if n % 2 else Role.OPERATOR, f"{n:02d}")
        for n in range(1, OPERATORS + 1)
    ]
    made += [_member("dp", n, Role.DISPATCHER, f"{n + 3:02d}") for n in range(1, DISPATCHERS + 1)]
    made += [_member("sup", n, Role.SUPERVISOR, f"{n:02d}") for n in range(1, SUPERVISORS + 1)]
    return {actor.user: actor for actor in made}


@lru_cache(maxsize=2048)
def agency_actor(code: str) -> Actor:
    """The person who acts for an agency: user `ag-<code>`."""
    name = made_name(Random(f"agency {code}"))
    return Actor(user=f"ag-{code}", name=name, role=Role.AGENCY, station="00", agency=code)


def practice_users(reference: Reference, on: date) -> list[Actor]:
    """Everybody who can sign in to practice mode: staff, two administrators, one person for each agency."""
    admins = [
        Actor(user=user, name=name, role=Role.ADMIN, station="00")
        for user, name in (("admin", "Quản trị viên"), ("adm01", "Lê Thu Hà"))
    ]
    agencies = [agency_actor(agency.code) for agency in in_force(reference.agencies, on)]
    return [*staff().values(), *admins, *agencies]
