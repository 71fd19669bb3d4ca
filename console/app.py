"""The composition root: what is opened, in which order, and closed in the other one.

Each step imports what it opens, in the errand thread: the first window stands before the rest is read.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, TypeVar

import qasync
from PySide6.QtWidgets import QApplication

from console import ahead
from console.desk.errors import DeskError
from console.log import log_to, stop_logging
from console.options import PRACTICE_DESK, PRACTICE_PASSWORD, PRACTICE_SUPERVISOR, Options, read_options
from console.place import NoServer, Place, duty_place, practice_place
from console.settings import SettingsUnreadable
from console.telephone import Telephone, handed_elsewhere
from console.ui.collect_here import CollectHere
from console.ui.memory import Memory
from console.ui.parts.failure_text import failure_text
from console.ui.starting import StartingWindow
from console.ui.theme import Theme
from console.ui.words import LANGUAGES, speak, t

if TYPE_CHECKING:
    from console.desk.desk import Desk
    from console.practice_server import PracticeServer
    from console.shift import Shift
    from console.sync.line import Line
    from console.sync.sign_in import SignedIn
    from console.ui.account.sign_in_window import SignInWindow

log = logging.getLogger(__name__)
T = TypeVar("T")

SWITCH_S = 0.001  # threads hand over after this: the interface waits less for the others


class GoHome(Exception):
    """The operator closed the program before its window opened."""


class Program:
    """One run of the console. `bug` is where everything unforeseen ends."""

    def __init__(self, options: Options, app: QApplication, theme: Theme) -> None:
        self._options, self._app, self._theme = options, app, theme
        self._errands = ThreadPoolExecutor(1, "errand")
        self._open = AsyncExitStack()  # closed from the last opened to the first
        self._starting = StartingWindow(theme)
        self._asked = asyncio.Event()  # the sign-in stands, or the first window has the floor
        self._asking: SignInWindow[SignedIn] | None = None
        self._shift: Shift | None = None

    async def run(self) -> None:
        """From the first window to the last thread."""
        self._loop = asyncio.get_running_loop()
        self._loop.set_default_executor(self._errands)
        self._loop.set_exception_handler(self._on_loop_error)
        self._starting.show()
        try:
            await self._work()
        except GoHome:
            log.info("closed before it was open")
        finally:
            self._starting.close()
            await self._open.aclose()
            self._errands.shutdown()

    async def _work(self) -> None:
        place = await self._insist(self._find_place)
        memory = self._remembered(place)
        if place.opens_unasked:  # somebody types name and password meanwhile
            await self._load("console.ui.account.sign_in_window")
        else:
            self._asked.set()
        opening = self._loop.create_task(self._open_when_asked(place))
        meeting = self._loop.create_task(self._meet(place, opening))
        try:
            if place.practice:  # its centre is started first, and the first window says so
                await meeting
            elif not place.opens_unasked:
                await opening
            await self._work_shifts(place, opening, meeting, memory)
        finally:  # what they opened is closed with the rest
            for error in await asyncio.gather(opening, meeting, return_exceptions=True):
                if isinstance(error, Exception) and not isinstance(error, GoHome):
                    self._bug(error)

    async def _open_when_asked(self, place: Place) -> Desk:
        """Not before the sign-in stands: imports would hold up its painting."""
        await self._asked.wait()
        return await self._insist(lambda: self._open_desk(place))

    async def _meet(self, place: Place, opening: asyncio.Task[Desk]) -> Line:
        desk = await opening
        return await self._insist(lambda: self._connect(place, desk))

    async def _work_shifts(
        self, place: Place, opening: asyncio.Task[Desk], meeting: asyncio.Task[Line], memory: Memory
    ) -> None:
        while (signed := await self._sign_in(place, opening, meeting)) is not None:
            desk, line = await opening, await meeting
            desk.sign_in(signed.identity.actor())
            if not await self._work_a_shift(place, desk, line, memory):
                return
            await self._errand(line.sign_in.sign_out)
            line.try_now()

    # the steps of opening

    async def _insist(self, step: Callable[[], Awaitable[T]]) -> T:
        """The step's answer; a known failure is shown, and the step tried again until they give up."""
        while True:
            try:
                return await step()
            except DeskError as error:
                log.warning("opening: %s", error)
                text = (
                    t("start.no_server", file=error.file)
                    if isinstance(error, NoServer)
                    else failure_text(error)
                )
            except SettingsUnreadable as error:
                log.warning("opening: %s", error)
                text = t("error.settings_unreadable")
            if not await self._ask_again(text):
                raise GoHome
            self._starting.say(t("start.opening"))

    async def _ask_again(self, text: str) -> bool:
        """In the first window; a sign-in that stands already waits behind it."""
        behind = self._asking
        if behind is not None:
            behind.hide()
        self._starting.show()
        again = await self._starting.ask_again(text)
        if again and behind is not None and behind is self._asking:
            self._starting.hide()
            behind.show()
        return again

    async def _find_place(self) -> Place:
        if not self._options.practice:
            return await self._errand(lambda: duty_place(self._options))
        return practice_place(self._options)

    def _remembered(self, place: Place) -> Memory:
        """What this desk's people chose: the look is put on at once."""
        memory = Memory(place.folder / "memory.json")
        self._open.callback(memory.save)
        language = memory.text("language", place.settings.language)
        speak(language if language in LANGUAGES else "vi")
        self._theme.set_scale(memory.number("scale", 100))
        self._theme.set_mode(self._options.theme or memory.text("theme", place.settings.theme))
        self._theme.apply(self._app)
        return memory

    async def _open_desk(self, place: Place) -> Desk:
        self._starting.say(t("start.store"))
        await self._load("console.desk.opening", "console.models.keys")
        from console.desk.opening import open_desk
        from console.domain.case import Actor, Role
        from console.reference import bundled

        key = await self._key(place)
        nobody = Actor(user="", name="", role=Role.OPERATOR, station=place.station)
        reference = await self._errand(bundled)
        undo = place.settings.undo_seconds
        desk = await open_desk(
            place.folder, key, reference, nobody, undo_seconds=undo, practice=place.practice
        )
        self._open.push_async_callback(self._errand, desk.close)
        self._telephone = Telephone(desk, place, self._options, self._errand)
        self._open.push_async_callback(self._telephone.close)
        return desk

    async def _key(self, place: Place) -> bytes:
        from console.models.keys import Source, passphrase_key, practice_key, source_of, store_key

        if place.practice:
            return await self._errand(lambda: practice_key(place.folder))
        source = await self._errand(lambda: source_of(place.folder))
        if source is Source.KEYRING:
            return await self._errand(lambda: store_key(place.folder, lambda new: None))
        new = source is Source.NEW_PASSPHRASE
        typed = await self._starting.passphrase(
            new, t("start.passphrase.new" if new else "start.passphrase.known")
        )
        if typed is None:
            raise GoHome
        return await self._errand(lambda: passphrase_key(place.folder, typed))

    async def _connect(self, place: Place, desk: Desk) -> Line:
        await self._load("console.practice_server", "console.sync.line")
        server = self._practice_server() if place.practice else None
        url = await self._practice_url(server) if server else place.url
        line = await self._errand(lambda: self._line(url, place, desk))
        try:
            if place.practice and not line.sign_in.enrolled:
                self._starting.say(t("start.enrolling"))
                await self._errand(lambda: line.enrol(PRACTICE_SUPERVISOR, PRACTICE_PASSWORD))
        except DeskError:
            await self._errand(line.stop)
            raise
        self._open.push_async_callback(self._errand, line.stop)
        offset = await self._errand(line.meet)
        if offset is not None:  # deadlines, the shift and the day's units follow the centre's time from here
            desk.clock.set_offset(offset)
        if server:
            self._keep(server, line)
        return line

    def _line(self, url: str, place: Place, desk: Desk) -> Line:
        from console.sync.line import Line

        tokens, vault = place.boxes(desk.sync_port)
        return Line(
            url, place.station, desk.sync_port, tokens=tokens, vault=vault, broken=self.bug_from_anywhere,
            files=desk.files_port, proxy=place.settings.proxy,
        )  # fmt: skip

    def _practice_server(self) -> PracticeServer:
        from console.practice_server import PracticeServer

        options = self._options
        return PracticeServer(options.practice_place, options.speed, options.count)

    async def _practice_url(self, server: PracticeServer) -> str:
        self._starting.say(t("start.practice"))
        return await self._errand(lambda: server.ensure(lambda line: log.info("practice centre: %s", line)))

    def _keep(self, server: PracticeServer, line: Line) -> None:
        """The practice centre stays while this desk is open, also with its plug out."""
        keeper = threading.Thread(target=server.keep, args=(line.try_now,), name="keeper", daemon=True)
        keeper.start()
        self._open.callback(keeper.join)
        self._open.callback(server.end)
        print(self._options.how_to_open_another, flush=True)

    async def _load(self, *names: str) -> None:
        """Import these without holding up the window that stands."""
        await ahead.load(self._errand, names)

    # signed in

    async def _sign_in(
        self, place: Place, opening: asyncio.Task[Desk], meeting: asyncio.Task[Line]
    ) -> SignedIn | None:
        """Who takes this shift, while store and centre are opened; None: they closed the window."""
        await self._load("console.ui.account.sign_in_window")
        from console.ui.account.sign_in_window import SignInWindow

        async def sign_in(user: str, password: str, station: str) -> SignedIn:
            line = await asyncio.shield(meeting)  # closing the window gives up on them, not on the line
            return await self._errand(lambda: line.sign_in.sign_in(user, password))

        async def renew(user: str, code: str, password: str) -> SignedIn:
            line = await asyncio.shield(meeting)
            return await self._errand(lambda: line.sign_in.set_password(user, code, password))

        window = SignInWindow(
            self._theme, place.station, sign_in, renew, practice=place.practice, user=self._options.user
        )
        self._starting.hide()
        window.stands.connect(self._asked.set)
        reading = self._loop.create_task(self._read_ahead(meeting))
        asking = self._loop.create_task(window.ask())

        def met(task: asyncio.Task[Line]) -> None:
            if _came_off(task):
                window.show_shift()
            else:
                asking.cancel()  # they gave up on opening

        meeting.add_done_callback(met)
        telling = self._loop.create_task(self._tell_shift(window, opening))
        self._asking = window
        try:
            return await asking
        except asyncio.CancelledError:
            if meeting.done():
                await meeting
            raise
        finally:
            self._asked.set()
            self._asking = None
            meeting.remove_done_callback(met)
            telling.cancel()
            reading.cancel()  # what is still missing is read by the shift
            window.deleteLater()

    async def _tell_shift(self, window: SignInWindow[SignedIn], opening: asyncio.Task[Desk]) -> None:
        """Which shift it is, and whom the roster has here, as soon as the store is open."""
        await asyncio.wait([opening])
        await self._load("console.ui.account.shift")
        from console.ui.account.shift import tell_when_open

        await tell_when_open(window, opening)

    async def _read_ahead(self, meeting: asyncio.Task[Line]) -> None:
        """What the shift needs, while they type: after what the sign-in itself waits for."""
        await asyncio.wait([meeting])
        await self._load(*ahead.SHIFT, *ahead.ROOMS)

    async def _work_a_shift(self, place: Place, desk: Desk, line: Line, memory: Memory) -> bool:
        """Whether somebody else may sign in after it; else the program was closed."""
        await self._load(*ahead.SHIFT)
        from console.shift import Ending, Shift

        self._shift = Shift(desk, line, self._theme, memory, place, self._errand)
        self._shift.painted.connect(line.start)
        self._shift.painted.connect(self._telephone.start)
        try:
            return await self._shift.work() is Ending.SIGNED_OUT
        finally:
            self._shift.deleteLater()
            self._shift = None

    # what nobody foresaw

    def bug_from_anywhere(self, error: BaseException) -> None:
        """A bug in any thread: to the log, and to the operator as one sentence."""
        self._loop.call_soon_threadsafe(self._bug, error)

    def _bug(self, error: BaseException) -> None:
        if self._shift is not None:
            self._shift.tasks.bug(error)
        else:
            log.error("bug while no shift was open", exc_info=error)

    def _on_loop_error(self, loop: object, context: dict[str, object]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            self._bug(error)
        else:
            log.error("event loop: %s", context.get("message"))

    async def _errand(self, work: Callable[[], T]) -> T:
        """Do what blocks in the errand thread."""
        return await self._loop.run_in_executor(self._errands, work)


def _came_off(task: asyncio.Task[Any]) -> bool:
    return task.done() and not task.cancelled() and task.exception() is None


def main(argv: list[str] | None = None) -> int:
    """The whole program; the answer is its exit status."""
    options = read_options(argv)
    if options.practice_reset:
        from console.practice_server import forget_practice

        forget_practice(options.practice_place)
        print(f"Forgotten: {options.practice_place}")
        return 0
    said = handed_elsewhere(options)
    if said is not None:
        print(said, end="\n" if said else "", file=sys.stderr)
        return 2 if said else 0
    log_to(options.log_folder, f"console-{options.desk or PRACTICE_DESK}")
    sys.setswitchinterval(SWITCH_S)
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    try:
        _run(options, app)
    finally:
        stop_logging()
    return 0


def _run(options: Options, app: QApplication) -> None:
    theme = Theme(options.theme or "light")
    theme.apply(app)
    collector = CollectHere()
    collector.start()
    with qasync.QEventLoop(app) as loop:
        asyncio.set_event_loop(loop)
        program = Program(options, app, theme)
        sys.excepthook = lambda kind, error, trace: program.bug_from_anywhere(error)
        for kind in (signal.SIGINT, signal.SIGTERM):
            signal.signal(kind, lambda number, frame: app.closeAllWindows())
        threading.excepthook = lambda what: program.bug_from_anywhere(
            what.exc_value or RuntimeError("thread")
        )
        try:
            loop.run_until_complete(program.run())
        finally:
            collector.stop()
            sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
