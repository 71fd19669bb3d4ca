"""From the key press to the painted case: 2,000 events and 60 files against three events and no file; and
what the event loop waits meanwhile.

Both cases lie in one store and are opened in turns in the same pane, each read anew. Painted: the pane has
painted the case that was asked for. The pause that lets a running cursor pass is not counted.
"""

import asyncio
import os
import shutil
import sys
import time
from datetime import timedelta
from io import BytesIO

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
import qasync
from PIL import Image
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from benchmarks.corpus import FOLDER, NOW, desk_in
from benchmarks.entry import Entry, compared, entry, percentile
from benchmarks.fill_gaps import LIMIT_MS, Gaps
from console.app import SWITCH_S
from console.desk.attachment_rows import Pasted
from console.desk.desk import Desk
from console.domain.case import Channel, Event, Reporter
from console.domain.category import Urgency
from console.domain.command import LogReport
from console.domain.identity import new_id
from console.domain.limits import FILES_MAX
from console.domain.place import Place
from console.ui.case import case_pane
from console.ui.case.case_pane import CasePane
from console.ui.collect_here import CollectHere
from console.ui.notices import Notices
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme

EVENTS, FILES, FEW = 2000, 60, 3
ROUNDS = 60
LATER_S = 0.25  # rows and files below what is in sight come after the painting


def _picture(place: int) -> bytes:
    out = BytesIO()
    Image.effect_noise((640, 480), 20 + place).convert("RGB").save(out, "JPEG")
    return out.getvalue()


async def _report(desk: Desk) -> str:
    draft = await desk.open_draft()
    type_ = next(one for one in desk.reference.types if not one.sensitive)
    commune = desk.reference.communes(NOW.date())[0].code
    place = Place(commune=commune, text="Đường Lý Thường Kiệt")
    body = LogReport(
        number=draft.number, channel=Channel.PHONE, type=type_.code, urgency=Urgency.NORMAL,
        title="Nắp cống vỡ giữa làn xe máy", description="Nắp cống vỡ, đã có người ngã", place=place,
        reporter=Reporter(name="Người gọi", phone="+84912345678"), happened_at=draft.opened_at,
    )  # fmt: skip
    return (await desk.log_report(draft, body, None)).case


async def _files(desk: Desk, first: int, count: int) -> list[Event]:
    """What a timeline says of files that lie here, attached to a report of their own."""
    case = await _report(desk)
    for place in range(first, first + count):
        await desk.attach(case, Pasted(name=f"anh-{place}.jpg", data=_picture(place)))
    view = await desk.case(case)
    assert view is not None
    return [event for event in view.events if event.kind == "attach"]


async def _case(desk: Desk, events: int, files: int) -> str:
    """A case as the centre has confirmed it; one desk attaches fewer files to a case than many desks do."""
    case = await _report(desk)
    view = await desk.case(case)
    assert view is not None
    told = list(view.events)
    for first in range(0, files, FILES_MAX):
        told += await _files(desk, first, min(FILES_MAX, files - first))
    told += [_note(desk, case, place) for place in range(events - len(told))]
    told = [msgspec.structs.replace(event, case=case, seq=seq) for seq, event in enumerate(told, 1)]

    def confirm() -> None:
        held, pk = desk._held, desk._held.cases.known([case])[case].pk
        with held.store.transaction():
            held.store.write_many("DELETE FROM event WHERE case_pk = ? AND pending = 1", [(pk,)])
            held.cases.add_events(case, told)

    await desk._held.call(confirm)
    return case


def _note(desk: Desk, case: str, place: int) -> Event:
    at = NOW - timedelta(days=30) + timedelta(minutes=10 * place)
    text = f"Lần {place}: đội sửa chữa báo đã đến nơi, đang chờ vật tư, hẹn xong trước 17 giờ."
    data = {"text": text, "audience": "internal"}
    return Event(id=new_id(), case=case, kind="add_note", at=at, by=desk.actor, data=data, public=False)


class _Painted(QObject):
    """Sees when the sheet has been painted with this number on it."""

    def __init__(self, pane: CasePane) -> None:
        super().__init__(pane)
        self._pane = pane
        self._wanted, self.at = "", asyncio.Event()
        pane.sheet.installEventFilter(self)

    def expect(self, case: str) -> None:
        self._wanted = case
        self.at.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        view = self._pane.view
        if event.type() == QEvent.Type.Paint and view is not None and view.case.id == self._wanted:
            self.at.set()
        return False


async def _opened(pane: CasePane, painted: _Painted, case: str, gaps: Gaps) -> tuple[float, list[float]]:
    """Milliseconds to the painting, and the gaps until everything below is there too."""
    gaps.found.clear()
    painted.expect(case)
    gaps.start()
    began = time.perf_counter()
    pane.show_case(case)
    await painted.at.wait()
    took = (time.perf_counter() - began) * 1000
    await asyncio.sleep(LATER_S)
    gaps.stop()
    return took - case_pane.PAUSE_MS, list(gaps.found)


async def _measure(app: QApplication) -> list[Entry]:
    folder = FOLDER / "case-open"
    shutil.rmtree(folder, ignore_errors=True)
    theme, collector, gaps = Theme("light"), CollectHere(), Gaps()
    theme.apply(app)
    collector.start()
    desk = await desk_in(folder)
    long, few = await _case(desk, EVENTS, FILES), await _case(desk, FEW, 0)
    signals = DeskSignals(desk)
    notices = Notices(theme)
    tasks = Tasks(notices)
    pane = CasePane(desk, signals, theme, tasks, notices)
    pane.resize(446, 950)
    pane.show()
    painted = _Painted(pane)
    of_long, of_few, waits = list[float](), list[float](), list[float]()
    try:
        for turn in range(ROUNDS + 2):
            long_took, found = await _opened(pane, painted, long, gaps)
            few_took, more = await _opened(pane, painted, few, gaps)
            if turn > 1:  # first readings make the widgets
                of_long.append(long_took)
                of_few.append(few_took)
                waits += [*found, *more]
    finally:
        signals.close()
        tasks.stop()
        pane.close()
        desk.close()
        collector.stop()
    few_text = f"{FEW} events and no file"
    return [
        *compared(f"open a case of {EVENTS:,} events and {FILES} files", of_long, few_text, of_few, "ms"),
        *(
            entry(f"gap of the event loop while cases are opened, {text}", value, "ms", "frame", LIMIT_MS)
            for text, value in (("p99", percentile(waits, 99)), ("largest", max(waits)))
        ),
    ]


def run() -> list[Entry]:
    """Median and p99 of the opening, and the gaps beside them."""
    sys.setswitchinterval(SWITCH_S)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    with qasync.QEventLoop(app) as loop:
        asyncio.set_event_loop(loop)
        found: list[Entry] = loop.run_until_complete(_measure(app))
    return found
