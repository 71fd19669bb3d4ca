"""The telephone of a desk from its settings to its end, and a program that a softphone starts for a call."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import keyring
import platformdirs
import pytest

from console.app import main
from console.desk.desk import Desk
from console.domain.telephone import CallState, Ending, LineState
from console.options import Options, read_options
from console.place import Place, duty_place, practice_place
from console.settings import settings_file
from console.telephone import Telephone, handed_elsewhere
from tests.desk.people import MONDAY, Wall, open_at
from tests.journeys.test_program import Keys
from tests.telephony.sipp import WHO_CALLS, free_port, played

PATIENCE_S = 20.0


async def errand(work: Callable[[], Any]) -> Any:
    return await asyncio.to_thread(work)


async def until(desk: Desk, true: Callable[[], Any]) -> None:
    """Wait until it is so, hearing of changes as a window does."""
    news = asyncio.Event()
    end = desk.feed.subscribe(lambda changes: news.set())
    async with asyncio.timeout(PATIENCE_S):
        while not true():
            await news.wait()
            news.clear()
    end()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Place]:
    """Write the [telephone] of a desk on duty; the place it has then."""
    monkeypatch.setattr(platformdirs, "user_config_path", lambda app: tmp_path / app)
    settings_file().parent.mkdir()

    def written(telephone: str) -> Place:
        text = f'server = "http://127.0.0.1:9"\nstation = "03"\n{telephone}'
        settings_file().write_text(text, encoding="utf-8")
        return duty_place(Options(folder=tmp_path / "desk"))

    return written


@contextmanager
def secrets(kept: dict[tuple[str, str], str]) -> Iterator[None]:
    before, ring = keyring.get_keyring(), Keys()
    ring.kept = kept
    keyring.set_keyring(ring)
    yield
    keyring.set_keyring(before)


def during(place: Place, options: Options, story: Callable[[Desk], Any], wall: Wall | None = None) -> None:
    """A desk with its telephone while `story` is told; nothing of it is left."""

    async def whole() -> None:
        desk = await open_at(place.folder, wall or Wall(MONDAY))
        telephone = Telephone(desk, place, options, errand)
        telephone.start()
        telephone.start()
        try:
            await story(desk)
        finally:
            await telephone.close()
            await asyncio.to_thread(desk.close)

    asyncio.run(whole())
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("telephone")]


def test_a_softphones_calls_go_to_the_console_that_runs(
    settings: Callable[[str], Place], capsys: pytest.CaptureFixture[str]
) -> None:
    place = settings('[telephone]\nkind = "handed_over"\n')

    async def story(desk: Desk) -> None:
        await until(desk, lambda: desk.line.kind == "handed_over" and desk.line.up)
        for given in ("--call", "--answered"):
            arguments = [given, "sip:0905123456@tongdai", "--folder", str(place.folder)]
            assert await asyncio.to_thread(main, arguments) == 0
        await until(desk, lambda: desk.calls() and desk.calls()[0].state is CallState.TALKING)
        assert desk.calls()[0].phone == "+84905123456"

    during(place, Options(folder=place.folder), story)
    assert capsys.readouterr().err == ""


def test_a_console_that_a_call_has_started_shows_it(settings: Callable[[str], Place]) -> None:
    place = settings('[telephone]\nkind = "handed_over"\n')
    options = read_options(["--call", "0905 123 456", "--folder", str(place.folder)])
    assert handed_elsewhere(options) is None, "nobody runs: it starts itself"
    over = read_options(["--ended", "0905123456", "--folder", str(place.folder)])
    assert handed_elsewhere(over) == "", "no program is started for what is over"

    async def story(desk: Desk) -> None:
        await until(desk, desk.calls)
        assert desk.calls()[0].number == "0905123456"
        await desk.answer_call(desk.calls()[0].id)
        assert desk.calls()[0].state is CallState.TALKING

    during(place, options, story)


def test_a_call_for_a_line_that_takes_none_over_is_told_so(
    settings: Callable[[str], Place], capsys: pytest.CaptureFixture[str]
) -> None:
    settings("")
    assert main(["--call", "0905123456"]) == 2
    assert "handed_over" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--call", "tám"])
    assert "a telephone number, e.g. 0905123456" in capsys.readouterr().err


def test_an_exchanges_secret_comes_out_of_the_keyring(settings: Callable[[str], Place]) -> None:
    place = settings('[telephone]\nkind = "push"\n[telephone.push]\nport = 0\nsecret = "pbx"\n')
    seen: list[LineState] = []

    async def story(desk: Desk) -> None:
        await until(desk, lambda: desk.line.kind == "push")
        seen.append(desk.line)

    with secrets({}):
        during(place, Options(), story)
    with secrets({("ioc-console telephone", "pbx"): "trung-tam"}):
        during(place, Options(), story)
    assert [(state.up, state.why) for state in seen] == [(False, "not_set_up"), (True, "")]
    assert all(state.since is not None for state in seen)


def test_practice_has_people_who_call_unless_its_province_stands_still(tmp_path: Path) -> None:
    options = Options(practice=True, folder=tmp_path, speed=0.0)

    async def story(desk: Desk) -> None:
        await until(desk, lambda: desk.line.kind == "simulated")
        call = await desk.dial("0905123456")
        assert [(c.id, c.incoming) for c in desk.calls()] == [(call, False)]
        await desk.hang_up_call(call)
        await until(desk, lambda: not desk.calls())

    during(practice_place(options), options, story)


def test_a_real_call_rings_is_answered_and_ended_with_its_times(
    settings: Callable[[str], Place], tmp_path: Path
) -> None:
    port, wall = free_port(), Wall(MONDAY)
    place = settings(
        f'[telephone]\nkind = "sip"\n[telephone.sip]\nserver = "127.0.0.1"\nuser = "ban03"\n'
        f'register = false\nlisten = "127.0.0.1:{port}"\nsound = "aubridge,nil"\n'
    )

    async def story(desk: Desk) -> None:
        await until(desk, lambda: desk.line.kind == "sip" and desk.line.up)
        with played(WHO_CALLS["waits"], tmp_path, f"127.0.0.1:{port}"):
            await until(desk, desk.calls)
            call = desk.calls()[0]
            assert (call.state, call.phone, call.name) == (CallState.RINGING, "+84905123456", "Ông Bảy")
            wall.pass_(seconds=7)
            await desk.answer_call(call.id)
            wall.pass_(seconds=60)
            await desk.hold_call(call.id)
            await desk.resume_call(call.id)
            await desk.hang_up_call(call.id)
            await until(desk, lambda: desk.calls()[0].state is CallState.ENDED)
        over = desk.calls()[0]
        assert over.answered_at is not None
        assert over.ended_at is not None
        assert [(at - MONDAY).seconds for at in (over.rang_at, over.answered_at, over.ended_at)] == [0, 7, 67]
        assert over.how is Ending.DESK

    with secrets({}):
        during(place, Options(folder=place.folder), story, wall)
