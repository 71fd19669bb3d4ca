"""E-mail by SMTP (RFC 5321) with the standard library. A message bears one id for ever, whoever sends it."""

import smtplib
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from console.central.post import doors
from console.central.post.doors import Later, Never
from console.central.post.shelf import Taken
from console.domain.chase_lists import is_email
from console.domain.chase_words import one_line


@dataclass(frozen=True)
class SmtpSettings:
    """`security`: starttls, tls or none. `sender` is an address, `sender_name` what stands before it."""

    host: str
    port: int
    security: str
    sender: str
    sender_name: str = ""
    user: str = ""
    password: str = ""
    ca_file: str = ""

    def __repr__(self) -> str:
        return f"SmtpSettings({self.host}:{self.port}, {self.security})"


class SmtpDoor:
    """One connection a message: a queue of some dozens an hour needs no more."""

    state = "sent"

    def __init__(self, settings: SmtpSettings) -> None:
        self._set = settings

    def send(self, letter: Taken) -> None:
        """Raises Later (no connection, hanging, 4xx), Never (5xx, no TLS where it is asked for)."""
        if not is_email(letter.address):
            raise Never("no_address")
        message = message_of(letter, self._set)
        try:
            self._deliver(message, letter.address)
        except smtplib.SMTPRecipientsRefused as error:
            code, _ = next(iter(error.recipients.values()))
            raise _answered(code) from None
        except smtplib.SMTPAuthenticationError as error:
            raise Later(f"smtp_login {error.smtp_code}") from None  # the office mends its password
        except smtplib.SMTPResponseException as error:
            raise _answered(error.smtp_code) from None
        except smtplib.SMTPNotSupportedError:
            raise Never("smtp_no_tls") from None
        except ssl.SSLError:
            raise Later("smtp_tls") from None
        except TimeoutError:
            raise Later("slow") from None
        except (OSError, smtplib.SMTPException):
            raise Later("no_connection") from None

    def _deliver(self, message: EmailMessage, address: str) -> None:
        connection = self._connection()
        with doors.watched(lambda: doors.cut_socket(connection.sock)) as over:
            try:
                connection.connect(self._set.host, self._set.port)
                if self._set.security == "starttls":
                    connection.starttls(context=_context(self._set))
                if self._set.user:
                    connection.login(self._set.user, self._set.password)
                connection.send_message(message, self._set.sender, [address])
            except (OSError, smtplib.SMTPServerDisconnected) as error:
                if over.is_set() or isinstance(error.__context__, TimeoutError):  # smtplib hides it
                    raise TimeoutError from None
                raise
            finally:
                _close(connection)

    def _connection(self) -> smtplib.SMTP:
        """Not connected yet, so that it can be cut from the first word on."""
        if self._set.security == "tls":
            made: smtplib.SMTP = smtplib.SMTP_SSL(timeout=doors.STEP_S, context=_context(self._set))
        else:
            made = smtplib.SMTP(timeout=doors.STEP_S)
        made._host = self._set.host  # type: ignore[attr-defined]  # whose certificate is checked
        return made


def _close(connection: smtplib.SMTP) -> None:
    """Without a farewell: what counts has been answered."""
    connection.close()


def _context(settings: SmtpSettings) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=settings.ca_file or None)


def _answered(code: int) -> Exception:
    return Later(f"smtp {code}") if 400 <= code < 500 else Never(f"smtp {code}")


def message_of(letter: Taken, settings: SmtpSettings) -> EmailMessage:
    """As it goes out. Raises Never where it cannot be one."""
    local, _, domain = settings.sender.partition("@")
    try:
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(one_line(settings.sender_name), local, domain)
        message["To"] = letter.address
        message["Subject"] = one_line(letter.subject) or letter.number
        message["Date"] = format_datetime(datetime.now(UTC))
        message["Message-ID"] = f"<{letter.id}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message["X-Report-Number"] = one_line(letter.number)
        message.set_content(letter.body, charset="utf-8")
    except (MessageError, ValueError):
        raise Never("not_writable") from None
    return message
