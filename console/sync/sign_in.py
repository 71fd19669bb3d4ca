"""Who works at this desk: enrolment, signing in, renewing tokens, and signing in without the network.

One `SignIn` per program. It is the `Pass` of every Api: the wire and the stream thread may find the access
token spent at the same moment, and only one of them may spend the refresh token.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from console.protocol.administration import NewPassword
from console.protocol.wire import Identity, StationAnswer, StationRequest, TokenAnswer, TokenRequest
from console.sync.api import Api
from console.sync.circuit import is_sick
from console.sync.credentials import Credentials, Known
from console.sync.errors import NotTheCentre, Offline, Rejected, SignedOut, WireError

log = logging.getLogger(__name__)

OFFLINE_DAYS = timedelta(days=14)


class NotEnrolled(WireError):
    """This workstation has no station key: a supervisor must enrol it."""

    code = "not_enrolled"


class WrongPassword(WireError):
    """The user name or the password is wrong. `attempts_left`: before the centre makes a pause."""

    code = "wrong_password"

    def __init__(self, attempts_left: int | None = None) -> None:
        super().__init__()
        self.attempts_left = attempts_left


class PasswordToSet(WireError):
    """What was typed is a one-time code of an administrator: a new password is set by it."""

    code = "password_to_set"


class PasswordShort(WireError):
    """The centre wants a longer password."""

    code = "password_short"


class NotKnownHere(WireError):
    """No network, and this user did not sign in here within the last 14 days."""

    code = "not_known_here"


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Who it is. `offline`: let in by this desk's own memory, to be confirmed when the centre answers."""

    identity: Identity
    offline: bool = False


def _wall() -> datetime:
    return datetime.now(UTC)


class SignIn:
    """Thread-safe: the screens sign in, the wire renews."""

    def __init__(self, api: Api, credentials: Credentials, now: Callable[[], datetime] = _wall) -> None:
        self._api, self._credentials, self._now = api, credentials, now
        self._lock = threading.RLock()  # held for a moment, never while the centre is asked
        self._access: str | None = None
        self._typed: tuple[str, str] | None = None  # only until the centre confirms an offline sign-in
        self._flight: Future[str] | None = None  # a renewal on its way
        self._turn = 0  # one more with each sign-in and sign-out
        self._hasher = PasswordHasher()
        self.identity: Identity | None = None

    @property
    def enrolled(self) -> bool:
        """Whether this workstation has its station key."""
        return self._credentials.station_key is not None

    def enrol(self, user: str, password: str) -> StationAnswer:
        """Enrol this workstation by a supervisor's word. Raises WrongPassword, Rejected, Offline, …"""
        asked = StationRequest(station=self._credentials.station, user=user, password=password)
        with _as_password():
            answer = self._api.enrol(asked)
        self._credentials.keep_station_key(answer.station_key)
        return answer

    def sign_in(self, user: str, password: str) -> SignedIn:
        """Sign in at the centre; where it is not reached, or not well, by what this desk remembers.

        Raises WrongPassword, NotEnrolled, NotKnownHere, Rejected, BadAnswer, RetryLater; where this desk does
        not remember the user, also NotTheCentre and ServerError.
        """
        try:
            return self._sign_in_at_centre(user, password)
        except WireError as error:
            if not _lets_in_here(error):
                raise
            return self._sign_in_here(user, password, error)

    def vouch(self, user: str, password: str) -> SignedIn:
        """Whose name and password these are, while somebody else works here: the centre says so, or this
        desk's memory where it is not reached. Raises what `sign_in` raises."""
        try:
            answer = self._ask_password(user, password)
        except WireError as error:
            if not _lets_in_here(error):
                raise
            return SignedIn(identity=self._known_here(user, password, error).identity, offline=True)
        self._remember(answer, password)
        return SignedIn(identity=answer.identity)

    def set_password(self, user: str, code: str, password: str) -> SignedIn:
        """By a one-time code; then the user is signed in with it. Raises WrongPassword for a wrong code or a
        late one, PasswordShort, and what `sign_in` does."""
        asked = NewPassword(
            station=self._credentials.station, station_key=self._station_key(),
            user=user, code=code, password=password,
        )  # fmt: skip
        with _as_password():
            self._api.set_password(asked)
        return self._sign_in_at_centre(user, password)

    def sign_out(self) -> None:
        """Forget who works here; the outbox stays and the next user's token delivers it."""
        with self._lock:
            self._turn += 1
            if self.identity is not None:
                self._credentials.forget_refresh(self.identity.user)
            self._access = self._typed = self.identity = None

    def access(self) -> str:
        """The access token, fetched first where there is none yet. Raises SignedOut and what `renew` does."""
        return self._renewed(None)

    def renew(self, spent: str) -> str:
        """A new access token in place of `spent`; one that another thread just renewed is given as it is."""
        return self._renewed(spent)

    def _renewed(self, spent: str | None) -> str:
        """However many threads ask, one fetches; the others wait for it and share what it got, also its
        failure: a centre that does not answer is not asked once by each."""
        with self._lock:
            if self._access is not None and self._access != spent:
                return self._access
            self._access = None
            flight, mine = self._flight or Future[str](), self._flight is None
            self._flight = flight
        if mine:
            self._fly(flight)
        return flight.result()

    def _fly(self, flight: "Future[str]") -> None:
        try:
            flight.set_result(self._fetch())
        except WireError as error:
            flight.set_exception(error)
        finally:
            with self._lock:
                self._flight = None
            if not flight.done():  # a bug, which goes its own way in this thread
                flight.set_exception(SignedOut("not renewed"))

    def _sign_in_at_centre(self, user: str, password: str) -> SignedIn:
        answer = self._ask_password(user, password)
        with self._lock:
            self._turn += 1
            self._take(answer)
        self._remember(answer, password)
        return SignedIn(identity=answer.identity)

    def _ask_password(self, user: str, password: str) -> TokenAnswer:
        asked = TokenRequest(
            station=self._credentials.station, station_key=self._station_key(), user=user, password=password
        )
        with _as_password():
            return self._api.token(asked)

    def _remember(self, answer: TokenAnswer, password: str) -> None:
        known = Known(identity=answer.identity, seen=answer.server_time, verifier=self._hasher.hash(password))
        self._credentials.remember(known)

    def _known_here(self, user: str, password: str, why: WireError) -> Known:
        known = self._credentials.known(user)
        if known is None or abs(self._now() - known.seen) > OFFLINE_DAYS:
            raise (NotKnownHere if isinstance(why, Offline) else why)
        try:
            self._hasher.verify(known.verifier, password)
        except VerifyMismatchError:
            raise WrongPassword from None
        return known

    def _sign_in_here(self, user: str, password: str, why: WireError) -> SignedIn:
        known = self._known_here(user, password, why)
        with self._lock:
            self._turn += 1
            self.identity, self._access, self._typed = known.identity, None, (user, password)
        return SignedIn(identity=known.identity, offline=True)

    def _fetch(self) -> str:
        """By the password typed while offline, else by the refresh token. Raises SignedOut.

        Whoever signs in or out meanwhile is right: what comes then for the one before is only kept for them.
        """
        with self._lock:
            turn, identity, typed = self._turn, self.identity, self._typed
        if identity is None:
            raise SignedOut
        proof = self._proof(identity.user, typed)
        try:
            answer = self._api.token(proof)
        except Rejected as error:
            log.info("token not renewed: %s", error.problem)
            self._give_up(turn, identity.user, proof.refresh)
            raise SignedOut from error
        with self._lock:
            if turn == self._turn:
                self._take(answer)
                return answer.access
            if self.identity is None or self._access is None:
                raise SignedOut
            return self._access

    def _give_up(self, turn: int, user: str, refresh: str | None) -> None:
        """The centre takes this proof no more; a newer one, of a sign-in meanwhile, stays."""
        with self._lock:
            if self._credentials.refresh(user) == refresh or turn == self._turn:
                self._credentials.forget_refresh(user)
            if turn == self._turn:
                self._typed = None

    def _proof(self, user: str, typed: tuple[str, str] | None) -> TokenRequest:
        station, key = self._credentials.station, self._station_key()
        if typed is not None:
            name, password = typed
            return TokenRequest(station=station, station_key=key, user=name, password=password)
        refresh = self._credentials.refresh(user)
        if refresh is None:
            raise SignedOut
        return TokenRequest(station=station, station_key=key, refresh=refresh)

    def _take(self, answer: TokenAnswer) -> None:
        """With the lock: the refresh token is on disk before the access token is used, so that a crash leaves
        either the old one, whose answer then was lost, or the new one."""
        self._credentials.keep_refresh(answer.identity.user, answer.refresh)
        self._access, self.identity, self._typed = answer.access, answer.identity, None

    def _station_key(self) -> str:
        key = self._credentials.station_key
        if key is None:
            raise NotEnrolled
        return key


def _lets_in_here(error: WireError) -> bool:
    """Whether somebody may be let in by this desk's own memory: the centre is away, or not well."""
    return isinstance(error, Offline | NotTheCentre) or is_sick(error)


@contextmanager
def _as_password() -> Iterator[None]:
    """A 401 on a password is a wrong password."""
    try:
        yield
    except Rejected as error:
        if error.status == 401:
            raise WrongPassword(error.attempts_left) from error
        known = {"set_password": PasswordToSet, "password_short": PasswordShort}.get(error.problem)
        if known is not None:
            raise known from error
        raise
