"""Everything between one desk and one centre, put together: plug, clock, calls, sign-in, engine, stream."""

import logging
import time
from collections.abc import Callable

from console.desk.files_port import FilesPort
from console.desk.sync_port import SyncPort
from console.domain.case import Actor
from console.protocol.wire import PROTOCOL
from console.sync.api import Api
from console.sync.attachments import FileMover
from console.sync.audit import CentreAudit
from console.sync.centre_admin import CentreAdmin
from console.sync.centre_reports import CentreReports
from console.sync.centre_search import CentreSearch
from console.sync.clock_offset import ClockOffset
from console.sync.credentials import Box, Credentials
from console.sync.engine import Engine
from console.sync.errors import WireError
from console.sync.files_api import FilesApi
from console.sync.fill_apart import FillApart
from console.sync.pace import Pace
from console.sync.plug import Plug
from console.sync.post import CentrePost
from console.sync.presence import PresenceTeller
from console.sync.sign_in import SignIn
from console.sync.stream import Stream

log = logging.getLogger(__name__)


class Line:
    """Sign in first, then `start`. `broken` hears of bugs, in the thread they happened in."""

    def __init__(
        self,
        url: str,
        station: str,
        port: SyncPort,
        *,
        tokens: Box,
        vault: Box,
        broken: Callable[[BaseException], None],
        pace: Pace | None = None,
        protocol: int = PROTOCOL,
        proxy: str = "",
        wall: Callable[[], float] = time.time,
        files: FilesPort | None = None,
    ) -> None:
        self.plug, self._offset, self._port = Plug(), ClockOffset(wall), port
        self._apis = [
            Api(url, plug=self.plug, offset=self._offset, protocol=protocol, proxy=proxy) for _ in range(8)
        ]
        door, wire, ear, voice, cart, asks, counts, admin = self._apis
        self.sign_in = SignIn(door, Credentials(tokens, vault, station), port.now)
        self.engine = Engine(wire, port, pace=pace, broken=broken, apart=FillApart(wire, port))
        self.presence = PresenceTeller(voice, port, broken=broken)
        self.stream = Stream(
            ear, self.engine.hint, self._stream_up, pace=pace, presence=port.colleagues.heard,
            handed=self.engine.handed, notice=self.engine.notice, shift=self.engine.shift_news, broken=broken,
        )  # fmt: skip
        self.files = FileMover(FilesApi(cart), files, pace=pace, broken=broken) if files is not None else None
        for api in self._apis:
            api.holder = self.sign_in
        search = CentreSearch(asks)
        port.answers(search)
        port.vouches(self._vouch, search.roster_past)
        port.reports(CentreReports(counts))
        port.audits(CentreAudit(counts))
        port.posts(CentrePost(counts))
        port.administers(CentreAdmin(admin), self.engine.reference_news)
        self.engine.on_reached(self.stream.try_now)
        self.engine.on_net(self.presence.ring)
        self.engine.on_woken(self._wake_up)
        if self.files is not None:
            self.engine.on_reached(self.files.try_now)
        self._running = False

    def enrol(self, user: str, password: str) -> None:
        """Enrol this workstation; numbers the centre has seen of it are not given out again. Blocks."""
        answer = self.sign_in.enrol(user, password)
        self._port.raise_counters(answer.station, answer.counters)

    def _vouch(self, user: str, password: str) -> tuple[Actor, bool]:
        """Whose name and password these are, and whether only this desk's memory says so. Blocks."""
        who = self.sign_in.vouch(user, password)
        return who.identity.actor(), who.offline

    def meet(self) -> float | None:
        """Ask the centre for its time, before anybody signs in: its offset in seconds, None where it is
        not reached. Blocks."""
        try:
            self._apis[0].health()
        except WireError:
            log.info("centre not reached before sign-in")
        return self._offset.seconds

    def start(self) -> None:
        """Begin to keep up with the centre; once begun, end every pause."""
        if self._running:
            self.try_now()
            return
        self._running = True
        self.engine.start()
        self.stream.start()
        self.presence.start()
        if self.files is not None:
            self.files.start()

    def _wake_up(self) -> None:
        """This machine slept: its lines are dead though nobody has told them, and its colleagues moved on."""
        self._port.colleagues.lost()
        self.plug.cut()
        self.try_now()

    def _stream_up(self, up: bool) -> None:
        self.engine.stream_up(up)
        if up:
            self.presence.news()

    def try_now(self) -> None:
        """Somebody signed in, or asked to try again: end every pause."""
        self.engine.try_now()
        self.stream.try_now()
        self.presence.news()
        if self.files is not None:
            self.files.try_now()

    def set_plugged(self, plugged: bool) -> None:
        """Practice mode pulls the cable, and puts it in again."""
        if plugged:
            self.plug.plug_in()
        else:
            self.plug.pull()
        self.try_now()

    def stop(self) -> None:
        """Cut what is on its way and wait for both threads. Blocks; what was on its way goes again later."""
        self.plug.close()
        if self._running:
            self._running = False
            self.stream.stop()
            self.engine.stop()
            self.presence.stop()
            if self.files is not None:
                self.files.stop()
        for api in self._apis:
            api.close()
