"""`python -m tests.trials TRIAL`: real processes and what ends them; figures in build/trials/TRIAL.jsonl.

Kills go in rounds, a line each: a run that was broken off goes on after its last whole round.
"""

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.support.central import Cluster
from tests.support.forker import ROOT
from tests.trials.cuts import cuts_round, pulls_round
from tests.trials.database import database_round
from tests.trials.disk import may_mount
from tests.trials.full import full_desks, full_server
from tests.trials.hands import hand_round
from tests.trials.kills import kill_round
from tests.trials.postgres import Postgres

BUILD = ROOT / "build" / "trials"
ROUND = 100
SUMMED = (
    "consoles",
    "servers",
    "drafts",
    "late_drafts",
    "saved",
    "cases",
    "accepted",
    "refused",
    "held_back",
    "seconds",
)


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    """The answer is the exit status."""
    options = _parser().parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    BUILD.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    options.do(options)
    tell(f"done in {time.monotonic() - began:.0f} s")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.trials", description=__doc__)
    calls = parser.add_subparsers(required=True, metavar="TRIAL")
    kills = _call(calls, "kills", _kills, "SIGKILL consoles and servers under load")
    kills.add_argument("count", type=int, nargs="?", default=ROUND, help="how many in all (default: 100)")
    kills.add_argument("--seed", type=int, default=1, help="of the first round; the next has the next one")
    kills.add_argument("--anew", action="store_true", help="forget the rounds done before with these seeds")
    for name, do, what, usual in (
        ("database", _database, "SIGKILL PostgreSQL's backends and its head under working desks", 20),
        ("cuts", _cuts, "break the lines to the centre at any byte, by an end, a reset or silence", 200),
        ("hands", _hands, "SIGKILL both desks and the centre while a draft goes from one to the other", 20),
        ("full", _full, "fill the desks' disk, and (as root) PostgreSQL's, under working desks", 20),
    ):
        trial = _call(calls, name, do, what)
        trial.add_argument("count", type=int, nargs="?", default=usual, help=f"how often (default: {usual})")
        trial.add_argument("--seed", type=int, default=1)
    return parser


def _call(calls: Any, name: str, do: Callable[[argparse.Namespace], None], help: str) -> Any:
    made = calls.add_parser(name, help=help, description=help)
    made.set_defaults(do=do)
    return made


def _kills(options: argparse.Namespace) -> None:
    ledger = BUILD / "kills.jsonl"
    if options.anew:
        ledger.unlink(missing_ok=True)
    rounds = [
        (options.seed + at, min(ROUND, options.count - at * ROUND))
        for at in range(-(-options.count // ROUND))
    ]
    done = {(line["seed"], line["asked"]): line for line in _lines(ledger)}
    with TemporaryDirectory(prefix="ioc-trials-") as folder:
        cluster: Cluster | None = None
        for key in rounds:
            if key not in done:
                cluster = cluster or Cluster(Path(folder) / "pg")
                done[key] = _round(cluster, ledger, *key)
        if cluster is not None:
            cluster.close()
    total = {name: round(sum(done[key][name] for key in rounds), 1) for name in SUMMED}
    kills = total["consoles"] + total["servers"]
    total["most_lost_s"] = max(done[key]["most_lost_s"] for key in rounds)
    tell(f"{kills} kills in {len(rounds)} rounds: {json.dumps(total)}; {total['seconds'] / kills:.2f} s each")


def _round(cluster: Cluster, ledger: Path, seed: int, kills: int) -> dict[str, Any]:
    """Leaves its folder where it is when a promise was broken."""
    folder = BUILD / f"kills-{seed}"
    if folder.exists():
        folder.rename(f"{folder}-{time.time_ns()}")
    tell(f"seed {seed}: {kills} kills …")
    line = {"asked": kills, **asdict(kill_round(cluster, folder, seed, kills))}
    shutil.rmtree(folder)
    with ledger.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    tell(json.dumps(line))
    return line


def _database(options: argparse.Namespace) -> None:
    with _fresh("database") as (folder, bare):
        postgres = Postgres(bare / "pg")
        _tell_figures("database", database_round(postgres, folder, options.seed, options.count))
        postgres.close()


def _cuts(options: argparse.Namespace) -> None:
    with _fresh("cuts") as (folder, bare):
        cluster = Cluster(bare / "pg")
        _tell_figures("cuts", cuts_round(cluster, folder / "lines", options.seed, options.count))
        if may_mount():
            pulls = max(3, options.count // 20)
            _tell_figures("pulls", pulls_round(cluster, folder / "island", options.seed, pulls))
        else:
            tell("a network namespace needs root: left out")
        cluster.close()


def _hands(options: argparse.Namespace) -> None:
    with _fresh("hands") as (folder, bare):
        cluster = Cluster(bare / "pg")
        _tell_figures("hands", hand_round(cluster, folder, options.seed, options.count))
        cluster.close()


def _full(options: argparse.Namespace) -> None:
    with _fresh("full") as (folder, bare):
        cluster = Cluster(bare / "pg")
        _tell_figures("full", full_desks(cluster, folder / "desks", options.seed, options.count))
        cluster.close()
        if may_mount():
            _tell_figures("full", full_server(folder / "server", options.seed, options.count))
        else:
            tell("PostgreSQL's own disk needs root: left out")


@contextmanager
def _fresh(name: str) -> Iterator[tuple[Path, Path]]:
    """A folder for the desks, left where it is when a promise was broken, and one for PostgreSQL."""
    folder = BUILD / name
    shutil.rmtree(folder, ignore_errors=True)
    with TemporaryDirectory(prefix="ioc-trials-") as bare:
        yield folder, Path(bare)
    shutil.rmtree(folder)


def _tell_figures(name: str, found: Any) -> None:
    line = json.dumps(asdict(found))
    with (BUILD / f"{name}.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    tell(line)


def _lines(ledger: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ledger.read_text("utf-8").splitlines()] if ledger.exists() else []


if __name__ == "__main__":
    sys.exit(main())
