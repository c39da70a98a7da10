"""Figures of a draft must agree (`consistency.figure`); see also `contradictions` within a sentence, `dates` and `names`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from review_service.checklist.ages import told_beside_birth, told_now, told_of_the_same, years_served
from review_service.checklist.amounts import AMOUNT, MEASURED, MONEY, MONEY_SUM, amount, differ
from review_service.checklist.casualties import all_dead
from review_service.checklist.comparisons import grown
from review_service.checklist.contradictions import contradictions
from review_service.checklist.durations import durations
from review_service.checklist.figured import (
    FIGURE,
    NOT_COUNTED,
    ORDINALS,
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
from review_service.checklist.findings import Check, Finding, Taken
from review_service.checklist.listed import (
    charged_by_name,
    items_listed,
    listed,
    more_than_all,
    sentenced_of_all,
    the_rest,
)
from review_service.checklist.over_sentences import (
    amounts_beside,
    chained_products,
    counts_of_the_next,
    groups_of_all,
    left_of_the_last,
    shares_of_land,
)
from review_service.checklist.prison_terms import terms_over_sentences
from review_service.checklist.reading import Reading
from review_service.checklist.reckonings import flows
from review_service.checklist.shares import shares_of_whole
from review_service.checklist.sums_told_twice import paid_and_left, slips
from review_service.checklist.title_and_text import between_fields, transposed_within
from review_service.text import Span, remembered


def figure(reading: Reading) -> Iterator[Finding]:
    """Title, summary and body disagree on one figure; parts do not add up; a percentage does not fit its counts."""
    told = Taken()
    wrong: dict[str, str] = {}  # figures and what they count, with the field in which each was found first
    for finding in _contradictions(reading):
        span = finding.span
        if span is None:
            continue
        words = reading.document.fields[span.field].folded[span.start : span.end].split()
        if words[0].isdigit() and wrong.setdefault(" ".join(words[:2]), span.field) != span.field:
            continue  # a total told in title and text alike: one slip
        if told.take(span):
            yield finding


def _contradictions(reading: Reading) -> Iterator[Finding]:
    """Yield what each way of looking finds, the narrowest first."""
    for field in reading.document.prose:
        for sentence in field.sentences:
            for start, end, other in contradictions(sentence.folded):
                yield Finding(sentence.span(start, end), values={"other": other})
    *heads, body = map(FiguredField, reading.document.prose)
    for told in (*heads, body):
        yield from _all_of_them(told)
        yield from _men_and_women(told)
        yield from _all_listed(told, heads)
        yield from _numbered_off(told, heads)
        yield from _each_of_so_many(told)
        yield from _together(told)
        yield from told_beside_birth(told, reading.date)
        yield from told_of_the_same(told, reading.date)
        yield from told_now(told, reading.date)
        yield from years_served(told, reading.date)
        yield from _done_of_them(told)
        yield from shares_of_whole(told)
        yield from grown(told)
        yield from counts_of_the_next(told)
        yield from left_of_the_last(told)
        yield from flows(told)
        yield from amounts_beside(told)
        yield from terms_over_sentences(told)
        yield from groups_of_all(told)
        yield from chained_products(told)
        yield from shares_of_land(told)
    heads = [head for head in heads if len(head.folded) <= _LONGEST_HEAD]
    yield from listed(reading.document.body, body, heads)
    yield from the_rest(reading, body, heads)
    yield from charged_by_name(reading.document.body, body, heads)
    yield from items_listed(reading.document.body, body, heads)
    yield from sentenced_of_all(body, heads)
    yield from _said_before(body)
    yield from _so_much_before(body)
    yield from all_dead(body, heads)
    yield from paid_and_left(body, body)
    yield from durations(body, heads)
    yield from slips(body)
    yield from transposed_within(body)
    yield from more_than_all(body)
    yield from between_fields(heads, body)


_LONGEST_HEAD = 3_000  # code points: a longer summary is none
_ALL_OF_THEM = re.compile(r"\b(?:cả|toàn bộ|tất cả) (?P<number>\d{1,32}) (?P<noun>[^\W\d_]+(?: [^\W\d_]+)?)")


def _all_of_them(field: FiguredField) -> Iterator[Finding]:
    """Yield "cả bốn người" where the people told of before are another number, and one number only."""
    for match in _ALL_OF_THEM.finditer(field.folded) if "cả " in field.folded or "toàn bộ " in field.folded else ():
        if first_noun(match) in NOT_COUNTED or field.folded.endswith(("gồm ", "chấp nhận "), 0, match.start()):
            continue  # "cả 214 m² đất"; "11 thành viên, gồm cả hai giáo viên"; "chấp nhận toàn bộ 10 vụ"
        people = is_person(match)
        before = [
            figure
            for figure in field.before(match.start(), _SAME_STORY)
            if not field.is_spelled(figure.start("number")) and _may_be_all(match, figure, people=people)
        ]
        told = value(match.group("number"))
        if len({value(figure.group("number")) for figure in before}) == 1 and value(before[0].group("number")) != told:
            yield Finding(Span(field.name, *match.span()), values={"other": shown(before[0].group("number"))})


_ACCUSED = ("bị can", "bị cáo", "đối tượng")


def _may_be_all(match: re.Match[str], figure: re.Match[str], *, people: bool) -> bool:
    """Whether a figure counts those of whom "cả …" tells: the same noun; people, but no others where these are accused."""
    if figure["noun"].startswith(match["noun"]):
        return True
    accused = [one["noun"].startswith(_ACCUSED) for one in (match, figure)]
    return people and is_person(figure) and (not accused[0] or accused[1])


_SAME_STORY = 1_000  # code points back that "all of them" may look to
_MEN_AND_WOMEN = re.compile(
    r"(?<![\d/.,:-])(?P<one>\d{1,32}) (?P<who>nam|nữ)\b(?:,| và|;)(?: (?:số )?còn lại(?: là)?)? (?P<other>\d{1,32}) (?!(?P=who))(?:nam|nữ)\b"
)


def _men_and_women(field: FiguredField) -> Iterator[Finding]:
    """Yield the number of people told before "bảy nam và năm nữ" when they are another number: the only one so far, or one
    that others told with it make up."""
    for match in _MEN_AND_WOMEN.finditer(field.folded) if " nam" in field.folded and " nữ" in field.folded else ():
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
    r"\b(?:toàn bộ|tất cả)(?: các| số| những)? (?P<noun>[^\W\d_]+ [^\W\d_]+)[^.;\d]{0,60},? (?:bao )?gồm(?: có)? (?=\d)"
)


def _all_listed(field: FiguredField, heads: list[FiguredField]) -> Iterator[Finding]:
    """Yield the total, told in the sentence before or in title or summary, that "toàn bộ hồ sơ …, gồm 31 … và 23 …" is not."""
    for index, sentence in enumerate(field.sentences):
        match = _ALL_LISTED.search(sentence) if "gồm" in sentence else None
        if match is None:
            continue
        stop = clause_end(sentence, match.end())
        parts = [part for part in field.by_sentence[index] if match.end() <= part.start() < stop]
        noun = match.group("noun")
        same = all(noun.startswith(first_noun(part)) for part in parts)
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


_ANNOUNCED = re.compile(
    r"(?<![\d/.,:-])(?P<number>0{0,3}[2-7]|\b(?:hai|ba|bốn|năm|sáu|bảy)) (?P<noun>kịch bản|thủ đoạn|nhóm|giải pháp|lý do|bước|hình thức|chiêu|cách|điều|dấu hiệu|nguyên nhân|"
    r"nội dung|vấn đề|việc|kiến nghị|lưu ý|câu hỏi|trường hợp|nhiệm vụ|tồn tại|hạn chế|vi phạm|bài học|đề xuất)\b"
)
_MARKS = (  # how the items of a list are numbered off, each way in order
    tuple(f"{ordinal} là" for ordinal in ORDINALS),
    ("thứ nhất", *(f"thứ {ordinal}" for ordinal in ("hai", "ba", "tư", "năm", "sáu", "bảy"))),
    tuple(f"({number})" for number in range(1, 8)),
    tuple(f"{letter})" for letter in "abcdđeg"),
)
_LIST_WITHIN = 2_000  # code points


def _numbered_off(field: FiguredField, heads: list[FiguredField]) -> Iterator[Finding]:
    """Yield "bốn kịch bản", told before or in title or summary, where "Một là …", "Hai là …", "Ba là …" (or (1), (2), (3))
    follow, and no fourth."""
    announced = [(head, match) for head in heads for match in _ANNOUNCED.finditer(head.folded)]
    for marks in _MARKS:
        places = _places(field.folded, marks[0]) if marks[1] in field.folded else []
        for start, following in pairwise((*places, len(field.folded))):
            before = list(_ANNOUNCED.finditer(field.folded, max(0, start - _ANNOUNCED_WITHIN), start))
            where = field
            if not before or (before[-1]["number"] in ORDINALS and before[-1]["noun"] in _VAGUE):
                where, before = (
                    (announced[0][0], [announced[0][1]]) if len(announced) == len(places) == 1 else (field, before)
                )
            number = _numbered(field.folded[start : min(start + _LIST_WITHIN, following)], marks) if before else 0
            told = before[-1]["number"] if before else ""
            if where is not field and " còn lại" in field.folded[start:]:
                continue  # the others are told together: "Bốn bài học còn lại thuộc về kỹ thuật"
            if number > 1 and (ORDINALS.index(told) + 1 if told in ORDINALS else value(told)) != number:
                other = f"{number} {before[-1]['noun']}"
                yield Finding(Span(where.name, *before[-1].span()), values={"other": other})


_VAGUE = ("việc", "điều", "nội dung", "vấn đề")  # whatever title or summary call them


def _numbered(text: str, marks: tuple[str, ...]) -> int:
    """Return how many items of a list are numbered off in order."""
    number, reached = 0, -1
    for mark in marks:
        reached = next((place for place in _places(text, mark) if place > reached), -1)
        if reached < 0:
            break
        number += 1
    return number


def _places(folded: str, mark: str) -> list[int]:
    """Return where an item's mark stands, at the head of its clause."""
    places, place = [], folded.find(mark)
    while place >= 0:
        opens = place == 0 or folded.endswith(_BEFORE_A_MARK, max(0, place - 3), place)
        end = place + len(mark)
        if opens and not folded[end : end + 1].isalnum():
            places.append(place)
        place = folded.find(mark, end)
    return places


_BEFORE_A_MARK = (". ", "; ", ": ", ", ", "! ", "? ", ".", ";", ":", "\n", "  ", "- ", "– ", "và ")


_ANNOUNCED_WITHIN = 160  # code points before "Một là"


_TOGETHER = re.compile(
    r"(?:như vậy, |tính chung, )?(?:tổng cộng|cả thảy|tất cả|tổng số),?(?: [^\s\d,.;]+){0,8}? (?P<number>\d{1,3}(?:\.\d{3}){1,3}|\d{1,32}) (?P<noun>[^\W\d_]+)"
)
_COUNTED_BEFORE = 3  # sentences


def _together(field: FiguredField) -> Iterator[Finding]:
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


def _done_of_them(field: FiguredField) -> Iterator[Finding]:
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


_EACH = re.compile(
    rf"\bmỗi (?P<noun>suất|phần|hộ|gia đình|em|học sinh|căn|chiếc)\b[^.;\d]{{0,70}} (?P<each>{MONEY})[^.;\d]{{0,20}}[.;]? ?\btổng (?:[^\W\d_]+ ){{1,9}}"
    rf"(?:\d{{1,4}} (?P=noun)[^.;\d]{{0,12}} )?(?P<total>{MONEY})"
)


_EACH_AFTER = re.compile(  # "trị giá 500.000 đồng/phần. Tổng trị giá quà tặng là 35 triệu đồng"
    rf"(?P<each>{MONEY})(?:/| ?mỗi | một )(?P<noun>suất|phần|hộ|gia đình|em|học sinh|căn|chiếc)\b[^.;\d]{{0,20}}[.;,]? ?\btổng (?:[^\W\d_]+ ){{1,9}}(?P<total>{MONEY})"
)


def _each_of_so_many(field: FiguredField) -> Iterator[Finding]:
    """Yield a total of so much for each that makes a number the draft tells nowhere, nor as a sum: "16 suất …, 14 suất còn
    lại …. Mỗi suất 500.000 đồng, tổng cộng 18 triệu đồng"."""
    told_so = "đồng" in field.folded and "tổng " in field.folded
    for match in (*_EACH.finditer(field.folded), *_EACH_AFTER.finditer(field.folded)) if told_so else ():
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


def _said_before(body: FiguredField) -> Iterator[Finding]:
    """Yield "trong 08 kiến nghị nói trên" where seven were told, and no eight of anything."""
    said = any(words in body.folded for words in ("nói trên", "kể trên", "nêu trên", "vừa nêu"))
    for match in _AFORESAID.finditer(body.folded) if said else ():
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


def _so_much_before(body: FiguredField) -> Iterator[Finding]:
    """Yield "Cả 4.600 mét vuông rừng nói trên" where the only amount of the measure before it is another."""
    for index, sentence in enumerate(body.sentences):
        for place in _so_much_of(sentence):
            start = body.place(index)[0] + place
            told = AMOUNT.match(body.folded, start)
            near = AMOUNT.finditer(body.folded, max(0, start - _SAME_STORY), start)
            before = {amount(other): other.group() for other in near if told and other["unit"] == told["unit"]}
            if told and len(before) == 1 and amount(told) not in before:
                yield Finding(Span(body.name, *told.span()), values={"other": next(iter(before.values()))})


@remembered
def _so_much_of(sentence: str) -> tuple[int, ...]:
    """Return where a sentence tells an amount of which it was told before."""
    return tuple(match.start("much") for match in _OF_SO_MUCH.finditer(sentence))


CHECKS = (Check("consistency.figure", figure),)
