"""Turns: paragraphs that are somebody's words, in quotation marks or not ("Phóng viên: …", "Ông Lê Văn Tám: …", "- Dạ, …")."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from review_service.checklist.persons import Person
from review_service.checklist.quotations import Quotation, quotation_holding
from review_service.text import Field

_ASKS = (
    r"phóng viên|pv|p\.v|nhà báo|mc|btv|biên tập viên|người dẫn(?: chương trình)?|dẫn chương trình|phát thanh viên|"
    r"người phỏng vấn|hỏi"
)
_ANSWERS = (
    r"khách mời|viện trưởng|phó viện trưởng|kiểm sát viên|thẩm phán|luật sư|giám đốc|hiệu trưởng|trưởng (?:phòng|ban|công an)|"
    r"đồng chí|chuyên gia|nhân vật|nam|nữ|giọng nam|giọng nữ"
)
_LABEL = re.compile(r"[\s*•–—-]{0,4}(?P<label>[^\n:;“”\"?!]{1,100}):(?=\s{1,3}[^\s“\"])")
_ROLE = re.compile(rf"(?:(?P<asks>{_ASKS})|{_ANSWERS})(?: \d{{1,2}})?")
_REPLIES = re.compile(r" ?(?:trả lời|đáp|giải đáp|tư vấn|hỏi)?")
# "Em Phạm Gia Hân (lớp 9/3)", "Bà Nguyễn Thị Sương, 67 tuổi, ấp Trường Ân", and not "Bà Sương, 67 tuổi, nhắc thêm một chuyện"
_DESCRIBED = re.compile(r" ?\([^()]{1,60}\)|(?:,| [–-]) [^(]{2,70}")
_TELLS = re.compile(
    r"\b(?:nói|kể|bảo|đáp|dặn|nhắc|hỏi|than|khoe|cười|cho biết|cho hay|chia sẻ|phát biểu|tâm sự|nhấn mạnh|khẳng định|nhận xét|"
    r"nhận định|phân tích|giải thích|lưu ý|khuyên|đề nghị|kiến nghị|yêu cầu|trình bày|nêu|ghi|viết|bày tỏ|kết luận|có|gồm|làm|được)\b"
)
_TITLE_WITHIN = 40  # code points before a name: "Phó Viện trưởng Thường trực VKSND tỉnh Lê Văn Tám"
_NARRATES = re.compile(r"[.,;]| (?:và|với|của|cho|khi|là|về|gặp|do|theo)\b")
_OWN_VOICE = re.compile(
    r"\b(?:tôi|tui|mình|chúng tôi|chúng em|tụi|em|cháu|con|già|dạ|thưa|anh em|hồi đó|bây giờ|ông ạ|nha|nhé|hen|à)\b"
)
_ITEM = re.compile(r"[*–—•-]\s?(?=[^\W\d])")
_ADDRESSES = re.compile(r"\b(?:dạ|thưa|tôi|em|con|cháu|tui|ông|bà|anh|chị|đồng chí|chú|bác)\b")


def turns(field: Field, people: Sequence[Person]) -> frozenset[int]:
    """Return the numbers of the paragraphs of `field` that are somebody's words."""
    labels = {number: kind for number, span in enumerate(field.paragraphs) if (kind := _labelled(field, span, people))}
    interview = "asks" in labels.values() or any(number and _ends_asking(field, number - 1) for number in labels)
    spoken = {
        number
        for number, kind in labels.items()
        if interview or (kind == "named" and _OWN_VOICE.search(field.folded, *field.paragraphs[number]))
    }
    if interview:  # an answer goes on until the next label
        spoken |= set(range(min(labels), max(labels)))
    return frozenset(spoken.union(*_dialogues(field)))


def _ends_asking(field: Field, number: int) -> bool:
    return field.text[slice(*field.paragraphs[number])].rstrip().endswith("?")


def _labelled(field: Field, span: tuple[int, int], people: Sequence[Person]) -> str:
    """Return what a paragraph's label is: of whoever "asks", of a "role", of somebody "named", or ""."""
    match = _LABEL.match(field.folded, *span)
    if match is None:
        return ""
    start, end = match.span("label")
    role = _ROLE.fullmatch(field.folded, start, end)
    if role:
        return "asks" if role["asks"] else "role"
    place = bisect_left(people, start, key=attrgetter("start"))
    named = people[place] if place < len(people) and people[place].end <= end else None
    if named is None or _NARRATES.search(field.folded, start, named.start) or named.start - start > _TITLE_WITHIN:
        return ""
    described = _DESCRIBED.fullmatch(field.folded, named.end, end) and not _TELLS.search(field.folded, named.end, end)
    return "named" if described or _REPLIES.fullmatch(field.folded, named.end, end) else ""


def _dialogues(field: Field) -> Iterator[set[int]]:
    """Yield the paragraphs of each dialogue: dashes one after the other, with a question, and somebody spoken to."""

    def dashed(number: int) -> bool:
        return _ITEM.match(field.text, *field.paragraphs[number]) is not None

    for is_dashed, group in groupby(range(len(field.paragraphs)), dashed):
        numbers = list(group)
        start, end = field.paragraphs[numbers[0]][0], field.paragraphs[numbers[-1]][1]
        if (
            is_dashed
            and any(_ends_asking(field, number) for number in numbers)
            and _ADDRESSES.search(field.folded, start, end)
        ):
            yield set(numbers)


_I = re.compile(r"\b(?:tôi|tui)\b")
_ESSAY = 2  # sentences, outside quotations and turns, in which the writer tells of himself


def is_an_essay(body: Field, quoted: Sequence[Quotation], spoken: frozenset[int]) -> bool:
    """Whether the writer tells of himself throughout: outside the quotations of `body` and the paragraphs `spoken`."""
    own = 0
    for sentence in body.sentences:
        match = None if sentence.paragraph in spoken else _I.search(sentence.folded)
        if match is not None:
            start, end = sentence.start + match.start(), sentence.start + match.end()
            own += quotation_holding(start, end, quoted) is None
        if own == _ESSAY:
            return True
    return False
