"""Figures of one sentence that contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review_service.checklist.amounts import groups, parts_of_amount, products, sums_of_lists, sums_of_money
from review_service.checklist.comparisons import differences, directions, multiples
from review_service.checklist.figured import Wrong, in_figures, shown
from review_service.checklist.prison_terms import COMBINES, combined_terms, terms_listed
from review_service.checklist.reckonings import (
    average_sums,
    averages,
    days,
    found_among,
    fractions_left,
    gaps,
    lefts,
    months,
    paid_of_all,
    still_owed,
    votes,
)
from review_service.checklist.shares import percentages, shares_of_sums, the_rest
from review_service.checklist.spelled_out import words_beside
from review_service.checklist.totals import (
    GIVEN_OUT,
    done_and_left,
    medals,
    named_parts,
    old_and_new,
    outcomes,
    sums_of_counts,
    totals,
)
from review_service.text import remembered

_TWO_NUMBERS = re.compile(r"\d[^\d]+\d")  # a sentence of one number cannot contradict itself
_CHANGES = ("tăng", "giảm", "hơn", "thêm", "bớt")
_COMPARES = ("so với", "từ ", "cùng kỳ", " trước ", "năm ngoái")
_PARTS_WORDS = ("trong đó", "gồm", "cụ thể", "(", ":", "trong số", "trong tổng", *GIVEN_OUT)


@remembered
def contradictions(folded: str) -> tuple[Wrong, ...]:
    """Return what a folded sentence contradicts itself in."""
    text = in_figures(folded)
    found = _found(text) if _TWO_NUMBERS.search(text) else ()
    spelled_out = words_beside(folded) if " (" in folded else ()
    return tuple((start, end, shown(other)) for start, end, other in (*found, *spelled_out))


def _found(text: str) -> Iterator[Wrong]:
    """Yield what a sentence in figures has wrong; each kind is sought only where its words stand."""
    if any(word in text for word in _PARTS_WORDS):
        yield from totals(text)
    if any(word in text for word in ("trong đó", "gồm", "cụ thể", ": ")):
        yield from named_parts(text)
    if "huy chương" in text:
        yield from medals(text)
    if "còn" in text:
        yield from done_and_left(text)
    if " cũ" in text and " mới" in text:
        yield from old_and_new(text)
    if "tạm đình chỉ" in text:
        yield from outcomes(text)
    if "%" in text:
        yield from percentages(text)
        yield from the_rest(text)
        yield from shares_of_sums(text)
    if "mỗi" in text and "đồng" in text:
        yield from products(text)
    if "trong đó" in text or "gồm" in text or ": " in text:
        yield from parts_of_amount(text)
    if "tổng" in text or "cộng" in text or " chung " in text:
        yield from sums_of_money(text)
        yield from sums_of_lists(text)
        yield from sums_of_counts(text)
    if any(words in text for words in _CHANGES) and any(words in text for words in _COMPARES):
        yield from differences(text)
        yield from directions(text)
    if "gấp " in text:
        yield from multiples(text)
    if "tháng" in text:
        yield from months(text)
    if " ngày" in text:
        yield from days(text)
    if "bình" in text or "quân" in text:
        yield from averages(text)
        yield from average_sums(text)
    if "còn" in text:
        yield from still_owed(text)
        yield from fractions_left(text)
        yield from paid_of_all(text)
        yield from lefts(text)
    if ", " in text or "trong " in text:
        yield from found_among(text)
    if "tổng " in text and text.count(" tù") > 1:
        yield from terms_listed(text)
    if any(words in text for words in COMBINES):
        yield from combined_terms(text)
    if "chia" in text or ", mỗi " in text:
        yield from groups(text)
    if "/" in text:
        yield from votes(text)
    if "chênh lệch" in text:
        yield from gaps(text)
