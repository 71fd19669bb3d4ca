"""Numbers as telephones spell them: SIP and tel addresses, names beside them, nothing at all."""

import re
from urllib.parse import unquote

LONGEST = 200
_BRACKETS = re.compile(r"<([^<>]*)>")
_SCHEME = re.compile(r"\A(?:sips?|tel|callto):(?://)?", re.IGNORECASE)
_NUMBER = re.compile(r"\A\+?\d[\d*#]{0,30}\Z", re.ASCII)
_BETWEEN = re.compile(r"[\s.()/\u2010-\u2015-]")
_WITHHELD = {"", "anonymous", "unknown", "private", "restricted", "unavailable", "withheld", "asserted"}


def number_in(text: str) -> str | None:
    """The number to dial for whoever is meant; "" where it is withheld, None where it is none."""
    if len(text) > LONGEST:
        return None
    inside = _BRACKETS.search(text)
    address = unquote(_SCHEME.sub("", (inside[1] if inside else text).strip()))
    user = _BETWEEN.sub("", re.split(r"[@;?]", address, maxsplit=1)[0])
    if user.lower() in _WITHHELD:
        return ""
    return user if _NUMBER.match(user) else None
