"""Compose the practice reference data into resources/reference. Deterministic: the same bytes every time.

python -m resources.build.compose
"""

from console.domain.canned import CannedUse
from console.reference import FOLDER, save_list
from resources.build.agencies import agencies
from resources.build.chase import lists as chase_lists
from resources.build.chase import with_addresses
from resources.build.days import days, hours
from resources.build.forms import forms
from resources.build.gazetteer import gazetteer
from resources.build.places import boundaries, units
from resources.build.posts import posts
from resources.build.routes import routes
from resources.build.texts import canned, rejects
from resources.build.types import categories, types


def compose() -> dict[str, list[object]]:
    """Every list by its kind."""
    return {
        "units": [*units("2023"), *units("2025")],
        "boundaries": [*boundaries("2023"), *boundaries("2025")],
        "agencies": [with_addresses(agency) for agency in agencies()],
        "categories": [*categories()],
        "types": [*types()],
        "routes": [*routes()],
        "hours": [*hours()],
        "days": [*days()],
        "canned": [text for text in canned() if text.use is not CannedUse.INTAKE],
        "phrases": [text for text in canned() if text.use is CannedUse.INTAKE],
        "reject_reasons": [*rejects()],
        "gazetteer": [*gazetteer()],
        "posts": [*posts()],
        "forms": [*forms()],
        **chase_lists(),
    }


def main() -> None:
    """Write all lists and say how many items each has."""
    for kind, made in compose().items():
        save_list(FOLDER, kind, made)
        print(f"{kind}: {len(made)}")


if __name__ == "__main__":
    main()
