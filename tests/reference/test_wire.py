"""Reference data goes over the wire and comes back the same, in whatever order."""

from random import Random

import msgspec
import pytest

from console.protocol.wire import ReferenceAnswer, ReferenceItem
from console.reference import KINDS, ReferenceUnreadable, assemble, bundled, items, load_list


def test_items_through_json_and_shuffled_assemble_to_the_same() -> None:
    reference = bundled()
    sent = ReferenceAnswer(version=reference.version, practice=True, items=items(reference))
    got = msgspec.json.decode(msgspec.json.encode(sent), type=ReferenceAnswer)
    shuffled = list(got.items)
    Random(1).shuffle(shuffled)
    back = assemble(shuffled, got.version, got.practice)
    assert back.practice
    for kind in KINDS:
        assert getattr(back, kind) == getattr(reference, kind)


def test_tombstones_are_left_out_and_later_items_win() -> None:
    item = next(i for i in items(bundled()) if i.kind == "canned")
    changed = msgspec.structs.replace(item, body={**item.body, "title": "khác"})
    assert assemble([item, changed], 2, False).canned[0].title == "khác"
    assert assemble([msgspec.structs.replace(item, deleted=True)], 2, False).canned == ()


def test_a_list_this_program_does_not_know_is_kept() -> None:
    item = ReferenceItem(kind="radios", key="1@2026-01-01", version=1, body={"code": "1"})
    assert assemble([item], 1, False).extra == {"radios": [{"code": "1"}]}


def test_an_item_of_a_wrong_shape_is_named() -> None:
    item = ReferenceItem(kind="agencies", key="x@2026-01-01", version=1, body={"code": "x"})
    with pytest.raises(ReferenceUnreadable, match=r"agencies x@2026-01-01: .*name") as caught:
        assemble([item], 1, False)
    assert caught.value.code == "reference_unreadable"


def test_a_broken_file_is_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "units.json").write_text('[{"code": 3}]', encoding="utf-8")
    with pytest.raises(ReferenceUnreadable, match=r"units units\.json"):
        load_list(tmp_path, "units")
    assert load_list(tmp_path, "types") == ()
