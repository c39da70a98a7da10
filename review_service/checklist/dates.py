"""Dates and anniversaries that cannot be right (`consistency.date`)."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from review_service.checklist.findings import Check, Finding
from review_service.checklist.reading import Reading
from review_service.text import Sentence, remembered, tells

_DATE = re.compile(
    r"(\d(?<![\d/.-].)\d?)([/.-])(\d{1,2})\2((?:19|20)\d\d)(?![\d])|ngày (\d{1,2}) tháng (\d{1,2}) năm ((?:19|20)\d\d)(?!\d)"
)
_WEEKDAYS = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tư": 2, "4": 2, "năm": 3, "5": 3, "sáu": 4, "6": 4, "bảy": 5, "7": 5}
_WEEKDAY_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WEEKDAY = re.compile(
    r"\b(?<!vụ )(?<!lần )(?<!đợt )(?<!kỳ )(?:thứ (hai|ba|tư|năm|sáu|bảy|[2-7])|(chủ nhật|cn))\b[,\s]{0,4}(?:\(|ngày:?|,|-|–){0,4}\s{0,4}$"
)
_FUTURE = re.compile(
    r"\b(?:sẽ|tình huống|giả sử|từ (?:hôm )?nay (?:đến|tới)|dự kiến|kế hoạch|chậm nhất|trước ngày|đến (?:hết )?(?:ngày)?\s*$|(?<!thời )(?<!gia )hạn(?! kháng)|hiệu lực|từ ngày|nhiệm kỳ|sắp|chuẩn bị|tới đây|thời gian tới|hướng tới|chào mừng|kỷ niệm|đăng ký|lịch|bắt đầu từ|kể từ|nhận hồ sơ|tiếp tục đến|kéo dài|mở bán|diễn ra đến|hết ngày|mời|được ấn định|ấn định|hoãn|(?<!đã )đưa vụ án(?: [^.;,]{1,60})? ra xét xử)(?!\w)"
)
_ANNIVERSARY = re.compile(
    r"(?P<years>\d{1,3}) năm (?:ngày )?(?:thành lập|truyền thống|kỷ niệm|ra đời|ngày)[^()]{0,70}\((?:[\d/.-]{0,12}[/.-])?(?P<first>1[89]\d\d|20\d\d)\s?(?:-|–|đến|\*)\s?(?:[\d/.-]{0,12}[/.-])?(?P<last>(?:19|20)\d\d)\)"
)
# "tròn 65 năm (26/7/1960 - 26/7/2026)": from a day to the same day
_DAY_TO_DAY = re.compile(
    r"(?P<years>\d{1,3}) năm(?: [^\W\d_]+){0,3} \((?P<day>\d{1,2}[/.]\d{1,2}[/.])(?P<first>1[89]\d\d|20\d\d) ?[-–—] ?(?P=day)(?P<last>(?:19|20)\d\d)\)"
)
_ANNIVERSARY_WORDS = (
    " năm (",
    "thành lập",
    "truyền thống",
    "kỷ niệm",
    "ra đời",
    "năm ngày",
    "cách mạng",
    "thương binh",
    "phụ nữ",
)
_FOUNDED = (
    (re.compile(r"(?P<years>\d{1,3}) năm (?:ngày )?(?:thành lập|truyền thống)(?: ngày thành lập)? (?:ngành kiểm sát|ngành|viện kiểm sát|vksnd)(?! (?:nội chính|tòa|công an|tư pháp|giáo dục|y tế))"), 1960),
    (re.compile(r"(?P<years>\d{1,3}) năm (?:ngày )?thành lập đảng"), 1930),
    (re.compile(r"(?P<years>\d{1,3}) năm (?:ngày )?(?:cách mạng tháng tám|quốc khánh|thành lập nước)"), 1945),
    (re.compile(r"(?P<years>\d{1,3}) năm (?:ngày )?thành lập (?:đoàn thanh niên|đoàn tncs)"), 1931),
    (re.compile(r"(?P<years>\d{1,3}) năm (?:ngày )?thành lập công đoàn"), 1929),
    (re.compile(r"(?P<years>\d{1,3}) năm (?:ngày )?thành lập quân đội"), 1944),
    (re.compile(r"(?P<years>\d{1,3}) năm (?:ngày )?(?:thành lập hội liên hiệp phụ nữ|phụ nữ việt nam)"), 1930),
    (re.compile(r"(?P<years>\d{1,3}) năm (?:ngày )?thương binh"), 1947),
    (re.compile(r"(?P<years>\d{1,3}) năm (?:ngày )?(?:truyền thống )?công an nhân dân"), 1945),
    (re.compile(r"(?P<years>\d{1,3}) năm (?:ngày )?báo chí cách mạng"), 1925),
)  # fmt: skip


def date(reading: Reading) -> Iterator[Finding]:
    """An impossible date, a weekday that does not fit, an event told as past after the draft's date, a wrong anniversary."""
    for sentence in reading.document.sentences():
        times = _times(sentence.folded)
        for match in times.dates:
            yield from _judge_date(reading, sentence, match)
        for start, end in times.backwards:
            values = {"problem_vi": "ngày kết thúc trước ngày bắt đầu", "problem_en": "it ends before it begins"}
            yield Finding(sentence.span(start, end), values=values)
        for start, end in times.no_days:
            if not (_is_told_as_slip(sentence, start) or _is_lunar(reading, sentence.folded[start:end])):
                values = {"problem_vi": "ngày không có thật", "problem_en": "no such date"}
                yield Finding(sentence.span(start, end), values=values)
        for match in times.months:
            yield from _judge_month(reading, sentence, match)
        if times.may_be_anniversary:
            yield from _anniversaries(reading, sentence)


class _Times(NamedTuple):
    """The dates and months that a sentence names, and whether it may name an anniversary."""

    dates: tuple[re.Match[str], ...]
    months: tuple[re.Match[str], ...]
    backwards: tuple[tuple[int, int], ...]  # spans of time that end before they begin
    no_days: tuple[tuple[int, int], ...]  # days that their month does not have in any year
    may_be_anniversary: bool


@remembered
def _times(folded: str) -> _Times:
    if _DIGIT.search(folded) is None:
        return _Times((), (), (), (), may_be_anniversary=False)
    return _Times(
        tuple(_DATE.finditer(folded)),
        tuple(_MONTH.finditer(folded)),
        tuple(_backwards(folded)),
        tuple(_no_days(folded)),
        any(word in folded for word in _ANNIVERSARY_WORDS),
    )


_SPAN_OF_TIME = re.compile(
    r"\btừ (?:ngày )?(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d) đến (?:hết )?(?:ngày )?(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)(?!\d)"
)


def _backwards(folded: str) -> Iterator[tuple[int, int]]:
    """Yield where a folded sentence tells of a time that ends before it begins ("từ ngày 15/4/2024 đến ngày 02/4/2024")."""
    for match in _SPAN_OF_TIME.finditer(folded):
        first, last = (tuple(int(part) for part in match.group(*groups)) for groups in ((3, 2, 1), (6, 5, 4)))
        if last < first:
            yield match.span()


_DAY_AND_MONTH = re.compile(
    r"\b(?:ngày|sáng|trưa|chiều|tối|đêm|hôm) (?P<day>\d{1,2})(?:[/.-]| tháng )(?P<month>\d{1,2})(?![\d/.-]\d|\d| năm \d)"
)
_LEAP_YEAR = 2000  # whose February has all the days that one may have


def _no_days(folded: str) -> Iterator[tuple[int, int]]:
    """Yield the days told without a year that no year has ("ngày 31/9")."""
    for match in _DAY_AND_MONTH.finditer(folded):
        day, month = int(match["day"]), int(match["month"])
        if 1 <= month <= 12 and day > calendar.monthrange(_LEAP_YEAR, month)[1]:
            yield match.span()


_DIGIT = re.compile(r"\d")


_SLIP_TOLD = re.compile(
    r"\b(?:ghi |viết |đề )?(?:nhầm|sai)\b[^.;]{0,16}$|\bphát hiện\b[^.;]{0,60}\b(?:ghi|đề) (?:ngày )?[^.;,]{0,24}$"
)  # "một phiếu thu ghi nhầm ngày 31/4/2026"


def _is_told_as_slip(sentence: Sentence, start: int) -> bool:
    """Whether the words before a day tell that it is wrong."""
    return _SLIP_TOLD.search(sentence.folded, max(0, start - _NEAR), start) is not None


# By the moon a second month may have thirty days: "Ngày 30/2 năm Giáp Thìn".
_BY_THE_MOON = re.compile(
    r"(?<!\d)30(?:[/.-]| tháng )0?2(?: \(?âm lịch|,? năm (?:giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý) (?:tý|sửu|dần|mão|mẹo|thìn|tỵ|ngọ|mùi|thân|dậu|tuất|hợi))\b"
)
_OF_THE_MOON = re.compile(r" \(?âm lịch\b")
_tells_by_the_moon = tells(_BY_THE_MOON)
_THIRTIETH = re.compile(r"\b30(?:[/.-]| tháng )0?2$")


def _is_lunar(reading: Reading, day: str) -> bool:
    """Whether a day told without a year is the thirtieth of a second month that the draft elsewhere tells by the moon."""
    return _THIRTIETH.search(day) is not None and any(
        _tells_by_the_moon(field.folded) for field in reading.document.prose
    )


def _judge_date(reading: Reading, sentence: Sentence, match: re.Match[str]) -> Iterator[Finding]:
    day, month, year = (int(part) for part in (match.group(1, 3, 4) if match.group(1) else match.group(5, 6, 7)))
    try:
        told = datetime.date(year, month, day)
    except ValueError:
        if _is_told_as_slip(sentence, match.start()) or (
            (day, month) == (30, 2) and _OF_THE_MOON.match(sentence.folded, match.end())
        ):
            return
        yield Finding(
            sentence.span(*match.span()), values={"problem_vi": "ngày không có thật", "problem_en": "no such date"}
        )
        return
    before = sentence.folded[max(0, match.start() - 30) : match.start()]
    weekday = _WEEKDAY.search(before)
    if weekday and not _is_ordinal(sentence, match.start() - len(before) + weekday.start()):
        said = 6 if weekday.group(2) else _WEEKDAYS[weekday.group(1)]
        if said != told.weekday():
            name = _WEEKDAY_NAMES[told.weekday()]
            start = match.start() - len(before) + weekday.start()
            values = {"problem_vi": f"ngày này là {name}", "problem_en": f"this date is a {told:%A}"}
            yield Finding(sentence.span(start, match.end()), (name,), values)
            return
    if (
        told > reading.date
        and reading.draft.date
        and not _ends_anniversary(sentence, match)
        and not _is_timetable(reading)
        and not _is_to_come(sentence, match)
        and _told_as_past(sentence, match)
    ):
        yield Finding(sentence.span(*match.span()), values=_AFTER_THE_DRAFT)


# "Tại buổi đối thoại thứ hai, ngày 04/11/2025": the second one, no Monday.
_ORDINAL = re.compile(r"\b(?:buổi|lần|phiên|đợt|cuộc|kỳ|vòng|lượt|hội nghị|khóa|chặng|đoàn)(?: [^\s,.;\d]+){0,4} $")


# "Sáng 29/3/2025, Chi bộ đã tổ chức …": done then, whatever is told of later days.
_DONE_THEN = re.compile(
    r",? (?:(?! sẽ )[^.;]){0,160}?\bđã (?:diễn ra|khép lại|kết thúc)\b"
    r"|,? (?:(?! sẽ )[^.;]){0,80}?\bđã (?:tổ chức|khai mạc|ký|trao|xét xử|tuyên|ban hành|phê chuẩn|thụ lý|tiếp nhận|nhận|hoàn tất|tiến hành|bắt|khởi tố|truy tố)\b"
)


def _is_to_come(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the words around a date speak of what is to come."""
    start, end = _around(match)
    done = _DONE_THEN.match(sentence.folded, match.end()) is not None
    return _FUTURE.search(sentence.folded, start, match.start() if done else end) is not None


def _is_ordinal(sentence: Sentence, start: int) -> bool:
    """Whether "thứ hai" in small letters counts the occasion named before it."""
    small = sentence.text[start:].split()[1:2]
    return bool(small) and small[0].islower() and _ORDINAL.search(sentence.folded, 0, start) is not None


def _ends_anniversary(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the date is the later one of "(26/7/1960 - 26/7/2026)"."""
    return re.search(r"\d{4}\s?[-–]\s?$", sentence.folded[max(0, match.start() - 8) : match.start()]) is not None


_TIMETABLE = re.compile(
    r"\b(?:lịch|kế hoạch|chương trình|thông báo|thời gian|thể lệ|thời hạn)\b[^.]{0,160}(?:như sau|sau đây)"
)


def _is_timetable(reading: Reading) -> bool:
    """Whether the draft announces what is to come: a notice, or a list of dates under "như sau"."""
    return reading.draft.genre == "notice" or _TIMETABLE.search(reading.document.body.folded, 0, 800) is not None


_AFTER_THE_DRAFT = {
    "problem_vi": "sự việc được kể là đã xảy ra nhưng sau ngày của bài",
    "problem_en": "told as past but after the draft's date",
}
_MONTH = re.compile(r"(?:đầu |giữa |cuối |trong )?tháng (\d{1,2})/((?:19|20)\d\d)(?!\d)")


def _judge_month(reading: Reading, sentence: Sentence, match: re.Match[str]) -> Iterator[Finding]:
    """Yield a month told as past that lies after the draft's date."""
    if not reading.draft.date or (int(match.group(2)), int(match.group(1))) <= (reading.date.year, reading.date.month):
        return
    told = re.search(r"\bđã\b|vừa", sentence.folded[match.end() : match.end() + 60])
    if told and not _FUTURE.search(sentence.folded, *_around(match)):
        yield Finding(sentence.span(*match.span()), values=_AFTER_THE_DRAFT)


_PAST = re.compile(
    r"\bđã\b|vừa|tổ chức|mở phiên tòa|diễn ra|phê chuẩn|ban hành|xét xử|tuyên|ra quyết định|khởi tố|phát hiện|xảy ra|bắt|nhận|trao|ký|tham gia|dự|kiểm sát|phối hợp|công bố|khai mạc|đến thăm|có mặt|tiếp|hoàn tất|điều khiển|lấy|chiếm đoạt|thống nhất|bị "
)


_NEAR = 300  # code points around a date within which its tense is told


def _around(match: re.Match[str]) -> tuple[int, int]:
    return max(0, match.start() - _NEAR), match.end() + _NEAR


# "nghỉ hưu từ 01/7", "cưỡng chế trước 31/01", "vào ngày 15/11 và 15/12": a term or a timetable, not an event told as past.
_STARTS_THEN = re.compile(
    r"(?:\btừ|đợt|dịp(?: lễ)?|trước|vào (?:các )?ngày \d{1,2}/\d{1,2} và|mở cửa|định kỳ[^.;]{0,40})(?: ngày)? $"
)


def _told_as_past(sentence: Sentence, match: re.Match[str]) -> bool:
    start, end = _around(match)
    after = sentence.folded[match.end() : end]
    before = sentence.folded[start : match.start()]
    if _STARTS_THEN.search(before):
        return False
    if re.search(r"(?:số|quyết định|kế hoạch|nghị quyết|công văn|luật)[^,;]{0,60}$", before):
        return True  # a document dated later than the draft
    return _PAST.search(after) is not None or _PAST.search(before) is not None


def _anniversaries(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    for match in chain(_ANNIVERSARY.finditer(sentence.folded), _DAY_TO_DAY.finditer(sentence.folded)):
        right = int(match.group("last")) - int(match.group("first"))
        if right != int(match.group("years")):
            yield _wrong_years(sentence, match, right)
            return
    if "năm" not in sentence.folded or _ANNIVERSARY.search(sentence.folded):
        return
    for pattern, founded in _FOUNDED:
        found = pattern.search(sentence.folded)
        if found and re.search(r"kỷ niệm|chào mừng|hướng tới|nhân dịp|mừng|lập thành tích", sentence.folded):
            told = re.search(r"(?:19|20)\d\d", sentence.folded[found.end() :])
            year = int(told.group()) if told and int(told.group()) > founded + 5 else reading.date.year
            ahead = 1 if _AHEAD.search(sentence.folded) else 0  # greeted before its year has come
            if int(found.group("years")) not in (year - founded, reading.date.year - founded, year - founded + ahead):
                yield _wrong_years(sentence, found, year - founded)
                return


_AHEAD = re.compile(r"\b(?:chào mừng|hướng tới|tiến tới|lập thành tích)\b")


def _wrong_years(sentence: Sentence, match: re.Match[str], right: int) -> Finding:
    end = match.end("years") + len(" năm")
    values = {"problem_vi": f"phải là {right} năm", "problem_en": f"it is {right} years"}
    return Finding(sentence.span(match.start("years"), end), (f"{right} năm",), values)


CHECKS = (Check("consistency.date", date),)
