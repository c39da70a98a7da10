"""Totals and their parts that stand in sentences one after the other, and do not agree.

What comes near a total without making it is taken for a slip; what is far off is likely a part of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from review_service.checklist.amounts import (
    AMOUNT,
    MONEY,
    NEARLY_THE_SAME,
    add_up,
    amount,
    amounts_in,
    amounts_of,
    comes_near,
    measures,
    told_as_total,
)
from review_service.checklist.figured import (
    NOT_COUNTED,
    NUMBER,
    FiguredField,
    first_noun,
    in_one_list,
    is_person,
    noun_end,
    rounding,
    shown,
    value,
)
from review_service.checklist.findings import Finding
from review_service.text import Span

_LISTED = 2  # parts, at least
_SLIP = 0.15  # of a total: what parts miss by less, they were meant to make
_SOME = (", gồm", "trong đó", "trong số", "chủ yếu", "nhiều nhất", "riêng", "so với", "cùng kỳ", "tăng", "giảm")
_LEADS = re.compile(
    r"(?:trong đó|cụ thể|gồm|bao gồm|phân (?:theo|loại)|chia (?:theo|ra)|(?:xét |tính |xếp )?theo|về|số này gồm|trong số đó|kết quả|(?:\S+ ){1,4}(?:gồm|chia))\b"
)
_THE_LAST = re.compile(
    r"\bcòn lại\b|\b(?:các|những|loại|việc|vụ|nội dung|lĩnh vực|tội|hình thức|lý do|nguyên nhân)(?: \S+){0,2} khác\b"
)


def counts_of_the_next(field: FiguredField) -> Iterator[Finding]:
    """Yield the total of a sentence that the list in the next one comes near and does not make: "tiếp 214 lượt công dân. Phân
    theo nội dung, có 96 lượt …, 71 lượt …, 38 lượt … và 19 lượt về các việc khác"."""
    for index, sentence in enumerate(field.sentences[1:], 1):
        counted = len(field.by_sentence[index]) >= _LISTED and field.by_sentence[index - 1]
        parts = [part for part in field.by_sentence[index] if first_noun(part) not in NOT_COUNTED] if counted else []
        if not _is_list(sentence, parts):
            continue
        people = all(map(is_person, parts))
        made, noun = sum(value(part["number"]) for part in parts), first_noun(parts[0])
        start = field.place(index - 1)[0]
        totals = [
            total
            for total in field.by_sentence[index - 1]
            if (is_person(total) if people else first_noun(total) == noun)
            and not rounding(field, start + total.start("number"))
        ]
        told = value(totals[0]["number"]) if len(totals) == 1 else 0
        near = 0 < abs(made - told) <= max(1, _SLIP * told)
        if told and near and (made > told or _is_whole(sentence, parts)) and made not in field.numbers:
            other = shown(" + ".join(part["number"] for part in parts))
            span = Span(field.name, start + totals[0].start("number"), start + noun_end(totals[0]))
            yield Finding(span, values={"other": other})


def _is_list(sentence: str, parts: list[re.Match[str]]) -> bool:
    """Whether the figures of a sentence list things of one noun, or people, and nothing tells that they are some only."""
    if len(parts) < _LISTED or (len(parts) == _LISTED and not _THE_LAST.search(sentence, parts[-1].start())):
        return False
    lead = _LEADS.match(sentence)
    if any(words in sentence[lead.end() if lead else 0 :] for words in _SOME):
        return False
    alike = len({*map(first_noun, parts)}) == 1 or all(map(is_person, parts))
    return alike and in_one_list(sentence, parts)


def _is_whole(sentence: str, parts: list[re.Match[str]]) -> bool:
    """Whether a list is told as the whole: by what leads up to it, or by its last part ("các việc khác")."""
    leads = _LEADS.match(sentence) is not None and not sentence.startswith("trong đó")
    colon = ":" in sentence[: parts[0].start()]
    return leads or colon or _THE_LAST.search(sentence, parts[-1].start()) is not None


_LEFT_OF = re.compile(
    r"(?:đến nay |hiện |hiện nay |hiện tại )?(?:số )?còn(?: lại)?(?: là)? (?P<left>\d{1,6}) (?P<noun>[^\W\d_]{1,8})\b|(?P<these>\d{1,6}) (?P<same>[^\W\d_]{1,8})(?: [^\s\d,.;]{1,10}){0,2} còn lại\b"
)
_DONE = re.compile(
    r"\b(?:giải quyết|xử lý|hoàn thành|xét xử|thi hành|xong|truy tố|trả lời|khắc phục|chấp hành)(?: xong| được| dứt điểm)? $"
)


def left_of_the_last(field: FiguredField) -> Iterator[Finding]:
    """Yield what a sentence begins with as left when the one before it tells how many there were and were done: "thụ lý 76 vụ, đã
    giải quyết 61 vụ. Hiện còn 25 vụ"."""
    for index, sentence in enumerate(field.sentences[1:], 1):
        match = _LEFT_OF.match(sentence)
        figures = field.by_sentence[index - 1] if match else ()
        noun = (match["noun"] or match["same"]) if match else ""
        same = [one for one in figures if first_noun(one) == noun]
        if match is None or len(same) != _LISTED or len(figures) != _LISTED:
            continue
        whole, done = same
        is_done = _DONE.search(done.string, max(0, done.start() - _TOTAL_NEAR), done.start())
        left = value(match["left"] or match["these"])
        if (
            is_done
            and value(whole["number"]) > value(done["number"])
            and value(done["number"]) + left != value(whole["number"])
        ):
            start = field.place(index)[0]
            first = match.start("left" if match["left"] else "these")
            last = match.end("noun" if match["left"] else "same")
            other = shown(f"{whole['number']} - {done['number']}")
            yield Finding(Span(field.name, start + first, start + last), values={"other": other})


_TOTAL_BEFORE = re.compile(r"\btổng(?: \S+){0,7} $")
_TOTAL_NEAR = 60  # code points before an amount in which it is called a total
_OF_PARTS = re.compile(r"\b(?:gồm|chia (?:làm|thành|ra)|trong đó)\b")
_THE_REST = re.compile(r"[^.;,\d]{0,12}\bcòn lại\b")


_IN_SO_MANY = re.compile(r"\b(?:làm|thành|trong|qua) (?:\d{1,2}|hai|ba|bốn|năm|sáu) (?:đợt|lần|khoản|phần|giai đoạn)\b")


def amounts_beside(field: FiguredField) -> Iterator[Finding]:
    """Yield the total that the amounts listed in the sentence before or after it come near and do not make: "lần đầu 14 triệu
    đồng, lần sau 21 triệu đồng, lần cuối 27 triệu đồng. … tổng giá trị là 72 triệu đồng", "diện tích 1.250 m². … trả 700 m²,
    … 450 m² còn lại"."""
    told = [[one for one in amounts_of(sentence) if not _is_average(one)] for sentence in field.sentences]
    for index, parts in enumerate(told):
        sentence = field.sentences[index]
        measure = {*map(measures, parts)}
        if len(parts) < _LISTED or len(measure) > 1 or any(_is_total(part) for part in parts):
            continue
        if not in_one_list(sentence, parts, 0):
            continue
        of_parts = _OF_PARTS.search(sentence, 0, parts[0].start()) is not None
        rest = measure != {"money"} and any(_leaves(sentence, part) for part in parts)  # money: see `paid_and_left`
        for beside in (index - 1, index + 1):
            totals = told[beside] if 0 <= beside < len(told) else []
            if len(totals) != 1 or measures(totals[0]) not in measure:
                continue
            called = _is_total(totals[0]) or (
                beside < index and _IN_SO_MANY.search(field.sentences[beside], totals[0].end())
            )
            if not (called or (beside < index and (of_parts or rest))):
                continue
            near = comes_near(totals[0], parts, NEARLY_THE_SAME if called else _SLIP)
            if near and not add_up(totals[0], parts):
                start = field.place(beside)[0]
                other = shown(" + ".join(part.group() for part in parts))
                yield Finding(
                    Span(field.name, start + totals[0].start(), start + totals[0].end()), values={"other": other}
                )


_ALL_TOLD = re.compile(
    rf"(?:tổng cộng|toàn bộ|tất cả|cả thảy|cộng lại|vị chi),? (?:là |có |cả )?(?P<number>{NUMBER}) (?P<noun>[^\W\d_]+)"
)


def total_of_the_list_before(field: FiguredField) -> Iterator[Finding]:
    """Yield the total that a sentence begins with and the list in the one before comes near and does not make: "Lần thứ nhất lấy 420
    mét, lần thứ hai 310 mét, lần thứ ba 265 mét. Toàn bộ 1.095 mét cáp …"."""
    for index, sentence in enumerate(field.sentences[1:], 1):
        match = _ALL_TOLD.match(sentence)
        parts = [one for one in field.by_sentence[index - 1] if match and first_noun(one) == match["noun"]]
        if match is None or len(parts) < _LISTED or not in_one_list(field.sentences[index - 1], parts):
            continue
        counts, told = [value(part["number"]) for part in parts], value(match["number"])
        if 0 < abs(sum(counts) - told) <= _SLIP * told and told not in counts:
            start = field.place(index)[0]
            other = shown(" + ".join(part["number"] for part in parts) + f" {match['noun']}")
            yield Finding(Span(field.name, start + match.start("number"), start + match.end()), values={"other": other})


_THAT_SUM = re.compile(rf"\b(?:số|khoản) tiền (?P<much>{MONEY}) (?:ấy|này|đó|trên|nói trên|kể trên)\b")
_TOLD_WITHIN = 3  # sentences before it


def sum_taken_up(field: FiguredField) -> Iterator[Finding]:
    """Yield "Số tiền 465 triệu đồng ấy" where the amounts listed in a sentence before come near it and do not make it, and
    nothing else tells it."""
    for index, sentence in enumerate(field.sentences):
        match = _THAT_SUM.search(sentence) if "số tiền" in sentence or "khoản tiền" in sentence else None
        told = AMOUNT.match(sentence, match.start("much")) if match else None
        earlier = field.sentences[max(0, index - _TOLD_WITHIN) : index]
        lists = [amounts_of(one) for one in earlier] if told else []
        for parts in lists if told and not any(amount(one) == amount(told) for one in chain(*lists)) else ():
            alike = len(parts) > 1 and {*map(measures, parts)} == {"money"} and in_one_list(parts[0].string, parts, 0)
            if told and alike and comes_near(told, parts, _SLIP) and not add_up(told, list(parts)):
                start = field.place(index)[0]
                other = shown(" + ".join(part.group() for part in parts))
                yield Finding(Span(field.name, start + told.start(), start + told.end()), values={"other": other})


_ALL_GIVEN = re.compile(rf"tổng (?:cộng|số)(?: [^\s,.;]+){{0,9}}? (?P<much>{MONEY})\b")
_MOST_GIVEN = 8  # sentences


def sums_one_by_one(field: FiguredField) -> Iterator[Finding]:
    """Yield the total of a sentence that the sums told one a sentence before it come near and do not make: "… cộng lại 320 triệu
    đồng. Bà H. chuyển 275 triệu đồng. Anh Q. đưa 180 triệu đồng. Tổng số tiền … là 785 triệu đồng"."""
    for index, sentence in enumerate(field.sentences):
        match = _ALL_GIVEN.match(sentence) if sentence.startswith("tổng ") else None
        told = AMOUNT.match(sentence, match.start("much")) if match else None
        parts: list[re.Match[str]] = []
        for before in reversed(field.sentences[max(0, index - _MOST_GIVEN) : index]) if told else ():
            given = amounts_of(before)
            if len(given) != 1 or measures(given[0]) != "money":
                break
            parts.insert(0, given[0])
        if told and len(parts) > _LISTED and comes_near(told, parts, _SLIP) and not add_up(told, parts):
            start = field.place(index)[0]
            other = shown(" + ".join(part.group() for part in parts))
            yield Finding(Span(field.name, start + told.start(), start + told.end()), values={"other": other})


_AVERAGE = re.compile(r"\b(?:bình quân|trung bình|mỗi) (?:[^\s\d,.;]+ ){0,4}$")


def _is_average(match: re.Match[str]) -> bool:
    return _AVERAGE.search(match.string, max(0, match.start() - _TOTAL_NEAR), match.start()) is not None


_GIVEN = re.compile(r"\b(?:được chia|được giao|được nhận|nhận|chia cho|giao cho|sử dụng)\b[^.;,\d]{0,40} $")


def shares_of_land(field: FiguredField) -> Iterator[Finding]:
    """Yield the area that those given to each party come near and do not make: "rộng 1.860 m²" and, later, "ông Cội được chia
    1.120 m², bà Ngọt được chia 840 m²"."""
    areas = [(start, one) for start, one in amounts_in(field) if measures(one) == "area"]
    given = [(start, one) for start, one in areas if _is_given(one)]
    if len(given) != _LISTED or given[1][0] + given[1][1].start() - given[0][0] - given[0][1].end() > _TOTAL_NEAR:
        return
    parts = [one for _, one in given]
    wholes = {amount(one): (start, one) for start, one in areas if amount(one) > max(map(amount, parts))}
    start, whole = next(iter(wholes.values())) if len(wholes) == 1 else given[0]
    if len(wholes) == 1 and comes_near(whole, parts, _SLIP) and not add_up(whole, parts):
        other = shown(" + ".join(one.group() for one in parts))
        yield Finding(Span(field.name, start + whole.start(), start + whole.end()), values={"other": other})


def _is_given(match: re.Match[str]) -> bool:
    return _GIVEN.search(match.string, max(0, match.start() - _TOTAL_NEAR), match.start()) is not None


def _is_total(match: re.Match[str]) -> bool:
    return (
        told_as_total(match.string, match.start())
        or _TOTAL_BEFORE.search(match.string, max(0, match.start() - _TOTAL_NEAR), match.start()) is not None
    )


def _leaves(sentence: str, part: re.Match[str]) -> bool:
    """Whether an amount is told as what is left."""
    before = sentence[max(0, part.start() - _TOTAL_NEAR) : part.start()]
    return _THE_REST.match(sentence[part.end() : part.end() + _TOTAL_NEAR]) is not None or "còn lại" in before


_HELD = r"(?:đựng|có|gồm|chứa|là|nặng)?(?: khoảng)?"
_CHAIN = re.compile(
    rf"(?P<first>\d{{1,5}}) (?P<outer>[^\W\d_]{{1,8}})\b[^.;\d]{{0,60}}[.,;:] ?(?:trong )?mỗi (?P=outer) {_HELD} ?(?P<second>\d{{1,5}}) (?P<inner>[^\W\d_]{{1,8}})\b[^.;\d]{{0,40}}"
    rf"(?:, mỗi (?P=inner) {_HELD} ?(?P<third>\d{{1,5}}) (?P<least>[^\W\d_]{{1,8}})\b[^.;\d]{{0,40}})?, tổng (?:cộng|số)(?: là)? (?P<told>(?P<total>\d{{1,3}}(?:\.\d{{3}}){{1,3}}|\d{{1,6}}) (?P<what>[^\W\d_]{{1,8}}))\b"
)


def chained_products(field: FiguredField) -> Iterator[Finding]:
    """Yield a total that so many of so many do not make: "12 thùng …. Mỗi thùng đựng 50 cây, mỗi cây 10 bao, tổng cộng 6.500
    bao"."""
    for match in _CHAIN.finditer(field.folded) if "mỗi " in field.folded and "tổng " in field.folded else ():
        made = value(match["first"]) * value(match["second"]) * value(match["third"] or "1")
        if match["what"] == (match["least"] or match["inner"]) and made != value(match["total"]):
            other = " × ".join(filter(None, (match["first"], match["second"], match["third"])))
            yield Finding(Span(field.name, *match.span("told")), values={"other": shown(other)})


_INTO_GROUPS = re.compile(
    r"\b(?:chia|xếp|bốc thăm)\b[^.;\d]{0,30} (?:làm|thành|ra|vào) "
    r"(?P<told>(?P<groups>\d{1,4}) (?P<noun>[^\W\d_]{1,8})(?: [^\s.,;\d]{1,12})?, mỗi (?P=noun) (?:có |gồm )?(?P<each>\d{1,4}) (?P<who>[^\W\d_]{1,8}))\b"
)


def groups_of_all(field: FiguredField) -> Iterator[Finding]:
    """Yield so many groups of so many that make another number than the only one told of them: "quy tụ 18 đội. … chia làm bốn
    bảng, mỗi bảng năm đội"."""
    for match in field.find(_INTO_GROUPS, ", mỗi "):
        told = {value(one["number"]) for one in field.within(0, match.start()) if first_noun(one) == match["who"]}
        made = value(match["groups"]) * value(match["each"])
        if len(told) == 1 and match["who"] not in NOT_COUNTED and made not in field.numbers:
            yield Finding(Span(field.name, *match.span("told")), values={"other": f"{min(told)} {match['who']}"})
