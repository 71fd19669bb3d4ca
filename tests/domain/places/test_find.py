"""The place box as a rule: what is typed, and which place comes first with which likely error."""

from datetime import date, timedelta

import msgspec
import pytest

from console.domain.place import GazetteerEntry, GazetteerKind
from console.domain.places.addressed import addressed
from console.domain.places.find import find_places, typed_point
from console.domain.places.index import PlaceIndex
from console.domain.places.spelling import canonical, sound, undone
from console.domain.places.unread import Unread, Unreadable
from console.domain.reference import Reference
from tests.support.builders import REFERENCE, START, TOWN, VILLAGE, reference

ON = date(2024, 11, 4)


def entry(code: str, kind: GazetteerKind, name: str, commune: str, lon: float, *also: str) -> GazetteerEntry:
    return GazetteerEntry(
        code=code, kind=kind, name=name, commune=commune, lon=lon, lat=17.45, also=also, valid_from=START
    )


def road(km: int, commune: str, lon: float) -> GazetteerEntry:
    also = (f"km{km} QL1", f"km{km} quốc lộ 1A")
    return entry(f"km.{km}", GazetteerKind.ROAD_KM, f"Km {km} Quốc lộ 1", commune, lon, *also)


STREET, HAMLET = GazetteerKind.STREET, GazetteerKind.HAMLET
PROVINCE = reference(
    gazetteer=(
        *REFERENCE.gazetteer,
        entry("s1", STREET, "Đường Trần Hưng Đạo", TOWN, 106.64, "Trần Hưng Đạo"),
        entry("s2", STREET, "Đường Trần Hưng Đạo", VILLAGE, 106.78, "Trần Hưng Đạo"),
        entry("s3", STREET, "Đường Nguyễn Trãi", VILLAGE, 106.79, "Nguyễn Trãi"),
        entry("h1", HAMLET, "Thôn 1, Đồi Cát", VILLAGE, 106.71),
        entry("h2", HAMLET, "Thôn 2, Đồi Cát", VILLAGE, 106.72),
        entry("h3", HAMLET, "Tổ dân phố 2, Bến Sông", TOWN, 106.65, "TDP 2 Bến Sông"),
        entry("u1", GazetteerKind.LANDMARK, "Trụ sở UBND xã Đồi Cát", VILLAGE, 106.73),
        road(650, TOWN, 106.62), road(652, TOWN, 106.63), road(654, VILLAGE, 106.72),
    )
)  # fmt: skip

OLD_ENDS = date(2024, 6, 30)
OLD = msgspec.structs.replace(entry("old", GazetteerKind.MARKET, "Chợ Cũ", TOWN, 106.66), valid_to=OLD_ENDS)


def first(text: str, near: str | None = None, earlier: tuple[str, ...] = ()) -> tuple[str, str]:
    hits = find_places(PROVINCE, text, ON, near, earlier)
    return (hits[0].name, hits[0].place.commune) if hits else ("", "")


def why_unread(text: str) -> Unread | None:
    return PROVINCE.built(Unreadable).of(text, ON)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("12 ngõ 5 tran hug dao ben song", "12 ngõ 5 Trần Hưng Đạo"),
        ("tran hunwg ddaoj doi cat", "Đường Trần Hưng Đạo"),
        ("d9uo7ng2 nguyeenx traix", "Đường Nguyễn Trãi"),
        ("tranhungdao", "Đường Trần Hưng Đạo"),
        ("thd", "Đường Trần Hưng Đạo"),
        ("nguyen chai", "Đường Nguyễn Trãi"),
        ("nguyen tr", "Đường Nguyễn Trãi"),
        ("lí thường kiệt", "Đường Lý Thường Kiệt"),
        ("tdp2 p.ben song", "Tổ dân phố 2, Bến Sông"),
        ("thon hai doi cat", "Thôn 2, Đồi Cát"),
        ("ủy ban nhân dân xã Đồi Cát", "Trụ sở UBND xã Đồi Cát"),
        ("cho doi cta", "Chợ Đồi Cát"),
        ("xã đồi cát", "Xã Đồi Cát, Bến Đò"),
    ],
)
def test_slips_raw_telex_and_abbreviations_are_forgiven(text: str, name: str) -> None:
    assert first(text)[0] == name


def test_of_streets_with_one_name_the_chosen_commune_comes_first_then_the_callers_earlier_ones() -> None:
    assert first("tran hung dao", VILLAGE)[1] == VILLAGE
    assert first("tran hung dao", TOWN, (VILLAGE,))[1] == TOWN
    assert first("tran hung dao", None, (VILLAGE,))[1] == VILLAGE
    assert first("tran hung dao ben song", VILLAGE)[1] == TOWN  # what is said goes before what is likely


def test_opposite_a_place_keeps_the_words_and_is_less_sure() -> None:
    plain, opposite = (find_places(PROVINCE, text, ON)[0] for text in ("cho doi cat", "đối diện cho doi cat"))
    assert opposite.name == "đối diện Chợ Đồi Cát"
    assert (plain.place.accuracy_m, opposite.place.accuracy_m) == (150, 250)
    assert opposite.place.point == plain.place.point
    assert first("nhà số 3 gần chợ đồi cát")[0] == "nhà số 3 gần Chợ Đồi Cát"


@pytest.mark.parametrize(
    "text",
    [
        "ngã tư Trần Hưng Đạo Lý Thường Kiệt",
        "nga tu ly thuong kiet - tran hung dao",
        "góc Trần Hưng Đạo và Lý Thường Kiệt",
        "tran hung dao x ly thuong kiet",
        "nga 3 tran hung dao, ly thuog kiet, phuong ben song",
    ],
)
def test_a_junction_is_known_to_its_commune_and_says_so(text: str) -> None:
    hit = find_places(PROVINCE, text, ON)[0]
    assert set(hit.name.removeprefix("Giao ").split(" – ")) == {"Trần Hưng Đạo", "Lý Thường Kiệt"}
    assert hit.place.commune == TOWN
    assert hit.place.point is not None
    # a square of 10.6 by 11.1 km is as large as a circle of that radius
    assert hit.place.accuracy_m == pytest.approx(6_140, abs=60)


def test_streets_that_do_not_meet_make_no_junction() -> None:
    assert not any("Giao" in hit.name for hit in find_places(PROVINCE, "ngã tư ltk nguyen trai", ON))


@pytest.mark.parametrize(
    ("text", "name", "lon"),
    [
        ("QL1 km 650", "Km 650 Quốc lộ 1", 106.62),
        ("km 651 ql1a", "Km 651 Quốc lộ 1", 106.625),
        ("km 651+500 quốc lộ 1A", "Km 651+500 Quốc lộ 1", 106.6275),
        ("quoc lo 1 km651,5", "Km 651+500 Quốc lộ 1", 106.6275),
        ("cây số 652 quoc lo 1", "Km 652 Quốc lộ 1", 106.63),
        ("km 651", "Km 651 Quốc lộ 1", 106.625),
    ],
)
def test_a_kilometre_lies_between_the_known_ones(text: str, name: str, lon: float) -> None:
    hit = find_places(PROVINCE, text, ON)[0]
    assert hit.name == name
    assert hit.place.point is not None
    assert hit.place.point.lon == pytest.approx(lon, abs=1e-6)


def test_a_kilometre_is_as_sure_as_the_road_may_bend_between_the_known_ones() -> None:
    known, bent, wrong = (find_places(PROVINCE, f"km {km} ql1", ON)[0].place for km in (650, 651, 653))
    assert known.accuracy_m == 150
    # 2 km of road between points 1.06 km apart: at most 0.85 km off in the middle
    assert bent.accuracy_m == pytest.approx(860, abs=15)
    # points 9.5 km apart with 2 km of road between them: one of them is wrong by kilometres
    assert wrong.accuracy_m is not None
    assert wrong.accuracy_m > 7_000
    assert wrong.commune == TOWN  # what the point lies in


def test_a_kilometre_beyond_the_road_is_told_with_its_ends() -> None:
    told = why_unread("QL1 km 900")
    assert told is not None
    assert told.why == "km"
    assert told.values == {"road": "Quốc lộ 1", "km": "900", "first": "650", "last": "654"}
    assert why_unread("QL1 km 652") is None
    assert why_unread("km 900 đường không tên") is None


def test_a_road_alone_is_offered_for_each_commune_on_it() -> None:
    hits = find_places(PROVINCE, "quoc lo 1", ON, VILLAGE)
    assert [hit.place.commune for hit in hits] == [VILLAGE, TOWN]
    assert all((hit.place.accuracy_m or 0) >= 1_000 for hit in hits)


def test_a_short_plus_code_is_read_near_its_place_or_the_chosen_commune() -> None:
    point = typed_point(PROVINCE, "FJ2J+22 chợ đồi cát", ON)
    assert point is not None
    assert (round(point.point.lat, 2), round(point.point.lon, 2)) == (17.45, 106.63)
    assert typed_point(PROVINCE, "FJ2J+22", ON, TOWN) == point._replace(name="FJ2J+22")
    assert find_places(PROVINCE, "7P98FJ2J+22", ON)[0].place.commune == TOWN


def test_what_cannot_be_read_without_the_network_is_told() -> None:
    short = "Chợ Đồi Cát https://maps.app.goo.gl/AbCdEf"
    told = why_unread(short)
    assert told is not None
    assert told.why == "shortLink"
    assert first(short)[0] == "Chợ Đồi Cát"
    nothing = why_unread("https://example.com/x")
    assert nothing is not None
    assert nothing.why == "link"
    code = why_unread("2222+2X")
    assert code is not None
    assert code.why == "code"
    for text in ("", "cho doi cat", "17.45,106.75", "https://maps.google.com/?q=Ch%E1%BB%A3"):
        assert why_unread(text) is None


def test_a_link_is_called_by_its_name_and_lies_in_a_commune() -> None:
    text = "https://www.google.com/maps/place/Qu%C3%A1n+X/@17.4,106.6,17z/data=!3d17.45!4d106.75" + "0" * 300
    (hit,) = find_places(PROVINCE, text, ON)
    assert (hit.name, hit.place.commune, hit.place.accuracy_m) == ("Quán X", VILLAGE, 20)


@pytest.mark.parametrize(
    ("text", "house", "beside", "rest"),
    [
        ("118 lý thường kiệt", "118", "", "lý thường kiệt"),
        ("số nhà 12/3, đường Trần Phú", "12/3", "", "đường Trần Phú"),
        ("k12/5 Trần Phú", "k12/5", "", "Trần Phú"),
        ("5 ngõ 12 Trần Phú", "5 ngõ 12", "", "Trần Phú"),
        ("kiệt 7 Trần Phú", "kiệt 7", "", "Trần Phú"),
        ("gần chợ Ga", "", "gần", "chợ Ga"),
        ("canh duong", "", "", "canh duong"),
        ("cạnh chợ", "", "cạnh", "chợ"),
        ("đối diện", "", "", "đối diện"),
        ("12 30", "", "", "12 30"),
        ("", "", "", ""),
    ],
)
def test_what_stands_before_a_name(text: str, house: str, beside: str, rest: str) -> None:
    assert addressed(text) == (house, beside, rest)


def test_one_spelling_for_what_is_written_in_several() -> None:
    assert canonical("P.Bắc Lý") == canonical("phường bắc lý")
    assert canonical("QL1A") == canonical("quốc lộ 1A") == ("quoc", "lo", "1a")
    assert canonical("Trường THCS X") == canonical("truong cap hai x")[:4]
    assert canonical("ly th", lambda _word: True)[-1] == "th"
    assert undone("dduwowngf") == undone("d9uo7ng2") == ("duong",)
    assert undone("658") == undone("kiet") == ()
    assert sound("ly") == sound("li")
    assert sound("khong") != sound("trong")


def test_days_between_which_nothing_changes_share_an_index() -> None:
    index = reference(gazetteer=(*PROVINCE.gazetteer, OLD)).built(PlaceIndex)
    assert index.on(date(2024, 11, 4)) is index.on(date(2024, 11, 5))
    assert index.on(OLD_ENDS) is not index.on(OLD_ENDS + timedelta(days=1))
    assert [line.name for line in index.on(OLD_ENDS).lines if line.key == "old"] == ["Chợ Cũ"]
    assert not [line for line in index.on(ON).lines if line.key == "old"]


def test_an_unlisted_name_is_kept_as_typed_with_the_commune_named_beside_it() -> None:
    (hit,) = find_places(PROVINCE, "quán Sóng Biển Xanh,  xã Đồi Cát", ON)
    assert (hit.place.text, hit.place.commune) == ("quán Sóng Biển Xanh, xã Đồi Cát", VILLAGE)
    assert hit.place.point is None
    assert not hit.listed
    assert find_places(PROVINCE, "quán Sóng Biển Xanh, xã Đồi Cát", ON, TOWN) == []  # a commune is chosen
    assert find_places(PROVINCE, "quán Sóng Biển Xanh", ON) == []


def test_road_1_is_not_road_12() -> None:
    other = entry("km12", GazetteerKind.ROAD_KM, "Km 2 Quốc lộ 12A", TOWN, 106.65)
    both = reference(gazetteer=(*PROVINCE.gazetteer, other))
    assert both.built(Unreadable).of("QL1 km 2", ON) is not None
    assert [hit.name for hit in find_places(both, "QL12 km 2", ON)] == ["Km 2 Quốc lộ 12A"]
    assert "Km 2 Quốc lộ 12A" not in [hit.name for hit in find_places(both, "km 2 ql1", ON)]


def test_marks_that_were_typed_decide_between_names_that_read_the_same_without() -> None:
    names = ("Chợ Cầu Mới", "Chợ Cậu Mới")
    both = reference(
        gazetteer=tuple(entry(n, GazetteerKind.MARKET, n, TOWN, 106.6 + 0.01 * len(n)) for n in names)
    )
    for name in names:
        assert find_places(both, name.lower(), ON)[0].name == name


def test_the_words_of_one_street_are_not_heard_twice() -> None:
    inner = entry("s9", STREET, "Đường Hưng Đạo", TOWN, 106.63)
    found = find_places(reference(gazetteer=(*PROVINCE.gazetteer, inner)), "ngã tư trần hưng đạo", ON)
    assert found[0].name == "Đường Trần Hưng Đạo"
    assert not [hit for hit in found if hit.name.startswith("Giao")]


def a_degree_east() -> Reference:
    """The province with one more commune where the short codes of the town come again."""
    unit = next(u for u in REFERENCE.units if u.code == TOWN)
    outline = next(b for b in REFERENCE.boundaries if b.code == TOWN)
    rings = tuple(tuple(tuple((x + 1, y) for x, y in ring) for ring in poly) for poly in outline.polygons)
    far = msgspec.structs.replace(unit, code="103", name="Xã Đảo Xa", short="Đảo Xa", lon=unit.lon + 1)
    return reference(
        units=(*REFERENCE.units, far),
        boundaries=(*REFERENCE.boundaries, msgspec.structs.replace(outline, code="103", polygons=rings)),
        gazetteer=(*PROVINCE.gazetteer, entry("far", GazetteerKind.MARKET, "Chợ Đảo Xa", "103", 107.65)),
    )


def test_a_short_plus_code_that_comes_again_needs_a_place_and_a_named_one_goes_before_the_chosen() -> None:
    far = a_degree_east()
    assert typed_point(far, "FJ2J+22", ON) is None
    unread = far.built(Unreadable).of("FJ2J+22", ON)
    assert unread is not None
    assert unread.values == {"code": "FJ2J+22"}
    for text, lon in (("FJ2J+22", 106.63), ("FJ2J+22 chợ Đảo Xa", 107.63), ("FJ2J+22, đảo xa", 107.63)):
        point = typed_point(far, text, ON, TOWN)
        assert point is not None
        assert round(point.point.lon, 2) == lon, text
