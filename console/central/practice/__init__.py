"""Practice mode's province: believable reports, made by rule from a seed.

`generate` tells lives as commands, `records` folds them as a server would hold them, `bulk` makes very many.
"""

from console.central.practice.bulk import bulk
from console.central.practice.generator import generate
from console.central.practice.people import agency_actor, practice_users, staff
from console.central.practice.records import NotAccepted, records
from console.central.practice.script import Told

__all__ = [
    "NotAccepted",
    "Told",
    "agency_actor",
    "bulk",
    "generate",
    "practice_users",
    "records",
    "staff",
]
