"""Calls of one telephone at an Asterisk exchange, through its manager interface (AMI) over TCP or TLS.

The telephone itself stays what one speaks with. What plain AMI can do to its calls is offered: hand on, hang
up, call out; answering and holding only where the settings say that the telephone obeys `NOTIFY` with `talk`
and `hold`, which the exchange can send but not see the effect of.
"""

import hashlib
import ipaddress
import logging
import secrets
import ssl
import time
from collections.abc import Callable

from console.desk.errors import LineError
from console.domain.telephone import CallId, Ending, Offer
from console.settings import AmiSettings
from console.telephony.ami_calls import DeskCalls, Leg, is_real
from console.telephony.ami_wire import AmiFault, Message, Messages, action
from console.telephony.kept import Broke, KeptLine, dialable, pause
from console.telephony.wire import Wire, connected

log = logging.getLogger(__name__)
LOGIN_S, SILENT_S, DEAD_S, PULSE_S = 5.0, 20.0, 28.0, 2.5
ALWAYS = frozenset({Offer.TRANSFER, Offer.HANG_UP, Offer.DIAL, Offer.REST})
RINGS_MS = "30000"
DECLINED = "21"
"""Cause of a call that is turned away, as Q.850 counts them."""
CHALLENGE, LOGIN, CHANNELS, PING = "challenge", "login", "channels", "ping"


class AmiLine(KeptLine[Message]):
    """`secret` None: it was not found, nothing is connected to."""

    def __init__(
        self, settings: AmiSettings, secret: str | None, pause: Callable[[str, int], float] = pause
    ) -> None:
        super().__init__("ami", pause)
        self._settings, self._secret = settings, secret
        self._offers = ALWAYS | ({Offer.ANSWER, Offer.HOLD} if settings.buttons else set())
        self._times = 0
        self._calls = DeskCalls(settings.phone)

    # acts

    def answer(self, call: CallId) -> None:
        """The telephone is told to pick up. Raises LineError, as all acts."""
        self._press(call, Offer.ANSWER, "talk")

    def hold(self, call: CallId) -> None:
        """The telephone is told to hold."""
        self._press(call, Offer.HOLD, "hold")

    def resume(self, call: CallId) -> None:
        """The telephone is told to talk again."""
        self._press(call, Offer.HOLD, "talk")

    def transfer(self, call: CallId, number: str) -> None:
        """The other side is sent to that number; one that still rings here, too."""
        self._can(Offer.TRANSFER)
        leg = self._leg(call)
        place = ("Context", self._settings.context), ("Exten", dialable(number))
        if leg.answered:
            self._do("BlindTransfer", ("Channel", leg.channel), *place)
        elif leg.incoming and leg.other and is_real(leg.other):
            self._do("Redirect", ("Channel", leg.other), *place, ("Priority", "1"))
        else:
            raise LineError("who calls cannot be reached before it is answered")
        self._ends(call, Ending.TRANSFERRED)

    def hang_up(self, call: CallId) -> None:
        """Also one that rings: it rings no more here."""
        self._can(Offer.HANG_UP)
        leg = self._leg(call)
        cause = (("Cause", DECLINED),) if leg.incoming and not leg.answered else ()
        self._do("Hangup", ("Channel", leg.channel), *cause)
        self._ends(call, Ending.DESK)

    def dial(self, number: str) -> CallId:
        """The telephone rings first; picked up, it calls the number."""
        self._can(Offer.DIAL)
        unique = f"ioc-{secrets.token_hex(8)}"
        with self._door:
            call = self._calls.dials(unique, dialable(number))
        self._do(
            "Originate",
            ("Channel", self._settings.phone), ("Context", self._settings.context), ("Exten", number),
            ("Priority", "1"), ("Async", "true"), ("Timeout", RINGS_MS), ("ChannelId", unique),
            ("CallerID", number), token=unique,
        )  # fmt: skip
        return call

    def rest(self, on: bool) -> None:
        """The exchange's queues leave this telephone out, or ring it again. Raises LineError, also where
        it is in no queue."""
        self._can(Offer.REST)
        self._do("QueuePause", ("Interface", self._settings.phone), ("Paused", "true" if on else "false"))
        self._rests(on)

    def _press(self, call: CallId, offer: Offer, key: str) -> None:
        self._can(offer)
        self._do("PJSIPNotify", ("Channel", self._leg(call).channel), ("Variable", f"Event={key}"))

    def _do(self, name: str, *fields: tuple[str, str], token: str = "") -> None:
        answer = self._ask(lambda token: action(name, token, *fields), token)
        if answer.get("response") != "Success":
            raise LineError(name)

    def _leg(self, call: CallId) -> Leg:
        with self._door:
            leg = self._calls.leg(call)
        if leg is None or not leg.channel:
            raise LineError("no such call")
        return leg

    def _ends(self, call: CallId, how: Ending) -> None:
        with self._door:
            self._calls.ends(call, how)

    # the connection

    def _where(self) -> str:
        return f"{self._settings.host}:{self._settings.port}"

    def _running(self) -> tuple[CallId, ...]:
        told, self._times = self._calls.told, self._times + 1
        self._calls = DeskCalls(self._settings.phone, f"{self._times}.")
        return told

    def _session(self) -> None:
        wire, messages = self._connected(), Messages()
        now = heard = time.monotonic()
        until = now + LOGIN_S
        while not self._bell.over.is_set():
            came, now = wire.take(PULSE_S), time.monotonic()
            heard = now if came else heard
            try:
                for message in messages.feed(came):
                    self._hear(wire, message)
            except AmiFault as fault:
                log.warning("ami line: no manager interface: %s", fault)
                raise Broke("lost" if self._state.up else "not_found") from fault
            if now > (heard + DEAD_S if self._state.up else until):
                raise Broke("lost")
            if self._state.up and now > heard + SILENT_S:
                _say(wire, "Ping", PING)

    def _connected(self) -> Wire:
        settings, until = self._settings, time.monotonic() + LOGIN_S
        for name in ("phone", "user"):
            if not getattr(settings, name):
                raise Broke("not_set_up", f"[telephone.ami] {name}")
        if not self._secret:
            raise Broke("not_set_up", settings.secret)
        context = self._certificates()
        try:
            wire = connected(settings.host, settings.port, self._bell, until)
        except ConnectionError as error:
            raise Broke("refused") from error
        except TimeoutError as error:
            raise Broke("lost") from error
        except (OSError, UnicodeError, OverflowError) as error:  # no such name, and what cannot be one
            raise Broke("not_found") from error
        with self._door:
            self._wire = wire
        if context is not None:
            try:
                wire.hello(context, settings.host, until)
            except ssl.SSLError as error:
                raise Broke("refused", f"{self._where()} (TLS)") from error
        return wire

    def _certificates(self) -> ssl.SSLContext | None:
        if not self._settings.tls:
            return None
        try:
            return ssl.create_default_context(cafile=self._settings.ca or None)
        except OSError as error:  # ssl.SSLError, too
            raise Broke("not_set_up", "[telephone.ami] ca") from error

    def _hear(self, wire: Wire, message: Message) -> None:
        token = message.get("actionid", "")
        if "banner" in message:
            _say(wire, "Challenge", CHALLENGE, ("AuthType", "MD5"))
        elif "event" in message or "response" not in message:
            with self._door:
                facts = self._calls.hear(message)
            self._tell(facts)
        elif token == CHALLENGE:
            self._log_in(wire, message)
        elif token == LOGIN:
            if message["response"] != "Success":
                raise Broke("no_login")
            self._stands(True, detail=self._where(), offers=self._offers)
            _say(wire, "CoreShowChannels", CHANNELS)
        else:
            with self._door:
                facts = self._calls.dialled(message)
            self._tell(facts)
            self._answered(token, message)

    def _log_in(self, wire: Wire, answer: Message) -> None:
        """The secret itself is said only where nobody listens: over TLS, or within this machine."""
        given, secret = answer.get("challenge", ""), self._secret or ""
        who = (("Username", self._settings.user), ("Events", "call"))
        if answer["response"] == "Success" and given:
            key = hashlib.md5((given + secret).encode(), usedforsecurity=False).hexdigest()
            _say(wire, "Login", LOGIN, ("AuthType", "MD5"), ("Key", key), *who)
        elif self._settings.tls or _is_here(self._settings.host):
            _say(wire, "Login", LOGIN, ("Secret", secret), *who)
        else:
            raise Broke("no_login", f"{self._where()} (MD5)")


def _say(wire: Wire, name: str, token: str, *fields: tuple[str, str]) -> None:
    try:
        wire.put(action(name, token, *fields))
    except ValueError as error:  # a user's name of two lines
        raise Broke("not_set_up", "[telephone.ami]") from error


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
