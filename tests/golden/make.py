"""Write the golden store of this program's schema, through the desk as an operator would.

Three calls the centre knows, one of them with a refused forwarding and what waits behind it; one call whose
forwarding still rests here, one let go into the bin, and a draft in each state.
"""

import asyncio
import json
import shutil
import tempfile
from pathlib import Path

import msgspec

from console.desk.desk import Desk
from console.desk.rows import View
from console.domain.command import AddNote, Assign
from console.domain.refusal import Code
from console.models.folder import FILE
from console.models.migrations.upgrade import HEAD
from tests.desk.centre import TinyCentre
from tests.desk.people import LEAD, MONDAY, REFERENCE, Wall, open_at, report

KEY = bytes(range(100, 132))
FOLDER = Path(__file__).parent
TITLES = (
    "Nắp cống vỡ",
    "Đèn đường tắt cả dãy phố",
    "Rác đổ trộm ngoài bãi biển",
    "Cây đổ chắn đường",
    "Ổ gà",
)


async def _logged(desk: Desk, title: str, forward: bool) -> str:
    draft = await desk.open_draft()
    body = report(draft, title=title)
    done = await desk.log_report(draft, body, Assign(lead=LEAD, expects=None) if forward else None)
    return done.case


def _sent(desk: Desk, centre: TinyCentre) -> None:
    port = desk.sync_port
    while batch := port.next_batch(100):
        port.apply_verdicts(centre.judge(batch), centre.now)
    port.apply_changes(centre.changes(port.cursor() or 0))


async def _refused(desk: Desk, centre: TinyCentre, case_id: str) -> None:
    """A note that the centre does not take, and one that is held back behind it."""
    await desk.act(case_id, AddNote(text="Đã gọi lại, máy bận"))
    await desk.act(case_id, AddNote(text="Đã gọi lại, người dân đồng ý chờ"))
    first, *_ = desk.sync_port.next_batch(100)
    desk.sync_port.apply_verdicts([centre.refuse(first, Code.FAILED)], centre.now)


async def fill(desk: Desk, centre: TinyCentre, wall: Wall) -> None:
    """Everything that a store of a busy afternoon holds, a little of each."""
    known = [await _logged(desk, title, forward=True) for title in TITLES[:3]]
    wall.pass_(seconds=20)
    _sent(desk, centre)
    await _refused(desk, centre, known[0])
    await _refused(desk, centre, known[1])
    back = (await desk.outbox()).attention
    await desk.let_go(next(row.id for row in back if row.case == known[1] and row.refusal is not None))
    await _logged(desk, TITLES[3], forward=False)
    await _logged(desk, TITLES[4], forward=True)
    await desk.mark_read(known[0])
    typed = msgspec.structs.replace(
        await desk.open_draft(), description="Nước ngập đến đầu gối", note="gọi lại"
    )
    await desk.save_draft(typed)
    await desk.discard_draft((await desk.open_draft()).id)


async def _read(desk: Desk) -> dict[str, object]:
    """What this program finds in it, as plain values."""
    page = await desk.queue(View.OPEN, limit=100)
    views = [view for row in page.rows if (view := await desk.case(row.id)) is not None]
    outbox = await desk.outbox()
    rows = (*outbox.attention, *outbox.waiting, *outbox.sent)
    return {
        "cases": [msgspec.to_builtins(view.case) for view in views],
        "events": {view.case.id: [event.id for event in view.events] for view in views},
        "letters": [[row.id, row.case, row.kind, row.state.value] for row in rows],
        "binned": [row.id for row in await desk.binned()],
        "drafts": [msgspec.to_builtins(draft) for draft in await desk.drafts()],
        "cursor": desk.sync_port.cursor(),
    }


async def make(folder: Path) -> dict[str, object]:
    """Fill a new store in `folder`; answer with what is in it."""
    wall = Wall(MONDAY)
    desk = await open_at(folder, wall, key=KEY)
    try:
        await fill(desk, TinyCentre(REFERENCE, MONDAY), wall)
        return await _read(desk)
    finally:
        desk.close()


def main() -> None:
    """Put store and contents beside this file; one that is there already stays."""
    target = FOLDER / f"store-{HEAD}.db"
    if target.exists():
        raise SystemExit(f"{target.name} is there already")
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(make(Path(folder)))
        shutil.copy2(Path(folder) / FILE, target)
    words = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)
    target.with_suffix(".json").write_text(words + "\n", "utf-8")


if __name__ == "__main__":
    main()
