"""How finished calls are scored, here and offline: the last scoring of a call stands, is told behind the
commands and read from other desks as notes on numbers are.
"""

from collections.abc import Mapping, Sequence

import msgspec

from console.desk.changes import Cause, Changes
from console.desk.errors import NotHere
from console.desk.holdings import Holdings
from console.domain.quality import ScoreForm, fits_form, points_of
from console.domain.table import SUPERVISORS
from console.domain.text import clean
from console.models.failures import KnownFailure
from console.models.sample_scores import KeptScore
from console.models.times import to_ms
from console.protocol.board import NOTE_MOST, SampleScore

VERSION = "sample_scores.version"
"""In `meta`: up to which of the centre's versions all is here."""
KEPT_MS = 400 * 86_400_000  # scores are kept here
_decoder = msgspec.json.Decoder(SampleScore)
replace = msgspec.structs.replace


class ScoreNotYours(KnownFailure):
    """Calls are scored by supervisors."""

    code = "score_not_yours"


class ScoreUnfit(KnownFailure):
    """Some item has no points, or the note is too long."""

    code = "score_unfit"


def score_of(held: Holdings, case_id: str) -> SampleScore | None:
    """How its call was scored."""
    kept = held.sample_scores.get(case_id)
    return None if kept is None else _decoder.decode(kept.body)


def score(held: Holdings, case_id: str, form: ScoreForm, points: Mapping[str, int], note: str) -> SampleScore:
    """Score it, in the place of an earlier scoring. Raises NotHere, ScoreNotYours, ScoreUnfit, StoreFull."""
    me, note = held.actor, clean(note)
    if me.role not in SUPERVISORS:
        raise ScoreNotYours
    if held.cases.get(case_id) is None:
        raise NotHere(case_id)
    if not fits_form(form, points) or len(note) > NOTE_MOST:
        raise ScoreUnfit
    kept = held.sample_scores.get(case_id)
    now = max(held.now_ms(), kept.scored_ms + 1 if kept else 0)
    made = SampleScore(
        case=case_id,
        scored_at=held.clock.now(),
        form=form.code,
        form_from=form.valid_from,
        points=dict(points),
        total=points_of(form, points),
        most=form.most,
        note=note,
        by=me.user,
        by_name=me.name,
        version=kept.version if kept else 0,
    )
    row = KeptScore(case_id, made.version, now, me.user, True, msgspec.json.encode(made))
    with held.store.transaction():
        held.sample_scores.prune(now - KEPT_MS)
        held.sample_scores.put(row)
    held.tell(Changes(cause=Cause.HERE, board=True))
    held.wake()
    return made


# with the centre


def to_tell(held: Holdings) -> list[SampleScore]:
    """What the centre must hear of, as far as it is whoever's who is signed in."""
    return [_decoder.decode(kept.body) for kept in held.sample_scores.dirty(held.actor.user)]


def scores_after(held: Holdings) -> int:
    """The centre's version up to which all is here."""
    return int(held.meta.get(VERSION) or 0)


def take_scores(held: Holdings, scores: Sequence[SampleScore], version: int | None) -> Changes | None:
    """The centre's word on some; with `version`, up to there all is here."""
    with held.store.transaction():
        for told in scores:
            kept, at = held.sample_scores.get(told.case), to_ms(told.scored_at)
            if kept is not None and kept.dirty and kept.scored_ms > at:
                continue  # ours is later, and will be told
            row = KeptScore(told.case, told.version, at, "", False, msgspec.json.encode(told))
            held.sample_scores.put(row)
        if version is not None:
            held.meta.set(VERSION, str(version))
    return Changes(cause=Cause.CENTRE, board=True) if scores else None
