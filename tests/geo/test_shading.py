"""Classes of communes: every figure in exactly one, in order, of nearly equal size."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from console.geo.shading import CLASSES, shade

FIGURES = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=4),
    st.one_of(st.none(), st.integers(0, 40), st.floats(0, 9, allow_nan=False)),
    max_size=60,
)


@given(FIGURES)
def test_each_figure_is_in_the_class_that_says_so(figures: dict[str, float | None]) -> None:
    found = shade(figures)
    assert set(found.of) == {code for code, figure in figures.items() if figure}
    by_number = {c.number: c for c in found.classes}
    for code, number in found.of.items():
        figure = figures[code]
        assert figure is not None
        assert by_number[number].least <= figure <= by_number[number].most
    assert Counter(found.of.values()) == {c.number: c.communes for c in found.classes}
    assert [c.number for c in found.classes] == sorted(c.number for c in found.classes)
    for lower, upper in zip(found.classes, found.classes[1:], strict=False):
        assert lower.most < upper.least


@given(st.integers(CLASSES, 200))
def test_different_figures_make_classes_of_one_size(count: int) -> None:
    found = shade({str(i): i + 1.0 for i in range(count)})
    sizes = [c.communes for c in found.classes]
    assert len(sizes) == CLASSES
    assert max(sizes) - min(sizes) <= 1


def test_few_figures_are_spread_from_the_lightest_to_the_darkest() -> None:
    assert [c.number for c in shade({"a": 1, "b": 1, "c": 7}).classes] == [0, 4]
    assert [c.number for c in shade({"a": 3, "b": 3}).classes] == [2]
    assert shade({"a": 0, "b": None}).classes == ()
