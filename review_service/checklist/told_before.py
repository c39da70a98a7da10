"""Figures that take up what was told before them: "cả bốn người", "tổng cộng 12 hồ sơ", "trong 08 kiến nghị nói trên"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from review_service.checklist.amounts import AMOUNT, MEASURED, MONEY, MONEY_SUM, amount, amounts_in, differ
from review_service.checklist.figured import (
    FIGURE,
    NOT_COUNTED,
    PEOPLE,
    FiguredField,
    clause_end,
    counted_alike,
    first_noun,
    in_one_list,
    is_person,
    noun_end,
    shown,
    value,
)
from review_service.checklist.findings import Finding
from review_service.text import Span

_ALL_OF_THEM = re.compile(r"\b(?:cả|toàn bộ|tất cả) (?P<number>\d{1,32}) (?P<noun>[^\W\d_]+(?: [^\W\d_]+)?)")


def all_of_them(field: FiguredField, heads: list[FiguredField]) -> Iterator[Finding]:
    """Yield "cả bốn người" where the people told of before are another number, and one number only; not where a title or summary
    of accused tells of as many."""
    for match in field.find(_ALL_OF_THEM, "cả ", "toàn bộ "):
        if first_noun(match) in NOT_COUNTED or field.folded.endswith(("gồm ", "chấp nhận "), 0, match.start()):
            continue  # "cả 214 m² đất"; "11 thành viên, gồm cả hai giáo viên"; "chấp nhận toàn bộ 10 vụ"
        people = is_person(match)
        before = [
            figure
            for figure in field.before(match.start(), _SAME_STORY)
            if not field.is_spelled(figure.start("number")) and _may_be_all(match, figure, people=people)
        ]
        told = value(match.group("number"))
        if people and any(told in head.people and _ACCUSES.search(head.folded) for head in heads):
            continue  # of the accused that the title tells of, not of the eleven who were there
        if len({value(figure.group("number")) for figure in before}) == 1 and value(before[0].group("number")) != told:
            yield Finding(Span(field.name, *match.span()), values={"other": shown(before[0].group("number"))})


_ACCUSED = ("bị can", "bị cáo", "đối tượng")


def _may_be_all(match: re.Match[str], figure: re.Match[str], *, people: bool) -> bool:
    """Whether a figure counts those of whom "cả …" tells: the same noun; people, but no others where these are accused."""
    if figure["noun"].removeprefix("chiếc ").startswith(match["noun"].removeprefix("chiếc ")):
        return True
    accused = [one["noun"].startswith(_ACCUSED) for one in (match, figure)]
    return people and is_person(figure) and (not accused[0] or accused[1])


_ACCUSES = re.compile(r"\b(?:khởi tố|truy tố|xét xử|bắt|tạm giam|tạm giữ|bị can|bị cáo)\b")
_SAME_STORY = 1_000  # code points back that "all of them" may look to
_MEN_AND_WOMEN = re.compile(
    r"(?<![\d/.,:-])(?P<one>\d{1,32}) (?P<who>nam|nữ)\b(?:,| và|;)(?: (?:số )?còn lại(?: là)?)? (?P<other>\d{1,32}) (?!(?P=who))(?:nam|nữ)\b"
)


def men_and_women(field: FiguredField) -> Iterator[Finding]:
    """Yield the number of people told before "bảy nam và năm nữ" when they are another number: the only one so far, or one
    that others told with it make up."""
    for match in field.find(_MEN_AND_WOMEN, " nữ"):
        figures = field.before(match.start(), _SAME_STORY)
        before = [figure for figure in figures if figure.group("noun").startswith(PEOPLE)]
        together = value(match.group("one")) + value(match.group("other"))
        numbers = [value(figure.group("number")) for figure in before]
        if len(set(numbers)) == 1 or (numbers and 2 * max(numbers) == sum(numbers)):
            total = before[numbers.index(max(numbers))]
            if max(numbers) != together:
                span = Span(field.name, total.start("number"), noun_end(total))
                yield Finding(span, values={"other": shown(match.group())})


_ALL_LISTED = re.compile(
    r"\b(?:toàn bộ|tất cả|các|những)(?: các| số| những)? (?P<noun>[^\W\d_]{1,12} [^\W\d_]{1,12})[^.;\d]{0,60},? (?:bao )?gồm(?: có)? (?=\d)"
)


def all_listed(field: FiguredField, heads: list[FiguredField]) -> Iterator[Finding]:
    """Yield the total, told in the sentence before or in title or summary, that "toàn bộ hồ sơ …, gồm 31 … và 23 …" is not."""
    for index, sentence in enumerate(field.sentences):
        match = _ALL_LISTED.search(sentence) if "gồm" in sentence else None
        if match is None:
            continue
        stop = clause_end(sentence, match.end())
        parts = [part for part in field.by_sentence[index] if match.end() <= part.start() < stop]
        noun = match.group("noun")
        same = all(noun.startswith(first_noun(part)) for part in parts)
        same = same or (noun == "cá nhân" and all(map(is_person, parts)))
        if len(parts) < 2 or not same or not in_one_list(sentence, parts):
            continue
        together = sum(value(part.group("number")) for part in parts)
        for where in (field, *(head for head in heads if head is not field)):
            between = field.place(index - 1) if where is field else (0, len(where.folded))
            told = [figure for figure in where.within(*between) if figure.group("noun").startswith(noun)]
            if len({value(figure.group("number")) for figure in told}) == 1:
                if value(told[0].group("number")) != together:
                    other = shown(" + ".join(part.group("number") for part in parts) + f" {noun}")
                    yield Finding(Span(where.name, told[0].start("number"), noun_end(told[0])), values={"other": other})
                break


_TOGETHER = re.compile(
    r"(?:như vậy, |tính chung, )?(?:tổng cộng|cả thảy|tất cả|tổng số),?(?: [^\s\d,.;]+){0,8}? (?P<number>\d{1,3}(?:\.\d{3}){1,3}|\d{1,32}) (?P<noun>[^\W\d_]+)"
)
_COUNTED_BEFORE = 3  # sentences


def together(field: FiguredField) -> Iterator[Finding]:
    """Yield "Tổng cộng có 12 hồ sơ …" where the sentence that listed them, one of the three before, makes another number."""
    for index, sentence in enumerate(field.sentences):
        match = _TOGETHER.match(sentence)
        if match is None or match["noun"] in NOT_COUNTED:
            continue
        total = next((own for own in field.by_sentence[index] if own.start("number") == match.start("number")), None)
        if total is None:
            continue  # the number is no figure: "Tổng số … năm 2026 người"
        for earlier in range(index - 1, max(-1, index - 1 - _COUNTED_BEFORE), -1):
            parts = [figure for figure in field.by_sentence[earlier] if first_noun(figure) == match["noun"]]
            if len(parts) > 1:
                numbers = [value(figure["number"]) for figure in parts]
                made = {*numbers, *(sum(numbers[:last]) for last in range(2, len(numbers) + 1))}  # others may follow
                if value(match["number"]) not in made:
                    start = field.place(index)[0]
                    other = shown(" + ".join(figure["number"] for figure in parts) + f" {match['noun']}")
                    yield Finding(
                        Span(field.name, start + match.start("number"), start + noun_end(total)),
                        values={"other": other},
                    )
                break


_DONE_OF_THEM = re.compile(
    r"\b(?:giải quyết|xử lý|hoàn thành|xét xử|thi hành)(?: xong| được)? (?P<done>\d{1,6}) (?P<noun>[^\W\d_]{1,8})\b[^.;\d]{0,40}(?:, (?:trong đó|gồm)\b[^.;]{1,120})?[,;] (?:hiện )?còn (?:lại )?(?P<left>\d{1,6}) (?P=noun)\b"
)


_LEFT_OVER = 0.2  # of a total: what is done and left comes nearer than that to the total that it is told of


def done_of_them(field: FiguredField) -> Iterator[Finding]:
    """Yield "đã giải quyết 35 đơn, còn 14 đơn" where a sentence before tells of 52, and nothing of so many as these make."""
    for index, sentence in enumerate(field.sentences):
        match = _DONE_OF_THEM.search(sentence) if "còn " in sentence else None
        if match is None or not index:
            continue
        made = value(match["done"]) + value(match["left"])
        earlier = field.by_sentence[max(0, index - _COUNTED_BEFORE) : index]
        own = FIGURE.finditer(sentence, 0, match.start("done"))
        told = [value(one["number"]) for one in chain(*earlier, own) if counted_alike(first_noun(one), match["noun"])]
        near = [total for total in told if abs(total - made) <= _LEFT_OVER * total]
        if near and made not in told and all(total >= value(match["done"]) for total in near):
            start = field.place(index)[0]
            other = f"{near[-1]} {match['noun']}"
            yield Finding(Span(field.name, start + match.start("left"), start + match.end()), values={"other": other})


_OTHERS_LEFT = re.compile(r"(?P<told>(?P<left>\d{1,5}) (?P<noun>[^\W\d_]{1,8}(?: [^\W\d_]{1,8})?)) còn lại\b")
_OFF_BY = 2  # of small totals


def others_left(field: FiguredField) -> Iterator[Finding]:
    """Yield "02 bị cáo còn lại" where these and those told before them in the sentence are not as many as the only number told in
    one of the three sentences before it: "Vụ án có 5 bị cáo. … 4 bị cáo từ 2 đến 5 năm tù, 2 bị cáo còn lại …"."""
    for index, sentence in enumerate(field.sentences):
        match = (
            _OTHERS_LEFT.search(sentence) if index and " còn lại" in sentence and "trong đó" not in sentence else None
        )
        if match is None or match["noun"] in NOT_COUNTED:
            continue
        own = [
            one
            for one in field.by_sentence[index]
            if one["noun"].startswith(match["noun"]) and one.start() < match.start()
        ]
        earlier = chain(*field.by_sentence[max(0, index - _COUNTED_BEFORE) : index])
        told = {value(one["number"]) for one in earlier if one["noun"].startswith(match["noun"])}
        made = value(match["left"]) + sum(value(one["number"]) for one in own)
        whole = min(told, default=0)
        off = abs(made - whole)
        if own and len(told) == 1 and whole > value(match["left"]) and 0 < off <= max(_OFF_BY, _LEFT_OVER * whole):
            start = field.place(index)[0]
            values = {"other": f"{whole} {match['noun']}"}
            yield Finding(Span(field.name, start + match.start("told"), start + match.end("told")), values=values)


_EACH = re.compile(
    rf"\bmỗi (?P<noun>suất|phần|hộ|gia đình|em|học sinh|căn|chiếc)\b[^.;\d]{{0,70}} (?P<each>{MONEY})[^.;\d]{{0,20}}[.;]? ?\btổng (?:[^\W\d_]+ ){{1,9}}"
    rf"(?:\d{{1,4}} (?P=noun)[^.;\d]{{0,12}} )?(?P<total>{MONEY})"
)


_EACH_AFTER = re.compile(  # "trị giá 500.000 đồng/phần. Tổng trị giá quà tặng là 35 triệu đồng"
    rf"(?P<each>{MONEY})(?:/| ?mỗi | một )(?P<noun>suất|phần|hộ|gia đình|em|học sinh|căn|chiếc)\b[^.;\d]{{0,20}}[.;,]? ?\btổng (?:[^\W\d_]+ ){{1,9}}(?P<total>{MONEY})"
)


def each_of_so_many(field: FiguredField) -> Iterator[Finding]:
    """Yield a total of so much for each that makes a number the draft tells nowhere, nor as a sum: "16 suất …, 14 suất còn
    lại …. Mỗi suất 500.000 đồng, tổng cộng 18 triệu đồng"."""
    matches = (*field.find(_EACH, "mỗi ", over=1), *field.find(_EACH_AFTER, "đồng", over=1))
    for match in matches if "tổng " in field.folded else ():
        each, total = (MONEY_SUM.match(field.folded, match.start(name)) for name in ("each", "total"))
        if "gồm" in match.group() and not field.folded.endswith("giá ", 0, match.start("each")):
            continue  # "mỗi phần gồm gạo, dầu ăn và 500.000 đồng": a part of each
        told = [
            figure for figure in field.before(match.start(), _SAME_STORY) if figure["noun"].startswith(match["noun"])
        ]
        counts = [value(figure["number"]) for figure in told]
        if each and total and counts and amount(each) > 0:
            made = amount(total) / amount(each)
            if all(differ(made, count) for count in (*field.numbers, sum(counts))):
                parts = " + ".join(figure["number"] for figure in told)
                yield Finding(Span(field.name, *match.span("total")), values={"other": f"({parts}) × {match['each']}"})


_AFORESAID = re.compile(
    r"\b(?:trong|các|những) (?P<number>\d{1,5}) (?P<noun>[^\W\d_]+ [^\W\d_]+)(?: [^\W\d_]+){0,2}? (?:nói trên|kể trên|nêu trên|vừa nêu)\b"
)


def said_before(body: FiguredField) -> Iterator[Finding]:
    """Yield "trong 08 kiến nghị nói trên" where seven were told, and no eight of anything."""
    for match in body.find(_AFORESAID, "nói trên", "kể trên", "nêu trên", "vừa nêu"):
        figures = list(body.before(match.start(), _SAME_STORY))
        told = {value(figure["number"]) for figure in figures if figure["noun"].startswith(match["noun"])}
        if len(told) == 1 and value(match["number"]) not in {value(figure["number"]) for figure in figures}:
            yield Finding(
                Span(body.name, match.start("number"), match.end("noun")),
                values={"other": f"{min(told)} {match['noun']}"},
            )


_OF_SO_MUCH = re.compile(
    rf"\b(?:cả|toàn bộ|số|khối|lượng|diện tích) (?P<much>{MEASURED})(?: [^\s\d,.;]{{1,12}}){{0,3}} (?:nói trên|kể trên|nêu trên|trên|này)\b"
)


def so_much_before(body: FiguredField) -> Iterator[Finding]:
    """Yield "Cả 4.600 mét vuông rừng nói trên" where the only amount of the measure before it is another."""
    amounts = list(amounts_in(body))
    for match in body.find(_OF_SO_MUCH, " trên", " này") if amounts else ():
        start = match.start("much")
        told = AMOUNT.match(body.folded, start)
        near = [other for place, other in amounts if start - _SAME_STORY <= place + other.start() < start]
        before = {amount(other): other.group() for other in near if told and other["unit"] == told["unit"]}
        if told and len(before) == 1 and amount(told) not in before:
            yield Finding(Span(body.name, *told.span()), values={"other": next(iter(before.values()))})
