"""Agencies (cơ quan, đơn vị xử lý) and the rules that say which of them handles what."""

from datetime import date
from enum import StrEnum

import msgspec


class AgencyKind(StrEnum):
    """What an agency is; routing refers to kinds where it can, so that no agency is named in code."""

    DEPARTMENT = "department"  # provincial department or board (sở, ban)
    DISTRICT = "district"  # People's Committee of a district, town or city
    COMMUNE = "commune"  # People's Committee of a commune, ward or township
    POLICE = "police"
    UTILITY = "utility"  # electricity, water, urban environment, roads, telecoms


class Agency(msgspec.Struct, frozen=True, kw_only=True):
    """`code`: the external code (mã định danh); `area`: the unit it answers for (province to commune).
    `email`, `hook`: where its contact is told, and its leader; `hook` as the gateway for SMS or Zalo has
    it."""

    code: str
    name: str
    short: str
    kind: AgencyKind
    area: str
    parent: str | None = None
    email: str = ""
    hook: str = ""
    leader_email: str = ""
    leader_hook: str = ""
    valid_from: date
    valid_to: date | None = None


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One routing rule: reports of `type` (or any type of `category`) in `area` go to `lead`.

    `area` is a unit code; the narrowest matching area wins, then type before category.
    `lead` and `supporting` hold either an agency's code or one of the placeholders
    `@commune`, `@district`: the People's Committee of the place's commune or district.
    `reason` is the line shown to the operator after "Vì:" / "Because:".
    """

    code: str
    area: str
    lead: str
    supporting: tuple[str, ...] = ()
    type: str | None = None
    category: str | None = None
    reason: str
    reason_en: str
    valid_from: date
    valid_to: date | None = None
