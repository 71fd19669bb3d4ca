"""Calls at a SIP server through the softphone baresip, which the console starts, and drives by its control
port.

It ends with the console, except in the middle of a call: that goes on, and the next console takes it over.
Version 1.0 (Debian 12) has ways of its own, which are met here: it answers the second of two rings only when
told twice, and it hangs up a call that could not be handed on.
"""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from console.desk.errors import LineError
from console.domain.telephone import CallFact, CallId, CallState, Ending, Offer
from console.settings import SipSettings
from console.telephony.kept import Broke, KeptLine, dialable, pause
from console.telephony.sip_calls import SoftCall, SoftCalls
from console.telephony.sip_wire import Netstrings, Said, SipFault, command, listed
from console.telephony.softphone import NotSetUp, Softphone
from console.telephony.wire import Wire, connected

log = logging.getLogger(__name__)
OFFERS = frozenset(Offer) - {Offer.REST}
START_S, LEFT_S, AGAIN_S, PULSE_S, TRANSFER_S = 5.0, 1.0, 0.03, 2.5, 4.0
REFUSED = ("401", "403", "404", "407")
"""Answers of a server that knows this account not, or not so."""
ACCOUNT, GONE = "account", "gone "


class SipLine(KeptLine[Said]):
    """`password` None: it was not found, nothing is started. `folder`: the store's."""

    def __init__(
        self,
        settings: SipSettings,
        password: str | None,
        folder: Path,
        pause: Callable[[str, int], float] = pause,
    ) -> None:
        super().__init__("sip", pause)
        self._settings = settings
        self.phone = Softphone(settings, password, folder)
        self._calls = SoftCalls()
        self._registered, self._why = False, "starting"
        self._after: dict[str, Callable[[bool], list[CallFact]]] = {}
        self._acting = threading.Lock()  # the softphone is told which call it is about, and then what to do

    # acts

    def answer(self, call: CallId) -> None:
        """Pick it up; whoever is talked with is put on hold before. Raises LineError, as all acts."""
        self._can(Offer.ANSWER)
        with self._acting:
            self._known(call, CallState.RINGING)
            for other in tuple(self._calls.running.values()):
                if other.state is CallState.TALKING:
                    self._hold(other.call)
            self._choose(call)
            self._told("accept")
            if self._is(call, lambda known: not known.answering and known.state is CallState.RINGING):
                self._mark_others(call)
                self._told("accept")
            if not self._until(lambda: not self._is(call, lambda known: known.state is CallState.RINGING)):
                raise LineError("not answered")
            if self._is(call, lambda known: known.marked):
                self._choose(call)
                self._told("resume")

    def hold(self, call: CallId) -> None:
        """The other side is not heard, and hears nothing."""
        self._can(Offer.HOLD)
        with self._acting:
            self._hold(call)

    def resume(self, call: CallId) -> None:
        """Talk again."""
        self._can(Offer.HOLD)
        with self._acting:
            self._known(call, CallState.HELD)
            self._choose(call)
            self._told("resume", then=lambda: self._calls.becomes(call, CallState.TALKING))

    def transfer(self, call: CallId, number: str) -> None:
        """The other side is asked to call that number; where it is refused at once, that is said."""
        self._can(Offer.TRANSFER)
        with self._acting:
            self._known(call, CallState.TALKING, CallState.HELD)
            address = self._address(number)
            self._choose(call)
            self._told("transfer", address)
            self._until(lambda: not self._is(call, lambda known: not known.refused), TRANSFER_S)
            if self._is(call, lambda known: known.refused):
                self._change(call, refused=False)
                raise LineError("refused")

    def hang_up(self, call: CallId) -> None:
        """Also one that rings: whoever calls hears that it is busy."""
        self._can(Offer.HANG_UP)
        with self._acting:
            self._known(call, *CallState)
            self._choose(call)
            self._change(call, how=Ending.DESK)
            try:
                self._told("hangup")
            except LineError:
                self._change(call, how=None)
                raise

    def rest(self, on: bool) -> None:
        """Who shares the calls out is the server's affair. Raises LineOffersNot."""
        self._can(Offer.REST)

    def dial(self, number: str) -> CallId:
        """Call out."""
        self._can(Offer.DIAL)
        address = self._address(number)
        with self._acting:
            with self._door:
                call = self._calls.dials(number)
            try:
                self._ask_then("dial", address, lambda ok: self._calls.begun(call, ok))
            except LineError:
                with self._door:
                    self._calls.begun(call, ok=False)
                raise
            return call

    def _hold(self, call: CallId) -> None:
        self._known(call, CallState.TALKING)
        self._choose(call)
        self._told("hold", then=lambda: self._calls.becomes(call, CallState.HELD))

    def _address(self, number: str) -> str:
        way = "" if self._settings.transport == "udp" else f";transport={self._settings.transport}"
        return f"sip:{dialable(number).replace('#', '%23')}@{self._settings.server}{way}"

    def _known(self, call: CallId, *states: CallState) -> SoftCall:
        with self._door:
            known = self._calls.running.get(call)
        if known is None or known.state not in states:
            raise LineError("no such call" if known is None else known.state.value)
        return known

    def _is(self, call: CallId, true: Callable[[SoftCall], bool]) -> bool:
        with self._door:
            known = self._calls.running.get(call)
            return known is not None and true(known)

    def _change(self, call: CallId, **more: object) -> None:
        with self._door:
            self._calls.change(call, **more)

    def _mark_others(self, call: CallId) -> None:
        with self._door:
            for other in tuple(self._calls.running.values()):
                if other.call != call and other.state is CallState.RINGING:
                    self._calls.change(other.call, marked=True)

    def _choose(self, call: CallId) -> None:
        """What follows is about this one."""
        known = self._known(call, *CallState)
        if known.id:
            answer = self._told("callfind", known.id)
            if "not found" in answer.data:
                raise LineError("no such call")
            return
        for line in listed(self._told("listcalls").data):
            if known.number and known.number in line.uri:
                self._told("line", line.line)
                return
        raise LineError("no such call")

    def _told(self, name: str, params: str = "", then: Callable[[], list[CallFact]] = list) -> Said:
        return self._ask_then(name, params, lambda ok: then() if ok else [])

    def _ask_then(self, name: str, params: str, then: Callable[[bool], list[CallFact]]) -> Said:
        """`then` tells, in the line's thread and in its turn, what came of it."""
        token = f"{name} {next(self._tokens)}"
        self._after[token] = then
        try:
            answer = self._ask(lambda token: command(name, params, token), token)
        finally:
            self._after.pop(token, None)
        if not answer.ok:
            raise LineError(name)
        return answer

    # the connection

    def _where(self) -> str:
        return self._settings.server

    def _running(self) -> tuple[CallId, ...]:
        told = tuple(c.call for c in self._calls.running.values() if c.state is not CallState.ENDED)
        self._calls = SoftCalls(_names=self._calls._names)
        return told

    def _session(self) -> None:
        try:
            self.phone.check()
        except NotSetUp as missing:
            raise Broke("not_set_up", missing.detail) from missing
        self._registered, self._why = False, "starting"
        try:
            wire, says = self._found() or self._started()
            with self._door:
                self._wire = wire
            self._assess()
            while not self._bell.over.is_set():
                for said in says.feed(wire.take(PULSE_S)):
                    self._hear(wire, said)
            self._leave(wire)
        except SipFault as fault:
            raise Broke("lost", self._settings.program) from fault
        finally:
            if not self._bell.over.is_set() or not self._calls.running:
                self.phone.end()

    def _found(self) -> tuple[Wire, Netstrings] | None:
        """One that an earlier console left in a call. Where no call is any more, it is ended."""
        port = self.phone.left()
        if port is None:
            return None
        until, says = time.monotonic() + LEFT_S, Netstrings()
        try:
            wire = connected("127.0.0.1", port, self._bell, until)
        except OSError:
            return None
        try:
            wire.put(command("listcalls", "", "left"))
            while time.monotonic() < until:
                for said in says.feed(wire.take(LEFT_S)):
                    calls = listed(said.data) if said.token == "left" else ()
                    if calls:
                        with self._door:
                            facts = [fact for call in calls for fact in self._calls.find(call)]
                        self._registered = True
                        self._tell(facts)
                        return wire, says
                    if said.token == "left":
                        wire.put(command("quit", "", ""))
        except (OSError, SipFault):
            log.info("sip line: nobody was left")
        wire.close()
        return None

    def _started(self) -> tuple[Wire, Netstrings]:
        until = time.monotonic() + START_S
        try:
            port = self.phone.start()
        except FileNotFoundError as error:
            raise Broke("not_found", self._settings.program) from error
        while not self._bell.over.wait(AGAIN_S):
            try:
                wire = connected("127.0.0.1", port, self._bell, until)
            except ConnectionError as error:
                if self.phone.gone or time.monotonic() > until:
                    raise Broke("lost", self._settings.program) from error
            else:
                self.phone.runs(port)
                wire.put(command("uanew", self.phone.account(), ACCOUNT))
                return wire, Netstrings()
        raise Broke("lost")

    def _leave(self, wire: Wire) -> None:
        """At the end of the console."""
        if self._calls.running:
            return
        wire.put(command("quit", "", ""))
        wire.take(0.0)

    def _hear(self, wire: Wire, said: Said) -> None:
        if said.token:
            self._hear_answer(said)
        elif said.type == "REGISTER_OK":
            self._registered = True
        elif said.type == "REGISTER_FAIL":
            self._registered = False
            self._why = "no_login" if said.param.startswith(REFUSED) else "lost"
        else:
            with self._door:
                facts = self._calls.hear(said)
                self._door.notify_all()
            self._tell(facts)
            if said.type.endswith("TRANSFER_FAILED") and said.id:  # 1.0 hangs up then, without a word
                wire.put(command("callfind", said.id, GONE + said.id))
        self._assess()

    def _hear_answer(self, said: Said) -> None:
        if said.token == ACCOUNT:
            if not said.ok:
                raise Broke("not_set_up", "[telephone.sip]")
            self._registered = self._registered or not self._settings.register
        with self._door:
            after = self._after.get(said.token)
            facts = after(said.ok) if after is not None else []
            if said.token.startswith(GONE) and "not found" in said.data:
                for call in tuple(self._calls.running.values()):
                    if call.id == said.token.removeprefix(GONE):
                        facts += self._calls.end(call.call, Ending.FAILED)
        self._tell(facts)
        self._answered(said.token, said)

    def _assess(self) -> None:
        """Without a server no call comes, but one that runs can still be held and ended."""
        if self._registered:
            self._stands(True, detail=self._where(), offers=OFFERS)
        elif self._calls.running:
            self._stands(True, self._why, self._where(), OFFERS - {Offer.DIAL})
        else:
            self._stands(False, self._why, self._where())
