"""The post office of one server process: the senders and the ladder, started and ended with the server."""

from sqlalchemy import Engine

from console.central.clock import Clock
from console.central.ledger import Ledger
from console.central.post.doors import Catcher, Doors
from console.central.post.ladder import Ladder
from console.central.post.sender import senders
from console.central.references import References


class Office:
    """`doors` None: practice, where whatever would leave is caught."""

    def __init__(
        self, engine: Engine, references: References, clock: Clock, commands: Ledger, doors: Doors | None
    ) -> None:
        ways = doors or Doors(email=Catcher(), hook=Catcher())
        self.ladder = Ladder(engine, references, clock, commands)
        self._senders = senders(engine, clock, ways)

    def start(self) -> None:
        """Begin."""
        for sender in self._senders:
            sender.start()
        self.ladder.start()

    def stop(self) -> None:
        """End them all."""
        self.ladder.stop()
        for sender in self._senders:
            sender.stop()
