"""Import a replacement list of reference data. Says what would change; changes it only with --apply.

    python -m console.reference import FILE --kind boundaries --from 2025-07-01
    python -m console.reference import FILE --kind agencies --apply --folder DIR
    python -m console.reference import FILE --kind types --apply --server URL --user admin --password …
        --station 01 --station-key …
    python -m console.reference columns          the columns of each CSV file

Exit codes: 0 done, 2 the file is bad, 3 the server refused or cannot be reached.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from console.domain.reference import Reference
from console.protocol.wire import ImportChange, ReferenceItem, TokenRequest
from console.reference import FOLDER, KINDS, ReferenceUnreadable, assemble, load, save_list, to_wire
from console.reference.columns import COLUMNS
from console.reference.diff import Plan, apply, plan
from console.reference.posting import NotPosted, Server
from console.reference.reading import BadFile, read_file

SHOWN = 40  # lines of each kind of change that are printed; --all prints them all
WORDS = {"added": "thêm", "changed": "sửa", "ended": "kết thúc", "removed": "bỏ", "same": "giữ nguyên"}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m console.reference",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("columns", help="columns of each CSV file")
    bring = commands.add_parser("import", help="read FILE and say what would change")
    bring.add_argument("file", type=Path)
    bring.add_argument("--kind", required=True, choices=tuple(KINDS))
    bring.add_argument(
        "--from", dest="begins", type=date.fromisoformat, help="valid_from where FILE has none"
    )
    bring.add_argument("--all", action="store_true", help="print every line")
    bring.add_argument("--apply", action="store_true", help="change it, after saying what changes")
    bring.add_argument("--folder", type=Path, help="reference folder to compare with and write")
    for option in ("server", "user", "password", "station", "station-key"):
        bring.add_argument(f"--{option}")
    return parser


def _print_columns() -> None:
    for kind, columns in COLUMNS.items():
        print(f"\n{kind}")
        for column in columns:
            print(f"  {column.name:18} {'' if column.required else '(có thể trống) '}{column.hint}")
    others = ", ".join(kind for kind in KINDS if kind not in (*COLUMNS, "boundaries"))
    print(f"\n{others}\n  chỉ nhập từ tệp JSON; mục nào cũng viết như trong resources/reference")
    print("\nboundaries\n  GeoJSON FeatureCollection, properties.code = mã xã, phường; WGS 84")


def _print_changes(lines: Sequence[ImportChange], everything: bool) -> None:
    for change, word in WORDS.items():
        found = [line for line in lines if line.change == change]
        print(f"{word}: {len(found)}")
        shown = found if everything else found[: 0 if change == "same" else SHOWN]
        for line in shown:
            print(f"  {word} {line.kind} {line.key} {line.name}".rstrip())
        if len(found) > len(shown) and change != "same":
            print(f"  … và {len(found) - len(shown)} dòng nữa (--all để xem hết)")


def _print_coverage(options: argparse.Namespace, read: list[Any], reference: Reference) -> None:
    """How many of the communes of that day get an outline: tells a wrong --from from a right one."""
    if options.kind != "boundaries":
        return
    communes = {unit.code for unit in reference.communes(options.begins)}
    found = len(communes & {item.code for item in read})
    print(f"Ranh giới cho {found}/{len(communes)} xã, phường có hiệu lực ngày {options.begins:%d/%m/%Y}")


def _write(folder: Path, reference: Reference, made: Plan, kind: str) -> None:
    after = assemble(apply(reference, made), reference.version + 1, reference.practice)
    folder.mkdir(parents=True, exist_ok=True)
    save_list(folder, kind, getattr(after, kind))


def _server(options: argparse.Namespace) -> Server:
    missing = [o for o in ("user", "password", "station", "station_key") if getattr(options, o) is None]
    if missing:
        named = ", ".join(f"--{name.replace('_', '-')}" for name in missing)
        raise BadFile(f"Thiếu tham số {named} để đăng nhập máy chủ.")
    request = TokenRequest(
        station=options.station,
        station_key=options.station_key,
        user=options.user,
        password=options.password,
    )
    return Server(options.server, request)


def _wire(kind: str, read: list[Any]) -> tuple[ReferenceItem, ...]:
    return tuple(to_wire(kind, item, 0) for item in read)


def _to_server(options: argparse.Namespace) -> None:
    server = _server(options)
    known = server.reference()
    reference = assemble(known.items, known.version, known.practice)
    read = read_file(options.file, options.kind, reference, options.begins)
    _print_coverage(options, read, reference)
    wanted = _wire(options.kind, read)
    _print_changes(server.post(wanted, dry_run=True), options.all)
    if options.apply:
        done = server.post(wanted, dry_run=False)
        print(f"Đã ghi vào máy chủ: {sum(line.change != 'same' for line in done)} thay đổi.")


def _to_folder(options: argparse.Namespace) -> None:
    reference = load(options.folder or FOLDER, version=1)
    read = read_file(options.file, options.kind, reference, options.begins)
    _print_coverage(options, read, reference)
    made = plan(reference, _wire(options.kind, read))
    _print_changes(made.lines, options.all)
    if options.apply:
        _write(options.folder, reference, made, options.kind)
        print(f"Đã ghi vào {options.folder}.")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command == "columns":
        _print_columns()
        return 0
    if options.apply and not (options.server or options.folder):
        parser.error("--apply cần --server (máy chủ) hoặc --folder (thư mục)")
    try:
        (_to_server if options.server else _to_folder)(options)
    except (BadFile, ReferenceUnreadable) as error:
        print(error, file=sys.stderr)
        return 2
    except NotPosted as error:
        print(error, file=sys.stderr)
        return 3
    if not options.apply:
        print("Chưa thay đổi gì. Thêm --apply để ghi.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
