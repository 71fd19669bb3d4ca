"""Attached files at the centre: pieces, digests, kinds, who may see them, how much there may be."""

import base64
import hashlib
import threading
from collections.abc import Iterator
from io import BytesIO

import pytest
import requests
from PIL import Image
from sqlalchemy import text

from console.central import files as module
from console.domain.command import Attach, Resolve
from console.media.picture import look_at
from tests.central.reports import LEAD, OTHER_LEAD, accepted, assigned, code, give, logged
from tests.support.central import Central, Client
from tests.support.pictures import EXE, OWNER, PDF, noise, photo

MIB = 1024 * 1024


@pytest.fixture
def desk(central: Central) -> Iterator[Client]:
    made = central.client()
    yield made
    made.close()


@pytest.fixture
def agency(central: Central) -> Iterator[Client]:
    made = central.client("00", f"ag-{LEAD}")
    yield made
    made.close()


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def put(client: Client, data: bytes, first: int, last: int, *, name: str = "") -> requests.Response:
    """Bytes `first` to before `last`."""
    how = {
        "Content-Range": f"bytes {first}-{last - 1}/{len(data)}",
        "Content-Type": "application/octet-stream",
    }
    return client.raw("PUT", f"/attachments/{name or sha(data)}", data[first:last], headers=how)


def send(client: Client, data: bytes, step: int = MIB) -> requests.Response:
    """All of it, in order; the last answer."""
    for first in range(0, len(data), step):
        answer = put(client, data, first, min(first + step, len(data)))
        assert answer.status_code == 200, answer.text
    return answer


def standing(client: Client, data: bytes) -> tuple[str, str]:
    answer = client.raw("HEAD", f"/attachments/{sha(data)}")
    assert answer.status_code == 200
    return answer.headers["Upload-Offset"], answer.headers["Upload-Complete"]


def fetched(client: Client, data: bytes, **how: str) -> requests.Response:
    return client.raw("GET", f"/attachments/{sha(data)}", headers=how)


def problem(answer: requests.Response) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


def attach(data: bytes, media_type: str = "image/jpeg", size: int | None = None) -> Attach:
    return Attach(sha256=sha(data), name="a", media_type=media_type, size=size or len(data))


def digest_of(answer: requests.Response) -> str:
    return base64.b64decode(answer.headers["Repr-Digest"].removeprefix("sha-256=:").removesuffix(":")).hex()


def test_a_file_arrives_in_pieces_and_goes_out_whole_and_in_parts(desk: Client) -> None:
    data = noise(2 * MIB + 12_345)
    assert standing(desk, data) == ("0", "?0")
    assert put(desk, data, 0, 1000).headers["Upload-Offset"] == "1000"
    assert standing(desk, data) == ("1000", "?0")
    assert problem(fetched(desk, data)) == (404, "not_yet")
    for first, last in ((1000, 1001), (1001, MIB), (MIB, 2 * MIB), (2 * MIB, len(data))):
        answer = put(desk, data, first, last)
    assert (answer.headers["Upload-Offset"], answer.headers["Upload-Complete"]) == (str(len(data)), "?1")
    whole = fetched(desk, data)
    assert whole.status_code == 200
    assert whole.content == data
    assert digest_of(whole) == sha(data)
    assert (whole.headers["Content-Type"], whole.headers["Content-Length"]) == ("audio/wav", str(len(data)))
    part = fetched(desk, data, Range="bytes=999-1002")
    assert (part.status_code, part.content) == (206, data[999:1003])
    assert part.headers["Content-Range"] == f"bytes 999-1002/{len(data)}"
    rest = fetched(desk, data, Range=f"bytes={len(data) - 5}-")
    assert rest.content == data[-5:]
    assert fetched(desk, data, Range="bytes=0-").content == data[:MIB]
    past = fetched(desk, data, Range=f"bytes={len(data)}-")
    assert problem(past) == (416, "bad_range")
    assert past.headers["Content-Range"] == f"bytes */{len(data)}"


def test_pieces_that_come_twice_out_of_order_or_with_a_gap_change_nothing(desk: Client) -> None:
    data = noise(300_000)
    put(desk, data, 0, 100_000)
    assert put(desk, data, 0, 100_000).headers["Upload-Offset"] == "100000"
    assert put(desk, data, 20_000, 30_000).headers["Upload-Offset"] == "100000"
    assert problem(put(desk, data, 200_000, 300_000)) == (409, "wrong_offset")
    assert problem(put(desk, data, 50_000, 150_000)) == (409, "wrong_offset")
    assert problem(put(desk, data + b"x", 100_000, 100_100, name=sha(data))) == (409, "other_size")
    put(desk, data, 100_000, 300_000)
    again = put(desk, data, 0, 100_000)
    assert (again.headers["Upload-Offset"], again.headers["Upload-Complete"]) == ("300000", "?1")
    assert fetched(desk, data).content == data


def test_other_bytes_than_the_digest_says_are_thrown_away(desk: Client) -> None:
    data, other = noise(300_000, 1), noise(300_000, 2)
    put(desk, other, 0, 200_000, name=sha(data))
    assert problem(put(desk, other, 200_000, 300_000, name=sha(data))) == (422, "wrong_digest")
    assert standing(desk, data) == ("0", "?0")
    send(desk, data)
    assert fetched(desk, data).content == data


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (EXE, (415, "attachment_type")),
        (b"<html><script>alert(1)</script></html>", (415, "attachment_type")),
        (photo()[:700], (422, "attachment_unreadable")),
    ],
)
def test_a_kind_that_is_not_taken_is_found_by_its_bytes(
    desk: Client, data: bytes, expected: tuple[int, str]
) -> None:
    assert problem(put(desk, data, 0, len(data))) == expected
    assert standing(desk, data) == ("0", "?0")


@pytest.mark.parametrize(
    ("content_range", "expected"),
    [
        ("bytes 0-9/10", (400, "bad_request")),
        ("bytes 5-4/10", (400, "bad_request")),
        ("bytes 0-10/10", (400, "bad_request")),
        ("bytes */10", (400, "bad_request")),
        ("", (400, "bad_request")),
        (f"bytes 0-4/{50 * MIB + 1}", (413, "attachment_too_big")),
    ],
)
def test_requests_that_make_no_sense(desk: Client, content_range: str, expected: tuple[int, str]) -> None:
    answer = desk.raw("PUT", f"/attachments/{'ab' * 32}", b"12345", headers={"Content-Range": content_range})
    assert problem(answer) == expected


def test_a_piece_is_a_mebibyte_at_most_and_a_name_a_digest(desk: Client) -> None:
    data = noise(2 * MIB)
    assert problem(put(desk, data, 0, MIB + 1)) == (413, "too_large")
    for method in ("GET", "PUT"):
        answer = desk.raw(method, "/attachments/../../etc", b"", headers={"Content-Range": "bytes 0-0/1"})
        assert answer.status_code == 404
        answer = desk.raw(method, f"/attachments/{'AB' * 32}", b"x", headers={"Content-Range": "bytes 0-0/1"})
        assert problem(answer) == (400, "bad_request")
    assert requests.get(f"{desk.base}/attachments/{'ab' * 32}", timeout=30).status_code == 401


def test_two_processes_at_once_make_one_file(central: Central, desk: Client) -> None:
    other = central.twin().client("04", "op04")
    data = noise(3 * MIB)
    codes = set[int]()

    def bring(client: Client) -> None:
        while standing(client, data)[1] == "?0":
            first = int(standing(client, data)[0])
            codes.add(put(client, data, first, min(first + 70_000, len(data))).status_code)

    threads = [threading.Thread(target=bring, args=(client,)) for client in (desk, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes <= {200, 409, 400}
    for client in (desk, other):
        assert fetched(client, data).content == data
    with central.engine.connect() as connection:
        total = connection.scalar(text("SELECT sum(length(body)) FROM file_pieces WHERE copy = 0"))
    assert total == len(data)
    other.close()


def test_an_agency_gets_its_own_cases_pictures_and_nothing_of_camera_or_place(
    desk: Client, agency: Client
) -> None:
    data, foreign, unnamed = photo(orientation=6), photo(100, 80), photo(90, 80)
    for one in (data, foreign, unnamed):
        send(desk, one)
    mine, theirs = assigned(desk), assigned(desk, OTHER_LEAD)
    assert problem(fetched(agency, data)) == (404, "no_such_file")
    accepted(desk, desk.command(attach(data), mine), desk.command(attach(foreign), theirs))
    for hidden in (foreign, unnamed):
        assert problem(fetched(agency, hidden)) == (404, "no_such_file")
        assert standing(agency, hidden) == ("0", "?0")
        answer = agency.raw("GET", f"/attachments/{sha(hidden)}/thumbnail")
        assert problem(answer) == (404, "no_such_file")
    copy = fetched(agency, data)
    assert OWNER.encode() not in copy.content
    assert look_at(copy.content).position is None
    assert digest_of(copy) == sha(copy.content) != sha(data)
    part = fetched(agency, data, Range="bytes=10-19")
    assert part.content == copy.content[10:20]
    with Image.open(BytesIO(copy.content)) as upright:
        assert upright.size == (480, 640)
    assert fetched(desk, data).content == data
    small = agency.raw("GET", f"/attachments/{sha(data)}/thumbnail")
    assert small.content == look_at(data).thumbnail


def test_an_agencys_own_result_is_seen_by_the_desk(desk: Client, agency: Client) -> None:
    case, data = assigned(desk), photo()
    send(agency, data)
    assert standing(agency, data) == (str(len(data)), "?1")
    accepted(agency, agency.command(Resolve(result="Đã thay nắp cống", attachments=(sha(data),)), case))
    assert fetched(desk, data).content == data
    assert fetched(agency, data).status_code == 200


def test_a_command_may_come_before_its_bytes(desk: Client) -> None:
    case, data = logged(desk), photo()
    accepted(desk, desk.command(attach(data), case))
    assert problem(fetched(desk, data)) == (404, "not_yet")
    assert problem(desk.raw("GET", f"/attachments/{sha(data)}/thumbnail")) == (404, "not_yet")
    send(desk, data)
    assert fetched(desk, data).content == data


def test_papers_and_sounds_have_no_small_picture_and_go_to_agencies_as_they_are(
    desk: Client, agency: Client
) -> None:
    case = assigned(desk)
    send(desk, PDF)
    accepted(desk, desk.command(attach(PDF, "application/pdf"), case))
    assert fetched(agency, PDF).content == PDF
    assert problem(desk.raw("GET", f"/attachments/{sha(PDF)}/thumbnail")) == (404, "no_thumbnail")


def test_a_cases_files_are_two_hundred_mebibytes_at_most(desk: Client) -> None:
    case = logged(desk)
    big = [attach(noise(100, n), "audio/wav", 50 * MIB) for n in range(5)]
    verdicts = give(desk, *(desk.command(body, case) for body in big[:4]))
    assert all(verdict.accepted for verdict in verdicts)
    (refused,) = give(desk, desk.command(big[4], case))
    assert code(refused) == "files_too_big"
    assert refused.refusal is not None
    assert refused.refusal.limit == 200
    accepted(desk, desk.command(big[3], case))  # the same again is no new one
    together = logged(desk)
    verdicts = give(desk, *(desk.command(body, together) for body in big))
    assert [verdict.accepted for verdict in verdicts] == [True] * 4 + [False]


def test_what_no_command_names_has_a_limit_per_station_and_goes_after_its_days(
    central: Central, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "STATION_MOST", 500_000)
    kept, lost, more = noise(300_000, 1), noise(150_000, 2), noise(100_000, 3)
    send(desk, kept)
    send(desk, lost)
    assert problem(put(desk, more, 0, 1000)) == (413, "attachment_quota")
    neighbour = central.client("04", "op04")
    assert put(neighbour, more, 0, 1000).status_code == 200
    neighbour.close()
    accepted(desk, desk.command(attach(kept, "audio/wav"), logged(desk)))
    third = noise(120_000, 4)
    send(desk, third)
    with central.engine.begin() as connection:
        connection.execute(text("UPDATE files SET begun_at = begun_at - interval '8 days'"))
    send(desk, noise(500_000, 5))
    assert fetched(desk, kept).content == kept
    assert problem(fetched(desk, lost)) == (404, "no_such_file")
