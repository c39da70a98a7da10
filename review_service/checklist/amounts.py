"""Amounts: money, weights, areas. What a sentence says they come to, and what they make."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from review_service.checklist.figured import (
    LONGEST_LIST,
    NUMBER,
    TOTAL_WITHIN,
    FiguredField,
    Wrong,
    clause_end,
    clause_start,
    in_one_list,
    joined,
    value,
)
from review_service.text import remembered

_DECIMAL = r"(?P<number>\d(?<![\d/.,].)[\d.]{0,15}(?:,\d{1,4})?)"
MONEY = r"\d[\d.]{0,15}(?:,\d{1,3})? (?:triệu |tỷ |nghìn |ngàn )?đồng"
MONEY_SUM = re.compile(rf"{_DECIMAL} (?P<unit>(?:triệu |tỷ |nghìn |ngàn )?đồng)\b")
_MEASURES = r"(?:triệu |tỷ |nghìn |ngàn )?đồng|gam|gram|kg|ki-lô-gam|tấn|lít|ha|héc ta|m2|m²|m3|m³|mét vuông|mét khối"
MEASURED = rf"\d[\d.]{{0,15}}(?:,\d{{1,4}})? ?(?:{_MEASURES})(?!\w)"
AMOUNT = re.compile(rf"{_DECIMAL} ?(?P<unit>{_MEASURES})(?!\w)")


_UNITS: dict[str, tuple[str, float]] = {  # what is measured, and how many of the smallest unit
    "đồng": ("money", 1),
    "nghìn đồng": ("money", 1_000),
    "ngàn đồng": ("money", 1_000),
    "triệu đồng": ("money", 1_000_000),
    "tỷ đồng": ("money", 1_000_000_000),
    "gam": ("weight", 1),
    "gram": ("weight", 1),
    "kg": ("weight", 1_000),
    "tấn": ("weight", 1_000_000),
    "lít": ("content", 1),
    "m3": ("content", 1_000),
    "m³": ("content", 1_000),
    "mét khối": ("content", 1_000),
    "mét vuông": ("area", 1),
    "ki-lô-gam": ("weight", 1_000),
    "m2": ("area", 1),
    "m²": ("area", 1),
    "ha": ("area", 10_000),
    "héc ta": ("area", 10_000),
}
# One of these stands in every unit: those that hold no other.
_UNIT_WORDS = tuple(unit for unit in _UNITS if not any(other in unit for other in _UNITS if other != unit))


@remembered
def amounts_of(sentence: str) -> tuple[re.Match[str], ...]:
    """Return the amounts of a sentence."""
    told = any(unit in sentence for unit in _UNIT_WORDS)
    return tuple(AMOUNT.finditer(sentence)) if told else ()


def amounts_in(field: FiguredField) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the amounts of a field, each with where its sentence begins."""
    for index, sentence in enumerate(field.sentences):
        for match in amounts_of(sentence):
            yield field.place(index)[0], match


_SUM_TOLD = re.compile(r"\b(?:tổng (?:cộng|số|số tiền)|cộng lại|cộng chung|cả thảy)(?: là| tiền là|:)? $")
ROUNDING = 0.02  # of the sum


def amount(match: re.Match[str]) -> float:
    """Return an amount of money in đồng, of weight in grams, of content in litres, of area in square metres."""
    return decimal(match["number"]) * _UNITS[match["unit"]][1]


def decimal(told: str) -> float:
    """Return a number as Vietnamese writes it: 1250.5 for "1.250,5"."""
    return float(told.rstrip(".").replace(".", "").replace(",", "."))


def last_digit(told: str) -> float:
    """Return what one more in the last digit of a number is worth: 0.1 for "18,6"."""
    return 10.0 ** -len(told.rstrip(".").partition(",")[2])


def measures(match: re.Match[str]) -> str:
    """Return what an amount is of: money, weight, content or area."""
    return _UNITS[match["unit"]][0]


_SUM_NEAR = 24  # code points before a number in which "tổng cộng" may stand


def told_as_total(folded: str, start: int) -> bool:
    """Whether the number at `start` is told as a total: "tổng cộng 12 …"."""
    return _SUM_TOLD.search(folded, max(0, start - _SUM_NEAR), start) is not None


def differ(one: float, other: float) -> bool:
    """Whether two amounts are not one amount rounded."""
    return abs(one - other) > ROUNDING * one


_ABOUT = re.compile(r"\b(?:khoảng|gần|hơn|trên|ước|chừng|xấp xỉ|ngót) $")


def _precision(match: re.Match[str]) -> float:
    """Return by how much an amount may be off: half of its last place, or more where a word rounds it."""
    if _ABOUT.search(match.string, max(0, match.start() - 10), match.start()):
        return ROUNDING * amount(match)
    return _UNITS[match["unit"]][1] * 0.5 * last_digit(match["number"])


def comes_near(total: re.Match[str], parts: Iterable[re.Match[str]], share: float) -> bool:
    """Whether parts miss a total by no more than a share of it."""
    return abs(amount(total) - sum(map(amount, parts))) <= share * amount(total)


def add_up(total: re.Match[str], parts: list[re.Match[str]]) -> bool:
    """Whether the parts make the total, each as exact as it is told."""
    off = math.hypot(*map(_precision, (total, *parts)))  # roundings seldom all go the same way
    return abs(amount(total) - sum(map(amount, parts))) <= off


_LONGEST_SUM = 1_000  # code points
_MOST_PARTS = 12


def sums_of_money(folded: str) -> Iterator[Wrong]:
    """Yield a sum of money that the amounts listed before it do not make: "410 triệu …, 690 triệu …, tổng cộng 1,9 tỷ"."""
    found = list(MONEY_SUM.finditer(folded))
    for index, match in enumerate(found):
        if not told_as_total(folded, match.start()):
            continue
        clause = clause_start(folded, max(0, match.start() - _LONGEST_SUM), match.start())
        parts = [part for part in found[max(0, index - _MOST_PARTS) : index] if part.start() >= clause]
        if len(parts) < 2 or "%" in folded[clause : match.start()]:
            continue  # "20 triệu đồng cộng 4% của phần vượt quá 400 triệu đồng": a rule, reckoned
        if _EACH.search(folded, clause, match.start()):
            continue  # "phạt Đạt 30 triệu đồng, mỗi bị cáo còn lại 15 triệu đồng, tổng cộng 90 triệu đồng"
        if not add_up(match, parts):
            yield *match.span(), " + ".join(part.group() for part in parts)
        return


_EACH = re.compile(r"\bmỗi (?!tháng|năm|ngày|lần|quý|tuần)")


_IN_TOTAL = re.compile(
    r"[,;:]?(?: và)? (?:tổng(?: [^\W\d_]{1,8}){1,6}|(?:khối lượng|trọng lượng|diện tích|số tiền|giá trị) chung)(?: là|:)? $"
)
NEARLY_THE_SAME = 0.35  # of a sum: what differs by more is the total of something else


def sums_of_lists(folded: str) -> Iterator[Wrong]:
    """Yield a total, of whatever it is called, that the amounts of one measure listed right before it do not make: "lần lượt
    1,24 gam, 0,86 gam và 0,65 gam, tổng khối lượng 2,57 gam"."""
    found = list(AMOUNT.finditer(folded))
    for index, total in enumerate(found):
        lead = _IN_TOTAL.search(folded, max(0, total.start() - TOTAL_WITHIN), total.start())
        parts = _listed_before(folded, found, index, lead.start()) if lead else []
        made = sum(map(amount, parts))
        same = len(parts) > 1 and {*map(measures, parts)} == {measures(total)}
        if same and not add_up(total, parts) and abs(made - amount(total)) <= NEARLY_THE_SAME * made:
            yield *total.span(), " + ".join(part.group() for part in parts)
            return


def _listed_before(folded: str, amounts: list[re.Match[str]], index: int, end: int) -> list[re.Match[str]]:
    """Return the amounts before that of `index` that make a list up to `end`: commas or "và" between them."""
    first = index
    while first and _follows(
        folded[amounts[first - 1].end() : end if first == index else amounts[first].start()], first == index
    ):
        first -= 1
    return amounts[first:index]


def _follows(between: str, ends: bool) -> bool:
    return _ALL_ARE.fullmatch(between.strip()) is not None if ends else joined(between)


_ALL_ARE = re.compile(
    r"(?:, (?:đều|cùng|toàn)\b[^.;\d]{0,40})?"
)  # "…, 2,35 gam, đều là Methamphetamine; tổng khối lượng"


_PRODUCT = re.compile(
    rf"(?<![\d/.,])(?P<count>{NUMBER}) (?P<noun>phần|suất|em|học sinh|hộ|gia đình|căn|bộ|chiếc)\b[^.;\d]{{0,40}}, mỗi (?P=noun)(?: [^\W\d_]+){{0,3}} "
    rf"(?P<each>{MONEY})[^.;\d]{{0,20}}\btổng (?:[^\W\d_]+ ){{1,4}}(?P<total>{MONEY})"
)


_EACH_OF = re.compile(  # "20 suất trị giá 1 triệu đồng mỗi suất"
    rf"(?<![\d/.,])(?P<count>{NUMBER}) (?P<noun>phần|suất|em|học sinh|hộ|gia đình|căn|bộ|chiếc)\b[^,.;\d]{{0,40}} (?P<each>{MONEY})(?: mỗi |/| một )(?P=noun)\b"
)
_IN_ALL = re.compile(rf"\btổng (?:[^\W\d_]+ ){{1,4}}(?P<total>{MONEY})")


def products(folded: str) -> Iterator[Wrong]:
    """Yield a total that so many of so much do not make: "120 phần quà, mỗi phần 500.000 đồng, tổng trị giá 72 triệu đồng",
    "20 suất 1 triệu đồng mỗi suất và 25 suất 800.000 đồng mỗi suất, tổng số tiền 42 triệu đồng"."""
    several = [(found, MONEY_SUM.match(folded, found.start("each"))) for found in _EACH_OF.finditer(folded)]
    in_all = _IN_ALL.search(folded, several[-1][0].end()) if several else None
    sum_told = MONEY_SUM.match(folded, in_all.start("total")) if in_all else None
    if sum_told:
        made = sum(value(found["count"]) * amount(each) for found, each in several if each)
        if differ(amount(sum_told), made):
            yield *sum_told.span(), " + ".join(f"{found['count']} × {found['each']}" for found, _ in several)
    for match in _PRODUCT.finditer(folded):
        each, total = (MONEY_SUM.match(folded, match.start(name)) for name in ("each", "total"))
        if each and total and differ(amount(total), value(match["count"]) * amount(each)):
            yield *match.span("total"), f"{match['count']} × {match['each']}"


_GROUPS = re.compile(
    r"(?P<count>\d(?<![\d/.,:-].)\d{0,3}) (?P<who>[^.;,\d]{2,40}?),? (?:được )?chia(?: đều)? (?:thành|làm|ra) (?P<groups>\d{1,4}) (?P<noun>[^\W\d_]{1,8})\b"
    r"(?: [^\s.,;\d]{1,12})?, mỗi (?P=noun) (?:có |gồm )?(?P<each>\d{1,4}) "
)


_TEAMS = re.compile(
    r"(?P<count>\d(?<![\d/.,:-].)\d{0,3}) (?P<who>(?!triệu|tỷ|nghìn|ngàn|đồng)[^\W\d_]{1,8} [^\W\d_]{1,8})\b[^.;\d]{0,40}? (?P<groups>\d{1,3}) (?P<noun>[^\W\d_]{1,8})\b"
    r"[^.;\d]{0,24}, mỗi (?P=noun) (?:có |cử |gồm |là |được )?(?P<each>\d{1,3}) (?:(?P=who)|người|em)\b"
)


def groups(folded: str) -> Iterator[Wrong]:
    """Yield a number of people that so many groups of so many do not make: "96 học viên chia thành 6 tổ, mỗi tổ 15 người", "24 thí
    sinh đến từ 8 đội, mỗi đội 4 thí sinh"."""
    for match in (*_GROUPS.finditer(folded), *_TEAMS.finditer(folded)):
        if value(match["groups"]) * value(match["each"]) != value(match["count"]):
            yield match.start("count"), match.end("who"), f"{match['groups']} × {match['each']}"


_LISTED = re.compile(r"\b(?P<lead>trong đó|(?:bao )?gồm)(?: có)? ?:?|(?P<colon>: )")
_BY_YEAR = re.compile(r"\b(?:năm|quý|tháng|lần|đợt) (?:thứ )?\w{1,6} (?:là |được |chi |thu |rút )?$")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\bnăm (?:19|20)\d\d\b")
_NEXT = re.compile(r"[,;]| và ")
_LEADS_UP = 4  # syllables before the first part: "gồm tiền mặt là 300 triệu đồng"


def parts_of_amount(folded: str) -> Iterator[Wrong]:
    """Yield an amount that its parts do not make: all of them after "gồm", told year by year or time by time after "trong đó"."""
    for lead in _LISTED.finditer(folded):
        told = list(AMOUNT.finditer(folded, max(0, lead.start() - TOTAL_WITHIN), lead.start()))
        stop = lead.end() + LONGEST_LIST if lead["colon"] else clause_end(folded, lead.end())
        parts = list(AMOUNT.finditer(folded, lead.end(), stop))
        if not told or len(parts) < 2 or {*map(measures, parts)} != {measures(told[-1])}:
            continue
        divided = lead["colon"] is not None and _is_divided(folded, told[-1], parts)
        if lead["colon"] and not divided and not told_as_total(folded, told[-1].start()):
            continue
        by_year = all(_BY_YEAR.search(folded, lead.end(), part.start()) for part in parts)
        total = told[-1]
        whole = lead["lead"] != "trong đó" and (
            _is_whole_list(folded, lead.end(), parts) or _is_labelled_list(folded, lead.end(), total, parts)
        )
        if (by_year or divided or whole) and not add_up(total, parts):
            yield *total.span(), " + ".join(part.group() for part in parts)
            return


_DIVIDED = re.compile(r"\b(?:chia|toàn bộ|cả|tổng)\b[^.;:\d]{0,40} $")


def _is_divided(folded: str, total: re.Match[str], parts: list[re.Match[str]]) -> bool:
    """Whether a total is told to be divided, and parts listed after it nearly make it: "chia hết thửa đất 1.250 m² …: bà H.
    nhận 480 m² …, ông D. nhận 670 m²"."""
    near = comes_near(total, parts, _NEARLY)
    told_so = _DIVIDED.search(folded, max(0, total.start() - TOTAL_WITHIN), total.start()) is not None
    return near and told_so and in_one_list(folded, parts, 0)


_NEARLY = 0.15  # of a total


_LABELLED = 3  # parts, at least, of a list whose parts have names of their own


def _is_labelled_list(folded: str, start: int, total: re.Match[str], parts: list[re.Match[str]]) -> bool:
    """Whether each of several amounts follows what it is of, no other number between them, and they nearly make the total: "gồm
    nợ ngân hàng 38,5 tỷ đồng, nợ thuế, bảo hiểm 14,2 tỷ đồng, nợ khách hàng 9,7 tỷ đồng"."""
    edges = (start, *(part.end() for part in parts))
    labels = [folded[end : part.start()] for end, part in zip(edges, parts, strict=False)]
    return (
        comes_near(total, parts, _SLIP)
        and len(parts) >= _LABELLED
        and not any(map(_DIGIT.search, labels))
        and all(label.startswith((",", ";", " và")) for label in labels[1:])
    )


_SLIP = 0.05  # of a total: what such a list misses by less, it was meant to make


def _is_whole_list(folded: str, start: int, parts: list[re.Match[str]]) -> bool:
    """Whether a list from `start` on is of amounts alone: one mark between each two, nothing counted beside them."""
    last = parts[-1].end()
    rest = folded[last : clause_end(folded, last)]
    first = folded[start : parts[0].start()]
    between = [_YEAR.sub("", folded[one.end() : other.start()]) for one, other in pairwise(parts)]
    return (
        all(len(_NEXT.findall(words)) == 1 and not _DIGIT.search(words) for words in between)
        and not _NEXT.search(rest)
        and "cùng" not in rest
        and len(first.split()) <= _LEADS_UP
        and "," not in first
    )
