"""Figures that a draft gives twice must agree (`consistency.figure`); see also `dates` and `names`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from review_service.checklist.findings import Check, Finding
from review_service.checklist.reading import Reading
from review_service.text import Field, Span, remembered

_NUMBER = r"\d{1,3}(?:\.\d{3}){1,4}|\d{1,12}"
_FIGURE = re.compile(
    r"(?P<number>\d(?<![\d/.,:-].)(?:\d{0,2}(?:\.\d{3}){1,4}|\d{0,11}))(?![\d/.,:%-])(?: (?P<noun>[^\W\d_]+(?: [^\W\d_]+){0,3}))"
)
_PARTS = re.compile(
    r"(?P<lead>trong đó(?: có| gồm)?|gồm(?: có)?|bao gồm(?: có)?|cụ thể(?: là)?(?: có)?|\(|:|\bcó(?= \d)) ?:?"
)
_PARTS_WORDS = ("trong đó", "gồm", "cụ thể", "(", ":", "trong số", "trong tổng")
_OUT_OF = re.compile(r"\btrong (?:(?:tổng )?số )?$")  # "Trong số 40 đơn, có 25 … và 15 …"
_NOT_COUNTED = frozenset(
    "độ năm tháng ngày giờ phút tuổi quý điều khoản điểm km mét m % lần đồng triệu tỷ nghìn ngàn".split()
)


_MONEY = frozenset(("triệu", "tỷ", "đồng"))


def _value(text: str) -> int:
    return int(text.replace(".", ""))


def figure(reading: Reading) -> Iterator[Finding]:
    """Title, summary and body disagree on one figure; parts do not add up; a percentage does not fit its counts."""
    for field in reading.document.prose:
        for sentence in field.sentences:
            for start, end, other in _within_sentence(sentence.folded):
                yield Finding(sentence.span(start, end), values={"other": other})
        yield from _all_of_them(field)
    yield from _between_fields(reading)


_DIGIT = re.compile(r"\d")
_Contradiction = tuple[int, int, str]  # a figure's span in its sentence, and what it contradicts there


@remembered
def _within_sentence(folded: str) -> tuple[_Contradiction, ...]:
    """Return what a folded sentence contradicts itself in."""
    found: list[_Contradiction] = []
    if _DIGIT.search(folded) is None:
        return ()
    if any(word in folded for word in _PARTS_WORDS):
        found += _totals(folded)
    if "còn" in folded:
        found += _done_and_left(folded)
    if "%" in folded:
        found += _percentages(folded)
    if "tổng" in folded and "đồng" in folded:
        found += _sum_of_money(folded)
    return tuple(found)


def _totals(folded: str) -> Iterator[_Contradiction]:
    """Yield totals that their parts do not add up to: "42 kháng nghị, trong đó 25 …, 12 … và 7 …"."""
    for lead in _PARTS.finditer(folded):
        before = list(_FIGURE.finditer(folded, max(0, lead.start() - 80), lead.start()))
        stop = _clause_end(folded, lead.end())
        parts = list(_FIGURE.finditer(folded, lead.end(), stop))
        if not before or len(parts) < 2:
            continue
        total = before[-1]
        if lead.group("lead") == "có" and not _OUT_OF.search(folded[: total.start("number")]):
            continue
        if re.search(r"[;.]", folded[total.end("number") : lead.start()]) or _other_unit(total, parts):
            continue
        if (
            _GREW.search(folded, max(0, total.start() - 12), total.start())
            or "còn lại" in folded[parts[-1].end() : stop]
        ):
            continue  # "tăng 08 phiên tòa, trong đó …"; "58 người, trong đó 02 …, số còn lại …"
        if folded[lead.end() : parts[0].start()].strip(" (:") not in ("", "có", "là", "gồm"):
            continue
        if not all(_joined(folded[one.end("number") : other.start()]) for one, other in pairwise(parts)):
            continue
        wanted, given = _value(total.group("number")), sum(_value(part.group("number")) for part in parts)
        listed = lead.group("lead").startswith(("gồm", "bao gồm", "(", ":", "cụ thể"))
        complete = listed or _shares_noun(total, parts, told_as_all=lead.group("lead") == "trong đó")
        nearly = listed or given >= _NEARLY_ALL * wanted
        complete = complete or (lead.group("lead") == "có" and given >= _ALL_BUT_A_FEW * wanted)
        if given > wanted or (given < wanted and complete and nearly and len(parts) >= 2):
            words = " ".join(folded[parts[0].start() : _noun_end(parts[-1])].split())
            yield total.start("number"), _noun_end(total), words
            return


_GREW = re.compile(r"\b(?:tăng|giảm|hơn|kém)(?: thêm)? $")

_NEARLY_ALL = 0.75  # of a total: parts after "trong đó" that come to less are examples, not the whole

_ALL_BUT_A_FEW = 0.9  # "Trong số 117 hồ sơ … có 84 … và 31 …": meant as the whole

_CLAUSE_END = re.compile(r"[;.](?!\d)|\)")
_LONGEST_LIST = 400  # code points: beyond it, numbers are no longer parts of one total


def _clause_end(folded: str, start: int) -> int:
    match = _CLAUSE_END.search(folded, start, start + _LONGEST_LIST)
    return match.start() if match else min(len(folded), start + _LONGEST_LIST)


def _joined(between: str) -> bool:
    """Whether two parts stand in one list: a comma or "và" between them, and no second total."""
    return re.search(r",|\bvà\b|;", between) is not None and "trong đó" not in between and "tổng" not in between


def _first_noun(match: re.Match[str]) -> str:
    return match.group("noun").split()[0]


def _other_unit(total: re.Match[str], parts: list[re.Match[str]]) -> bool:
    """Whether total and parts count different things (vụ against bị can)."""
    counted = _first_noun(total)
    nouns = {_first_noun(part) for part in parts}
    if counted in _MONEY and nouns == {counted}:
        return re.search(r"\d,\d", total.string[total.start() : parts[-1].end()]) is not None
    if counted in _NOT_COUNTED or nouns & _NOT_COUNTED:
        return True
    measures = {
        "vụ",
        "bị",
        "người",
        "đơn",
        "tin",
        "kháng",
        "kiến",
        "việc",
        "cuộc",
        "bài",
        "đội",
        "tập",
        "cá",
        "lượt",
        "trường",
        "phiên",
        "hồ",
    }
    return counted in measures and bool(nouns & measures) and counted not in nouns


def _shares_noun(total: re.Match[str], parts: list[re.Match[str]], *, told_as_all: bool) -> bool:
    """Whether the parts count what the total counts; two do when nothing ("trong đó có") says that there are others."""
    same = all(_first_noun(part) == _first_noun(total) for part in parts)
    return same and (len(parts) >= 3 or told_as_all)


_DONE_AND_LEFT = re.compile(
    rf"(?<![\d/.,:-])(?<!năm )(?P<total>{_NUMBER}) (?P<noun>[^\W\d_]+(?: [^\W\d_]+)?)[^.;]{{0,60}}?[,;] (?:trong đó |đến nay )?(?:đã |đã được )?"
    rf"(?:giải quyết|xử lý|hoàn thành|xét xử|thi hành)(?: xong| được)? (?P<done>{_NUMBER})(?![\d/:%-]|[.,]\d)[^.;]{{0,50}}?[,;] (?:hiện )?còn (?:lại )?(?P<left>{_NUMBER})(?![\d/.:%-])"
)


def _done_and_left(folded: str) -> Iterator[_Contradiction]:
    """Yield totals that what was done and what is left do not add up to: "312 tin, đã giải quyết 298, còn 24"."""
    for match in _DONE_AND_LEFT.finditer(folded):
        done, left = _value(match.group("done")), _value(match.group("left"))
        if done + left != _value(match.group("total")):
            yield match.start("total"), match.end("noun"), f"{match.group('done')} + {match.group('left')}"


_SPELLED = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_ALL_OF_THEM = re.compile(r"\bcả (?P<number>\d{1,2}|" + "|".join(_SPELLED) + r") (?P<noun>[^\W\d_]+(?: [^\W\d_]+)?)")
_PEOPLE = (
    "người",
    "cá nhân",
    "đồng chí",
    "cán bộ",
    "bị can",
    "bị cáo",
    "đối tượng",
    "anh em",
    "học sinh",
    "thành viên",
)


def _all_of_them(field: Field) -> Iterator[Finding]:
    """Yield "cả bốn người" where the people told of before are another number, and one number only."""
    for match in _ALL_OF_THEM.finditer(field.folded) if "cả " in field.folded else ():
        people = match.group("noun").startswith(_PEOPLE)
        before = [
            figure
            for figure in _FIGURE.finditer(field.folded, max(0, match.start() - _SAME_STORY), match.start())
            if (people and figure.group("noun").startswith(_PEOPLE))
            or figure.group("noun").startswith(match.group("noun"))
        ]
        number = match.group("number")
        told = _SPELLED.get(number) or int(number)
        if (
            len({_value(figure.group("number")) for figure in before}) == 1
            and _value(before[0].group("number")) != told
        ):
            yield Finding(Span(field.name, *match.span()), values={"other": before[0].group("number")})


_SAME_STORY = 1_000  # code points back that "all of them" may look to


def _noun_end(match: re.Match[str]) -> int:
    """Return where the figure and the first two syllables of its noun end."""
    syllables = match.group("noun").split()[:2]
    return match.end("number") + 1 + len(" ".join(syllables))


_SHARE = re.compile(
    rf"(?<![\d/.,])(?<!tháng )(?P<part>{_NUMBER})/(?P<whole>{_NUMBER}) (?:[^\W\d_]+ ?){{1,5}}[,;]? ?\(?(?:đạt|chiếm|tỷ lệ|bằng|đạt tỷ lệ|chiếm tỷ lệ)?(?: tỷ lệ)?:? ?(?P<percent>\d{{1,9}}(?:,\d{{1,9}})?)\s?%"
)


def _percentages(folded: str) -> Iterator[_Contradiction]:
    """Yield percentages that do not fit the counts beside them, beyond rounding: "18/24 vụ, đạt 80%"."""
    for match in _SHARE.finditer(folded):
        part, whole = _value(match.group("part")), _value(match.group("whole"))
        if whole and part <= whole and abs(100 * part / whole - float(match.group("percent").replace(",", "."))) > 1.0:
            yield match.start("percent"), match.end(), f"{match.group('part')}/{match.group('whole')}"


def _counts(field: Field) -> bool:
    """Whether a field may count something, in figures or in words."""
    return _DIGIT.search(field.text) is not None or " người " in field.folded


def _between_fields(reading: Reading) -> Iterator[Finding]:
    """Yield figures of the title or summary that the body gives otherwise for the same noun."""
    heads = [field for field in reading.document.prose if field.name != "body" and _counts(field)]
    body = _figures(reading.document.body, 3) | _figures(reading.document.body) if heads else {}
    checked: set[str] = set()
    for field in heads:
        yield from _sums_of_two(field, body)
        yield from _rates(field, reading.document.body)
        yield from _lists(field, reading.document.body)
        yield from _by_act(field, reading.document.body)
        yield from _casualties(field, reading.document.body)
        yield from _gains(field, reading.document.body)
        for noun, found in (_figures(field, 3) | _figures(field)).items():
            if noun in checked or noun not in body or any(noun.startswith(f"{other} ") for other in checked):
                continue
            theirs = {number for number, _, _ in body[noun]}
            for number, start, end in found:
                if _OF_BOTH.match(field.folded, end) or _nearly(field, start, number, theirs):
                    continue
                elsewhere = noun in _COUNTED_ALONE or number not in _all_numbers(reading.document.body)
                if number not in theirs and elsewhere and len(theirs) == 1:
                    checked.add(noun)
                    yield Finding(Span(field.name, start, end), values={"other": f"{min(theirs)} {noun}"})
                    break


_COUNTED_ALONE = frozenset(("cá nhân", "tập thể"))  # no other word stands for these
_ROUNDED = re.compile(r"\b(?P<word>hơn|trên|gần|ngót|khoảng|chừng|xấp xỉ|hàng) $")
_ROUGHLY = 0.25  # how far a rounded figure may be from the exact one


def _nearly(field: Field, start: int, number: int, theirs: set[int]) -> bool:
    """Whether the figure is rounded ("hơn 40") and one of `theirs` is what it rounds, on the side that it says."""
    rounded = _ROUNDED.search(field.folded, max(0, start - 8), start)
    if rounded is None:
        return False
    least = number if rounded.group("word") in ("hơn", "trên") else number * (1 - _ROUGHLY)
    most = number if rounded.group("word") in ("gần", "ngót") else number * (1 + _ROUGHLY)
    return any(least <= other <= most for other in theirs)


_TWO_KINDS = re.compile(r"(?P<number>\d(?<!\d\d)\d{0,4}) (?P<one>tập thể)(?:,| và) (?P<other>cá nhân)\b")


def _sums_of_two(field: Field, body: dict[str, list[tuple[int, int, int]]]) -> Iterator[Finding]:
    """Yield "14 tập thể, cá nhân" where the body tells 4 of the one and 11 of the other."""
    for match in _TWO_KINDS.finditer(field.folded):
        kinds = [{number for number, _, _ in body.get(match.group(name), ())} for name in ("one", "other")]
        if all(len(numbers) == 1 for numbers in kinds) and sum(map(min, kinds)) != _value(match.group("number")):
            other = f"{min(kinds[0])} {match.group('one')}, {min(kinds[1])} {match.group('other')}"
            yield Finding(Span(field.name, *match.span()), values={"other": other})


_OF_BOTH = re.compile(
    r"(?:,| và) (?:cá nhân|tập thể|bài|bị can|người)\b"
)  # "27 tập thể, cá nhân": one sum of two kinds

_RATE = re.compile(r"(?P<percent>\d(?<!\w.)\d{0,8}(?:,\d{1,4})?) ?%")
_RATE_OF = re.compile(r"(?P<of>[^\W\d_]+ [^\W\d_]+) (?:là |lên tới |lên đến |tới |đến |từ |khoảng |hơn )?$")


_Value = TypeVar("_Value", int, str)
_Told = Mapping[str, Sequence[tuple[_Value, int, int]]]  # by what they are said of: values, each with its span


def _told_otherwise(found: _Told[_Value], body: _Told[_Value]) -> Iterator[tuple[str, _Value, int, int]]:
    """Yield what is said of the same thing otherwise in the body, which gives one value: of what, that value, the span."""
    for of, values in found.items():
        theirs = {value for value, _, _ in body.get(of, ())}
        for value, start, end in values:
            if len(theirs) == 1 and value not in theirs:
                yield of, min(theirs), start, end


def _rates(field: Field, body: Field) -> Iterator[Finding]:
    """Yield the percentages of a title or summary that the body gives otherwise, once, of the same thing."""
    for of, other, start, end in _told_otherwise(_percents(field), _percents(body)):
        yield Finding(Span(field.name, start, end), values={"other": f"{of} {other}%"})


def _percents(field: Field) -> dict[str, list[tuple[str, int, int]]]:
    """Return the percentages of a field by the two syllables they are said of: value and span."""
    table: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for match in _RATE.finditer(field.folded) if "%" in field.folded else ():
        of = _RATE_OF.search(field.folded[max(0, match.start() - 40) : match.start()])
        if of:
            table[of.group("of")].append((match.group("percent"), *match.span()))
    return table


def _lists(field: Field, body: Field) -> Iterator[Finding]:
    """Yield the totals of a title or summary that a list in the body does not add up to: "12 giải", "1 giải …, 2 giải …"."""
    for match in _FIGURE.finditer(field.folded):
        noun = _first_noun(match)
        for sentence in body.sentences if noun not in _NOT_COUNTED else ():
            parts = [part for part in _FIGURE.finditer(sentence.folded) if _first_noun(part) == noun]
            joined = all(_joined(sentence.folded[a.end("number") : b.start()]) for a, b in pairwise(parts))
            if len(parts) < 3 or not joined or "trong đó" in sentence.folded:
                continue
            values = [_value(part.group("number")) for part in parts]
            if _value(match.group("number")) not in (sum(values), *values):
                other = " + ".join(part.group("number") for part in parts) + f" {noun}"
                yield Finding(Span(field.name, match.start("number"), _noun_end(match)), values={"other": other})


def _figures(field: Field, syllables: int = 2) -> dict[str, list[tuple[int, int, int]]]:
    """Return the figures of a field by so many syllables that follow them: value and span."""
    table: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for match in _FIGURE.finditer(field.folded):
        noun = match.group("noun").split()[:syllables]
        if noun[0] in _NOT_COUNTED:
            continue
        table[" ".join(noun)].append((_value(match.group("number")), match.start("number"), _noun_end(match)))
    return table


_ACTS = (
    r"khởi tố|truy tố|xét xử|thụ lý|giải quyết|đình chỉ|tạm đình chỉ|ban hành|phê chuẩn|tiếp nhận|kiểm sát|kháng nghị|kiến nghị|"
    r"phát hiện|bắt giữ|thi hành|hòa giải|trả hồ sơ|thu hồi|tuyên truyền"
)
_ACT = re.compile(
    rf"\b(?P<act>{_ACTS})\b(?: (?!\d|{_ACTS})[^\s,.;:]+){{0,3}} (?P<number>\d(?<![\d/.,:-].)(?:\d{{0,2}}(?:\.\d{{3}}){{1,4}}|\d{{0,11}}))"
    r"(?![\d/.,:%-]) (?P<noun>vụ|bị can|bị cáo|đơn|tin|nguồn tin|kháng nghị|kiến nghị|vụ án|vụ việc|người|hồ sơ)\b"
)


def _acts(field: Field) -> dict[tuple[str, str], list[re.Match[str]]]:
    """Return the figures of a field by what was done with how many of what: ("khởi tố", "bị can")."""
    table: dict[tuple[str, str], list[re.Match[str]]] = defaultdict(list)
    for match in _ACT.finditer(field.folded):
        table[match.group("act"), match.group("noun")].append(match)
    return table


def _by_act(field: Field, body: Field) -> Iterator[Finding]:
    """Yield the figures of a title or summary that the body, where it tells the same act once, gives otherwise."""
    acts = _acts(field)
    told = _acts(body) if acts else {}
    for key, found in acts.items():
        theirs = {_value(match.group("number")) for match in told.get(key, ())}
        number = _value(found[0].group("number"))
        if len(found) == 1 and len(theirs) == 1 and number not in _all_numbers(body):
            start, end = found[0].start("number"), found[0].end("noun")
            if not _nearly(field, start, number, theirs):
                yield Finding(Span(field.name, start, end), values={"other": f"{min(theirs)} {key[1]}"})


_HURT = re.compile(
    rf"\b(?P<number>\d{{1,3}}|một|{'|'.join(_SPELLED)}) người (?:đã )?(?P<how>tử vong|thiệt mạng|chết|bị thương|mất tích)\b"
)


def _casualties(field: Field, body: Field) -> Iterator[Finding]:
    """Yield the dead or the injured of a title or summary whom the body, in figures or in words, counts otherwise."""
    for how, other, start, end in _told_otherwise(_hurt(field), _hurt(body)):
        yield Finding(Span(field.name, start, end), values={"other": f"{other} người {how}"})


def _hurt(field: Field) -> dict[str, list[tuple[int, int, int]]]:
    table: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for match in _HURT.finditer(field.folded) if "người" in field.folded else ():
        word = match.group("number")
        number = int(word) if word.isdigit() else _SPELLED.get(word, 1)
        table[match.group("how")].append((number, *match.span()))
    return table


_GAINED = re.compile(
    r"\b(?P<how>chiếm đoạt|thiệt hại|bồi thường|nộp khắc phục|thu lợi(?: bất chính)?)(?: (?!\d)[^\s,.;:]+){0,4} "
    r"(?P<number>\d(?<![\d/.,].)[\d.]{0,15}(?:,\d{1,3})?) (?P<unit>(?:triệu |tỷ |nghìn |ngàn )?đồng)\b"
)


def _gains(field: Field, body: Field) -> Iterator[Finding]:
    """Yield the sum taken, lost or paid of a title or summary that the body, which tells one such sum, gives otherwise."""
    for match in _GAINED.finditer(field.folded) if "đồng" in field.folded else ():
        told = [other for other in _GAINED.finditer(body.folded) if other.group("how") == match.group("how")]
        written = f"{match.group('number')} {match.group('unit')}"
        if len(told) != 1 or written in body.folded or _APPROXIMATE.search(field.folded, 0, match.start("number")):
            continue
        if abs(_amount(told[0]) - _amount(match)) > _ROUNDING / 4 * _amount(match):
            other = f"{told[0].group('number')} {told[0].group('unit')}"
            yield Finding(Span(field.name, match.start("number"), match.end()), values={"other": other})


_APPROXIMATE = re.compile(r"\b(?:hơn|trên|gần|ngót|khoảng|chừng|xấp xỉ|hàng) $")
_MONEY_SUM = re.compile(
    r"(?P<number>\d(?<![\d/.,].)[\d.]{0,15}(?:,\d{1,3})?) (?P<unit>(?:triệu |tỷ |nghìn |ngàn )?đồng)\b"
)
_UNITS = {"đồng": 1, "nghìn đồng": 1_000, "ngàn đồng": 1_000, "triệu đồng": 1_000_000, "tỷ đồng": 1_000_000_000}
_SUM_TOLD = re.compile(r"\btổng (?:cộng|số|số tiền)(?: là| tiền là|:)? $")
_ROUNDING = 0.02  # of the sum


def _sum_of_money(folded: str) -> Iterator[_Contradiction]:
    """Yield a sum of money that the amounts listed before it do not make: "410 triệu …, 690 triệu …, tổng cộng 1,9 tỷ"."""
    found = list(_MONEY_SUM.finditer(folded))
    for index, match in enumerate(found):
        clause = max(folded.rfind(mark, 0, match.start()) for mark in ".;:")
        parts = [part for part in found[:index] if part.start() > clause]
        if len(parts) < 2 or not _SUM_TOLD.search(folded, clause + 1, match.start()):
            continue
        wanted, given = _amount(match), sum(map(_amount, parts))
        if abs(wanted - given) > _ROUNDING * wanted:
            yield *match.span(), " + ".join(part.group() for part in parts)
        return


def _amount(match: re.Match[str]) -> float:
    """Return an amount of money in đồng."""
    return float(match.group("number").rstrip(".").replace(".", "").replace(",", ".")) * _UNITS[match.group("unit")]


def _all_numbers(field: Field) -> set[int]:
    return {_value(number) for number in re.findall(rf"(?<![\d.,])(?:{_NUMBER})(?![\d,])", field.folded)}


CHECKS = (Check("consistency.figure", figure),)
