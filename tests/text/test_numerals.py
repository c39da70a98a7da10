"""Numbers spelled out are read as they are written, and nothing else is taken for one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_service.text.numerals import Numeral, numerals

_DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def written(number: int) -> str:
    """Write a number from 2 to 999 as Vietnamese says it: 105 is "một trăm linh năm", 21 "hai mươi mốt"."""
    hundreds, rest = divmod(number, 100)
    tens, last = divmod(rest, 10)
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds else []
    if tens == 0 and last:
        words += (["linh"] if hundreds else []) + [_DIGITS[last]]
    elif tens:
        words.append("mười" if tens == 1 else f"{_DIGITS[tens]} mươi")
        if last:
            words.append({1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(last, _DIGITS[last]))
    return " ".join(words)


@given(st.integers(2, 999))
def test_a_number_written_out_is_read_back(number: int) -> None:
    words = written(number)
    assert numerals(f"đã ban hành {words} kiến nghị") == (Numeral(number, 12, 12 + len(words)),)


@given(st.text(alphabet="mộthaibốnămtrươi linhlẻ,.", max_size=60))
def test_spans_lie_in_the_text_and_are_in_order(text: str) -> None:
    found = numerals(text)
    assert all(0 <= numeral.start < numeral.end <= len(text) for numeral in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("hai mươi tư vụ", [24]),
        ("một bị cáo", []),
        ("mười năm tù", [10, 5]),
        ("ba trăm lẻ bảy hồ sơ", [307]),
        ("bamươi, haihai", []),
        ("hai, ba người", [2, 3]),
    ],
)
def test_how_numbers_are_told(text: str, values: list[int]) -> None:
    assert [numeral.value for numeral in numerals(text)] == values
