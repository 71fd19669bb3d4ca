"""Help for the operator: type, place, agency and urgency, each a suggestion with its reason.

The searching is in `search` and `places`, the proposing in `proposals`; screens import from here.
"""

from console.domain.places.find import commune_at, find_places
from console.domain.places.lines import PlaceHit
from console.domain.proposals import Proposal, propose_agency, propose_urgency
from console.domain.search import TypeHit, find_types

__all__ = [
    "PlaceHit",
    "Proposal",
    "TypeHit",
    "commune_at",
    "find_places",
    "find_types",
    "propose_agency",
    "propose_urgency",
]
