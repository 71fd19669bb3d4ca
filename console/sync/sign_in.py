"""Who works at this desk: enrolment, signing in, renewing tokens, and signing in without the network.

One `SignIn` per program. It is the `Pass` of every Api: the wire and the stream thread may find the access
token spent at the same moment, and only one of them may spend the refresh token.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from console.protocol.wire import Identity, StationAnswer, StationRequest, TokenAnswer, TokenRequest
from console.sync.api import Api
from console.sync.credentials import Credentials, Known
from console.sync.errors import Offline, Rejected, SignedOut, WireError

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
        self._lock = threading.RLock()
        self._access: str | None = None
        self._typed: tuple[str, str] | None = None  # only until the centre confirms an offline sign-in
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
        """Sign in at the centre; without network by what this desk remembers.

        Raises WrongPassword, NotEnrolled, NotKnownHere, Rejected, BadAnswer, RetryLater, ServerError.
        """
        with self._lock:
            try:
                return self._sign_in_at_centre(user, password)
            except Offline:
                return self._sign_in_here(user, password)

    def sign_out(self) -> None:
        """Forget who works here; the outbox stays and the next user's token delivers it."""
        with self._lock:
            if self.identity is not None:
                self._credentials.forget_refresh(self.identity.user)
            self._access = self._typed = self.identity = None

    def access(self) -> str:
        """The access token, fetched first where there is none yet. Raises SignedOut and what `renew` does."""
        with self._lock:
            return self._access or self._fetch()

    def renew(self, spent: str) -> str:
        """A new access token in place of `spent`; one that another thread just renewed is given as it is."""
        with self._lock:
            if self._access is not None and self._access != spent:
                return self._access
            self._access = None
            return self._fetch()

    def _sign_in_at_centre(self, user: str, password: str) -> SignedIn:
        asked = TokenRequest(
            station=self._credentials.station, station_key=self._station_key(), user=user, password=password
        )
        with _as_password():
            answer = self._api.token(asked)
        self._take(answer)
        known = Known(identity=answer.identity, seen=self._now(), verifier=self._hasher.hash(password))
        self._credentials.remember(known)
        self._typed = None
        return SignedIn(identity=answer.identity)

    def _sign_in_here(self, user: str, password: str) -> SignedIn:
        known = self._credentials.known(user)
        if known is None or abs(self._now() - known.seen) > OFFLINE_DAYS:
            raise NotKnownHere
        try:
            self._hasher.verify(known.verifier, password)
        except VerifyMismatchError:
            raise WrongPassword from None
        self.identity, self._access, self._typed = known.identity, None, (user, password)
        return SignedIn(identity=known.identity, offline=True)

    def _fetch(self) -> str:
        """By the password typed while offline, else by the refresh token. Raises SignedOut."""
        if self.identity is None:
            raise SignedOut
        try:
            answer = self._api.token(self._proof(self.identity.user))
        except Rejected as error:
            log.info("token not renewed: %s", error.problem)
            self._credentials.forget_refresh(self.identity.user)
            self._typed = None
            raise SignedOut from error
        self._take(answer)
        return answer.access

    def _proof(self, user: str) -> TokenRequest:
        station, key = self._credentials.station, self._station_key()
        if self._typed is not None:
            name, password = self._typed
            return TokenRequest(station=station, station_key=key, user=name, password=password)
        refresh = self._credentials.refresh(user)
        if refresh is None:
            raise SignedOut
        return TokenRequest(station=station, station_key=key, refresh=refresh)

    def _take(self, answer: TokenAnswer) -> None:
        self._credentials.keep_refresh(answer.identity.user, answer.refresh)
        self._access, self.identity, self._typed = answer.access, answer.identity, None

    def _station_key(self) -> str:
        key = self._credentials.station_key
        if key is None:
            raise NotEnrolled
        return key


@contextmanager
def _as_password() -> Iterator[None]:
    """A 401 on a password is a wrong password."""
    try:
        yield
    except Rejected as error:
        if error.status == 401:
            raise WrongPassword(error.attempts_left) from error
        raise
