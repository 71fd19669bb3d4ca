"""Agencies: they follow the units, plus departments and utilities. Codes are made up."""

from datetime import date
from typing import Any

from console.domain.agency import Agency, AgencyKind
from console.domain.place import Unit, UnitKind
from resources.build.places import MERGED, SPANS, units

OLD = SPANS["2023"]
ALWAYS: dict[str, Any] = {"valid_from": date(2023, 7, 1), "valid_to": None}

# key, name, short; the code is H46.NN in this order until the merger of provinces
DEPARTMENTS = (
    ("office", "Văn phòng UBND tỉnh Quảng Bình", "Văn phòng UBND tỉnh"),
    ("transport", "Sở Giao thông vận tải", "Sở GTVT"),
    ("construction", "Sở Xây dựng", "Sở Xây dựng"),
    ("resources", "Sở Tài nguyên và Môi trường", "Sở TN&MT"),
    ("agriculture", "Sở Nông nghiệp và Phát triển nông thôn", "Sở NN&PTNT"),
    ("information", "Sở Thông tin và Truyền thông", "Sở TT&TT"),
    ("health", "Sở Y tế", "Sở Y tế"),
    ("education", "Sở Giáo dục và Đào tạo", "Sở GD&ĐT"),
    ("tourism", "Sở Du lịch", "Sở Du lịch"),
    ("culture", "Sở Văn hóa và Thể thao", "Sở VH&TT"),
    ("trade", "Sở Công Thương", "Sở Công Thương"),
    ("labour", "Sở Lao động, Thương binh và Xã hội", "Sở LĐ-TB&XH"),
    ("interior", "Sở Nội vụ", "Sở Nội vụ"),
    ("justice", "Sở Tư pháp", "Sở Tư pháp"),
    ("finance", "Sở Tài chính", "Sở Tài chính"),
    ("planning", "Sở Kế hoạch và Đầu tư", "Sở KH&ĐT"),
    ("science", "Sở Khoa học và Công nghệ", "Sở KH&CN"),
    ("inspectorate", "Thanh tra tỉnh", "Thanh tra tỉnh"),
    ("zone", "Ban Quản lý Khu kinh tế", "BQL Khu kinh tế"),
    ("park", "Ban Quản lý Vườn quốc gia Phong Nha - Kẻ Bàng", "BQL Phong Nha - Kẻ Bàng"),
    ("disaster", "Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh", "BCH PCTT&TKCN tỉnh"),
)
# after the merger; the code is H50.NN
MERGED_DEPARTMENTS = (
    ("office", "Văn phòng UBND tỉnh Quảng Trị", "Văn phòng UBND tỉnh"),
    ("construction", "Sở Xây dựng tỉnh Quảng Trị", "Sở Xây dựng"),
    ("agriculture", "Sở Nông nghiệp và Môi trường tỉnh Quảng Trị", "Sở NN&MT"),
    ("science", "Sở Khoa học và Công nghệ tỉnh Quảng Trị", "Sở KH&CN"),
    ("health", "Sở Y tế tỉnh Quảng Trị", "Sở Y tế"),
    ("education", "Sở Giáo dục và Đào tạo tỉnh Quảng Trị", "Sở GD&ĐT"),
    ("tourism", "Sở Văn hóa, Thể thao và Du lịch tỉnh Quảng Trị", "Sở VHTT&DL"),
    ("trade", "Sở Công Thương tỉnh Quảng Trị", "Sở Công Thương"),
    ("interior", "Sở Nội vụ tỉnh Quảng Trị", "Sở Nội vụ"),
    ("disaster", "Ban Chỉ huy Phòng thủ dân sự tỉnh Quảng Trị", "BCH PTDS tỉnh"),
)
UTILITIES = (  # code, name, short, valid_to of the span
    ("H46.61.01", "Công ty cổ phần Cấp nước Quảng Bình", "Cấp nước Quảng Bình"),
    ("H46.61.02", "Trung tâm Nước sạch và Vệ sinh môi trường nông thôn", "TT Nước sạch nông thôn"),
    ("H46.62.01", "Công ty cổ phần Môi trường và Phát triển đô thị Quảng Bình", "Môi trường đô thị QB"),
    ("H46.63.01", "Khu Quản lý đường bộ II", "Khu QLĐB II"),
    ("H46.63.02", "Công ty cổ phần Quản lý và Xây dựng đường bộ Quảng Bình", "QL&XD đường bộ QB"),
    ("H46.64.01", "VNPT Quảng Bình", "VNPT Quảng Bình"),
    ("H46.64.02", "Viettel Quảng Bình", "Viettel Quảng Bình"),
    ("H46.64.03", "MobiFone Quảng Bình", "MobiFone Quảng Bình"),
    ("H46.66.01", "Công ty TNHH MTV Khai thác công trình thủy lợi Quảng Bình", "Thủy lợi Quảng Bình"),
)
POLICE = ("H46.65.00", "Công an tỉnh Quảng Bình", "Công an tỉnh")
FIRE = (
    "H46.65.09",
    "Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ Công an tỉnh",
    "Cảnh sát PCCC&CNCH",
)
SHORT_KIND = {
    UnitKind.CITY: "TP",
    UnitKind.TOWN: "TX",
    UnitKind.DISTRICT: "huyện",
    UnitKind.WARD: "phường",
    UnitKind.COMMUNE: "xã",
    UnitKind.TOWNSHIP: "TT",
}


def department(key: str, edition: str = "2023") -> str:
    """The code of a provincial department by its key in the tables above."""
    table, prefix = (DEPARTMENTS, "H46") if edition == "2023" else (MERGED_DEPARTMENTS, "H50")
    return f"{prefix}.{[k for k, _, _ in table].index(key) + 1:02d}"


def district_code(family: str, district: str) -> str:
    """Code of a district's agency: family 30 People's Committee, 60 electricity, 62 public works,
    64 waterworks, 65 police; numbered by the district's own code."""
    return f"H46.{family}.{district}"


def committee(unit: Unit) -> str:
    """Code of a People's Committee."""
    if unit.kind.is_district:
        return district_code("30", unit.code)
    return f"H46.{unit.parent}.{unit.code}" if unit.valid_from < MERGED else f"H50.60.{unit.code}"


def _lower_first(name: str) -> str:
    return name[0].lower() + name[1:]


def _committee(unit: Unit) -> Agency:
    return Agency(
        code=committee(unit),
        name=f"Ủy ban nhân dân {_lower_first(unit.name)}",
        short=f"UBND {SHORT_KIND[unit.kind]} {unit.short}",
        kind=AgencyKind.DISTRICT if unit.kind.is_district else AgencyKind.COMMUNE,
        area=unit.code,
        parent=_parent(unit),
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
    )


def _parent(unit: Unit) -> str:
    if unit.valid_from >= MERGED:
        return department("office", "2025")
    return department("office") if unit.kind.is_district else district_code("30", str(unit.parent))


def _departments() -> list[Agency]:
    made = []
    for table, edition in ((DEPARTMENTS, "2023"), (MERGED_DEPARTMENTS, "2025")):
        for key, name, short in table:
            code = department(key, edition)
            span = SPANS[edition]
            made.append(
                Agency(code=code, name=name, short=short, kind=AgencyKind.DEPARTMENT, area="44", **span)
            )
    return made


def _utilities() -> list[Agency]:
    return [
        Agency(code=code, name=name, short=short, kind=AgencyKind.UTILITY, area="44", **ALWAYS)
        for code, name, short in UTILITIES
    ]


def _of_district(unit: Unit) -> list[Agency]:
    """Electricity, public works or urban environment, waterworks and police of one district."""
    kind = {"city": "thành phố", "town": "thị xã"}.get(unit.kind.value, "huyện")
    rows = [
        ("60", f"Điện lực {unit.short}", f"Điện lực {unit.short}", AgencyKind.UTILITY, ALWAYS),
        ("65", f"Công an {kind} {unit.short}", f"Công an {SHORT_KIND[unit.kind]} {unit.short}",
         AgencyKind.POLICE, OLD),
    ]  # fmt: skip
    if unit.kind != UnitKind.CITY:
        rows += [
            ("62", f"Ban Quản lý các công trình công cộng {kind} {unit.short}",
             f"BQL CTCC {unit.short}", AgencyKind.UTILITY, OLD),
            ("64", f"Chi nhánh Cấp nước {unit.short}", f"Cấp nước {unit.short}", AgencyKind.UTILITY, ALWAYS),
        ]  # fmt: skip
    return [
        Agency(
            code=district_code(family, unit.code),
            name=name,
            short=short,
            kind=agency_kind,
            area=unit.code,
            parent={"64": "H46.61.01", "65": POLICE[0], "62": district_code("30", unit.code)}.get(family),
            **span,
        )
        for family, name, short, agency_kind, span in rows
    ]


def agencies() -> list[Agency]:
    """All of them, both lists."""
    old, new = units("2023"), units("2025")
    made = _departments() + _utilities()
    for code, name, short in (POLICE, FIRE):
        made.append(Agency(code=code, name=name, short=short, kind=AgencyKind.POLICE, area="44", **ALWAYS))
    for unit in old:
        if unit.kind.is_district:
            made += [_committee(unit), *_of_district(unit)]
        elif unit.kind.is_commune:
            made.append(_committee(unit))
    return made + [_committee(unit) for unit in new if unit.kind.is_commune]
