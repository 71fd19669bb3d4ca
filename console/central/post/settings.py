"""The doors as the office sets them: a TOML file for the server, its secrets in the environment."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from console.central.post.doors import Doors, NoDoor
from console.central.post.hook import SHORTEST_SECRET, HookDoor, HookSettings
from console.central.post.smtp import SmtpDoor, SmtpSettings
from console.domain.chase_lists import is_email

SMTP_PASSWORD, HOOK_SECRET = "IOC_SMTP_PASSWORD", "IOC_HOOK_SECRET"
PORTS = {"starttls": 587, "tls": 465, "none": 25}
"""By security."""
T = TypeVar("T")


class BadPost(Exception):
    """The file cannot be used; the text says what is wrong and where, and holds no secret."""


def doors_of(file: Path | None, secrets: Mapping[str, str] = os.environ) -> Doors:
    """What the file says; a door that it does not name is not there. Raises BadPost."""
    if file is None:
        return Doors(email=NoDoor(), hook=NoDoor())
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadPost(f"{file.name}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadPost(f"{file.name}: {error}") from None
    unknown = sorted(set(read) - {"smtp", "hook"})
    if unknown:
        raise BadPost(f"{file.name}: there is no section {unknown[0]}; smtp and hook are")
    smtp, hook = read.get("smtp"), read.get("hook")
    return Doors(
        email=SmtpDoor(_smtp(smtp, secrets)) if smtp is not None else NoDoor(),
        hook=HookDoor(_hook(hook, secrets)) if hook is not None else NoDoor(),
    )


def _smtp(read: Any, secrets: Mapping[str, str]) -> SmtpSettings:
    section = {"security": "starttls", **_section("smtp", read)}
    section.setdefault("port", PORTS.get(str(section["security"]), 587))
    made = _made("smtp", SmtpSettings, section, password=secrets.get(SMTP_PASSWORD, ""))
    if made.security not in PORTS:
        raise BadPost(f"smtp.security must be one of {', '.join(PORTS)}")
    if not is_email(made.sender):
        raise BadPost("smtp.sender must be one plain address")
    if made.user and not made.password:
        raise BadPost(f"smtp.user needs its password in ${SMTP_PASSWORD}")
    if made.user and made.security == "none":
        raise BadPost("smtp: a password goes over TLS only; set security")
    return made


def _hook(read: Any, secrets: Mapping[str, str]) -> HookSettings:
    made = _made("hook", HookSettings, _section("hook", read), secret=secrets.get(HOOK_SECRET, ""))
    parts = urlsplit(made.url)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username:
        raise BadPost("hook.url must be https://… without a user name")
    if parts.scheme == "http" and not made.private:
        raise BadPost("hook.url: plain http only with private = true")
    if len(made.secret) < SHORTEST_SECRET:
        raise BadPost(f"hook needs a secret of {SHORTEST_SECRET} characters at least in ${HOOK_SECRET}")
    return made


def _section(name: str, read: Any) -> dict[str, Any]:
    if not isinstance(read, dict):
        raise BadPost(f"{name} must be a section: [{name}]")
    return read


def _made(name: str, kind: type[T], read: dict[str, Any], **secret: str) -> T:
    """The settings, of the types that they have, without any that there are not."""
    wanted: dict[str, Any] = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    for key, value in read.items():
        if key not in wanted or key in secret:
            raise BadPost(f"there is no setting {name}.{key}")
        if type(value) is not wanted[key].type:
            raise BadPost(f"{name}.{key} must be of type {wanted[key].type.__name__}")
    try:
        return kind(**read, **secret)
    except TypeError:
        missing = [key for key, field in wanted.items() if key not in read and key not in secret]
        raise BadPost(f"{name} needs {missing[0]}") from None
