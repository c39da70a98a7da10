"""How old people are, told in two ways: in title and text, and beside the year they were born."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator

from review_service.checklist.figured import FiguredField
from review_service.checklist.findings import Finding
from review_service.text import Span

_AGE = re.compile(
    r"(?<![\d/.,-])(?<!từ )(?<!đủ )(?<!đến )(?<!dưới )(?<!trên )(?<!độ )(?P<age>\d{1,2}) tuổi\b(?! (?:đảng|đoàn|nghề|thọ|quân|trở|đời))"
)
_BORN = re.compile(r"\bsinh (?:năm |ngày [\d/.-]{3,6}[/.-])(?P<year>(?:19|20)\d\d)\b|\bsn (?P<sn>(?:19|20)\d\d)\b")
_BOTH = re.compile(
    r"\(?(?P<told>(?P<age>\d{1,2}) tuổi), sinh năm (?P<year>(?:19|20)\d\d)\b|sinh năm (?P<born>(?:19|20)\d\d)[,(] ?(?P<then>(?P<years>\d{1,2}) tuổi)\b"
)
_ONE_PERSON = 10  # years: ages further apart are those of two people
_ABOUT = 2  # years by which an age may be off: told of the day of the facts, or counted as the year begins


def told_beside_birth(field: FiguredField, day: datetime.date) -> Iterator[Finding]:
    """Yield an age that the year of birth beside it does not make: "35 tuổi, sinh năm 1998"."""
    for match in field.find(_BOTH, "sinh năm"):
        born = int(match["year"] or match["born"])
        age = int(match["age"] or match["years"])
        if abs(day.year - born - age) > _ABOUT:
            yield Finding(
                Span(field.name, *match.span("told" if match["told"] else "then")), values={"other": str(born)}
            )


def _is_off(day: datetime.date, since: str, years: str) -> bool:
    """Whether the years told to have passed since a year are others: one less or more is the day of the year."""
    return abs(day.year - int(since) - int(years)) > 1


_WHO = r"(?:ông|bà|anh|chị|cụ|cô|chú|bác) [^\s,.;]{1,10}"
_AT_AGE = re.compile(
    rf"\bở tuổi (?P<age>\d{{1,2}}), (?P<who>{_WHO})|\b(?P<whose>{_WHO})[^.;\d]{{0,30}} (?:năm nay|nay) (?P<now>\d{{1,2}}) tuổi\b"
)
_BORN_IN = re.compile(rf"\b(?P<who>{_WHO})\.?[^.;\d]{{0,40}}[,(] ?sinh năm (?P<year>(?:19|20)\d\d)\b")


def told_of_the_same(field: FiguredField, day: datetime.date) -> Iterator[Finding]:
    """Yield the present age of somebody whose year of birth, told once and elsewhere, makes another: "Ở tuổi 71, ông Đ."."""
    aged = list(field.find(_AT_AGE, " tuổi")) if "sinh năm" in field.folded else []
    births: dict[str, set[str]] = defaultdict(set)
    for match in field.find(_BORN_IN, "sinh năm") if aged else ():
        births[match["who"]].add(match["year"])
    for match in aged:
        born = births.get(match["who"] or match["whose"], set())
        age = "age" if match["age"] else "now"
        if len(born) == 1 and _is_off(day, min(born), match[age]):
            yield Finding(Span(field.name, *match.span(age)), values={"other": min(born)})


_BEGAN = ("vào ngành", "về ngành", "vào nghề", "công tác", "bắt đầu", "làm việc", "về đơn vị")
_SERVED = re.compile(
    rf"\b(?:{'|'.join(_BEGAN)})[^.;\d]{{0,30}} (?:năm |tháng \d{{1,2}}/)(?P<year>(?:19|20)\d\d)\b(?!,? (?:đến|tới) (?:năm )?(?:19|20))[^;\d]{{0,100}}\b(?:đến nay|tính đến nay|đến hôm nay|tới nay|đến (?:mùa|tháng|năm) [^\s,.;]{{1,5}} này)[^.;\d]{{0,40}} "
    r"(?P<told>(?P<years>\d{1,2}) năm)(?= (?:công tác|gắn bó|trong nghề|theo nghề|làm|cống hiến|tuổi nghề|đứng|trong ngành)|[.,])"
)


_SERVED_OVER = 3  # sentences after the one that tells when somebody began


def years_served(field: FiguredField, day: datetime.date) -> Iterator[Finding]:
    """Yield the years of service up to now that the year somebody began does not make: "vào ngành năm 2010, đến nay đã 26 năm"."""
    for match in field.find(_SERVED, *_BEGAN, over=_SERVED_OVER):
        if _is_off(day, match["year"], match["years"]):
            yield Finding(Span(field.name, *match.span("told")), values={"other": match["year"]})


_NOW_AGED = re.compile(
    r"\b(?:năm nay|hiện nay|hiện|(?P<told_of>(?<=[.!?] )(?:người (?:đàn ông|phụ nữ|đàn bà|thanh niên)|(?:nam|nữ) bị cáo)))(?: đã)? (?P<age>\d{1,2}) tuổi\b(?! (?:đảng|đoàn|nghề))"
)


_SINCE_THE_FACTS = 3  # years by which "người đàn ông 31 tuổi" may be of the day of the facts


def told_now(field: FiguredField, day: datetime.date) -> Iterator[Finding]:
    """Yield the present age that the only year of birth of a text, told before it, does not make."""
    aged = list(field.find(_NOW_AGED, " tuổi")) if "sinh " in field.folded else []
    births = list(_BORN.finditer(field.folded)) if aged else []
    years = {birth["year"] or birth["sn"] for birth in births}
    for match in aged if len(years) == 1 else ():
        of_then = (
            match["told_of"] is not None and abs(day.year - int(min(years)) - int(match["age"])) <= _SINCE_THE_FACTS
        )
        if births[0].end() <= match.start() and _is_off(day, min(years), match["age"]) and not of_then:
            yield Finding(Span(field.name, *match.span("age")), values={"other": min(years)})


_YEARS_AT_WORK = re.compile(
    r"(?<![\d/.,:-])(?P<told>(?P<years>\d{1,2}) năm) (?:đi cùng|gắn bó|theo nghề|làm nghề|trong nghề|trong ngành|cầm|giữ|đứng|làm|lặng lẽ|miệt mài|bền bỉ|cùng|với|một lòng|tận tụy|theo|bám|công tác|cống hiến)\b"
)
_YEARS_UP_TO_NOW = re.compile(
    r"(?:\b(?:đến nay|tới nay|đến giờ|tới giờ|nay)(?: đã| cũng| vừa| tròn| là| đã tròn| đã được){0,2}|\b(?:đã|hơn|suốt|ngót|tròn)) "
    r"(?P<told>(?P<years>\d{1,2}) năm)(?= (?:công tác|gắn bó|trong nghề|theo nghề|làm|cống hiến|tuổi nghề|đứng|trong ngành|anh|chị|ông|bà)|[.,])"
)
_FEWEST = 5  # years at work


def years_told_otherwise(field: FiguredField, body: FiguredField) -> Iterator[Finding]:
    """Yield the years at work of a title or summary when the text tells others, once: "26 năm đi cùng những trang sổ", "Từ ấy đến
    nay đã 28 năm"."""
    heads = list(_YEARS_AT_WORK.finditer(field.folded)) if " năm " in field.folded else []
    told = {int(match["years"]) for match in _YEARS_UP_TO_NOW.finditer(body.folded)} if len(heads) == 1 else set()
    years = int(heads[0]["years"]) if len(told) == 1 else 0
    if min({years, *told}) >= _FEWEST and years not in body.numbers:
        yield Finding(Span(field.name, *heads[0].span("told")), values={"other": f"{min(told)} năm"})


def ages_told_otherwise(field: FiguredField, body: FiguredField) -> Iterator[Finding]:
    """Yield the only age in a title or summary when the text tells one age, another, and no year of birth but beside it
    ("sinh năm 1984, 42 tuổi")."""
    heads = list(_AGE.finditer(field.folded)) if " tuổi" in field.folded else []
    told = {int(match["age"]) for match in _AGE.finditer(body.folded)} if len(heads) == 1 else set()
    births = len(_BORN.findall(body.folded)) if told else 0
    of_one = births == 0 or (births == 1 and _BOTH.search(body.folded) is not None)
    off = abs(int(heads[0]["age"]) - min(told)) if len(told) == 1 else 0
    if of_one and (0 < off <= _ONE_PERSON or (off and births)):
        yield Finding(Span(field.name, *heads[0].span()), values={"other": f"{min(told)} tuổi"})
