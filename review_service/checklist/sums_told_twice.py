"""Sums of money and measures that a title or summary and the text tell differently."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance.Levenshtein import distance

from review_service.checklist.amounts import (
    AMOUNT,
    MONEY,
    NEARLY_THE_SAME,
    ROUNDING,
    add_up,
    amount,
    amounts_in,
    comes_near,
    differ,
    measures,
    told_as_total,
)
from review_service.checklist.figured import FiguredField, rounding, shown, swapped_again, with_two_swapped
from review_service.checklist.findings import Finding
from review_service.text import Span

_DIGIT = re.compile(r"\d")
_GAINED = re.compile(
    r"\b(?P<how>chiếm đoạt|thiệt hại|bồi thường|nộp khắc phục|thu lợi(?: bất chính)?)(?! lần lượt)(?: (?!\d)[^\s,.;:]+){0,4} "
    r"(?P<number>\d(?<![\d/.,].)[\d.]{0,15}(?:,\d{1,3})?) (?P<unit>(?:triệu |tỷ |nghìn |ngàn )?đồng)\b"
)


def sums_told_otherwise(field: FiguredField, body: FiguredField) -> Iterator[Finding]:
    """Yield the sums and measures of a title or summary that the body tells otherwise: the only sum taken, lost or paid, or
    one with a digit too many, too few or out of place."""
    heads = list(AMOUNT.finditer(field.folded)) if _DIGIT.search(field.folded) else []
    gains = list(_GAINED.finditer(body.folded)) if heads else []
    sums = list(AMOUNT.finditer(body.folded)) if heads else []
    lists = list(_sums_listed(body)) if heads else []
    for match in heads:
        if _written(match) not in body.folded:
            words = _contradicted_by(field, match, gains, sums, lists)
            if words:
                yield Finding(Span(field.name, match.start("number"), match.end()), values={"other": words})


def _written(match: re.Match[str]) -> str:
    return f"{match['number']} {match['unit']}"


def _contradicted_by(
    field: FiguredField,
    match: re.Match[str],
    gains: list[re.Match[str]],
    sums: list[re.Match[str]],
    lists: list[list[re.Match[str]]],
) -> str:
    """Return what the body tells instead of a sum: the only one of its kind, one with a slip, or parts; "" for nothing."""
    gained = _GAINED.search(field.folded, max(0, match.start() - _GAIN_NEAR), match.end())
    told = [other for other in gains if gained and other["how"] == gained["how"]]
    only = told[0] if len(told) == 1 else _only_total(match, sums)
    rounded = rounding(field, match.start("number"))
    if rounded and only and _rounds_wrongly(rounded["word"], amount(match), amount(only)):
        return _written(only)
    if rounded:
        return next((_written(other) for other in sums if _is_swapped(match, other)), "")
    if only and abs(amount(only) - amount(match)) > ROUNDING / 4 * amount(match):
        return _written(only)
    slip = next((_written(other) for other in sums if _is_slip(match, other)), "")
    if all(differ(amount(match), amount(other)) for other in sums):
        slip = slip or next((_written(other) for other in sums if _is_a_power_off(match, other)), "")
    parts = next((parts for parts in lists if _misses(match, parts)), [])
    return slip or " + ".join(part.group() for part in parts)


def _only_total(head: re.Match[str], sums: list[re.Match[str]]) -> re.Match[str] | None:
    """Return the only sum that the body tells as a total, when the one of the title or summary may be meant for it."""
    totals = [other for other in sums if told_as_total(other.string, other.start())]
    may_be = len(totals) == 1 and abs(amount(totals[0]) - amount(head)) <= NEARLY_THE_SAME * amount(head)
    return totals[0] if may_be else None


_LOSS = re.compile(
    r"\b(?:tham ô|chiếm đoạt|lừa|lừa đảo|mất|thiệt hại|thất thoát|trục lợi|chiếm|biển thủ|rút ruột)\b[^.;\d]{0,40}$"
)
_TOTAL_LOSS = re.compile(
    r"\btổng (?:số tiền|giá trị|thiệt hại)[^.;:\d]{0,40}(?:chiếm đoạt|tham ô|thiệt hại|thất thoát|lừa|trộm|biển thủ)[^.;:\d]{0,30} (?=\d)"
)


def loss_told_otherwise(field: FiguredField, body: FiguredField) -> Iterator[Finding]:
    """Yield the only sum of a title or summary, told as lost or taken, when the text tells one total of it, another by far."""
    heads = list(AMOUNT.finditer(field.folded)) if "đồng" in field.folded else []
    totals = (
        [AMOUNT.match(body.folded, match.end()) for match in _TOTAL_LOSS.finditer(body.folded)]
        if len(heads) == 1
        else []
    )
    if len(totals) != 1 or totals[0] is None or not _LOSS.search(field.folded, 0, heads[0].start()):
        return
    told = [amount(other) for other in AMOUNT.finditer(body.folded)]
    rounded = rounding(field, heads[0].start("number")) is not None
    near = NEARLY_THE_SAME if rounded else ROUNDING
    if all(abs(one - amount(heads[0])) > near * amount(heads[0]) for one in told):
        yield Finding(Span(field.name, heads[0].start("number"), heads[0].end()), values={"other": _written(totals[0])})


_PAID_AND_LEFT = re.compile(
    rf"\b(?:nộp|trả|khắc phục|bồi thường|thi hành|thu hồi)(?: (?!\d)[^\s,.;]{{1,12}}){{0,3}} (?P<paid>{MONEY})[^.;\d]{{0,20}}[,;] còn (?:(?!\d)[^\s,.;]{{1,12}} ){{0,3}}(?P<left>{MONEY})"
)
_NEARLY_ALL = 0.15  # of a sum: what is paid and left comes nearer than that to the sum it is told of


def paid_and_left(field: FiguredField, body: FiguredField) -> Iterator[Finding]:
    """Yield what a title, a summary or the body itself tells to be left when it and what was paid make no sum of the text (of
    the body's, before it): "đã nộp 840 triệu đồng, còn phải nộp 360 triệu đồng" of 1.250 million."""
    match = next(field.find(_PAID_AND_LEFT, "còn "), None)
    paid, left = (AMOUNT.match(field.folded, match.start(name)) if match else None for name in ("paid", "left"))
    if match is None or paid is None or left is None:
        return
    made = amount(paid) + amount(left)
    others = (other for other in AMOUNT.finditer(body.folded) if field is not body or other.end() < match.start())
    off = {other.group(): abs(amount(other) - made) / made for other in others if made}
    nearest = min(off, key=off.__getitem__, default="")
    told_again = field is not body and _written(left) in body.folded
    if nearest and ROUNDING < off[nearest] <= _NEARLY_ALL and not told_again:
        yield Finding(Span(field.name, *match.span("left")), values={"other": shown(nearest)})


def slips(body: FiguredField) -> Iterator[Finding]:
    """Yield the amount that is another of the text with two digits changed about: "1.256 mét vuông … 1.265 mét vuông"."""
    told = ((match["unit"], _digits(match), (start, match)) for start, match in amounts_in(body))
    for (start, match), before in swapped_again(told):
        point = match["number"].find(".")
        other = next((other for _, other in before if other["number"].find(".") == point), None)
        if other is not None and len(_digits(match).rstrip("0")) > _SHORT:
            span = Span(body.name, start + match.start("number"), start + match.end())
            yield Finding(span, values={"other": other.group()})


_SHORT = 3  # digits: shorter numbers are alike by chance


_ONE_OF_SEVERAL = re.compile(r"(?:khoản|phần|đợt|lần) (?:thứ )?(?:nhất|một|hai|ba|tư|bốn|năm|\d)\b")
_NEARLY_SO_MUCH = 0.1  # of a sum: what listed parts miss by less, they are meant to make


def _sums_listed(body: FiguredField) -> Iterator[list[re.Match[str]]]:
    """Yield the amounts listed together: three or more after a colon, or one in each of several sentences ("Khoản thứ
    nhất … là 620 triệu đồng. Khoản thứ hai …")."""
    one_each: list[re.Match[str]] = []
    for sentence in (*body.sentences, ""):
        one_of_several = _ONE_OF_SEVERAL.match(sentence) is not None
        colon = sentence.find(": ")
        amounts = list(AMOUNT.finditer(sentence, max(0, colon))) if one_of_several or colon >= 0 else []
        if one_of_several and len(amounts) == 1:
            one_each += amounts
            continue
        if len(one_each) > 1:
            yield one_each
        one_each = []
        if colon >= 0 and len(amounts) > 2 and len({part["unit"] for part in amounts}) == 1:
            yield amounts


def _misses(total: re.Match[str], parts: list[re.Match[str]]) -> bool:
    """Whether parts come near a total and do not make it."""
    return comes_near(total, parts, _NEARLY_SO_MUCH) and not add_up(total, parts)


def _rounds_wrongly(word: str, head: float, told: float) -> bool:
    """Whether a sum lies on the wrong side of its rounding: "hơn 1,2 tỷ đồng" of 1,020,000,000."""
    if word in ("hơn", "trên"):
        return told < head * (1 - _ROUNDED_BY)
    return word in ("gần", "ngót") and told > head * (1 + _ROUNDED_BY)


_GAIN_NEAR = 60  # code points before a sum within which it is said what became of it


def _digits(match: re.Match[str]) -> str:
    return re.sub(r"\D", "", match["number"])


def _is_swapped(one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether two sums are one with two digits changed about: "421 triệu đồng" and "412"."""
    return one["unit"] == other["unit"] and _digits(other) in with_two_swapped(_digits(one))


def _is_slip(one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether two sums are one with a slip: "421 triệu đồng" and "412", "1,2 tỷ đồng" and "1,02"; not one rounded."""
    left, right = map(_digits, (one, other))
    if one["unit"] != other["unit"] or min(len(left), len(right)) < 2 or left == right:
        return False
    if _is_swapped(one, other):
        return True
    digit_more = "0" in left + right and distance(left, right) == 1 and len(left) != len(right)
    return digit_more and abs(amount(one) - amount(other)) > _ROUNDED_BY * amount(one)


def _is_a_power_off(one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether two sums have the same digits and differ by noughts: "1,2 tỷ đồng" and "120 triệu đồng"."""
    digits = _digits(one).strip("0")
    same = measures(one) == measures(other) == "money" and digits == _digits(other).strip("0") and len(digits) > 1
    return same and differ(amount(one), amount(other))


_ROUNDED_BY = 0.05  # of a sum: what differs by less may be the same one rounded
