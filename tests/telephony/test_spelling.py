"""Numbers as telephones spell them."""

import pytest

from console.telephony.spelling import number_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0905123456", "0905123456"),
        ("+84 905.123-456", "+84905123456"),
        ("tel:+84905123456;phone-context=vn", "+84905123456"),
        ("sip:0905123456@10.0.0.1:5060;transport=udp", "0905123456"),
        ('"Ông Bảy" <sip:%2B84905123456@tongdai>', "+84905123456"),
        ("callto://0905123456", "0905123456"),
        ("113", "113"),
        ("*72#", None),
        ("", ""),
        ("anonymous", ""),
        ("sip:Anonymous@anonymous.invalid", ""),
        ("abc", None),
        ("0905123456; rm -rf /", "0905123456"),
        ("٠٩٠٥١٢٣٤٥٦", None),
        ("9" * 400, None),
    ],
)
def test_a_number_out_of_what_a_telephone_writes(text: str, number: str | None) -> None:
    assert number_in(text) == number
