"""The palette: contrast recomputed, fonts with tabular figures, sizes that grow, themes by the hour."""

from datetime import UTC, datetime

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from console.ui.theme import Theme

TEXT_MIN = {"light": 4.71, "dark": 4.86}
SHAPE_MIN = {"light": 3.07, "dark": 3.24}


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_words_and_shapes_stand_out_on_every_ground_they_are_drawn_on(qapp: QApplication, name: str) -> None:
    theme = Theme(name)
    pairs = theme.tokens["contrast"][name]
    for pair, measured in pairs["text"].items():
        ink, paper = pair.split(" on ")
        found = contrast(theme.hex(ink), theme.hex(paper))
        assert found == pytest.approx(measured, abs=0.01), pair
        assert found >= TEXT_MIN[name] - 0.005, pair
    for pair in pairs["nonText"]:
        ink, paper = pair.split(" vs ")
        assert contrast(theme.hex(ink), theme.hex(paper)) >= SHAPE_MIN[name] - 0.005, pair


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ("muted", "canvas"),
        ("muted", "app"),
        ("muted", "surface"),
        ("subtle", "surface"),
        ("warnText", "warnSoft"),
        ("violetText", "violetSoft"),
        ("infoText", "infoSoft"),
        ("infoText", "accentSoft"),
        ("onAccent", "accent"),
        ("onAlarm", "alarm"),
        ("accent", "surface"),
        ("accent", "selected"),
    ],
)
def test_the_pairs_that_the_frame_draws_are_readable(
    qapp: QApplication, name: str, ink: str, paper: str
) -> None:
    theme = Theme(name)
    assert contrast(theme.hex(ink), theme.hex(paper)) >= 4.5


def test_figures_are_tabular_and_text_grows_with_the_scale(qapp: QApplication) -> None:
    theme = Theme()
    font = theme.font("body")
    assert font.pixelSize() == 13
    assert font.featureValue(QFont.Tag("tnum")) == 1
    row = theme.size("rowComfortable")
    heard = []
    theme.changed.connect(lambda: heard.append(theme.scale))
    theme.set_scale(150)
    assert heard == [150]
    assert theme.font("body").pixelSize() == 20
    assert theme.size("rowComfortable") == row * 1.5
    theme.set_scale(400)
    assert theme.scale == 150


def test_two_lines_fit_into_every_row_height(qapp: QApplication) -> None:
    for scale in (100, 110, 125, 150):
        theme = Theme(scale=scale)
        assert theme.size("rowComfortable") >= theme.font("body").pixelSize() * 2 + 4
        assert theme.size("rowCompact") >= theme.font("body").pixelSize() + 4


@pytest.mark.parametrize(("hour_utc", "name"), [(0, "light"), (10, "light"), (11, "dark"), (22, "dark")])
def test_by_hour_it_is_dark_from_six_to_six(qapp: QApplication, hour_utc: int, name: str) -> None:
    theme = Theme("hours", now=lambda: datetime(2024, 11, 4, hour_utc, 30, tzinfo=UTC))
    assert theme.name == name


def test_a_mode_that_does_not_exist_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(ValueError, match="sepia"):
        Theme().set_mode("sepia")


def test_every_icon_of_the_tokens_loads(qapp: QApplication) -> None:
    theme = Theme()
    for group, names in theme.tokens["icon"]["names"].items():
        for name in names:
            assert not theme.icon(f"{group}.{name}").isNull()


def test_the_sheet_names_only_colours_of_its_palette(qapp: QApplication) -> None:
    for name in ("light", "dark"):
        theme = Theme(name)
        sheet = theme.stylesheet()
        palette = {value.upper() for value in theme.tokens["color"][name].values()}
        used = {word.strip(";").upper() for word in sheet.split() if word.startswith("#") and len(word) >= 7}
        assert used
        assert used <= palette
