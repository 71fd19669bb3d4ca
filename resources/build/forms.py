"""Intake forms out of source/forms.toml."""

import tomllib
from typing import Any

from console.domain.form import Form, Frame
from resources.build.places import SOURCE, START


def forms() -> list[Form]:
    """All forms."""
    raw = tomllib.loads((SOURCE / "forms.toml").read_text(encoding="utf-8"))
    return [
        Form(
            code=code,
            name=one["name"],
            types=tuple(one.get("types", ())),
            frames=tuple(_frame(name, one) for name in one["frames"]),
            valid_from=START,
        )
        for code, one in raw.items()
    ]


def _frame(name: str, form: dict[str, Any]) -> Frame:
    """`required` and `without` name frame and part: "place.pin"."""
    parts = {
        key: tuple(part.removeprefix(f"{name}.") for part in form.get(key, ()) if part.startswith(f"{name}."))
        for key in ("required", "without")
    }
    return Frame(name=name, **parts)
