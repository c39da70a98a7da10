"""People and units that are counted, and then listed by name: "bảy bị cáo", "Các bị cáo gồm: Trịnh Văn Út, … và …"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import chain, islice, takewhile

from review_service.checklist.figured import ORDINALS, FiguredField, first_noun, is_person, noun_end, number_told, value
from review_service.checklist.findings import Finding
from review_service.checklist.reading import Reading
from review_service.text import UPPER, Field, Sentence, Span, remembered

_NOUN = (
    r"kiểm sát viên|kiểm tra viên|thẩm phán|học viên|đoàn viên|đảng viên|bị cáo|bị can|bị hại|nạn nhân|đối tượng|người|cá nhân|đồng chí|học sinh|cán bộ|công chức|thành viên|tập thể|đơn vị|"
    r"xã, phường|xã|phường|phòng|điểm cầu"
)
_LEADS = r"(?: [^\s,.;:\d]+){0,6}?(?::| (?:gồm có|bao gồm|gồm|là|lần lượt là)(?: có)?:?)(?: |$)"
_CHARGED_WITH = r",? (?:cùng )?về (?:các |cùng )?(?:tội|hành vi) [^;:]{1,140}?,? (?:gồm có|bao gồm|gồm)(?: các bị can| các bị cáo)?:? "
_COUNTED = re.compile(rf"(?<![\d/.,:-])(?P<number>\d{{1,4}}) (?P<noun>{_NOUN})\b(?:{_LEADS}|{_CHARGED_WITH})")
_NAMED_NEXT = re.compile(  # "ba xã Kiến Bình, Nhơn Ninh, Bắc Hòa và Tân Lập"
    rf"(?:(?<![\d/.,:-])(?P<number>\d{{1,4}})|\b(?P<word>{'|'.join(ORDINALS[1:])})) (?P<noun>xã|phường|huyện|thị trấn|ấp|bị cáo|bị can|kiểm sát viên|kiểm tra viên|thẩm phán|đồng chí|anh|chị|ông|bà|em)(?= )"
)
_ALL = re.compile(
    rf"\b(?:các|những|toàn bộ) (?P<noun>{_NOUN})(?: [^\s,.;:\d]+){{0,6}}? (?:(?:gồm có|bao gồm|gồm)(?: có)?:?|là(?=:| các| đồng chí):?)(?: các)?(?: (?=đồng chí)| |$)"
)
_OFFICE = (
    r"(?:[Kk]iểm sát viên|[Kk]iểm tra viên|[Đđ]iều tra viên|[Tt]hẩm phán|[Cc]hấp hành viên|kế toán|văn thư|chuyên viên|công chức|"
    r"(?:Phó )?Viện trưởng|(?:Phó )?Trưởng phòng|(?:Phó )?Chánh Văn phòng)(?: (?:cao|trung|sơ) cấp)?"
)
_NAME = (
    rf"(?:(?:[Cc]ác )?(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Ee]m|[Cc]háu|đồng chí|xã|phường|thị trấn|huyện|{_OFFICE}) )?"
    rf"[{UPPER}][\w.]*(?: (?:và [{UPPER}]\w* \d|khu vực|huyện|tỉnh|thị xã|thành phố|nhân dân|kiểm sát|án|[–-])| [{UPPER}\d][\w.]*){{1,6}}"
)
_ONE_NAME = re.compile(_NAME)
_ASIDE = re.compile(r"\([^()\n]{1,80}\)")
_LAST = re.compile(r"(?:,? và|,? cùng) ")
_TWO = 2  # names, that may be one with a "và" in it
_MOST = 30  # names
_LONGEST = 1_200  # code points of a list
_NEAR = 400  # code points before a list within which its number may stand


def listed(field: Field, told: FiguredField, heads: list[FiguredField]) -> Iterator[Finding]:
    """Yield the numbers of people or units, in the text before them or else in title or summary, that the names listed do not
    make."""
    for sentence, folded in zip(field.sentences, told.sentences, strict=True):
        for start, end, number, names_start in _counted(folded):
            names = _names(field, sentence.start + names_start)
            if names and len(names) != number:
                yield Finding(sentence.span(start, end), values={"other": ", ".join(names)})
        for start, noun, names_start in _all_counted(folded):
            names = _names(field, sentence.start + names_start)
            for where in (told, *heads) if names else ():
                near = (
                    told.before(sentence.start + start, _NEAR) if where is told else where.within(0, len(where.folded))
                )
                before = [figure for figure in near if _are_they(figure, noun)]
                if len({value(figure["number"]) for figure in before}) == 1:
                    span = Span(where.name, before[0].start("number"), noun_end(before[0]))
                    if value(before[0]["number"]) != len(names):
                        yield Finding(span, values={"other": ", ".join(names)})
                    break


def named_next(field: Field, told: FiguredField, heads: list[FiguredField]) -> Iterator[Finding]:
    """Yield the number of those whose names follow it at once when it is another ("ba xã Kiến Bình, Nhơn Ninh, Bắc Hòa và Tân
    Lập"), and the number of accused in title or summary when those named make another."""
    for sentence, folded in zip(field.sentences, told.sentences, strict=True):
        for match in _named_next(folded):
            names = _names(field, sentence.start + match.end() + 1)
            if len(names) <= _TWO or not all(word.istitle() for word in " ".join(names).split()):
                continue
            number = number_told(match["word"] or match["number"])
            if number != len(names):
                yield Finding(sentence.span(match.start(), match.end("noun")), values={"other": ", ".join(names)})
            before = told.folded[: sentence.start + match.start()]
            all_of_them = match["noun"] in _ACCUSED and "phạt" not in before  # others may be sentenced there
            for head in heads if all_of_them else ():
                for figure in head.within(0, len(head.folded)):
                    if figure["noun"].startswith(match["noun"]) and value(figure["number"]) not in {
                        number,
                        *told.people,
                    }:
                        span = Span(head.name, figure.start("number"), noun_end(figure))
                        yield Finding(span, values={"other": ", ".join(names)})


@remembered
def _named_next(folded: str) -> tuple[re.Match[str], ...]:
    """Return the numbers of a sentence that names may follow at once."""
    return tuple(_NAMED_NEXT.finditer(folded)) if " và " in folded else ()


def _are_they(figure: re.Match[str], noun: str) -> bool:
    """Whether a figure counts those listed: the same noun, or people by their office ("ba Kiểm sát viên", "những người")."""
    return figure["noun"].startswith(noun) or (noun in _ANYBODY and is_person(figure))


_ANYBODY = ("người", "cá nhân", "đồng chí", "cán bộ")


@remembered
def _counted(folded: str) -> tuple[tuple[int, int, int, int], ...]:
    """Return the counts of a sentence that a list may follow: span, number, and where the list begins."""
    if not any(lead in folded for lead in ("gồm", ":", " là ")):
        return ()
    matches = _COUNTED.finditer(folded)
    return tuple((match.start("number"), match.end("noun"), int(match["number"]), match.end()) for match in matches)


@remembered
def _all_counted(folded: str) -> tuple[tuple[int, str, int], ...]:
    """Return where "các bị cáo gồm" stands in a sentence, who they are, and where the list begins."""
    if "gồm" not in folded and " là" not in folded:
        return ()
    return tuple((match.start(), match["noun"], match.end()) for match in _ALL.finditer(folded))


def _names(field: Field, start: int) -> list[str]:
    """Return the names of a list that begins at `start` and is whole: commas between them, "và" before the last; else none."""
    end = field.sentence_at(start + 1).end  # a list may begin on the next line
    text = _ASIDE.sub("", field.standard[start : min(end, start + _LONGEST)]).strip()
    for last in _LAST.finditer(text):
        names = [name.strip() for name in text[: last.start()].split(",")]
        following = _ONE_NAME.match(text, last.end())
        if following and len(names) < _MOST and all(_ONE_NAME.fullmatch(name) for name in names):
            return [*names, following.group().rstrip(".")]
    return []


_CHARGED = re.compile(
    r"\b(?:khởi tố|bắt tạm giam|tạm giam|truy tố)(?: (?:các |những )?bị can)?(?:,? [^.;,\d“”]{0,40})? đối với(?: các bị can)?:? |"
    r"\btruy tố (?:các |những )?(?:bị can|bị cáo)(?: gồm)?:? |"
    r"\bxét xử(?: sơ thẩm| phúc thẩm| lưu động| công khai| vụ án)*(?: đối với)? (?:các |những )bị cáo(?: gồm)?:? "
)
_CHARGED_NUMBER = re.compile(
    r"(?<![\d/.,:-])(?P<number>\d{1,4}) (?:bị can|bị cáo|đối tượng|người bị (?:khởi tố|truy tố|tạm giam))\b"
)


def charged_by_name(field: Field, told: FiguredField, heads: list[FiguredField]) -> Iterator[Finding]:
    """Yield the number of accused in a title or summary that those charged by name are not, and no other is told."""
    announced = [(head, match) for head in heads for match in _CHARGED_NUMBER.finditer(head.folded)]
    lists = (_names(field, charged.end()) for charged in _CHARGED.finditer(told.folded)) if announced else ()
    names = next((names for names in lists if len(names) > 1), [])
    for head, match in announced if names else ():
        if value(match["number"]) != len(names) and value(match["number"]) not in told.people:
            yield Finding(Span(head.name, *match.span()), values={"other": ", ".join(names)})


_ITEMS = 3  # at least, for a list


def items_listed(field: Field, told: FiguredField, heads: list[FiguredField]) -> Iterator[Finding]:
    """Yield the total of a title, a summary or the paragraph before it that a list in the text, an item a paragraph, does not
    add up to."""
    if ":\n" not in field.text:
        return
    for noun, numbers, start in _itemized(field, told):
        leads_up = [(told, figure) for figure in told.within(max(0, start - _NEAR), start)][-_LEADS_UP:]
        announced = [(head, figure) for head in heads for figure in head.within(0, len(head.folded))]
        for where, figure in (*leads_up, *announced):
            known = {sum(numbers)}
            if where is not told:
                known |= told.by_noun.get(first_noun(figure), set())  # those of its items are among them
            changed = where.folded.endswith(("tăng ", "giảm "), 0, figure.start())
            if first_noun(figure) == noun and value(figure["number"]) not in known and not changed:
                end = noun_end(figure)
                other = " + ".join(map(str, numbers)) + f" {noun}"
                yield Finding(Span(where.name, figure.start("number"), end), values={"other": other})


_LEADS_UP = 2  # figures before a list that may be its total


def _itemized(field: Field, told: FiguredField) -> Iterator[tuple[str, list[int], int]]:
    """Yield the lists whose items, a paragraph each under one that ends with a colon, count one noun: it, the numbers, and
    where the list begins."""
    noun, numbers, begins = "", list[int](), 0
    for number, (start, end) in enumerate((*field.paragraphs, (0, 0))):
        figures = [figure for figure in told.within(start, end) if figure["noun"]]
        nouns = {*map(first_noun, figures)}
        if numbers and len(figures) == 1 and nouns == {noun}:
            numbers.append(value(figures[0]["number"]))
            continue
        if len(numbers) >= _ITEMS:
            yield noun, numbers, begins
        leads = number > 0 and field.text[slice(*field.paragraphs[number - 1])].rstrip().endswith(":")
        noun, numbers = (nouns.pop(), [value(figures[0]["number"])]) if leads and len(figures) == 1 else ("", [])
        begins = start


_HEADED = re.compile(
    r"[^()]{1,80} \((?P<number>\d{1,3}) (?P<noun>tập thể|cá nhân|đơn vị|đồng chí|người|phòng|hồ sơ|vụ|văn bản|giải)\):?"
)
_ITEM_ENDS = (".", ":", "!", "?", ")", "”")
_LONGEST_ITEM = 120  # code points


def counted_in_headings(field: Field, told: FiguredField, _heads: list[FiguredField]) -> Iterator[Finding]:
    """Yield the number in a heading ("Bằng khen (05 tập thể)") when the items under it, a short paragraph each, are another."""
    headings = [
        (place, match)
        for place, (start, end) in enumerate(field.paragraphs)
        if field.text.endswith((")", "):"), start, end) and (match := _HEADED.fullmatch(told.folded, start, end))
    ]
    for place, match in headings if len(headings) > 1 else ():
        items = list(takewhile(partial(_is_item, field), field.paragraphs[place + 1 :]))
        if len(items) > 1 and len(items) != value(match["number"]):
            span = Span(field.name, match.start("number"), match.end("noun"))
            yield Finding(span, values={"other": f"{len(items)} {match['noun']}"})


def _is_item(field: Field, paragraph: tuple[int, int]) -> bool:
    start, end = paragraph
    return end - start <= _LONGEST_ITEM and not field.text.endswith(_ITEM_ENDS, start, end)


_SO_MANY_ACCUSED = re.compile(
    r"(?:(?<![\d/.,:-])(?P<number>\d{1,4})|\b(?P<word>hai|ba|bốn|năm|sáu|bảy)) (?P<noun>bị cáo|bị can)(?P<left> còn lại)?\b"
)
_HIS_TERM = re.compile(r"[^.;]{0,40}?\d{1,2} (?:năm|tháng)\b")


def the_rest(reading: Reading, body: FiguredField, heads: list[FiguredField]) -> Iterator[Finding]:
    """Yield "bốn bị cáo còn lại", or "Bốn bị cáo" listed by name, where those named with their sentences before and these
    make another number than the draft tells."""
    accused = any(noun in body.folded for noun in _ACCUSED)
    for sentence, text in zip(reading.document.body.sentences, body.sentences, strict=True) if accused else ():
        match = _SO_MANY_ACCUSED.search(text) if " còn lại" in text else _SO_MANY_ACCUSED.match(text)
        named = _sentenced_before(reading, sentence, match) if match else set()
        if match is None or not named:
            continue
        numbers = _numbers_of(match["noun"], (*heads, body))
        rest = number_told(match["number"] or match["word"])
        own = 0 if match["left"] else 1  # how often the number of these themselves is among those told
        others = [number for number in islice(numbers, 3) if number != rest or numbers[number] > own]
        if len(others) == 1 and len(numbers) <= 2 and others[0] > rest and len(named) + rest != others[0]:
            yield Finding(sentence.span(*match.span()), values={"other": f"{others[0]} {match['noun']}"})


def _sentenced_before(reading: Reading, sentence: Sentence, match: re.Match[str]) -> set[str]:
    """Return the names of those whose sentences are told before the others are counted."""
    if match["left"]:
        place = sentence.start + match.start()
        before = [one for one in reading.persons_in(sentence) if one.start < place]
    else:
        listed_next = any(one.start == sentence.start + match.end() + 1 for one in reading.persons_in(sentence))
        opens = match.start() == 0 and listed_next and sentence.previous is not None
        before = reading.persons_in(sentence.previous) if opens and sentence.previous else []
    return {one.name for one in before if _HIS_TERM.match(one.field.folded, one.end)}


def _numbers_of(accused: str, fields: tuple[FiguredField, ...]) -> Counter[int]:
    """Return the numbers told of bị cáo or bị can, how often each; not those of who is left."""
    return Counter(
        value(figure["number"])
        for field in fields
        for figure in chain.from_iterable(field.by_sentence)
        if figure["noun"].startswith(accused) and "còn lại" not in figure["noun"]
    )


_CASE_HAS = re.compile(r"\bvụ án (?:này )?có (?P<number>\d{1,4}) (?P<noun>bị cáo|bị can|bị hại)\b")


def more_than_all(body: FiguredField) -> Iterator[Finding]:
    """Yield more accused or victims than the case is told to have: "Vụ án có 5 bị cáo. … tuyên phạt 6 bị cáo"."""
    told = "vụ án có" in body.folded or "vụ án này có" in body.folded
    match = _CASE_HAS.search(body.folded) if told else None
    for figure in body.within(match.end(), len(body.folded)) if match else ():
        if match and figure["noun"].startswith(match["noun"]) and value(figure["number"]) > value(match["number"]):
            other = f"{value(match['number'])} {match['noun']}"
            yield Finding(Span(body.name, figure.start("number"), noun_end(figure)), values={"other": other})


_ACCUSED = ("bị cáo", "bị can")

_ON_TRIAL = re.compile(
    r"\b(?:(?<!hội đồng )xét xử|truy tố)(?: [^\s\d.;]+){0,12}? (?P<number>(?<![\d/.,:-])\d{1,3}) bị cáo\b(?! (?:còn lại|khác|đầu))"
)
_PASSED = re.compile(r"\b(?:tuyên phạt|xử phạt|phạt|tuyên)(?: [^\s\d.;]+){0,6} (?=\d{1,3} bị cáo\b)")
_SOME_ONLY = ("còn lại", "bị cáo khác", "riêng bị cáo", "hoãn", "vắng mặt", "tạm đình chỉ", "tuyên không phạm tội")


def sentenced_of_all(body: FiguredField, heads: list[FiguredField]) -> Iterator[Finding]:
    """Yield the accused on trial when those on whom sentences are passed, each group counted, make another number: "xét xử 07 bị
    cáo. … tuyên phạt 02 bị cáo 09 tháng tù, 03 bị cáo 06 tháng tù … và phạt tiền 01 bị cáo"."""
    if "bị cáo" not in body.folded or any(words in body.folded for words in _SOME_ONLY):
        return
    groups = [
        [
            figure
            for figure in body.by_sentence[index]
            if figure["noun"].startswith("bị cáo") and figure.start() >= passed.start()
        ]
        for index, sentence in enumerate(body.sentences)
        if "bị cáo" in sentence and (passed := _PASSED.search(sentence)) is not None
    ]
    if len(groups) != 1 or len(groups[0]) < _GROUPS:
        return
    on_trial = [(field, match) for field in (*heads, body) for match in field.find(_ON_TRIAL, "xét xử", "truy tố")]
    if len({value(match["number"]) for _, match in on_trial}) != 1:
        return
    made = sum(value(figure["number"]) for figure in groups[0])
    field, match = on_trial[0]
    if made != value(match["number"]) and made not in body.people:
        other = " + ".join(figure["number"] for figure in groups[0]) + " bị cáo"
        yield Finding(Span(field.name, match.start("number"), match.end()), values={"other": other})


_GROUPS = 2  # at least
