"""Culprits that are no people: a socket that set a house on fire, drink that kills on the roads."""

from __future__ import annotations

import re

from review_service.checklist.lexicon import Hit
from review_service.checklist.reading import Reading
from review_service.text import Sentence

# "thủ phạm (gây ra vụ cháy) là (một) chiếc quạt": what may stand between the word and the thing that it is said of.
_DEEDS = frozenset(
    (
        "gây khiến làm của dẫn đằng đứng chính thật thực giấu thầm vô số lớn đầu cắn phá gặm ăn giết gà vịt cá tôm trứng lúa thóc bắp "
        "ngô trong ở tại vụ được không hóa hoá ra mà bấy"
    ).split()
)
_NO_DEED = re.compile(r"\b(?:khai|tài sản|hung khí|phương tiện|công cụ|vật|nạn nhân|bị hại)\b|[.,;:?!“”\"]")
# "rượu (mới) là sát thủ", "Khí CO – kẻ giết người thầm lặng": and between a thing and the word said of it.
_MADE_SO = re.compile(r"\b(?:biến|khiến|làm|đẩy|đưa|xác định|tố cáo)\b|[.,;:?!“”\"]")
_ARTICLES = frozenset("do chính một những các mấy hai ba đám lũ nhiều từ thứ loại tên kẻ mới vốn mỗi".split())
_LINKS = ("là", "thành", "như", "–", "-", ",")
_LINK_WITHIN = 90  # code points
_OF_A_HARM = re.compile(
    r"(?: (?:của|gây|khiến|làm|giấu mặt|thầm lặng|vô hình|số một)\b|[,.”\"]|$)"
)  # after "…, thủ phạm": what it did, not what somebody did with it ("con dao, hung thủ ném xuống sông")
_OPENS_A_CLAUSE = frozenset("và nhưng còn vì bởi rằng thì chính nêu là khi do".split())


def said_of_a_thing(reading: Reading, hit: Hit, sentence: Sentence) -> bool:
    """Whether the culprit is no person: "thủ phạm là ổ cắm điện", "rượu là sát thủ"."""
    if hit.entry.kind not in ("person", "someone"):
        return False
    folded, people = hit.field.folded, reading.persons_in(sentence)
    for thing in reading.hits_in("things", sentence):
        first, last = min(hit.end, thing.end), max(hit.start, thing.start)
        if last - first > _LINK_WITHIN or any(first <= person.start < last for person in people):
            continue
        link, words = _link(folded[first:last])
        if thing.start >= hit.end:
            if link in ("là", ":") and (not words or words[0] in _DEEDS) and not _NO_DEED.search(" ".join(words)):
                return True
            continue
        if (
            link not in _LINKS
            or _MADE_SO.search(" ".join(words))
            or not _begins_a_clause(folded, thing.start, sentence)
        ):
            continue
        if link != "," or _OF_A_HARM.match(folded[hit.end : sentence.end]):
            return True
    return False


def _link(between: str) -> tuple[str, list[str]]:
    """Return the word that links two nouns, and the words before it; articles after it are left out."""
    words = between.replace(",", " , ").replace(":", " : ").replace("“", " ").split()
    while words and (words[-1] in _ARTICLES or words[-1].isdigit()):
        words.pop()
    return (words[-1], words[:-1]) if words else ("", [])


def _begins_a_clause(folded: str, start: int, sentence: Sentence) -> bool:
    """Whether a noun at `start`, with its articles, opens its sentence or a clause of it."""
    words = folded[max(sentence.start, start - _LINK_WITHIN) : start].split()
    while words and words[-1] in _ARTICLES and words[-1] not in _OPENS_A_CLAUSE:
        words.pop()
    return not words or words[-1] in _OPENS_A_CLAUSE or words[-1][-1] in ',;:–(“"'
