"""The long trials of `python -m tests.trials`, short: killed processes, and desks that go on working while
lines, disk and database fail."""

import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.support.central import Cluster
from tests.trials.cuts import break_lines
from tests.trials.database import kill_database
from tests.trials.full import desks_disk, fill_desks, sentences_are
from tests.trials.hands import hand_round
from tests.trials.kills import kill_round
from tests.trials.place import Place
from tests.trials.postgres import Postgres
from tests.trials.work import Work


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    """One of its own, for it is to be killed."""
    with TemporaryDirectory(prefix="ioc-postgres-") as folder:
        made = Postgres(Path(folder) / "pg")
        yield made
        made.close()


@pytest.mark.timeout(300)
def test_consoles_and_servers_killed_in_turns(cluster: Cluster, tmp_path: Path) -> None:
    found = kill_round(cluster, tmp_path, random.randrange(1 << 30), kills=4, desks=2)
    assert found.consoles >= 2
    assert found.servers >= 2
    assert found.accepted > 0


@pytest.mark.timeout(300)
def test_desks_and_centre_killed_while_a_draft_is_handed_on(cluster: Cluster, tmp_path: Path) -> None:
    found = hand_round(cluster, tmp_path, random.randrange(1 << 30), kills=1)
    assert found.hops > 0
    assert found.kills == 1


@pytest.mark.timeout(300)
def test_desks_work_on_while_lines_disk_and_database_fail(postgres: Postgres, tmp_path: Path) -> None:
    seed = random.randrange(1 << 30)
    dice = random.Random(seed)
    with (
        desks_disk(tmp_path / "disk") as (by, fill),
        Place(postgres.database(), tmp_path / "disk", desks=1, logs=tmp_path) as place,
    ):
        work = Work(place, seed)
        suffered = break_lines(place, work, dice, 5)
        place.servers.cable.mend()
        fill_desks(place, work, dice, fill, 1)
        killed = kill_database(postgres, work, dice, 2)
        found = work.finish()
        sentences_are(work, by)
    assert sum(suffered.values()) >= 5, f"seed {seed}"
    assert killed["head"] == 1
    assert found.accepted > 0
