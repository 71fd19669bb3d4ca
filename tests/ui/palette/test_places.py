"""Places in the palette: only what the lists have, since it leads to a point on the map."""

from datetime import date
from typing import Any

from console.domain.suggest import find_places
from console.ui.palette.entries import place_entries
from tests.support.builders import REFERENCE

ON = date(2024, 11, 4)


class Nowhere:
    """A window that is never asked."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(name)


def test_the_typed_words_beside_a_commune_are_no_place_to_go_to() -> None:
    text = "quán Sóng Biển Xanh, xã Đồi Cát"
    assert find_places(REFERENCE, text, ON), "the intake keeps them with the commune"
    assert place_entries(text, REFERENCE, ON, Nowhere()) == []
    (found,) = place_entries("cho doi cat", REFERENCE, ON, Nowhere())[:1]
    assert "Chợ Đồi Cát" in found.title
