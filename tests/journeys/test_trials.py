"""The long trials of `python -m tests.trials`, short: each by one small round of its own."""

import random
from pathlib import Path

import pytest

from tests.support.central import Cluster
from tests.trials.kills import kill_round


@pytest.mark.timeout(300)
def test_consoles_and_servers_killed_in_turns(cluster: Cluster, tmp_path: Path) -> None:
    found = kill_round(cluster, tmp_path, random.randrange(1 << 30), kills=6, desks=2)
    assert found.consoles >= 3
    assert found.servers >= 3
    assert found.accepted > 0
