"""Practice lists of chasing, out of source/chase.toml; its addresses are of domains that nobody can own."""

import tomllib
from typing import Any

import msgspec

from console.domain.agency import Agency
from console.domain.chase_lists import Chasing, Contact, Escalation, MessageText
from resources.build.places import SOURCE, START

DOMAIN = "quangbinh.example"  # RFC 2606


def lists() -> dict[str, list[object]]:
    """All four lists by kind."""
    read = tomllib.loads((SOURCE / "chase.toml").read_text(encoding="utf-8"))
    kinds: dict[str, Any] = {
        "escalations": Escalation,
        "message_texts": MessageText,
        "contacts": Contact,
        "chasing": Chasing,
    }
    return {
        kind: [msgspec.convert({"valid_from": START, **row}, made) for row in read[kind]]
        for kind, made in kinds.items()
    }


def with_addresses(agency: Agency) -> Agency:
    """The same agency with addresses by its code, for practice."""
    name = agency.code.lower().replace(".", "-")
    return msgspec.structs.replace(
        agency,
        email=f"dau-moi.{name}@{DOMAIN}",
        hook=f"practice:{name}",
        leader_email=f"lanh-dao.{name}@{DOMAIN}",
        leader_hook=f"practice:{name}-ld",
    )
