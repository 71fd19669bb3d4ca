"""One typed settings object for the workstation program, from a TOML file that administrators write.

The program never writes it: what a user chooses (theme, text size) is remembered elsewhere.
"""

import os
import tomllib
from pathlib import Path
from typing import Any, Literal

import msgspec
import platformdirs

APP = "ioc-console"
FILE = "settings.toml"


class SettingsUnreadable(Exception):
    """The file is no TOML, or a value is of the wrong kind. The text names the place, never a value."""

    code = "settings_unreadable"


class PushSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where an exchange tells of calls by HTTP. `secret`: its name in the keyring, not itself."""

    host: str = "127.0.0.1"
    port: int = 8642
    secret: str = "telephone"


class AmiSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An Asterisk exchange, and this desk's telephone at it. `ca`: file of the office's own authority, "" for
    the system's. `phone`: as the exchange names it, e.g. "PJSIP/103". `context`: where it dials for this
    desk. `buttons`: the telephone obeys NOTIFY with "talk" and "hold". `secret`: its name in the keyring."""

    host: str = "127.0.0.1"
    port: int = 5038
    tls: bool = False
    ca: str = ""
    user: str = "console"
    secret: str = "telephone"
    phone: str = ""
    context: str = "from-internal"
    buttons: bool = False


class SipSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An account at a SIP server, for the softphone baresip that the console starts. `server`: its name or
    address, with ":port" where it is not the usual one. `login`: where it is not `user`. `listen`: this
    machine's address and port for calls, "" for any. `sound`: what baresip speaks and hears
    through. `register` false: calls come here without. `password`: its name in the keyring."""

    server: str = ""
    user: str = ""
    login: str = ""
    password: str = "telephone"
    transport: Literal["udp", "tcp"] = "udp"
    register: bool = True
    listen: str = ""
    sound: str = "alsa,default"
    program: str = "baresip"


class TelephoneSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where calls come from: the table [telephone]. A kind's own values stand in a table of its name."""

    kind: Literal["manual", "handed_over", "push", "ami", "sip"] = "manual"
    push: PushSettings = PushSettings()
    ami: AmiSettings = AmiSettings()
    sip: SipSettings = SipSettings()


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that an administrator may set for one workstation.

    `server`: address of the centre, e.g. "https://ioc.quangbinh.gov.vn"; "" where not set yet.
    `station`: two-digit desk. `undo_seconds`: 0 switches undo off. `language`: vi or en.
    `theme`: light, dark or hours. `proxy`: "http://host:port" of the way out, with "user:password@" where it
    asks for them; "" for what the system says, "none" for none. `telephone`: where calls come from.
    """

    server: str = ""
    station: str = ""
    undo_seconds: int = 10
    language: str = "vi"
    theme: str = "light"
    data_folder: str = ""
    log_level: str = "INFO"
    proxy: str = ""
    telephone: TelephoneSettings = TelephoneSettings()


ROOTS_PRACTICE = Path("/var/lib/ioc-console/practice")


def settings_file() -> Path:
    """Where the settings of this workstation are looked for."""
    return Path(platformdirs.user_config_path(APP)) / FILE


def data_folder() -> Path:
    """Where the encrypted store, the logs and what was remembered lie."""
    return Path(platformdirs.user_data_path(APP))


def practice_folder() -> Path:
    """Where practice mode keeps its world and its desks, apart from everything real.

    Root's own practice lies outside of its home: PostgreSQL runs as another user there, and would have
    the home opened to everybody.
    """
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return ROOTS_PRACTICE
    return data_folder() / "practice"


def read_settings(file: Path | None = None) -> Settings:
    """The settings; all defaults where there is no file. Raises SettingsUnreadable."""
    path = file or settings_file()
    try:
        values: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return msgspec.convert(values, Settings)
    except FileNotFoundError:
        return Settings()
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise SettingsUnreadable(f"{path.name}: {type(error).__name__}") from error
