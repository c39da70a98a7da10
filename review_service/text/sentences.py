"""Paragraphs and sentences of a composed text, as spans.

Rules for Vietnamese news: a full stop ends a sentence unless it belongs to an abbreviation (TP., Th.S, v.v.), an
initial (ông P.), a number (1.245; 08.6.2021) or is followed by a small letter. A single line break joins its lines when
the text runs on in a small letter (a hard-wrapped paste), and parts paragraphs otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review_service.text.remembered import remembered

_LINE = re.compile(r"[^\n]+")
_END = re.compile(r"(?:(?<![.!?…])[.!?…]++|[:;](?=\s*\n))[\"”’»')\]]*(?=\s|$)")
_WORD_BEFORE = re.compile(r"[^\s(“\"'‘«]{1,16}$")
_ABBREVIATIONS = frozenset(
    (
        "tp tx tt tt. đ/c đc đ.c ths th.s ts pgs gs bs ks cn lm kts nxb q p h x t tr st stt kt tm tl ths. gs.ts "
        "pgs.ts gs.tskh mr mrs ms dr no vol op v.d vd tel đt ư t.ư tw"
    ).split()
)
_ELLIPSIS_WORDS = frozenset(("v.v", "v.v.", "vv"))
_INITIAL = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]|(?:[^\W\d_]\.)+[^\W\d_]{2}")  # "cháu T.N.B.Ng."
_STARTERS = frozenset(
    (
        "anh ban bà bên bị bản báo biết bởi bằng cho chúng chị cháu cuối các căn có còn công cơ cũng cùng cả do "
        "dù dự em giữa gia hiện hội hai họ khi không khoản khoảng kết kiểm lúc mặc mọi một mới mỗi nay ngay ngày người "
        "ngoài nghe như nhưng những nhận nhiều năm nếu phát phần qua quá ra rồi sau sáng sự số tại tối toà tòa "
        "theo thực tiếp tuy trong trước trên tuần từ tất vì vào về vừa viện việc vụ vksnd vks ông đây đại đến để "
        "đối đồng đó đội trưa chiều đêm thời tháng tuy tôi quá hội hồi hành hàng bước cô chú bác"
    ).split()
)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each non-blank paragraph of `text`, without the white space around it."""
    start = end = -1
    for line in _LINE.finditer(text):
        stripped = line.group().strip()
        if not stripped:
            continue
        first = line.start() + line.group().index(stripped[0])
        last = first + len(stripped)
        if start >= 0 and text.count("\n", end, first) == 1 and _runs_on(text, end, first):
            end = last
            continue
        if start >= 0:
            yield start, end
        start, end = first, last
    if start >= 0:
        yield start, end


def _runs_on(text: str, end: int, start: int) -> bool:
    return text[start].islower() and text[end - 1] not in ".!?…:;"


@remembered
def sentences(paragraph: str) -> tuple[tuple[int, int], ...]:
    """Return the span of each sentence of a paragraph."""
    return tuple(_sentences(paragraph, 0, len(paragraph)))


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for match in _END.finditer(text, start, end):
        if match.end() < end and not _is_boundary(text, position, match.start(), match.end(), end):
            continue
        yield position, match.end()
        position = match.end()
        while position < end and text[position].isspace():
            position += 1
    if position < end:
        yield position, end


_MEASURE = re.compile(r"\d ?[mgl]$")  # "cách bờ 200 m. Tổng cộng …": a unit, no initial


def _is_boundary(text: str, sentence_start: int, mark: int, after: int, end: int) -> bool:
    following = text[after:end][:40].lstrip()
    if not following:
        return True
    opening = following.lstrip("“\"'‘«([-–—•*")
    if opening[:1].islower():
        return False
    if text[mark] != "." or text[mark : mark + 2] == "..":
        return text[mark] not in ":;" or True
    word = _WORD_BEFORE.search(text, max(sentence_start, mark - 16), mark)
    if word is None:
        return True
    token = word.group().lower()
    if token in _ELLIPSIS_WORDS:
        return True
    next_word = opening.split(None, 1)[0].rstrip(",:;").lower() if opening.strip() else ""
    if _INITIAL.fullmatch(token):
        return next_word in _STARTERS or _MEASURE.search(text, max(sentence_start, mark - 16), mark) is not None
    return token not in _ABBREVIATIONS
