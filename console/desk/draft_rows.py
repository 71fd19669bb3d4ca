"""A draft's row: open and handed ones stay, ended ones are kept for a week."""

from datetime import timedelta

import msgspec

from console.desk.holdings import Holdings
from console.desk.rows import Draft
from console.models.drafts import HANDED, OPEN
from console.models.times import to_ms

KEEP = timedelta(days=7)

_encode = msgspec.json.Encoder().encode


def put_draft(held: Holdings, draft: Draft, state: str = OPEN) -> None:
    """Write it as it stood at its `saved_at`. Inside a transaction."""
    until = None if state in (OPEN, HANDED) else to_ms(draft.saved_at + KEEP)
    held.drafts.put(draft.id, draft.case, to_ms(draft.saved_at), _encode(draft), state, until)
