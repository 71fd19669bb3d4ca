"""What an answer is: the centre's, or something else's that stands in between; and which known failure.

A network that wants somebody to sign in first, a proxy, a wrong certificate: none of them is the centre. They
are told apart here, so that no token is thrown away and no command suspected for a hotel's web page.
"""

import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import msgspec
import requests

from console.protocol.wire import Problem
from console.sync.errors import (
    BadAnswer,
    NotTheCentre,
    Offline,
    Rejected,
    RetryLater,
    ServerError,
    TooOld,
    WireError,
)
from console.sync.plug import Unplugged

log = logging.getLogger(__name__)

MOST_PATIENCE_S = 3600.0
"""The longest pause the centre may ask for: a slip of its clock must not silence a desk for a day."""
KINDS = ("application/json", "application/problem+json", "application/x-ndjson", "text/event-stream",
         "application/octet-stream", "image/", "audio/", "application/pdf")  # fmt: skip
"""What the centre's answers are made of; a web page is none of it."""
_PORTAL = 511  # RFC 6585: the network wants somebody to sign in
_PROXY_AUTH = 407
_NAME_WRONG = (62, 64)  # OpenSSL: the certificate is for another host, another address
_TIME_WRONG = (9, 10)  # not yet, no longer


@contextmanager
def wire_errors() -> Iterator[None]:
    """Turn what `requests` raises into Offline with a reason, or NotTheCentre."""
    try:
        yield
    except Unplugged as error:
        raise Offline("unplugged") from error
    except requests.exceptions.SSLError as error:
        raise _tls(error) from error
    except (requests.exceptions.InvalidProxyURL, requests.exceptions.InvalidSchema) as error:
        raise Offline("proxy") from error
    except requests.exceptions.ProxyError as error:
        raise Offline("proxy_auth" if "407" in str(error) else "proxy") from error
    except requests.exceptions.Timeout as error:
        raise Offline("timeout") from error
    except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError) as error:
        raise Offline("cut") from error
    except requests.exceptions.ConnectionError as error:
        raise Offline("no_route") from error
    except requests.exceptions.RequestException as error:
        raise BadAnswer from error


def _tls(error: BaseException) -> WireError:
    """Whose certificate it was. A clock that is years wrong makes every certificate look out of date."""
    code = _verify_code(error)
    if code in _NAME_WRONG:
        return NotTheCentre("tls_name")
    if code in _TIME_WRONG:
        return Offline("tls_time")
    return NotTheCentre("tls_issuer") if code else Offline("tls")


def _verify_code(error: BaseException) -> int:
    """OpenSSL's reason, out of the layers around it; 0 where it is another failure of TLS."""
    seen = set[int]()
    layers: list[object] = [error]
    while layers:
        layer = layers.pop()
        if not isinstance(layer, BaseException) or id(layer) in seen:
            continue
        seen.add(id(layer))
        if isinstance(layer, ssl.SSLCertVerificationError):
            return int(layer.verify_code)
        layers += [layer.__cause__, layer.__context__, getattr(layer, "reason", None), *layer.args]
    return 0


def checked(response: requests.Response) -> requests.Response:
    """The response, if it is the centre's and a success. Raises the WireError it stands for."""
    if response.status_code < 300 and not _is_page(response):
        return response
    try:
        error = _error_of(response.status_code, response)
    finally:
        response.close()
    log.info("answer %s: %s", response.status_code, error.code)
    raise error


def token_refused(response: requests.Response) -> bool:
    """Whether the centre itself says that this token does not count."""
    return response.status_code in (401, 403) and not _is_page(response)


def _is_page(response: requests.Response) -> bool:
    """Whether it is made of something that the centre never sends."""
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return bool(kind) and not kind.startswith(KINDS)


def _error_of(status: int, response: requests.Response) -> WireError:
    if status == _PROXY_AUTH:
        return Offline("proxy_auth")
    if status == _PORTAL or status < 400:
        return NotTheCentre("portal")  # the centre never redirects
    problem = _problem(response)
    if status == 426 or problem.code == "too_old":
        return TooOld()
    if status in (429, 503):
        return RetryLater(retry_after(response), status)
    if status in (502, 504):
        return Offline("gateway")
    if status >= 500:
        return ServerError(status, problem.code)
    if problem.code:
        return Rejected(status, problem.code, problem.attempts_left, problem.detail)
    return NotTheCentre("portal") if _is_page(response) else BadAnswer(str(status))


def _problem(response: requests.Response) -> Problem:
    """The problem document; one without a code where the body is none."""
    with wire_errors():
        body = response.content
    try:
        return msgspec.json.decode(body, type=Problem)
    except msgspec.DecodeError:
        return Problem(title="", status=response.status_code, code="")


def retry_after(response: requests.Response) -> float | None:
    """Seconds asked for: a number, or a date (RFC 9110), which is read against the answer's own date: this
    machine's clock may be wrong. None: nothing that can be understood. At most MOST_PATIENCE_S."""
    header = response.headers.get("Retry-After", "").strip()
    if header.isascii() and header.isdigit():
        return min(float(header), MOST_PATIENCE_S)
    then = _moment(header)
    if then is None:
        return None
    now = _moment(response.headers.get("Date", "")) or datetime.now(UTC)
    return min(max(0.0, (then - now).total_seconds()), MOST_PATIENCE_S)


def _moment(header: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(header)
    except (ValueError, TypeError):
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def not_json(response: requests.Response) -> WireError:
    """A success whose body is not what was asked for: a web page without its type, or half a body."""
    page = response.content.lstrip()[:1] == b"<"
    return NotTheCentre("portal") if page else BadAnswer("not_json")
