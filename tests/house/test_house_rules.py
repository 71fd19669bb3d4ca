"""Rules of the house that no linter knows. Each names the files that break it."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "console").rglob("*.py"))
ALL = sorted(
    [*MODULES, ROOT / "main.py", *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
)

MOST_LINES = 400
LONGER: dict[str, str] = {}  # path -> reason

BAD_NAMES = {
    "widgets.py",
    "utils.py",
    "util.py",
    "manager.py",
    "helpers.py",
    "helper.py",
    "common.py",
    "misc.py",
}
HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b")
FUNCTIONAL = re.compile(r"\brgba?\(\s*\d")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), name(path))


def strings(module: ast.Module) -> list[ast.Constant]:
    """String constants that are no docstrings."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


def test_no_file_grows_beyond_what_one_reads_at_a_sitting() -> None:
    long = {name(p): n for p in ALL if (n := len(p.read_text(encoding="utf-8").splitlines())) > MOST_LINES}
    assert {path: lines for path, lines in long.items() if path not in LONGER} == {}


def test_exceptions_to_the_length_are_still_needed() -> None:
    short = [path for path in LONGER if len((ROOT / path).read_text("utf-8").splitlines()) <= MOST_LINES]
    assert short == []


def test_files_are_named_after_the_work() -> None:
    assert [name(p) for p in ALL if p.name in BAD_NAMES] == []


def test_every_module_says_what_it_is() -> None:
    silent = [name(p) for p in MODULES if p.stat().st_size and not ast.get_docstring(tree(p))]
    assert silent == []


def test_every_room_says_what_it_is() -> None:
    packages = [p for p in MODULES if p.name == "__init__.py"]
    assert [name(p) for p in packages if not ast.get_docstring(tree(p))] == []


@pytest.mark.parametrize("path", [p for p in MODULES if "ui" in p.parts], ids=name)
def test_only_the_theme_names_colours(path: Path) -> None:
    if path.name in ("theme.py",):
        return
    module = tree(path)
    found = [n.lineno for n in strings(module) if HEX.search(n.value) or FUNCTIONAL.search(n.value)]
    found += [n.lineno for n in ast.walk(module) if _literal_colour(n)]
    assert found == []


def _literal_colour(node: ast.AST) -> bool:
    """QColor("red"), QColor(1, 2, 3), Qt.GlobalColor.red; transparent is no colour."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
        return node.value.attr == "GlobalColor" and node.attr != "transparent"
    called = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "QColor"
    return called and any(isinstance(a, ast.Constant) and a.value not in (0,) for a in node.args)  # type: ignore[attr-defined]


def test_nothing_is_left_undone() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    left = [name(p) for p in [*MODULES, ROOT / "main.py"] if marks.search(p.read_text(encoding="utf-8"))]
    assert left == []
