"""What the screens remember: kept across runs, never in the way."""

from pathlib import Path

from console.ui.memory import Memory


def test_it_is_there_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "inner" / "memory.json"
    memory = Memory(file)
    memory.keep("theme", "dark")
    memory.keep("panes.wide", [700, 600, 500])
    memory.save()
    again = Memory(file)
    assert again.text("theme", "light") == "dark"
    assert again.numbers("panes.wide", [1, 2, 3]) == [700, 600, 500]
    assert list(tmp_path.rglob("*.part")) == []


def test_a_spoilt_file_and_a_value_of_the_wrong_kind_mean_the_default(tmp_path: Path) -> None:
    file = tmp_path / "memory.json"
    file.write_text("{", encoding="utf-8")
    assert Memory(file).number("scale", 100) == 100
    file.write_text('{"scale": "big", "panes.wide": [1]}', encoding="utf-8")
    memory = Memory(file)
    assert memory.number("scale", 100) == 100
    assert memory.numbers("panes.wide", [1, 2, 3]) == [1, 2, 3]


def test_a_folder_that_cannot_be_written_loses_only_the_look(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    memory = Memory(blocked / "memory.json")
    memory.keep("theme", "dark")
    memory.save()
    assert memory.text("theme", "light") == "dark"
