"""What the calls share: one value per process, made by whoever starts the server."""

from dataclasses import dataclass, field

from sqlalchemy import Engine

from console.central.clock import Clock, RealClock
from console.central.feed import Feed
from console.central.hub import Hub
from console.central.ledger import Ledger
from console.central.presence import PresenceBoard
from console.central.references import References
from console.central.sessions import Sessions


@dataclass
class Centre:
    """`schema`: the step the database stands at. `touched` counts calls, `own_calls` those of practice mode's
    own province among them: for an idle end."""

    engine: Engine
    clock: Clock
    schema: str
    practice: bool
    references: References = field(default_factory=References)
    touched: int = 0
    own_calls: int = 0

    def __post_init__(self) -> None:
        machine = RealClock()
        self.ledger = Ledger(self.engine, self.references, self.clock)
        self.feed = Feed(self.engine, self.clock)
        self.hub = Hub(self.engine)
        self.sessions = Sessions(self.engine, machine, self.clock, self.practice)
        self.presence = PresenceBoard(self.engine, machine)
