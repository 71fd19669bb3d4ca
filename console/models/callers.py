"""What SQL says of callers, who are phones: each question walks `ix_phone` or goes by key."""

from console.models.queue import Ask

STOOD_AT_MOST = 500  # newest reports of a phone that are looked at for open ones
COUNT = "SELECT count(*) FROM case_row INDEXED BY ix_phone WHERE phone = ?"
STANDING = (
    "SELECT sum(open), max(entered_ms), number FROM (SELECT open, entered_ms, number FROM case_row "
    f"INDEXED BY ix_phone WHERE phone = ? ORDER BY entered_ms DESC LIMIT {STOOD_AT_MOST})"
)
"""How many are open, and when the newest came in, with its number: SQLite takes it from the row of `max`."""
NEWEST_OF = (
    "SELECT phone, body FROM case_row INDEXED BY ix_phone JOIN case_body USING (pk) WHERE phone = ? "
    "ORDER BY entered_ms DESC LIMIT ?"
)
SAME = (
    "SELECT pk FROM case_row INDEXED BY ix_phone WHERE phone = "
    "(SELECT phone FROM case_row INDEXED BY ix_number WHERE number = ?)"
)
"""Cases of the phone that a case came from."""


def of_cases(keys: tuple[int, ...], digits: str) -> Ask:
    """Phones of these cases with the cases themselves, the newest first; `digits`: these in a row in them."""
    marks = ", ".join("?" * len(keys))
    has, values = "phone IS NOT NULL", list[object](keys)
    if digits:
        has = "(instr(phone, ?) OR instr(replace(phone, '+84', '0'), ?))"
        values += [digits, digits]
    return Ask(
        f"SELECT phone, body FROM case_row JOIN case_body USING (pk) WHERE pk IN ({marks}) AND {has} "
        "ORDER BY entered_ms DESC",
        tuple(values),
    )
