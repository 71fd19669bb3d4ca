"""How a typed word goes on, what it may be a slip of, and Telex keys that stayed keys."""

from pathlib import Path

import pytest

from console.models.store import open_store
from console.models.vocabulary import Vocabulary, slips, untelexed

KEY = bytes(range(32))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("duong", ()),
        ("duon", ()),
        ("doung", ("duong",)),
        ("duongg", ("duong",)),
        ("dduowngf", ("duong",)),
        ("ngaajp", ("ngap",)),
        ("ngia", ("nghia",)),
        ("nga", ()),
        ("xyzt", ()),
        ("1234", ()),
    ],
)
def test_a_word_that_begins_none_means_its_keys_or_what_is_a_slip_away(
    tmp_path: Path, typed: str, meant: tuple[str, ...]
) -> None:
    store = open_store(tmp_path, KEY)
    with store.transaction():
        Vocabulary(store).learn(["duong nghia ngap 0912 ngang", "nghieng duong"])
    read_again = Vocabulary(store)
    assert read_again.meant(typed) == meant
    assert read_again.going_on("ng") == ["ngap", "ngang", "nghia", "nghieng"]
    assert read_again.going_on("09") == []
    store.close()


def test_slips_are_all_words_at_distance_one() -> None:
    found = set(slips("ab"))
    assert {"a", "b", "ba", "abc", "cab", "acb", "xb", "ax"} <= found
    assert untelexed("hoaf") == "hoa"
