"""The search for duplicates, judged by those that the practice province plants and keeps the truth of."""

import asyncio
import json
from pathlib import Path

import pytest

from benchmarks.duplicates import generated, main, measure


def test_what_is_repeated_is_shown_and_what_is_new_seldom_is() -> None:
    found = asyncio.run(measure(generated(11, 500, worse=False)))
    assert found.repeats > 15
    assert found.recall >= 90
    assert found.likely >= 90
    assert found.alarms <= 5


def test_a_file_is_measured_whatever_its_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = {"text": "Nắp cống vỡ trước chợ", "type": "drainage.manhole", "commune": "18853", "truth": "a"}
    pin = {"lon": 106.62, "lat": 17.48}
    calls = [call | pin | {"at": f"2024-10-0{day}T08:00:00+07:00"} for day in (2, 1)]
    calls.append(calls[0] | {"truth": "", "type": "power.outage"})
    file = tmp_path / "calls.jsonl"
    file.write_text("\n\n".join(json.dumps(one) for one in calls), "utf-8")
    main([str(file)])
    assert capsys.readouterr().out.splitlines()[1].split()[1:6] == ["3", "1", "1.000", "1.000", "0.00"]
