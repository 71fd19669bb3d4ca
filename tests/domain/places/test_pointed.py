"""Coordinates, links and Plus Codes, as they are typed, read out and pasted."""

import pytest

from console.domain.place import Point
from console.domain.places.coordinates import read_coordinates
from console.domain.places.links import read_link
from console.domain.places.plus_code import cell_of, find_code, nearest_cell

HERE = (17.48, 106.61)


def near(point: Point | None, lat: float, lon: float) -> bool:
    return point is not None and abs(point.lat - lat) < 1e-6 and abs(point.lon - lon) < 1e-6


@pytest.mark.parametrize(
    "text",
    [
        "17.48,106.61",
        " 17,48; 106,61 ",
        "17,48,106,61",
        "106.61 17.48",
        "(17.48, 106.61).",
        "17.48N 106.61E",
        "N17.48 E106.61",
        "17.48°B, 106.61°Đ",
        "Tọa độ: 17.48 106.61",
        "lat: 17.48, lng: 106.61",
        "kinh độ 106,61; vĩ độ 17,48",
        "17°28'48\"N 106°36'36\"E",
        "17°28’48″N106°36’36″E",
        "106°36'36\"Đ 17°28'48\"B",
        "17 28 48 N, 106 36 36 E",
        "17° 28.8' N 106° 36.6' E",
        "17 độ 28 phút 48 giây bắc 106 độ 36 phút 36 giây đông",
    ],
)
def test_coordinates_in_usual_spellings(text: str) -> None:
    assert near(read_coordinates(text), *HERE)


@pytest.mark.parametrize(
    "text",
    ["", "118 12", "12/3 Lý", "17.4 106.6", "17.48", "17°61'N 106°36'E", "17.48N 17.48N", "95.00,195.00",
     "3.11.2023", "0905 217 384", "km 658", "1" * 5_000, "1 " * 60, "17°" * 40],
)  # fmt: skip
def test_what_is_no_pair_of_degrees(text: str) -> None:
    assert read_coordinates(text) is None


PLACE = (
    "https://www.google.com/maps/place/Ch%E1%BB%A3+%C4%90%E1%BB%93ng+H%E1%BB%9Bi/@17.4700,106.6000,17z"
    "/data=!3m1!4b1!4m6!3m5!1s0x0:0x0!8m2!3d17.48!4d106.61!16s%2Fg"
)


@pytest.mark.parametrize(
    ("text", "accuracy", "name", "rest"),
    [
        (PLACE, 20, "Chợ Đồng Hới", ""),
        ("Xem nhé " + PLACE, 20, "Chợ Đồng Hới", "Xem nhé"),
        ("https://maps.google.com/?q=17.48,106.61", 30, "", ""),
        ("maps.google.com/maps?ll=17.48,106.61&z=16", 30, "", ""),
        ("https://www.google.com/maps/search/17.48,+106.61?entry=tts", 30, "", ""),
        (
            "https://www.google.com/maps/place/17%C2%B028'48.0%22N+106%C2%B036'36.0%22E/@1.0,2.0,9z",
            30,
            "",
            "",
        ),
        ("https://www.openstreetmap.org/?mlat=17.48&mlon=106.61#map=9/1.0/2.0", 30, "", ""),
        ("geo:17.48,106.61?z=17", 30, "", ""),
        ("https://www.google.com/maps/@17.48,106.61,17z", 227, "", ""),
        ("@17.48,106.61,17z", 227, "", ""),
        ("https://www.google.com/maps/@17.48,106.61,1200m/data=!3m1!1e3", 300, "", ""),
        ("https://www.openstreetmap.org/#map=15/17.48/106.61", 909, "", ""),
    ],
)
def test_a_link_tells_its_point_and_how_sure_it_is(text: str, accuracy: int, name: str, rest: str) -> None:
    link = read_link(text)
    assert link is not None
    assert near(link.point, *HERE)
    assert (link.accuracy_m, link.name, link.rest, link.short) == (accuracy, name, rest, False)


def test_a_short_link_holds_no_point_but_the_words_beside_it_stay() -> None:
    link = read_link("Chợ Ga\nhttps://maps.app.goo.gl/AbCdEf12")
    assert link is not None
    assert (link.point, link.short, link.rest) == (None, True, "Chợ Ga")


@pytest.mark.parametrize(
    "text", ["https://[bad", "https://example.com/x", "https://maps.google.com/?q=", "geo:x"]
)
def test_a_link_without_a_place_is_one_without_a_point(text: str) -> None:
    link = read_link(text)
    assert link is not None
    assert (link.point, link.name, link.short) == (None, "", False)
    assert read_link("chợ Ga") is None


@pytest.mark.parametrize(
    "row",  # test_data/decoding.csv of the specification's own tests
    [
        "7FG49Q00+,20.35,2.75,20.4,2.8",
        "7FG49QCJ+2V,20.37,2.782125,20.370125,2.78225",
        "7FG49QCJ+2VXGJ,20.370113,2.782234375,20.370114,2.78223632813",
        "8FVC2222+22,47.0,8.0,47.000125,8.000125",
        "4VCPPQGP+Q9,-41.273125,174.785875,-41.273,174.786",
        "62G20000+,0.0,-180.0,1,-179",
        "6FH32222+222,1,1,1.000025,1.00003125",
        "CFX3X2X2+X2,89.9998750,1,90,1.0001250",
        "84000000+,30,-140,50,-120",
        "849VGJQF+VX7QR3J7QR3J,37.5396691200,-122.3750698242,37.5396691600,-122.3750697021",
    ],
)
def test_full_plus_codes_by_the_specifications_own_examples(row: str) -> None:
    code, *corners = row.split(",")
    assert find_code(f"mã {code.lower()} nhé") == (code, "mã   nhé")
    cell = cell_of(code)
    found = (cell.south, cell.west, cell.south + cell.height, cell.west + cell.width)
    assert found == pytest.approx([float(one) for one in corners], abs=1e-8)


@pytest.mark.parametrize(
    "row",  # test_data/shortCodeTests.csv of the same
    [
        "9C3W9QCJ+2VX,51.3701125,-1.217765625,+2VX",
        "9C3W9QCJ+2VX,51.3701125,-1.218520625,CJ+2VX",
        "9C3W9QCJ+2VX,51.3852125,-1.217765625,9QCJ+2VX",
        "8FJFW222+,42.899,9.012,22+",
        "796RXG22+,14.95125,-23.5001,22+",
        "8FRCXGRF+PM,47.00,8.55,XGRF+PM",
        "CFX22222+22,89.6,0.0,2222+22",
        "2CXXXXXX+XX,-81.0,0.0,XXXXXX+XX",
    ],
)
def test_short_plus_codes_are_the_nearest_to_a_place(row: str) -> None:
    full, lat, lon, short = row.split(",")
    assert nearest_cell(short, Point(float(lon), float(lat))) == pytest.approx(cell_of(full), abs=1e-9)


@pytest.mark.parametrize(
    "text", ["km 658+300", "km 58+322", "7P8RF9V8", "F9V+2C", "FAV8+2C", "X2222222+22", "a+b"]
)
def test_what_is_no_plus_code(text: str) -> None:
    assert find_code(text) is None
