"""Events in words: what happened, who did it, what was written; nothing unknown breaks it."""

from datetime import UTC, datetime
from typing import Any

from console.domain.case import Actor, Event, Role
from console.ui.case.event_text import line_of, moment, rich
from console.ui.words import Words
from tests.desk.people import DISPATCHER, LEAD, REFERENCE

NOW = datetime(2024, 11, 4, 8, 0, tzinfo=UTC)
AGENCY = REFERENCE.agency(LEAD)
THEIRS = Actor(user="ag", name="Lê Văn Tám", role=Role.AGENCY, station="", agency=LEAD)


def event(kind: str, by: Actor = DISPATCHER, **data: Any) -> Event:
    return Event(id="e", case="c", kind=kind, at=NOW, by=by, data=data)


def spoken(kind: str, by: Actor = DISPATCHER, **data: Any) -> str:
    return line_of(event(kind, by, **data), REFERENCE, NOW).spoken


def test_the_way_of_a_report() -> None:
    assert AGENCY is not None
    short = AGENCY.short
    assert spoken("log_report", channel="phone") == "Tiếp nhận qua điện thoại · Trần Thị Minh Hà"
    rang = "2024-11-04T07:30:00Z"
    assert spoken("log_report", channel="phone", rang=rang, rang_s=8) == (
        "Tiếp nhận qua điện thoại, gọi lúc 14:30, nhấc máy sau 8 giây · Trần Thị Minh Hà"
    )
    due = "2024-11-04T10:00:00Z"
    assert spoken("assign", lead=LEAD, due=due) == (f"Chuyển xử lý đến {short}, hạn 17:00 · Trần Thị Minh Hà")
    assert spoken("assign", lead=LEAD) == f"Chuyển xử lý đến {short} · Trần Thị Minh Hà"
    assert spoken("accept", THEIRS) == f"{short} nhận xử lý"
    assert spoken("ask_extension", THEIRS, new_due=due) == f"{short} xin gia hạn đến 17:00"
    assert spoken("record_callback", reached=True, satisfied=5) == "Trần Thị Minh Hà gọi lại: Rất hài lòng"
    assert spoken("add_call", text="Vẫn ngập") == "Trần Thị Minh Hà ghi nhận người dân gọi lại"
    tell = ["agency_contact", "supervisor"]
    assert spoken("remind", lead=LEAD, level=1) == f"Trần Thị Minh Hà đôn đốc {short}"
    assert spoken("escalate", lead=LEAD, name="Quá hạn", tell=tell) == (
        "Thang đôn đốc: Quá hạn · báo đầu mối đơn vị, trưởng ca"
    )
    assert spoken("add_call") == "Trần Thị Minh Hà trả lời người dân gọi hỏi"
    assert "không liên lạc được" in spoken("record_callback", reached=False)
    later = spoken("record_callback", reached=True, again_at="2024-11-05T01:00:00Z")
    assert "hẹn gọi lại lúc 05/11 08:00" in later


def test_forwarding_again_names_both() -> None:
    other = next(a for a in REFERENCE.agencies if a.code != LEAD)
    text = spoken("assign", lead=LEAD, replaced=other.code, due="2024-11-04T10:00:00Z")
    assert text.startswith(f"Chuyển lại từ {other.short}")
    assert spoken("assign", lead=LEAD, replaced=LEAD).startswith("Giao lại")


def test_who_decided_in_whose_place_is_told() -> None:
    told = spoken("approve", act="reject", asked_by="Lê Văn Bảy", in_place_of="Phạm Thị Lan")
    assert told == "Trần Thị Minh Hà duyệt: không tiếp nhận, người gửi Lê Văn Bảy (thay Phạm Thị Lan)"
    assert spoken("release_contact", agency=LEAD, on=False).startswith("Trần Thị Minh Hà thôi cho")


def test_what_was_written_stands_in_quotes() -> None:
    assert (
        line_of(event("return", reason="Không thuộc địa bàn"), REFERENCE, NOW).quote == "Không thuộc địa bàn"
    )
    assert line_of(event("add_note", text="Đã gọi"), REFERENCE, NOW).quote == "Đã gọi"
    assert line_of(event("add_call", text="Vẫn ngập"), REFERENCE, NOW).quote == "Vẫn ngập"
    assert line_of(event("accept"), REFERENCE, NOW).quote == ""


def test_a_kind_of_a_newer_centre_is_a_plain_line() -> None:
    line = line_of(event("teleport", odd={"a": 1}), REFERENCE, NOW)
    assert line.spoken == "Trần Thị Minh Hà: teleport"


def test_words_of_people_are_never_markup() -> None:
    hostile = Actor(user="x", name="<b>{kind}</b> **x**", role=Role.OPERATOR, station="01")
    head = line_of(event("accept", hostile), REFERENCE, NOW).head
    assert "&lt;b&gt;{kind}&lt;/b&gt; **x**" in head
    assert rich("**Đóng** bởi {who}", {"who": "a & b"}) == "<b>Đóng</b> bởi a &amp; b"


def test_a_time_that_is_no_time_is_left_out() -> None:
    assert moment("soon", NOW) == ""
    assert moment(None, NOW) == ""
    assert moment(NOW, NOW) == "15:00"


def test_every_command_has_a_line_in_words() -> None:
    from console.domain.table import FROM

    words = Words()
    assert [kind for kind in FROM if f"event.{kind}" not in words] == []
