"""Whole reviews of any string: citations, dates and everything else that is read. No exception, every span exact."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from functools import lru_cache

from review_service.errors import DraftError
from review_service.offsets16 import with_utf16_offsets
from review_service.review import Review
from review_service.reviewer import Reviewer, parse_draft
from review_service.text import Format

TOKENS = (
    "điểm a ", "khoản 1 ", "Điều 173 ", "Điều 5a, 6 và 7 ", "Bộ luật Hình sự ", "năm 2015 ", "BLHS ", "Đ. 1 ", "tội ", "“",
    "”", "‘", "ngày 31/02/2026 ", "ngày 29 tháng 02 năm 2023 ", "00/00/0000 ", "thứ Hai, ", "sáng 12-3 ", "tháng 13/2026 ",
    "quý IV/", "kỷ niệm 80 năm (26/7/1960) ", "Luật số 59/2024/QH15 ", "Thông tư 01/2020/TT-VKSTC ", "Nghị định ", "120 vụ, ",
    "trong đó ", "tăng 5% ", "so với ", "ông Nguyễn Văn A ", "sinh năm 1996 ", "VKSND huyện ", "bị cáo ", "kẻ trộm ", "Nguồn: ",
    "(Theo ", "<p>", "</p>", "**", "\n\n", ". ", "²", "٣", "Ⅳ", "１",
)  # fmt: skip
_TODAY = datetime.date(2026, 3, 10)


def check(text: str, format: Format) -> None:
    """Review a draft with `text` in every field that takes any.

    Raises:
        AssertionError: a span of the review is not the text it says, or the review cannot be sent.
    """
    request = {
        "title": text[:200],
        "summary": text[-500:],
        "body": text,
        "format": format,
        "author": text[:40],
        "unit": text[-40:],
        "source": text[:40],
        "images": [{"caption": text[:120], "credit": text[:40]}],
        "date": None if len(text) % 2 else "2026-03-10",
    }
    try:
        draft = parse_draft(request)
    except DraftError:
        assert not _is_unicode(text), "a draft that is in the contract's form was refused"
        return
    review = _reviewer().review(draft, _TODAY)
    json.dumps(review.to_dict(), ensure_ascii=False).encode()
    assert len({issue.id for issue in review.issues}) == len(review.issues), "two issues have one id"
    sources = {**request, "images[0].caption": text[:120]}
    pieces = zip(_pieces(review), _pieces(with_utf16_offsets(review, draft)), strict=True)
    for (field, start, end, words), (_, start16, end16, _) in pieces:
        source = str(sources.get(field, ""))
        assert 0 <= start <= end <= len(source), f"a span leaves {field}"
        assert source[start:end] == words, f"a span of {field} is not the text it says"
        units = source.encode("utf-16-le")
        assert units[2 * start16 : 2 * end16].decode("utf-16-le") == words, f"a span of {field} in UTF-16 is not"


def _pieces(review: Review) -> Iterator[tuple[str, int, int, str]]:
    for issue in review.issues:
        if issue.field is not None and issue.start is not None and issue.end is not None:
            yield issue.field, issue.start, issue.end, issue.text or ""
    for theme in review.themes:
        for piece in theme.evidence:
            yield piece.field, piece.start, piece.end, piece.text


def _is_unicode(text: str) -> bool:
    """Whether `text` holds no half of a surrogate pair, which no JSON in UTF-8 can carry."""
    return not any(0xD800 <= ord(character) <= 0xDFFF for character in text)


@lru_cache
def _reviewer() -> Reviewer:
    return Reviewer.load()
