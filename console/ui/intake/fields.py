"""The fields of the intake, in speaking order, and what can be wrong with one."""

import dataclasses
from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """Where the cursor may stand; also the name kept in `Draft.focus`."""

    TYPE = "type"
    QUESTIONS = "questions"
    CONTENT = "content"
    PLACE = "place"
    COMMUNE = "commune"
    URGENCY = "urgency"
    PHONE = "phone"
    NAME = "name"
    ADDRESS = "address"
    NOTE = "note"
    AGENCY = "agency"


@dataclass(frozen=True)
class Problem:
    """Something wrong with one field. `key` and `values`: the sentence; `blocks`: saving has to wait for it;
    `at_once`: told while the cursor is still there."""

    field: Field
    key: str
    values: dict[str, object] = dataclasses.field(default_factory=dict)
    blocks: bool = True
    at_once: bool = False


FIELDS: dict[str, tuple[Field, ...]] = {
    "type": (Field.TYPE,),
    "questions": (Field.QUESTIONS,),
    "content": (Field.CONTENT,),
    "place": (Field.PLACE, Field.COMMUNE),
    "urgency": (Field.URGENCY,),
    "reporter": (Field.PHONE, Field.NAME, Field.ADDRESS),
    "note": (Field.NOTE,),
}
"""The fields of each frame of the form, the first one first to get the cursor."""

STEPS: tuple[Field, ...] = (Field.TYPE, Field.QUESTIONS, Field.CONTENT, Field.PLACE, Field.PHONE)
"""What the progress line above the form shows, in the order of the form."""
