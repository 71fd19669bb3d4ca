"""The audit from a desk to the centre and to a supervisor's question, over real lines; offline acts too."""

from collections.abc import Awaitable, Callable

import msgspec
import pytest

from console.desk.errors import AuditNotYours, AuditOffline
from console.protocol.audit import AuditCheck, AuditQuestion
from tests.support.world import QUICK, Seat, World

Story = Callable[[World], Awaitable[None]]
SOON = msgspec.structs.replace(QUICK, views=0.05)


async def kinds(lead: Seat, **asked: object) -> list[tuple[str, str, dict[str, int | str]]]:
    answer = await lead.desk.audit(AuditQuestion(**asked))  # type: ignore[arg-type]
    return [(one.kind, one.who, one.fact) for one in answer.entries]


def test_what_was_opened_and_exported_offline_is_in_the_audit_once_the_line_is_back(
    tell: Callable[[Story], None],
) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03", pace=SOON)
        lead = await world.sit_down("08", "sup01", pace=SOON)
        case = await one.log()
        await one.unplug()
        for _ in range(3):
            await one.desk.mark_read(case)
        await one.desk.note_act("list_exported", rows=12)
        await one.plug()

        async def there() -> bool:
            one.line.try_now()
            return await kinds(lead, station="03", kinds=("case_opened", "list_")) == [
                ("list_exported", "op03", {"rows": 12}),
                ("case_opened", "op03", {}),
            ]

        await one.until(there, "both acts in the audit")
        assert one.desk.sync_port.acts_to_tell() == []

        with pytest.raises(AuditNotYours):
            await one.desk.audit(AuditQuestion())
        heard: list[tuple[int, int]] = []
        whole = await lead.desk.check_audit(lambda done, total: heard.append((done, total)) is None)
        assert whole == AuditCheck(n=whole.total, hash=whole.hash, total=whole.total)
        assert heard[-1] == (whole.total, whole.total)
        await lead.unplug()
        with pytest.raises(AuditOffline):
            await lead.desk.audit(AuditQuestion())

    tell(story)
