"""How many days something lasted, told beside the dates of its first and last day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from review_service.checklist.figured import ORDINALS, FiguredField, number_told, told_otherwise
from review_service.checklist.findings import Finding
from review_service.text import Span, remembered

_DAY = r"(?:sáng|trưa|chiều|tối)?(?: ?ngày)? ?"
_DATES = re.compile(
    rf"\btừ {_DAY}(?P<first>\d{{1,2}})(?:/(?P<first_month>\d{{1,2}}))? (?:đến|tới)(?: hết)? {_DAY}(?P<last>\d{{1,2}})(?:/| tháng )(?P<month>\d{{1,2}})(?:(?:/| năm )(?P<year>20\d\d))?(?![\d/])"
)
_BEGAN_AND_ENDED = re.compile(  # "bắt đầu ở xã Hưng Điền sáng 09/3 và khép lại ở xã Tuyên Bình chiều 13/3/2026"
    rf"\bbắt đầu\b[^.;\d]{{0,50}} {_DAY}(?P<first>\d{{1,2}})/(?P<first_month>\d{{1,2}})(?!\d)[^.;\d]{{0,20}}\b(?:kết thúc|khép lại|bế mạc)\b[^.;\d]{{0,50}} {_DAY}(?P<last>\d{{1,2}})/(?P<month>\d{{1,2}})(?:/(?P<year>20\d\d))?(?![\d/])"
)
_TWO_DAYS = re.compile(r"\btrong (?:hai|2|02) ngày \d{1,2} và \d{1,2}(?:/| tháng )\d{1,2}(?!\d)")
_NUMBER = rf"0?[2-9]|[12]\d|{'|'.join(ORDINALS[1:9])}"  # from two on
_EVENT = r"tập huấn|hội thi|hội thao|lớp|phiên tòa|xét xử|hội nghị|kéo dài|diễn ra|bồi dưỡng"
_LASTED_SO_LONG = (
    rf"\b(?:{_EVENT}) (?:trong )?(?P<days>(?P<number>{_NUMBER}) ngày)(?!,? ?(?:\d|từ))|"
    rf"\b(?:trong|suốt|sau|qua) (?P<within>(?P<so_many>{_NUMBER}) ngày)"
)
_DOING = r" (?:học|tập huấn|thi|tranh tài|diễn ra|xét xử|bồi dưỡng|hội thi|hội thao)\b"
_LASTED = re.compile(rf"{_LASTED_SO_LONG}(?={_DOING})")
_LASTED_IN_HEAD = re.compile(rf"{_LASTED_SO_LONG}(?={_DOING}|,)")
_LONGEST = 9  # days


@remembered
def _first_to_last(sentence: str) -> tuple[re.Match[str], ...]:
    return (
        *(_DATES.finditer(sentence) if "từ " in sentence else ()),
        *(_BEGAN_AND_ENDED.finditer(sentence) if "bắt đầu" in sentence else ()),
    )


@remembered
def _two_days(sentence: str) -> tuple[re.Match[str], ...]:
    return tuple(_TWO_DAYS.finditer(sentence)) if " ngày " in sentence else ()


_SO_MANY_FROM = re.compile(rf"\b(?P<told>(?P<number>{_NUMBER}) ngày)(?: liên tục| liền| liên tiếp)?,? \(?(?=từ )")


_DAYS_FROM = (" ngày từ ", " ngày, từ ", " ngày (từ ", " tục, từ ", " liền, từ ", " tiếp, từ ", " tục từ ", " liền từ ")


def days_from(field: FiguredField) -> Iterator[Finding]:
    """Yield a number of days that the first and the last one, told right after it, do not make: "bốn ngày liên tục, từ ngày 15
    đến hết ngày 17/9/2026"."""
    for match in field.find(_SO_MANY_FROM, *_DAYS_FROM):
        dates = _DATES.match(field.folded, match.end())
        lasted = _days(dates) if dates else None
        if dates and lasted and lasted != number_told(match["number"]):
            yield Finding(Span(field.name, *match.span("told")), values={"other": dates.group()})


def durations(body: FiguredField, heads: list[FiguredField]) -> Iterator[Finding]:
    """Yield a number of days that those from the first to the last, of which the text tells once, are not: "Từ sáng 12 đến hết
    chiều 13/5/2026 … Trong ba ngày học"."""
    told = [match for sentence in body.sentences for match in _first_to_last(sentence)]
    lasted = _days(told[0]) if len(told) == 1 else None
    if not told:
        told = [match for sentence in body.sentences for match in _two_days(sentence)]
        lasted = 2 if len(told) == 1 else None
    for field in (body, *heads) if lasted else ():
        for match in (_LASTED if field is body else _LASTED_IN_HEAD).finditer(field.folded):
            number = number_told(match["number"] or match["so_many"])
            if number != lasted:
                span = Span(field.name, *match.span("days" if match["number"] else "within"))
                yield Finding(span, values={"other": told[0].group()})
                return


_IN_CUSTODY = re.compile(
    r"\b(?:tạm giữ|tạm giam|giam giữ|giam oan|bị giam|ở tù|ngồi tù)(?: (?:oan|tổng cộng|suốt|trong|đủ|hình sự)){0,2} (?P<days>\d{1,5}) ngày\b|"
    r"(?<![\d.,/])(?P<before>\d{1,5}) ngày (?:bị )?(?:tạm giữ|tạm giam|giam giữ|giam oan|giam|ở tù|ngồi tù)\b"
)


def days_in_custody(head: FiguredField, body: FiguredField) -> Iterator[Finding]:
    """Yield the days in custody of a title or summary that the text, which tells one number of them, tells otherwise: "437 ngày",
    "347 ngày"."""
    found = [told for told in _custody(head) if told[0] not in body.numbers]
    for _, other, start, end in told_otherwise({"": found}, {"": _custody(body)}) if found else ():
        yield Finding(Span(head.name, start, end), values={"other": f"{other} ngày"})


def _custody(field: FiguredField) -> list[tuple[int, int, int]]:
    """Return how many days somebody was held, each with its span."""
    return [(int(match["days"] or match["before"]), *match.span()) for match in field.find(_IN_CUSTODY, " ngày")]


def _days(match: re.Match[str]) -> int | None:
    """Return how many days there are from a first to a last one, both counted; None when they are not days of a year."""
    year, month = int(match["year"] or 2000), int(match["month"])
    try:
        first = datetime.date(year, int(match["first_month"] or month), int(match["first"]))
        last = datetime.date(year, month, int(match["last"]))
    except ValueError:
        return None
    days = (last - first).days + 1
    return days if 1 < days <= _LONGEST else None
