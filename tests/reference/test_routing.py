"""The bundled rules leave nothing to nobody: every type in every commune has an agency, before and after."""

from datetime import date

import pytest

from console.domain.reference import in_force
from console.domain.suggest import propose_agency
from console.reference import bundled

reference = bundled()
NOVEMBER = date(2024, 11, 4)


@pytest.mark.parametrize("on", [date(2023, 11, 3), NOVEMBER, date(2025, 7, 1), date(2026, 11, 24)])
def test_every_type_in_every_commune_has_a_proposed_agency(on: date) -> None:
    in_office = {a.code for a in in_force(reference.agencies, on)}
    for commune in reference.communes(on):
        for type_ in in_force(reference.types, on):
            proposal = propose_agency(reference, type_, commune.code, on)
            assert proposal is not None, (type_.code, commune.code)
            assert {proposal.lead, *proposal.supporting} <= in_office, (type_.code, commune.code)
            assert proposal.lead not in proposal.supporting, (type_.code, commune.code)
            assert proposal.reason_vi
            assert proposal.reason_en


@pytest.mark.parametrize(
    ("type_", "commune", "short"),
    [
        ("drainage.manhole", "18856", "UBND TP Đồng Hới"),
        ("power.pole", "18853", "Điện lực Đồng Hới"),
        ("noise.karaoke", "18865", "UBND phường Nam Lý"),
        ("animal.dog", "18889", "UBND xã Bảo Ninh"),
        ("waste.uncollected", "18868", "Môi trường đô thị QB"),
        ("flood.rescue", "19249", "UBND huyện Lệ Thủy"),
        ("tourism.guide", "19165", "BQL Phong Nha - Kẻ Bàng"),
        ("tourism.price", "18853", "Sở Du lịch"),
        ("telecom.mobile", "19204", "Sở TT&TT"),
        ("water.outage", "19081", "Cấp nước Ba Đồn"),
        ("water.well", "19081", "TT Nước sạch nông thôn"),
        ("waste.rubble", "18874", "UBND phường Phú Hải"),
        ("order.official", "19249", "Sở Nội vụ"),
    ],
)
def test_who_handles_what(type_: str, commune: str, short: str) -> None:
    proposal = propose_agency(reference, type_, commune, NOVEMBER)
    assert proposal is not None
    agency = reference.agency(proposal.lead)
    assert agency is not None
    assert agency.short == short


@pytest.mark.parametrize("on", [NOVEMBER, date(2025, 7, 15)])
def test_no_rule_is_dead(on: date) -> None:
    """Every rule is the one that decides for some type in some commune."""
    asked = {
        (proposal.lead, proposal.reason_vi)
        for commune in reference.communes(on)
        for type_ in in_force(reference.types, on)
        if (proposal := propose_agency(reference, type_, commune.code, on))
    }
    reasons = {reason for _, reason in asked}
    for route in in_force(reference.routes, on):
        placeholder = route.lead.startswith("@")
        assert route.reason in reasons if placeholder else (route.lead, route.reason) in asked, route.code
