"""Importing a replacement: what would change is said, nothing is changed unasked, bad lines are named."""

import json
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from console.reference import FOLDER, bundled, items, load, to_wire
from console.reference.__main__ import main
from console.reference.diff import apply, plan
from console.reference.reading import BadFile, read_file

DATA = Path(__file__).parent / "data"
BEGINS = date(2025, 7, 1)
PLACES = "code,kind,name,commune,lon,lat,also\n"


def read(kind: str, text: str, tmp_path: Path, begins: date | None = BEGINS) -> list[object]:
    file = tmp_path / "in.csv"
    file.write_text(text, encoding="utf-8")
    return read_file(file, kind, bundled(), begins)


def problems(kind: str, text: str, tmp_path: Path, begins: date | None = BEGINS) -> str:
    with pytest.raises(BadFile) as caught:
        read(kind, text, tmp_path, begins)
    return str(caught.value)


def own_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reference"
    folder.mkdir()
    for file in FOLDER.glob("*.json"):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def test_surveyed_boundaries_replace_approximate_ones() -> None:
    read_in = read_file(DATA / "surveyed.geojson", "boundaries", bundled(), BEGINS)
    made = plan(bundled(), [to_wire("boundaries", b, 0) for b in read_in])
    assert made.counts() == {"added": 0, "changed": 2, "ended": 0, "same": 0}
    assert [line.key for line in made.lines] == ["18880@2025-07-01", "18859@2025-07-01"]
    assert len(read_in[0].polygons[0]) == 2
    assert not read_in[0].approximate


def test_agencies_are_added_changed_and_their_earlier_span_ended() -> None:
    read_in = read_file(DATA / "agencies.csv", "agencies", bundled(), None)
    made = plan(bundled(), [to_wire("agencies", a, 0) for a in read_in])
    assert [(line.key, line.change) for line in made.lines] == [
        ("H46.02@2023-07-01", "changed"),
        ("H46.70.01@2024-01-01", "added"),
        ("H46.62.01@2024-06-01", "added"),
        ("H46.62.01@2023-07-01", "ended"),
    ]
    ended = made.changed[-1].body
    assert ended["valid_to"] == "2024-05-31"
    assert {i.version for i in made.changed} == {2}


def test_a_span_before_a_later_one_ends_there() -> None:
    read_in = read_file(DATA / "surveyed.geojson", "boundaries", bundled(), date(2024, 7, 1))
    made = plan(bundled(), [to_wire("boundaries", b, 0) for b in read_in])
    assert made.counts() == {"added": 2, "changed": 0, "ended": 2, "same": 0}
    assert [i.body["valid_to"] for i in made.changed] == ["2025-06-30"] * 2 + ["2024-06-30"] * 2


def test_coverage_tells_a_wrong_day_from_a_right_one(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["import", str(DATA / "surveyed.geojson"), "--kind", "boundaries", "--from"]
    assert main([*arguments, "2025-07-01"]) == 0
    assert "Ranh giới cho 2/41 xã, phường có hiệu lực ngày 01/07/2025" in capsys.readouterr().out
    assert main([*arguments, "2024-07-01"]) == 0
    assert "2/145" in capsys.readouterr().out


def test_the_same_again_changes_nothing() -> None:
    made = plan(bundled(), items(bundled()))
    assert made.changed == ()
    assert set(made.counts()) == {"added", "changed", "ended", "same"}
    assert made.counts()["same"] == len(items(bundled()))


def test_absence_is_not_deletion() -> None:
    one = next(i for i in items(bundled()) if i.kind == "types")
    assert len(apply(bundled(), plan(bundled(), [one]))) == len(items(bundled()))


def test_a_dry_run_says_and_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = own_folder(tmp_path)
    before = (folder / "agencies.json").read_bytes()
    arguments = ["import", str(DATA / "agencies.csv"), "--kind", "agencies", "--folder", str(folder)]
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert "thêm: 2" in said
    assert "sửa: 1" in said
    assert "kết thúc: 1" in said
    assert "Chưa thay đổi gì" in said
    assert (folder / "agencies.json").read_bytes() == before


def test_apply_writes_the_folder_and_then_all_is_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = own_folder(tmp_path)
    arguments = ["import", str(DATA / "agencies.csv"), "--kind", "agencies", "--folder", str(folder)]
    assert main([*arguments, "--apply"]) == 0
    after = load(folder)
    assert after.agency("H46.70.01") is not None
    assert len(after.agencies) == len(bundled().agencies) + 2
    capsys.readouterr()
    assert main(arguments) == 0
    assert "giữ nguyên: 3" in capsys.readouterr().out


def test_a_type_keeps_its_questions(tmp_path: Path) -> None:
    terms = [f"{stage}_{u}" for stage in ("assign", "resolve") for u in ("low", "normal", "high", "critical")]
    head = ",".join(["code", "category", "name", "name_en", "urgency", *terms])
    values = ",".join(["traffic.pothole", "traffic", "Ổ gà", "Pothole", "high", *["30R"] * 4, *["450W"] * 4])
    (made,) = read("types", f"{head}\n{values}\n", tmp_path)
    assert made.questions == bundled().type("traffic.pothole").questions  # type: ignore[attr-defined, union-attr]
    assert made.resolve["low"].minutes == 450  # type: ignore[attr-defined]


def test_semicolons_marks_and_both_kinds_of_date_are_read(tmp_path: Path) -> None:
    text = "\ufeffday;kind;name\n02/09/2027;off;Quốc khánh\n2027-09-04;make_up;Làm bù\n"
    assert [str(d.day) for d in read("days", text, tmp_path)] == ["2027-09-02", "2027-09-04"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("days", "day,kind\n2027-13-01,off\n", "Dòng 2: cột day: “2027-13-01” không hợp lệ; cần ngày"),
        (
            "days",
            "day,kind\n2027-09-02,holiday\n",
            "Dòng 2: cột kind: “holiday” không hợp lệ; cần working, off",
        ),
        ("days", "day,kind\n,off\n", "Dòng 2: cột day trống"),
        ("days", "day\n2027-09-02\n", "thiếu cột: kind"),
        ("days", "day,kind,color\n2027-09-02,off,red\n", "cột lạ: color"),
        ("days", "day,kind\n2027-09-02,off,x\n", "Dòng 2: thừa ô"),
        ("days", "day,kind\n2027-09-02,off\n2027-09-02,off\n", "Dòng 3: trùng với dòng 2"),
        ("days", "day,kind\n", "không có dòng dữ liệu"),
        ("gazetteer", PLACES + "a,market,Chợ,99999,106.6,17.4,\n", "xã, phường 99999 không có hiệu lực"),
        ("gazetteer", PLACES + "a,market,Chợ,18880,abc,17.4,\n", "cột lon: “abc” không hợp lệ"),
        (
            "routes",
            "code,area,type,category,lead,supporting,reason,reason_en\nr,44,,,X,,a,b\n",
            "cơ quan X chưa có",
        ),
        ("agencies", "code,name,short,kind,area\nx,X,X,utility,77\n", "đơn vị hành chính 77 chưa có"),
        ("boundaries", "not json", "không phải GeoJSON"),
        ("boundaries", "{}", "không có “features”"),
    ],
)
def test_a_bad_file_says_where_and_what_to_do(kind: str, text: str, said: str, tmp_path: Path) -> None:
    assert said in problems(kind, text, tmp_path)


def test_every_bad_line_is_named(tmp_path: Path) -> None:
    said = problems("days", "day,kind\nx,off\n2027-01-01,y\n", tmp_path)
    assert "Dòng 2" in said
    assert "Dòng 3" in said


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        ({"type": "Point", "coordinates": [106, 17]}, "cần Polygon"),
        ({"type": "Polygon", "coordinates": [[[106, 17], [107, 17], [107, 18], [106, 18]]]}, "khép kín"),
        (
            {"type": "Polygon", "coordinates": [[[17, 106], [18, 106], [18, 107], [17, 106]]]},
            "ngoài Việt Nam",
        ),
        ({"type": "Polygon", "coordinates": []}, "đa giác rỗng"),
        (None, "cần Polygon"),
    ],
)
def test_a_bad_geometry_says_what_to_do(geometry: object, said: str, tmp_path: Path) -> None:
    feature = {"type": "Feature", "properties": {"code": "18880"}, "geometry": geometry}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    assert said in problems("boundaries", text, tmp_path)


def test_boundaries_of_units_that_do_not_hold_then_are_refused(tmp_path: Path) -> None:
    text = (DATA / "surveyed.geojson").read_text(encoding="utf-8").replace("18880", "18853")
    assert "không phải xã, phường có hiệu lực ngày 01/07/2025" in problems("boundaries", text, tmp_path)
    assert "thêm tham số --from" in problems("boundaries", text, tmp_path, None)


def test_a_file_in_another_encoding_or_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "old.csv"
    file.write_bytes("day,kind,name\n2027-09-02,off,Quốc khánh\n".encode("utf-16"))
    assert main(["import", str(file), "--kind", "days"]) == 2
    assert "CSV UTF-8" in capsys.readouterr().err
    assert main(["import", str(tmp_path / "none.csv"), "--kind", "days"]) == 2
    assert "Không mở được tệp" in capsys.readouterr().err


def test_a_server_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["import", str(DATA / "agencies.csv"), "--kind", "agencies", "--server", "http://127.0.0.1:9"]
    assert main(arguments) == 2
    assert "Thiếu tham số --user, --password, --station, --station-key" in capsys.readouterr().err
    login = ["--user", "admin", "--password", "x", "--station", "01", "--station-key", "k"]
    assert main([*arguments, *login]) == 3
    assert "Không kết nối được máy chủ" in capsys.readouterr().err


class Stranger(BaseHTTPRequestHandler):
    """A web server that is no centre: it greets everybody."""

    def do_POST(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html>hello</html>")

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def test_a_server_that_is_no_centre(capsys: pytest.CaptureFixture[str]) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Stranger) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            url = f"http://127.0.0.1:{server.server_port}"
            login = ["--user", "admin", "--password", "x", "--station", "01", "--station-key", "k"]
            arguments = ["import", str(DATA / "agencies.csv"), "--kind", "agencies", "--server", url, *login]
            assert main(arguments) == 3
        finally:
            server.shutdown()
            thread.join()
    assert "không phải máy chủ tổng đài" in capsys.readouterr().err


POSTS = "code,kind,name,agency,phone,lon,lat\n"


def test_posts_and_inhabitants_are_imported_like_the_rest(tmp_path: Path) -> None:
    (post,) = read("posts", POSTS + "p1,fire,Đội CC&CNCH số 2,H46.65.09,0232114,106.42,17.75\n", tmp_path)
    made = plan(bundled(), [to_wire("posts", post, 0)])
    assert [(line.key, line.change) for line in made.lines] == [("p1@2025-07-01", "added")]
    units = (
        "code,kind,name,short,parent,lon,lat,people\n18880,ward,Phường Đồng Hới,Đồng Hới,44,106.6,17.5,{}\n"
    )
    (unit,) = read("units", units.format("34.567"), tmp_path)
    assert unit.people == 34567  # type: ignore[attr-defined]
    assert "cột people: “0” không hợp lệ; cần dân số" in problems("units", units.format(0), tmp_path)


def test_a_post_elsewhere_or_of_nobody_is_told(tmp_path: Path) -> None:
    found = problems("posts", POSTS + "p1,fire,Đội,X,,17.75,106.42\n", tmp_path)
    assert "Dòng 2: cơ quan X chưa có" in found
    assert "Dòng 2: điểm 17.75, 106.42 nằm ngoài Việt Nam; kiểm tra thứ tự lon, lat" in found
    assert "cột kind: “tram” không hợp lệ" in problems("posts", POSTS + "p1,tram,Đội,,,106,17\n", tmp_path)
