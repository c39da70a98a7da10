"""Comparisons that a sentence gets wrong: so many more than so many, from so many down to so many."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review_service.checklist.figured import NUMBER, Wrong, is_percentage, value

_COUNTED = (
    r"(?:vụ|bị can|bị cáo|người|đơn|tin|nguồn tin|tố giác|hồ sơ|trường hợp|việc|cuộc|kiến nghị|kháng nghị|lượt|bản)\b"
)
_CHANGE = (
    r"(?P<change>(?P<how>tăng|giảm|nhiều hơn|ít hơn)(?: thêm)? "
    rf"(?:(?P<by>{NUMBER}) {_COUNTED}|(?P<percent>\d{{1,3}}(?:,\d{{1,2}})?) ?%))"
)
_CHANGED_FROM = re.compile(  # "83 vụ án, giảm 14 vụ so với 95 vụ của cùng kỳ"
    rf"(?<![\d/.,:-])(?P<now>{NUMBER}) (?P<noun>{_COUNTED})[^.;\d]{{0,40}}? ?[,(] ?{_CHANGE}"
    rf"(?: \([^()]{{1,16}}\))? so với (?:(?:cùng kỳ|năm|tháng|quý|kỳ)[^.;()\d]{{0,20}}(?:(?:19|20)\d\d )?\(?(?:là )?)?(?P<then>{NUMBER}) (?P=noun)"
)
_FROM_TO = re.compile(  # "từ 95 vụ xuống còn 83 vụ, giảm 14 vụ"
    rf"\btừ (?P<then>{NUMBER}) (?P<noun>{_COUNTED})[^.;\d]{{0,30}} (?:xuống|lên|còn|thành)(?: còn| tới| đến)? (?P<now>{NUMBER}) (?P=noun)"
    rf"[^.;\d]{{0,30}}[,(] ?(?:tức(?: là)? |tương ứng )?{_CHANGE}"
)


def differences(folded: str) -> Iterator[Wrong]:
    """Yield how much a number grew or fell when the two numbers beside it say otherwise."""
    for match in (*_CHANGED_FROM.finditer(folded), *_FROM_TO.finditer(folded)):
        now, then = value(match["now"]), value(match["then"])
        grew = now - then if match["how"] in ("tăng", "nhiều hơn") else then - now
        if match["by"] is not None:
            wrong = value(match["by"]) != grew
        else:
            wrong = then > 0 and not is_percentage(match["percent"], grew, then)
        if wrong:
            yield *match.span("change"), f"{match['then']} → {match['now']}"
