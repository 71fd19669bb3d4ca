"""Whether what is kept of all cases is what is on the file."""

from console.desk.desk import Desk
from console.desk.index.columns import KEPT
from console.desk.rows import Filter, Question, Sort, View
from console.models.times import to_ms
from tests.desk.index import slow
from tests.desk.index.slow import Row


async def rows_on_file(desk: Desk) -> list[Row]:
    """All of them, as `KEPT`."""
    held = desk._held
    found = await held.call(lambda: held.store.read(f"SELECT {', '.join(KEPT)} FROM case_row"))
    return [Row(*values) for values in found]


async def same_as_on_file(desk: Desk) -> None:
    """Every column, by every order and count; the index must be there."""
    held = desk._held
    rows, finder = await rows_on_file(desk), held.index.finder
    assert finder is not None
    now, user, reference = to_ms(desk.clock.now()), desk.actor.user, desk.reference
    assert finder.columns.all().tolist() == sorted(row.pk for row in rows)
    for asked in (Question(view=View.ALL, sort=sort) for sort in Sort):
        answer = finder.answer(asked, None, user, now)
        while sorting := finder.reach(answer, answer.total, reference):
            answer.take(sorting, sorting.done())
        assert list(answer.keys(0, len(rows))) == slow.answer(rows, asked, user, now, reference)
    assert finder.counts(Filter(), user, now) == slow.counts(rows, Filter(), user, now)
