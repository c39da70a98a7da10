"""Comparisons that a sentence gets wrong: so many more than so many, from so many down to so many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from review_service.checklist.figured import FIGURE, NUMBER, FiguredField, Wrong, is_percentage, value
from review_service.checklist.findings import Finding
from review_service.text import Span

_COUNTED = r"(?:vụ  việc|vụ|bị can|bị cáo|người|đơn|tin|nguồn tin|tố giác|hồ sơ|trường hợp|việc|cuộc|kiến nghị|kháng nghị|lượt|bản)\b"
_THE_SAME = r"(?P<noun>vụ  việc|[^\W\d_]{1,8})\b"  # what both numbers count, told twice
_BETWEEN = r"(?:[^.;\d]|(?:19|20)\d\d){0,40}?"
_CHANGE = (
    r"(?P<change>(?P<how>tăng|giảm|nhiều hơn|ít hơn|thêm|bớt)(?: thêm)? "
    rf"(?:(?P<by>{NUMBER}) (?:{_COUNTED}|(?P=noun))|(?P<percent>\d{{1,3}}(?:,\d{{1,2}})?) ?%))"
)
_CHANGED_FROM = re.compile(  # "83 vụ án, giảm 14 vụ so với 95 vụ của cùng kỳ"
    rf"(?<![\d/.,:-])(?P<now>{NUMBER}) {_THE_SAME}{_BETWEEN} ?[,(] ?{_CHANGE}"
    rf"(?: \([^()]{{1,16}}\))? so với (?:(?:cùng kỳ|năm|tháng|quý|kỳ)[^.;()\d]{{0,20}}(?:(?:19|20)\d\d )?\(?(?:là )?)?(?P<then>{NUMBER}) (?P=noun)"
)
_FROM_TO = re.compile(  # "từ 95 vụ xuống còn 83 vụ, giảm 14 vụ"
    rf"\btừ (?P<then>{NUMBER})(?= (?:xuống|lên|còn)| (?:vụ|bị|người|đơn|tin|nguồn|tố|hồ|trường|việc|cuộc|kiến|kháng|lượt|bản)\b){_BETWEEN} (?:xuống|lên|còn|thành)(?: còn| tới| đến)? (?P<now>{NUMBER}) (?P<noun>{_COUNTED})"
    rf"{_BETWEEN}[,(] ?(?:tức(?: là)? |tương ứng )?{_CHANGE}"
)
_NOW_AND_THEN = re.compile(  # "63 tin, cùng kỳ năm trước 48 tin, tăng 25%"
    rf"(?<![\d/.,:-])(?P<now>{NUMBER}) {_THE_SAME}(?:[^.;\d]|(?:19|20)\d\d){{0,90}}?[,;(] ?(?:trong khi |còn |so với )?(?:số liệu )?(?:của )?(?:cùng kỳ|năm trước|năm ngoái|quý trước|tháng trước)"
    rf"(?: năm (?:19|20)\d\d| năm trước| năm ngoái)?(?: chỉ)?(?: là| có| xảy ra)? (?P<then>{NUMBER}) (?P=noun){_BETWEEN}[,;)] ?(?:như vậy |tức(?: là)? |tương ứng |nghĩa là )?(?:đã )?{_CHANGE}"
)
_NOW_BESIDE_THEN = re.compile(  # "96 vụ án ma túy, so với 84 vụ cùng kỳ năm 2025 thì tăng 16 vụ"
    rf"(?<![\d/.,:-])(?P<now>{NUMBER}) {_THE_SAME}{_BETWEEN},? so với (?P<then>{NUMBER}) (?P=noun)(?:[^.;\d]|(?:19|20)\d\d){{0,60}}?(?: thì|,)(?: đã)? {_CHANGE}"
)
_THEN_NOW = re.compile(  # "So với 150 tin của cùng kỳ, số tin báo năm nay là 180 tin, tăng 15%"
    rf"\bso với (?P<then>{NUMBER}) {_THE_SAME}(?: của)?(?: cùng kỳ| năm| quý| tháng)[^.;\d]{{0,24}}(?:(?:19|20)\d\d)?, {_BETWEEN} (?P<now>{NUMBER}) (?P=noun){_BETWEEN}[,;(] ?(?:tức(?: là)? |tương ứng )?{_CHANGE}"
)


def differences(folded: str) -> Iterator[Wrong]:
    """Yield how much a number grew or fell when the two numbers beside it say otherwise."""
    for match in chain(
        *(pattern.finditer(folded) for pattern in (_CHANGED_FROM, _FROM_TO, _NOW_AND_THEN, _NOW_BESIDE_THEN, _THEN_NOW))
    ):
        now, then = value(match["now"]), value(match["then"])
        grew = now - then if match["how"] in ("tăng", "nhiều hơn", "thêm") else then - now
        if match["by"] is not None:
            wrong = value(match["by"]) != grew
        else:
            wrong = then > 0 and not is_percentage(match["percent"], grew, then)
        if wrong:
            yield *match.span("change"), f"{match['then']} → {match['now']}"


_DIRECTION = re.compile(  # "giảm còn 61 vụ so với 54 vụ", "tăng từ 40 vụ lên 36 vụ", "61 vụ, giảm so với 54 vụ của quý trước"
    rf"\b(?P<told>(?P<how>tăng|giảm) (?:lên|thành|còn|xuống|xuống còn) (?P<now>{NUMBER}) {_THE_SAME}){_BETWEEN},? so với (?:(?:cùng kỳ|năm|tháng|quý|kỳ)[^.;()\d]{{0,20}}(?:(?:19|20)\d\d )?\(?(?:là )?)?(?P<then>{NUMBER}) (?P=noun)"
    rf"|\b(?P<from>(?P<from_how>tăng|giảm) từ (?P<from_then>{NUMBER})(?: (?P<from_noun>{_COUNTED}))?{_BETWEEN} (?:lên|thành|còn|xuống|xuống còn) (?P<from_now>{NUMBER}) (?:(?P=from_noun)|{_COUNTED}))"
    rf"|(?<![\d/.,:-])(?P<last>(?P<last_now>{NUMBER}) (?P<last_noun>{_COUNTED})(?:[^.;,\d]|(?:19|20)\d\d){{0,40}}?[,(] ?(?P<last_how>tăng|giảm)(?: nhẹ| mạnh| sâu| đáng kể)?) so với (?:(?:cùng kỳ|năm|tháng|quý|kỳ)[^.;()\d]{{0,20}}(?:(?:19|20)\d\d )?\(?(?:là )?)?(?P<last_then>{NUMBER}) (?P=last_noun)"
)


def directions(folded: str) -> Iterator[Wrong]:
    """Yield what is told to have grown when the numbers beside it fell, or the other way round."""
    for match in _DIRECTION.finditer(folded):
        way = next(way for way in ("", "from_", "last_") if match[f"{way}now"])
        now, then = value(match[f"{way}now"]), value(match[f"{way}then"])
        if (now - then if match[f"{way}how"] == "tăng" else then - now) <= 0:
            yield *match.span(way.rstrip("_") or "told"), f"{then} → {now}"


_TIMES = {"đôi": 2.0, "rưỡi": 1.5, "hai": 2.0, "ba": 3.0, "bốn": 4.0, "năm": 5.0}
_SO_MANY_TIMES = re.compile(  # "21 vụ, gấp đôi cùng kỳ (14 vụ)"
    rf"(?<![\d/.,:-])(?P<now>{NUMBER}) {_THE_SAME}{_BETWEEN},? "
    rf"(?P<times>(?:tăng )?gấp (?:(?:hơn|trên|gần|khoảng) )?(?:(?P<word>{'|'.join(_TIMES)})|(?P<number>\d{{1,2}}(?:,\d{{1,2}})?))\b(?: lần)?)"
    rf"(?: so với)?[^.;()\d]{{0,30}}(?:(?:19|20)\d\d )?\(?(?:là )?(?P<then>{NUMBER}) (?P=noun)"
)
_TIMES_ROUNDED_TO = 0.15  # of so many times


def multiples(folded: str) -> Iterator[Wrong]:
    """Yield how many times as many a number is when the two numbers beside it say otherwise."""
    for match in _SO_MANY_TIMES.finditer(folded):
        told = _TIMES[match["word"]] if match["word"] else float(match["number"].replace(",", "."))
        then = value(match["then"])
        if then and abs(value(match["now"]) / then - told) > _TIMES_ROUNDED_TO * told:
            yield *match.span("times"), f"{match['then']} → {match['now']}"


_GREW_BY = re.compile(  # "So với cùng kỳ năm trước (93 vụ), số án thụ lý tăng 27 vụ"
    rf"\bso với (?:cùng kỳ|năm|tháng|quý|kỳ)[^.;()\d]{{0,20}}(?:(?:19|20)\d\d )?\((?P<then>{NUMBER}) (?P<noun>{_COUNTED})\)(?:[^.;\d]|(?:19|20)\d\d|\d{{1,6}} (?=vụ|bị|người|đơn|tin)){{0,60}} "
    rf"(?P<change>(?P<how>tăng|giảm)(?: thêm)? (?P<by>{NUMBER}) (?P=noun))"
)


def grown(field: FiguredField) -> Iterator[Finding]:
    """Yield how much a number told in this sentence or the one before grew when it is no such number that grew."""
    for index, sentence in enumerate(field.sentences):
        match = _GREW_BY.search(sentence) if "so với" in sentence else None
        if match is None:
            continue
        now = value(match["then"]) + (value(match["by"]) if match["how"] == "tăng" else -value(match["by"]))
        before = [*(field.by_sentence[index - 1] if index else ()), *FIGURE.finditer(sentence, 0, match.start())]
        told = [value(figure["number"]) for figure in before if figure["noun"].startswith(match["noun"])]
        if told and now not in field.numbers:
            start = field.place(index)[0]
            span = Span(field.name, start + match.start("change"), start + match.end("change"))
            yield Finding(span, values={"other": f"{match['then']} → {told[0]}"})


_THEN_AND_NOW = re.compile(  # "66 vụ lừa đảo, trong khi cùng kỳ năm 2025 là 48 vụ"
    rf"(?<![\d/.,:-])(?P<now>{NUMBER}) {_THE_SAME}{_BETWEEN}\b(?:cùng kỳ|năm trước|năm ngoái)(?: năm (?:19|20)\d\d| năm trước)?(?: là| có| chỉ| chỉ có| xảy ra)? \(?(?P<then>{NUMBER}) (?P=noun)"
)
_GROWTH = re.compile(r"\b(?P<change>(?P<how>tăng|giảm)(?: [^\s\d,.;]{1,8}){0,2} (?P<percent>\d{1,3}(?:,\d{1,2})?) ?%)")


def growth_told_otherwise(field: FiguredField, body: FiguredField) -> Iterator[Finding]:
    """Yield by how much something grew, in a title or summary, when the two numbers of the text say otherwise."""
    told = list(_GROWTH.finditer(field.folded)) if "%" in field.folded else []
    pairs = list(_THEN_AND_NOW.finditer(body.folded)) if len(told) == 1 else []
    for match in told if len(pairs) == 1 else ():
        now, then = value(pairs[0]["now"]), value(pairs[0]["then"])
        grew = now - then if match["how"] == "tăng" else then - now
        if then and f"{match['percent']}%" not in body.folded and not is_percentage(match["percent"], grew, then):
            yield Finding(Span(field.name, *match.span("change")), values={"other": f"{then} → {now}"})
