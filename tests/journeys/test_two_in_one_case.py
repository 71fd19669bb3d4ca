"""Two people in one case: each sees the other before acting, and no longer once they have gone."""

import asyncio
from pathlib import Path

from console.ui.queue.model import PRESENT
from console.ui.theme import Theme
from tests.support.central import Central
from tests.support.office import AtWork, awaited
from tests.support.world import World

OTHER = "(bàn 03)"


async def writes_a_note(at: AtWork, case: str) -> None:
    """A note is begun in the case."""
    at.rooms.case.begin(case, "N")
    await at.sees(lambda: at.rooms.case.composer is not None, "the composer")


def test_each_sees_the_other_before_acting_and_not_after_they_left(
    loop: asyncio.AbstractEventLoop, theme: Theme, centre: Central, tmp_path: Path
) -> None:
    async def story() -> None:
        async with World(centre.url, tmp_path) as world:
            one, two = await world.sit_down("03", "op03"), await world.sit_down("08", "op07")
            case = await one.log()
            await two.knows(case)
            async with AtWork(two, theme) as there:
                await there.chooses(case)
                pane, queue = there.rooms.case, there.rooms.queue
                await there.sees(lambda: queue.model.rowCount() == 1, "the row")
                row = queue.model.index(0, 0)
                async with AtWork(one, theme) as here:
                    await here.chooses(case)
                    await there.sees(lambda: OTHER in pane.sheet.company.words.text(), "who is there")
                    assert [one.station for one in row.data(PRESENT)] == ["03"]
                    await writes_a_note(here, case)
                    words = pane.sheet.company.words
                    await there.sees(lambda: "đang nhập" in words.text(), "that they write")
                    await writes_a_note(there, case)
                    assert pane.composer is not None
                    assert OTHER in pane.composer.company.text()
                    assert pane.composer.company.isVisible()
                    mine = here.rooms.case
                    await here.sees(lambda: mine.composer and mine.composer.company.isVisible(), "the same")
                await there.sees(lambda: not row.data(PRESENT), "that they have gone")
                await there.sees(lambda: not pane.sheet.company.isVisible(), "the head without them")
                assert not pane.composer.company.isVisible()

    awaited(loop, story)
