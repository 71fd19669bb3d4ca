"""What the calls share: one value per process, made by whoever starts the server."""

from dataclasses import dataclass, field

from sqlalchemy import Engine

from console.central.accounts import Accounts
from console.central.allowance import Allowance, Rate
from console.central.audit_book import AuditBook
from console.central.board import DeskBoard, ScoreShelf
from console.central.callers import Callers
from console.central.clock import Clock, RealClock
from console.central.database import at_once
from console.central.feed import Feed
from console.central.files import FileShelf
from console.central.gates import Gates
from console.central.handed_drafts import HandShelf
from console.central.hub import Hub
from console.central.ledger import Ledger
from console.central.number_notes import NoteShelf
from console.central.period_reports import ReportShelf
from console.central.post.doors import Doors
from console.central.post.office import Office
from console.central.post.shelf import PostShelf
from console.central.presence import PresenceBoard
from console.central.publishing import Publishing
from console.central.references import References
from console.central.report_calendar import ReportCalendar
from console.central.search import Finding
from console.central.sessions import Sessions
from console.central.shared_views import ViewShelf
from console.central.shift_book import ShiftBook
from console.protocol.wire import Identity


@dataclass
class Centre:
    """`schema`: the step the database stands at."""

    engine: Engine
    clock: Clock
    schema: str
    practice: bool
    rate: Rate = field(default_factory=Rate)
    references: References = field(default_factory=References)
    callers: Callers = field(default_factory=Callers)

    def __post_init__(self) -> None:
        machine = RealClock()
        self.gates = Gates()
        self.allowance = Allowance(self.engine, self.rate)
        self.ledger = Ledger(self.engine, self.references, self.clock)
        self.files = FileShelf(self.engine)
        self.audit = AuditBook(self.engine, self.clock)
        self.feed = Feed(self.engine, self.clock)
        self.finding = Finding(self.engine, self.references, self.clock)
        self.hub = Hub(self.engine)
        self.sessions = Sessions(self.engine, machine, self.clock, self.practice)
        self.presence = PresenceBoard(self.engine, machine)
        self.views = ViewShelf(self.engine, self.clock)
        self.shifts = ShiftBook(self.engine, machine, self.clock)
        self.handed = HandShelf(self.engine, self.clock)
        self.publishing = Publishing(self.engine, self.references, self.clock)
        self.accounts = Accounts(self.engine, self.references, self.clock, machine)
        self.reports = ReportShelf(self.engine, self.references, self.clock)
        self.calendar = ReportCalendar(self.reports)
        self.desks, self.scores = DeskBoard(self.engine, self.clock), ScoreShelf(self.engine, self.clock)
        self.number_notes = NoteShelf(self.engine, self.references, self.clock)
        self.post = PostShelf(self.engine, self.clock)
        self.office: Office | None = None

    def open_office(self, doors: Doors | None) -> None:
        """What this process sends and chases by itself goes on as long as it serves; without doors, in
        practice, whatever would leave is caught."""
        self.office = Office(self.engine, self.references, self.clock, self.ledger, doors)

    def admit(self, token: str) -> Identity:
        """Whom the token speaks for; the call is counted as theirs. Raises Refuse."""
        who = self.sessions.identity(token)
        self.allowance.spend(who)
        return who

    def changes(self, token: str, after: int, limit: int, seen: str | None = None, whole: int = 0) -> bytes:
        """GET /changes from the token to the answer, on one connection. Raises Refuse."""
        with at_once(self.engine) as connection:
            who, head = self.sessions.identity_and_head(connection, token)
            self.allowance.spend(who)
            if seen is not None:
                self.feed.check_seen(connection, seen)
            return self.feed.changes_by(connection, who, head, after, limit, whole)
