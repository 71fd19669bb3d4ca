"""A world: it plays a history, lets everything heal, and says what was not as it must be."""

import asyncio
import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from console.central.practice.people import agency_actor
from console.domain.case import Reporter
from console.domain.category import Urgency
from console.domain.command import Assign, Command
from console.domain.identity import new_id
from console.domain.number import make_number
from console.domain.zone import month_code
from tests.desk.people import MONDAY, report
from tests.worlds import checks
from tests.worlds.agency import Agency
from tests.worlds.author import holdings
from tests.worlds.books import Books
from tests.worlds.centre import CHUNK, Centre, Task
from tests.worlds.console import Console
from tests.worlds.disk import make_template
from tests.worlds.net import Call
from tests.worlds.operator import LEADS, SHORT, WORDS
from tests.worlds.seams import Ids, Time, small_pages
from tests.worlds.steps import History, Step

ROOT = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
A_ROUND = 2_000  # steps of everybody after which a round must have ended
HEALING = 80  # rounds of everybody after which all must be quiet
MakeBooks = Callable[[Time], Books]


class World:
    """`trace`: everything that crossed the wire and what was done, in order. `misses`: what was wrong."""

    a_round = A_ROUND

    def __init__(self, told: History, root: Path, make_books: MakeBooks = Books, chunk: int = CHUNK) -> None:
        self.told, self.time = told, Time()
        self.ids = Ids(self.time)
        self.trace: list[str] = []
        self.misses: list[str] = []
        self.centre = Centre(make_books(self.time), chunk)
        self._loop = asyncio.new_event_loop()
        template = root / "template"
        if not template.exists():
            make_template(template)
        self.consoles = [
            Console(i, root, template, self.time, self.ids, self.centre, skew, self._loop, self._sent)
            for i, skew in enumerate(told.skews)
        ]
        self.agencies = [Agency(i, self.time, self.ids, self.centre) for i in range(told.agencies)]

    def run(self) -> list[str]:
        """The whole history; what was wrong, the first first."""
        try:
            with small_pages(self.ids):
                self._populate()
                for console in self.consoles:
                    console.start()
                for step in self.told.steps:
                    self._play(step)
                    if self._collect():
                        return self.misses
                self._heal()
                self._collect()
                if not self.misses:
                    self.misses += checks.at_the_end(self)
                if not self.misses:
                    self._settle()
        except Exception as bug:  # noqa: BLE001 - whatever it is, this history brought it about
            self.misses.append(f"a bug: {bug!r}")
        finally:
            self._close()
        return self.misses

    @property
    def fingerprint(self) -> str:
        """Of the trace."""
        return hashlib.sha256("\n".join(self.trace).encode()).hexdigest()[:16]

    def _close(self) -> None:
        for console in self.consoles:
            if console.desk is not None:
                console.kill()
        self._loop.close()

    def _populate(self) -> None:
        """What the centre has before the first console comes."""
        self.ids.maker = 200
        portal = agency_actor(LEADS[0])
        for n in range(self.told.cases):
            self.time.ms += 1_000
            body = report(
                _Draft(make_number(month_code(MONDAY), "00", n + 1), self.time.now()),  # type: ignore[arg-type]
                title=SHORT[n % 4],
                description=WORDS[n % 4],
                urgency=tuple(Urgency)[n % 4],
                reporter=Reporter(name=f"Người báo {n}", phone=f"+8491234567{n}"),
            )
            by = checks.PORTAL
            command = Command(id=new_id(), case=new_id(), at=self.time.now(), by=by, body=body)
            commands = [command]
            if n % 2 and portal is not None:
                assign = Assign(lead=LEADS[n % 2], expects=None)
                commands.append(
                    Command(id=new_id(), case=command.case, at=command.at, by=checks.CHIEF, body=assign)
                )
            self.centre.books.populate(commands)

    # playing

    def _play(self, step: Step) -> None:
        self.trace.append(f"{self.time.ms} {step}")
        self.time.ms += 7  # nothing happens in no time
        getattr(self, f"_{step.do}")(step)

    def _console(self, step: Step) -> Console:
        return self.consoles[step.who % len(self.consoles)]

    def _go(self, step: Step) -> None:
        console = self._console(step)
        for _ in range(step.a):
            self.time.ms += 3
            console.go()

    def _round(self, step: Step) -> None:
        """To the end of the round that it is in, or of a new one."""
        console = self._console(step)
        for _ in range(self.a_round):
            self.time.ms += 3
            console.go()
            if console.desk is None or console.idle:
                return

    def _act(self, step: Step) -> None:
        self._console(step).act(step.what, step.a, step.b)

    def _fate(self, step: Step) -> None:
        self._console(step).fates.extend([(step.what, step.a)] * max(1, step.b))

    def _kill(self, step: Step) -> None:
        """Now, or at its next commit, which may be one of its start."""
        console = self._console(step)
        if step.what in ("before", "after"):
            console.disk.armed = step.what
        elif console.desk is not None:
            console.kill(power=step.what == "power")

    def _wait(self, step: Step) -> None:
        self.time.ms += step.a

    def _skew(self, step: Step) -> None:
        self._console(step).skew_ms += step.a * 1_000

    def _centre(self, step: Step) -> None:
        centre = self.centre
        if not centre.up:
            centre.start()
        elif step.what == "kill":
            centre.kill()
        elif step.what != "start":
            centre.armed = step.what

    def _arrive(self, step: Step) -> None:
        for _ in range(step.b):
            if self.centre.loose:
                self._advance(step.a % len(self.centre.loose))

    def _advance(self, n: int) -> None:
        """A request that nobody waits for any more."""
        loose = self.centre.loose
        one = loose[n]
        if isinstance(one, Call):
            if self.centre.up:
                loose[n] = Task(self.centre, one)
            return
        one.go_on()
        if one.dead or one.answer is not None:
            del loose[n]

    def _agency(self, step: Step) -> None:
        if self.agencies:
            self.agencies[step.who % len(self.agencies)].act(step.what, step.a)

    def _mail(self, step: Step) -> None:
        if self.agencies:
            self.agencies[step.who % len(self.agencies)].deliver(step.what)

    # watching

    def _sent(self, console: Console, call: Call) -> None:
        digest = hashlib.sha256(call.body).hexdigest()[:12] if call.body else ""
        self.trace.append(f"{self.time.ms} {console.index} {call.method} {call.path} {digest}")
        if call.path.endswith("/commands"):
            self.misses += checks.of_a_delivery(console, call)

    def _collect(self) -> bool:
        """Gather what was noticed; True: something was wrong."""
        for console in self.consoles:
            if console.bug is not None:
                self.misses.append(f"console {console.index}: a bug: {console.bug!r}")
                console.bug = None
            self.misses += [f"console {console.index}: {miss}" for miss in console.author.misses]
            console.author.misses.clear()
        self.misses += [f"two verdicts on {id_}" for id_ in self.centre.contradictions]
        self.centre.contradictions.clear()
        return bool(self.misses)

    # the end

    def _heal(self) -> None:
        """Faults stop; until nothing waits any more."""
        self.trace.append("heal")
        self.centre.armed = ""
        for console in self.consoles:
            console.fates.clear()
            console.disk.armed = ""
        for _ in range(HEALING):
            if not self.centre.up:
                self.centre.start()
            for agency in self.agencies:
                agency.deliver("")
            for console in self.consoles:
                console.go()
            self._finish_rounds()
            if self._quiet():
                return
            self.time.ms += 11_000
        self.misses.append("it never became quiet")

    def _finish_rounds(self) -> None:
        """All at once, step by step: one may wait for another one's transaction."""
        for _ in range(self.a_round):
            busy = [console for console in self.consoles if console.desk is None or not console.idle]
            if not busy and not self.centre.loose:
                return
            for n in reversed(range(len(self.centre.loose))):
                self._advance(n)
            for console in busy:
                console.go()
        self.misses.append("a round never ended")

    def _quiet(self) -> bool:
        if any(agency.waiting for agency in self.agencies) or self.centre.loose:
            return False
        return all(self._is_quiet(console) for console in self.consoles)

    def _is_quiet(self, console: Console) -> bool:
        assert console.desk is not None
        port, tally = console.desk.sync_port, holdings(console.desk).letters.tally()
        return console.online and not tally.waiting and port.cursor() == self.centre.books.seq

    def _settle(self) -> None:
        """Their authors let go what came back: now all is equal, to the byte."""
        for _ in range(HEALING):
            if not any(holdings(c.desk).letters.tally().attention for c in self.consoles if c.desk):
                break
            for console in self.consoles:
                console.act("let_go", 0, 0)
            self._heal()
        self._collect()
        self.misses += checks.when_settled(self)


class _Draft:
    """As much of a draft as a report needs."""

    def __init__(self, number: str, opened_at: object) -> None:
        self.number, self.opened_at = number, opened_at


@contextmanager
def place() -> Iterator[Path]:
    """A folder in memory for the consoles' files."""
    with tempfile.TemporaryDirectory(prefix="ioc-world-", dir=ROOT) as folder:
        yield Path(folder)


def play(told: History) -> World:
    """One history in a world of its own."""
    with place() as root:
        world = World(told, root)
        world.run()
        return world
