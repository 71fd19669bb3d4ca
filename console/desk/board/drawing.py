"""Which finished calls are drawn to be scored: every critical one and a share of the others.

Who draws does not matter: the number decides (`domain.quality.lot_of`).
"""

from collections.abc import Sequence

import numpy as np

from console.desk.board.board_rows import Sampling
from console.desk.holdings import Holdings
from console.desk.index.columns import Columns
from console.desk.index.figures import DAY_MS
from console.domain.case import Channel
from console.domain.category import Urgency
from console.domain.quality import LOTS, ScoreForm, form_on, lot_of
from console.domain.zone import local_day

SLICE = 400


def sampling(held: Holdings, columns: Columns, midnight_ms: int) -> Sampling | None:
    """How far the scoring is; None: no form is in force."""
    form = form_on(held.reference.score_forms, local_day(held.clock.now()))
    if form is None:
        return None
    ids, scored = drawn(held, columns, form, midnight_ms), held.sample_scores.cases()
    left = [id_ for id_ in ids if id_ not in scored]
    return Sampling(form=form, drawn=len(ids), scored=len(ids) - len(left), next=left[0] if left else "")


def drawn(held: Holdings, columns: Columns, form: ScoreForm, midnight_ms: int) -> tuple[str, ...]:
    """Ids of the cases of the form's days whose calls are drawn, in the order of entry. A number never
    changes: what each drew is looked up once."""
    phone = columns.channels.known(Channel.PHONE.value)
    if phone is None:
        return ()
    since = midnight_ms - (form.days - 1) * DAY_MS
    slots = np.flatnonzero((columns.entered >= since) & (columns.flags != 0) & (columns.channel == phone))
    slots = slots[np.argsort(columns.entered[slots], kind="stable")]
    keys: list[int] = slots.tolist()
    lots = columns.lots
    _draw(held, lots, [key for key in keys if key not in lots])
    critical = (columns.urgency[slots] == 3 - Urgency.CRITICAL.rank).tolist()
    below = form.percent * LOTS // 100
    return tuple(
        lots[key][0]
        for key, urgent in zip(keys, critical, strict=True)
        if key in lots and (urgent or lots[key][1] < below)
    )


def _draw(held: Holdings, lots: dict[int, tuple[str, int]], keys: Sequence[int]) -> None:
    for start in range(0, len(keys), SLICE):
        part = tuple(keys[start : start + SLICE])
        sql = f"SELECT pk, id, number FROM case_row WHERE pk IN ({', '.join('?' * len(part))})"
        for pk, id_, number in held.store.read(sql, part):
            lots[pk] = (id_, lot_of(number))
