"""Why not: refusals with stable codes. The words for each code are in resources/i18n."""

from enum import StrEnum
from typing import Any

import msgspec


class Code(StrEnum):
    """Stable reason codes, part of the wire."""

    WRONG_STATUS = "wrong_status"
    NOT_ALLOWED = "not_allowed"  # the role may not
    NOT_YOURS = "not_yours"  # an agency, and the case is not with it
    NEEDS_SUPERVISOR = "needs_supervisor"  # closing of a sensitive type
    LEAD_CHANGED = "lead_changed"
    FIELD_CHANGED = "field_changed"
    MISSING = "missing"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    BAD_VALUE = "bad_value"
    BAD_MEDIA_TYPE = "bad_media_type"
    TOO_BIG = "too_big"  # one file; `limit` in MiB
    TOO_MANY = "too_many"  # files of a case
    FILES_TOO_BIG = "files_too_big"  # all files of a case together; `limit` in MiB; said by desk and centre
    BAD_NUMBER = "bad_number"
    BAD_PHONE = "bad_phone"
    BAD_DEADLINE = "bad_deadline"
    OUTSIDE_PROVINCE = "outside_province"
    UNKNOWN_TYPE = "unknown_type"
    UNKNOWN_COMMUNE = "unknown_commune"
    UNKNOWN_AGENCY = "unknown_agency"
    UNKNOWN_REASON = "unknown_reason"
    UNKNOWN_CASE = "unknown_case"
    CASE_EXISTS = "case_exists"
    MERGED_PARENT = "merged_parent"
    MERGE_CYCLE = "merge_cycle"
    EXTENSION_PENDING = "extension_pending"
    NO_EXTENSION_PENDING = "no_extension_pending"
    NO_REQUEST_PENDING = "no_request_pending"  # nothing waits, or not what was meant
    REQUEST_PENDING = "request_pending"
    NOT_YOUR_REQUEST = "not_your_request"
    NOT_WITH_AGENCY = "not_with_agency"
    NO_CONTACT = "no_contact"  # the reporter left nothing to be reached by
    ITSELF = "itself"  # to relate with
    NOT_DUE = "not_due"  # a step of the ladder that is not reached, or was taken
    UNREADABLE = "unreadable"  # the centre cannot decode the command
    UNKNOWN_KIND = "unknown_kind"  # an act that this centre does not know: the console is newer
    ID_REUSED = "id_reused"  # another command bore this id before
    FAILED = "failed"  # the centre failed on it every time
    HELD_BACK = "held_back"  # an earlier command of the same case was refused


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """`field`: which field of the body; `now`: what stands there now, as plain JSON."""

    code: Code
    field: str | None = None
    now: Any = None
    limit: int | None = None
