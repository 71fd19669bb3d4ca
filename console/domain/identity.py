"""Identifiers: UUIDv7 (RFC 9562), made where the thing is made, sortable by time."""

import uuid_utils


def new_id() -> str:
    """A new UUIDv7 as lower-case text with hyphens."""
    return str(uuid_utils.uuid7())
