"""Vietnamese typed with a real input method, key by key, into the real window: a word that is still being
composed is never lost, doubled or put elsewhere, and none of its letters is a key of something."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console.desk.clock import Clock
from console.desk.opening import open_desk
from console.reference import bundled
from tests.desk.people import DISPATCHER, KEY, MONDAY
from tests.support.forker import Driver
from tests.support.keyboard import Keyboard, keyboard

pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("keyboard")]
CALLS = ("giếng", "cốngvỡ", "bêtông", "đêm")
STORY, TYPED = "nắp cống bê tông vỡ", "nawsp coongs bee toong vowx"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keyboard]:
    with keyboard(tmp_path_factory.mktemp("keyboard")) as made:
        yield made


class Console:
    """A console in a process of its own, seen by what it says."""

    def __init__(self, driver: Driver, folder: Path, keys: Keyboard) -> None:
        self._driver, self._folder, self.keys = driver, folder, keys
        self._lives = 0

    @property
    def now(self) -> dict[str, Any]:
        """How everything stands."""
        found: dict[str, Any] = next(
            (line["state"] for line in reversed(self._driver.lines) if "state" in line), {}
        )
        return found

    def start(self, way: str) -> None:
        """A window with the queue before it, on a store of its own: the one that stands there already, unless
        it was killed or types another way."""
        if self.keys.way == way and self.now and not self._driver.gone:
            return
        if self.now and not self._driver.gone:
            self._driver.kill()
        self.keys.use(way)
        self._lives += 1
        self._driver.begin(f"desk{self._lives}")
        self.sees(active=True, row=0)

    def sees(self, **wanted: Any) -> None:
        """Until it stands so."""

        def so() -> bool:
            return {name: self.now.get(name) for name in wanted} == wanted

        assert self._driver.until(so), f"never seen: {wanted}; it is {self.now}"

    def hears(self, name: str, times: int = 1) -> Any:
        """What it said under that name, once it has said it so often."""

        def said() -> list[Any]:
            return [line[name] for line in self._driver.lines if name in line]

        assert self._driver.until(lambda: len(said()) >= times), f"never said: {name}; it is {self.now}"
        return said()[times - 1]

    def new(self) -> None:
        """Ctrl+N, and the cursor in the words of the caller."""
        self.keys.press("ctrl+n")
        self.sees(room="intake", field="type", composed="")
        self.go("n", "content")

    def go(self, letter: str, field: str) -> None:
        """Alt and the letter of the field."""
        self.keys.press(f"alt+{letter}")
        self.sees(field=field)

    def click(self, spot: str) -> None:
        """The pointer follows what is still being laid out, until it is on it."""
        there: list[int] = []

        def moved_or_met() -> bool:
            return self.now["spots"][spot] != there or spot in self.now["under"]

        while there != self.now["spots"][spot]:
            there = self.now["spots"][spot]
            self.keys.point(*there)
            assert self._driver.until(moved_or_met), f"the pointer is never on {spot}; it is {self.now}"
        self.keys.click()

    def drafts_after_a_kill(self) -> list[str]:
        """SIGKILL; what the drafts on the disk hold."""
        self._driver.kill()
        return asyncio.run(drafts_in(self._folder / f"desk{self._lives}"))


async def drafts_in(folder: Path) -> list[str]:
    desk = await open_desk(folder, KEY, bundled(), DISPATCHER, undo_seconds=0, clock=Clock(starts_at=MONDAY))
    try:
        return sorted(draft.description for draft in await desk.drafts())
    finally:
        await asyncio.to_thread(desk.close)


@pytest.fixture(scope="module")
def consoles(keys: Keyboard, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    folder = tmp_path_factory.mktemp("desks")
    driver = Driver(
        "tests.journeys.typing_driver", str(folder), complaints=folder / "complaints", env=keys.env
    )
    yield Console(driver, folder, keys)
    driver.close()


@pytest.fixture
def console(consoles: Console) -> Console:
    consoles.start("telex")
    return consoles


def test_a_report_saved_within_a_word(console: Console) -> None:
    """By keys, and by the mouse: that one tells the input method nothing."""
    for times, save in enumerate((lambda: console.keys.press("ctrl+s"), lambda: console.click("later")), 1):
        console.keys.press("ctrl+n")
        console.sees(room="intake", field="type", composed="")
        console.keys.type("nawsp coongs")
        console.sees(type_text="nắp cống", suggested=True)
        console.keys.press("Return")
        console.sees(field="questions", type="drainage.manhole")
        console.go("m", "place")
        console.keys.type("lys thuowngf kieejt")
        console.sees(place="lý thường kiệt", places=True)
        console.keys.press("Return")
        console.sees(field="phone", commune="18853")
        console.keys.type("0912345678")
        console.go("n", "content")
        console.keys.type(TYPED)
        console.sees(composed=STORY)
        save()
        assert console.hears("saved", times) == STORY
    assert console.now["letters"] == ""


def test_the_cursor_leaves_within_a_word(console: Console) -> None:
    console.new()
    console.keys.type("nawsp")
    console.go("m", "place")
    console.keys.type("lys")
    console.keys.press("Tab")
    console.sees(field="commune", place="lý")
    console.keys.type("ddoongf")
    console.sees(commune_text="đồng")
    console.click("note")
    console.sees(field="note", commune_text="đồng")
    console.keys.type("soos")
    console.sees(note_composed="số")
    console.keys.press("ctrl+1")
    console.sees(room="queue", note="số", content="nắp", settled=True)
    console.keys.press("ctrl+2")
    console.sees(room="intake", field="note", note_composed="số", composed="nắp", commune_text="đồng")


def test_a_suggestion_is_clicked_within_a_word(console: Console) -> None:
    console.keys.press("ctrl+n")
    console.sees(room="intake", field="type")
    console.keys.type("nawsp coong")
    console.sees(type_text="nắp công", suggested=True)
    console.click("suggestion")
    console.sees(type="drainage.manhole")
    chosen = console.now["type_text"]
    console.go("n", "content")
    console.keys.type("vowx ")
    console.sees(content="vỡ ", type="drainage.manhole", type_text=chosen)


def test_single_keys_of_the_list(console: Console) -> None:
    """Also letters that would be marks, and also right after words were composed."""
    row, before = console.now["row"], console.now["letters"]
    console.new()
    console.keys.type("nawsp")
    console.sees(composed="nắp")
    console.keys.press("ctrl+1")
    console.sees(room="queue", content="nắp")
    console.keys.type("jjkrwe")
    console.sees(row=row + 1, letters=before + "RWE", focus="QueueTable")
    console.keys.press("ctrl+2")
    console.sees(room="intake", composed="nắp", field="content")
    console.keys.type(" jjaax")
    console.sees(composed="nắp jjaax", row=row + 1, letters=before + "RWE")


def test_calls_are_switched_within_a_word(console: Console) -> None:
    words = iter(("gieengs", "coongs", "bee", "vowx", "ddeem", "toong"))

    def types(seen: str) -> None:
        console.go("n", "content")
        console.keys.type(next(words))
        console.sees(composed=seen)

    console.new()
    types("giếng")
    console.keys.press("F9")  # takes who rings
    console.sees(phone="0912 000 002", composed="")
    types("cống")
    console.click("chip")
    console.sees(phone="0912 000 001", composed="")
    types("bê")
    console.keys.press("alt+2")
    console.sees(phone="0912 000 002", content="cống", composed="cống")
    types("cốngvỡ")
    console.keys.press("ctrl+n")
    console.sees(phone="", composed="")
    types("đêm")
    console.keys.press("alt+1")
    console.sees(content="bê", composed="bê")
    types("bêtông")
    console.sees(content="bê", settled=True)
    kept = console.drafts_after_a_kill()
    assert [kept.count(words) for words in CALLS] == [1] * len(CALLS)


def test_vni_and_a_kill_within_a_word(consoles: Console) -> None:
    consoles.start("vni")
    consoles.new()
    consoles.keys.type("na81p co61ng be6 to6ng vo74")
    consoles.sees(composed=STORY, content=STORY[:-2], settled=True)
    assert consoles.drafts_after_a_kill() == [STORY]
