"""Lists that are announced by their number and numbered off: "bốn kịch bản", "Một là …", "Hai là …", "Ba là …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from review_service.checklist.figured import ORDINALS, FiguredField, number_told
from review_service.checklist.findings import Finding
from review_service.text import Span

_ANNOUNCED = re.compile(
    r"(?<![\d/.,:-])(?P<number>0{0,3}[2-7]|\b(?:hai|ba|bốn|năm|sáu|bảy)) (?P<noun>kịch bản|thủ đoạn|nhóm|giải pháp|lý do|bước|hình thức|chiêu|cách|điều|dấu hiệu|nguyên nhân|"
    r"nội dung|vấn đề|việc|kiến nghị|lưu ý|câu hỏi|trường hợp|nhiệm vụ|tồn tại|hạn chế|vi phạm|bài học|đề xuất)\b"
)
_MARKS = (  # how the items of a list are numbered off, each way in order
    tuple(f"{ordinal} là" for ordinal in ORDINALS),
    ("thứ nhất", *(f"thứ {ordinal}" for ordinal in ("hai", "ba", "tư", "năm", "sáu", "bảy"))),
    tuple(f"({number})" for number in range(1, 8)),
    tuple(f"{letter})" for letter in "abcdđeg"),
)
_LIST_WITHIN = 2_000  # code points


def numbered_off(field: FiguredField, heads: list[FiguredField]) -> Iterator[Finding]:
    """Yield "bốn kịch bản", told before or in title or summary, where "Một là …", "Hai là …", "Ba là …" (or (1), (2), (3))
    follow, and no fourth."""
    for marks in _MARKS:
        places = _places(field.folded, marks[0]) if marks[1] in field.folded else []
        announced = [(head, match) for head in heads if places for match in _ANNOUNCED.finditer(head.folded)]
        for start, following in pairwise((*places, len(field.folded))):
            before = list(_ANNOUNCED.finditer(field.folded, max(0, start - _ANNOUNCED_WITHIN), start))
            where = field
            if not before or (before[-1]["number"] in ORDINALS and before[-1]["noun"] in _VAGUE):
                where, before = (
                    (announced[0][0], [announced[0][1]]) if len(announced) == len(places) == 1 else (field, before)
                )
            number = _numbered(field.folded[start : min(start + _LIST_WITHIN, following)], marks) if before else 0
            told = before[-1]["number"] if before else ""
            if where is not field and " còn lại" in field.folded[start:]:
                continue  # the others are told together: "Bốn bài học còn lại thuộc về kỹ thuật"
            if number > 1 and number_told(told) != number:
                other = f"{number} {before[-1]['noun']}"
                yield Finding(Span(where.name, *before[-1].span()), values={"other": other})


_VAGUE = ("việc", "điều", "nội dung", "vấn đề")  # whatever title or summary call them


def _numbered(text: str, marks: tuple[str, ...]) -> int:
    """Return how many items of a list are numbered off in order."""
    number, reached = 0, -1
    for mark in marks:
        reached = next((place for place in _places(text, mark) if place > reached), -1)
        if reached < 0:
            break
        number += 1
    return number


def _places(folded: str, mark: str) -> list[int]:
    """Return where an item's mark stands, at the head of its clause."""
    places, place = [], folded.find(mark)
    while place >= 0:
        opens = place == 0 or folded.endswith(_BEFORE_A_MARK, max(0, place - 3), place)
        end = place + len(mark)
        if opens and not folded[end : end + 1].isalnum():
            places.append(place)
        place = folded.find(mark, end)
    return places


_BEFORE_A_MARK = (". ", "; ", ": ", ", ", "! ", "? ", ".", ";", ":", "\n", "  ", "- ", "– ", "và ")


_ANNOUNCED_WITHIN = 160  # code points before "Một là"
