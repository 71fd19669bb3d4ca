from pathlib import Path

import pytest

from console.options import read_options
from console.place import NoServer, duty_place, practice_place
from console.settings import SettingsUnreadable, read_settings


def written(folder: Path, text: str) -> Path:
    file = folder / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_no_file_means_defaults(tmp_path: Path) -> None:
    settings = read_settings(tmp_path / "settings.toml")
    assert (settings.server, settings.undo_seconds, settings.language) == ("", 10, "vi")


@pytest.mark.parametrize("text", ["server = ", "undo_seconds = 'ten'", "sever = 'https://x'", "\x00"])
def test_a_wrong_file_is_a_known_failure(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsUnreadable):
        read_settings(written(tmp_path, text))


def test_duty_needs_a_centre_and_a_desk(tmp_path: Path) -> None:
    file = written(tmp_path, "server = 'https://ioc.example.vn'\n")
    with pytest.raises(NoServer) as caught:
        duty_place(read_options([]), file)
    assert caught.value.file == file
    place = duty_place(read_options(["--desk", "04"]), file)
    assert (place.url, place.station, place.practice) == ("https://ioc.example.vn", "04", False)


def test_settings_may_name_desk_and_folder(tmp_path: Path) -> None:
    data = tmp_path / "data"
    file = written(tmp_path, f"server = 'https://x'\nstation = '05'\ndata_folder = '{data}'\n")
    place = duty_place(read_options([]), file)
    assert (place.station, place.folder) == ("05", data)


def test_each_practice_desk_has_a_folder_beside_its_centre(tmp_path: Path) -> None:
    place = practice_place(read_options(["--practice", "--folder", str(tmp_path), "--desk", "08"]))
    assert (place.folder, place.station, place.practice) == (tmp_path / "desk-08", "08", True)


def test_practice_has_a_user_and_duty_has_none() -> None:
    assert read_options(["--practice"]).user == "op01"
    assert read_options([]).user == ""


@pytest.mark.parametrize("desk", ["3", "003", "ab"])
def test_a_desk_is_two_digits(desk: str) -> None:
    with pytest.raises(SystemExit):
        read_options(["--desk", desk])
