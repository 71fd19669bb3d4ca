"""What can go wrong on the way to the centre: a small family, each with a stable code.

None of them ever holds a body, a name or a phone: only codes, statuses and seconds. The screens know them
as DeskError and have a sentence for each (`error.<code>`).
"""

from console.desk.errors import DeskError


class WireError(DeskError):
    """Something between this desk and the centre."""

    code = "wire"


class Offline(WireError):
    """No answer was had. `reason`: unplugged, no_route, timeout, cut, gateway, tls, tls_time, proxy,
    proxy_auth."""

    code = "offline"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotTheCentre(WireError):
    """Something answered that is not the centre, and nothing of it is believed. `reason`: portal (a web page
    or a redirection of this network), tls_name (a certificate for another host), tls_issuer (one that nobody
    here trusts)."""

    code = "not_the_centre"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ServerError(WireError):
    """The centre failed on this request (5xx); another request may well go through."""

    code = "server_error"

    def __init__(self, status: int, problem: str = "") -> None:
        super().__init__(f"{status} {problem}".strip())
        self.status, self.problem = status, problem


class Rejected(WireError):
    """The centre does not take this request as it is (4xx), e.g. wrong password or an unknown station.
    `detail`: its words about it, which go to the screen of whoever asked and into no log."""

    code = "rejected"

    def __init__(
        self, status: int, problem: str = "", attempts_left: int | None = None, detail: str = ""
    ) -> None:
        super().__init__(f"{status} {problem}".strip())
        self.status, self.problem, self.attempts_left = status, problem, attempts_left
        self.detail = detail


class BadAnswer(WireError):
    """An answer came that cannot be understood: half a body, nonsense."""

    code = "bad_answer"


class SignedOut(WireError):
    """The centre no longer takes our token, and it could not be renewed. Logging goes on."""

    code = "signed_out"


class TooOld(WireError):
    """The centre speaks a newer protocol: it still takes our commands, and gives us nothing else."""

    code = "too_old"


class RetryLater(WireError):
    """The centre asks for patience (429, 503). `seconds`: what Retry-After said, None: nothing."""

    code = "retry_later"

    def __init__(self, seconds: float | None, status: int = 429) -> None:
        super().__init__(f"{status} after {seconds} s")
        self.seconds, self.status = seconds, status
