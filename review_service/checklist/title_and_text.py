"""Figures that a title or summary and the text tell differently."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from review_service.checklist.ages import ages_told_otherwise, years_told_otherwise
from review_service.checklist.amounts import told_as_total
from review_service.checklist.casualties import casualties
from review_service.checklist.comparisons import growth_told_otherwise
from review_service.checklist.durations import days_in_custody
from review_service.checklist.figured import (
    FIGURE,
    NOT_COUNTED,
    ONE_WORD,
    PEOPLE,
    POINTS,
    FiguredField,
    Figures,
    first_noun,
    in_one_list,
    is_person,
    joined,
    noun_end,
    rounding,
    shown,
    swapped_again,
    told_otherwise,
    value,
    with_two_swapped,
)
from review_service.checklist.findings import Finding
from review_service.checklist.prison_terms import terms_together, terms_told_otherwise
from review_service.checklist.sums_told_twice import loss_told_otherwise, paid_and_left, sums_told_otherwise
from review_service.text import Span


def between_fields(heads: list[FiguredField], body: FiguredField) -> Iterator[Finding]:
    """Yield figures of the title or summary that the body gives otherwise for the same noun."""
    heads = [head for head in heads if _MAY_COUNT.search(head.folded)]
    theirs = _figures(body, 3) | _figures(body) if heads else {}
    checked: set[str] = set()
    for field in heads:
        told_apart = [*_sums_of_two(field, theirs), *_sums_side_by_side(field, theirs)]
        for way in _TOLD_APART:
            told_apart += way(field, body)
        yield from told_apart
        yield from _by_noun(field, body, theirs, checked, [finding.span for finding in told_apart if finding.span])


_MAY_COUNT = re.compile(r"\d|\bmột\b")  # "một" stays spelled out


def _by_noun(
    field: FiguredField, body: FiguredField, theirs: Figures, checked: set[str], told_apart: list[Span]
) -> Iterator[Finding]:
    """Yield the figures of a title or summary that the body, which tells one of the noun, tells otherwise."""
    for noun, found in (_figures(field, 3) | _figures(field)).items():
        if noun in checked or noun not in theirs or any(noun.startswith(f"{other} ") for other in checked):
            continue
        for number, start, end in found:
            told = {
                other
                for other, place, _ in theirs[noun]
                if not _may_be_some(body, place, other, number, noun) and not _nearly(body, place, other, {number})
            }
            span = Span(field.name, start, end)
            both = _OF_BOTH.match(field.folded, end)
            if both and not all(body.folded.startswith(both.group(), end) for _, _, end in theirs[noun]):
                continue
            if _nearly(field, start, number, told | body.numbers) or field.folded.endswith("thêm ", 0, start):
                continue
            if any(
                0 < number - other <= _NAMED_APART and body.folded.startswith(" khác", end)
                for other, _, end in theirs[noun]
            ):
                continue  # "Đoàn Hữu Phát và 05 bị can khác" are six
            if told and _is_rounded(number, min(told)):
                continue
            if _is_point(noun) and told and abs(min(told) - number) > max(2, _NEARLY_AS_MANY * number):
                continue  # "hai nội dung được bàn nhiều nhất" of six
            elsewhere = noun in _COUNTED_ALONE or not _told_elsewhere(body, noun, number)
            if told <= field.numbers or any(map(span.overlaps, told_apart)):
                continue  # the title tells the body's figure, too, or was found wrong there already
            near = len(told) == 1 and number / _FAR_SMALLER <= min(told) <= number * _FAR_LARGER
            if number not in told and elsewhere and near:
                checked.add(noun)
                yield Finding(span, values={"other": f"{min(told)} {noun}"})
                break


def _may_be_some(body: FiguredField, start: int, told: int, total: int, noun: str) -> bool:
    """Whether a number that the body tells in a word ("hai bị cáo khai nhận") may count some of the total only."""
    if body.folded.endswith(_ALL_TOLD, 0, start) and body.is_the_first(start):
        return False  # "xét xử sơ thẩm đối với mười bị cáo": all of them
    several = noun.startswith(PEOPLE) or len(noun.split()) == 2
    listed = _LISTED_AFTER.match(body.folded, start) is not None
    return told < total and told <= ONE_WORD and several and body.is_spelled(start) and not listed


_ALL_TOLD = (
    "cả ",
    "đối với ",
    "khởi tố ",
    "truy tố ",
    "xét xử ",
    " gồm ",
    "kiến nghị ",
    "với ",
    "quy tụ ",
    "triển khai ",
    "nêu ",
    "đề ra ",
    "bắt quả tang ",
    "bắt giữ ",
    "tạm giữ ",
    "tuyên phạt ",
)
_LISTED_AFTER = re.compile(r"[^.;:,]{1,40}(?: gồm|:)")  # "Bốn tập thể được khen gồm: …": all of them


def _told_elsewhere(body: FiguredField, noun: str, number: int) -> bool:
    """Whether the body tells the number of anything alike: "năm nội dung" are neither "năm thành viên" nor "năm đơn vị"."""
    if _is_point(noun):
        return any(number in body.by_noun.get(other, ()) for other in POINTS)
    return number in body.numbers_of_things


def _is_point(noun: str) -> bool:
    return noun.split()[0] in POINTS


_NAMED_APART = 3  # people
_FAR_SMALLER = 4  # times: "420 học sinh tham gia", "12 học sinh trả lời đúng"
_FAR_LARGER = 5  # times: "chín cuộc gọi" of this broadcast, 58 of all
_COUNTED_ALONE = frozenset(("cá nhân", "tập thể"))  # no other word stands for these
_ROUGHLY = 0.25  # how far a rounded figure may be from the exact one


def _nearly(field: FiguredField, start: int, number: int, theirs: set[int]) -> bool:
    """Whether the figure is rounded ("hơn 40") and one of `theirs` is what it rounds, on the side that it says."""
    rounded = rounding(field, start)
    if rounded is None:
        return False
    least = number if rounded.group("word") in ("hơn", "trên") else number * (1 - _ROUGHLY)
    most = number if rounded.group("word") in ("gần", "ngót") else number * (1 + _ROUGHLY)
    return any(least <= other <= most for other in theirs)


_TWO_KINDS = re.compile(r"(?P<number>\d(?<!\d\d)\d{0,4}) (?P<one>tập thể)(?:,| và) (?P<other>cá nhân)\b")


def _sums_of_two(field: FiguredField, body: Figures) -> Iterator[Finding]:
    """Yield "14 tập thể, cá nhân" where the body tells 4 of the one and 11 of the other."""
    for match in _TWO_KINDS.finditer(field.folded):
        kinds = [{number for number, _, _ in body.get(match.group(name), ())} for name in ("one", "other")]
        if all(len(numbers) == 1 for numbers in kinds) and sum(map(min, kinds)) != value(match.group("number")):
            other = f"{min(kinds[0])} {match.group('one')}, {min(kinds[1])} {match.group('other')}"
            yield Finding(Span(field.name, *match.span()), values={"other": other})


def _sums_side_by_side(field: FiguredField, body: Figures) -> Iterator[Finding]:
    """Yield one of two totals told together ("14 tập thể và 62 cá nhân") that the counts in the body do not make, where as many
    counts make the other ("05 tập thể và 12 cá nhân …; 09 tập thể và 48 cá nhân …")."""
    for totals in pairwise(FIGURE.finditer(field.folded)):
        if not in_one_list(field.folded, totals):
            continue
        nouns = [" ".join(total["noun"].split()[:2]) for total in totals]
        parts = [[number for number, _, _ in body.get(noun, ())] for noun in nouns]
        told = zip(totals, nouns, parts, strict=True)
        off = [one for one in told if sum(one[2]) != value(one[0]["number"])]
        if len(off) == 1 and len(parts[0]) == len(parts[1]) > 1:
            ((total, noun, counts),) = off
            if value(total["number"]) not in counts:
                other = f"{' + '.join(map(str, counts))} {noun}"
                yield Finding(Span(field.name, total.start("number"), noun_end(total)), values={"other": other})


_OF_BOTH = re.compile(
    r"(?:,| và) (?:cá nhân|tập thể|bài|bị can|người)\b"
)  # "27 tập thể, cá nhân": one sum of two kinds

_RATE = re.compile(r"(?P<percent>\d(?<!\w.)\d{0,8}(?:,\d{1,4})?) ?%")
_RATE_OF = re.compile(r"(?P<of>[^\W\d_]{1,12} [^\W\d_]{1,12}) (?:là |lên tới |lên đến |tới |đến |từ |khoảng |hơn )?$")


def _rates(field: FiguredField, body: FiguredField) -> Iterator[Finding]:
    """Yield the percentages of a title or summary that the body gives otherwise, once, of the same thing."""
    found = _percents(field)
    for of, other, start, end in told_otherwise(found, _percents(body)) if found else ():
        if field.folded[start:end] in body.folded or _is_rounded_down(field, start, float(other.replace(",", "."))):
            continue  # "từ 180% đến 240%/năm"; "hơn 240%" of 243%
        yield Finding(Span(field.name, start, end), values={"other": f"{of} {other}%"})


_PERCENTAGE_ROUNDED_BY = 0.1  # of it


def _is_rounded_down(field: FiguredField, start: int, told: float) -> bool:
    """Whether the percentage at `start` is told with "hơn", and what the text tells is somewhat more."""
    match, word = _RATE.match(field.folded, start), rounding(field, start)
    head = float(match["percent"].replace(",", ".")) if match else 0.0
    return word is not None and word["word"] in ("hơn", "trên") and head < told <= head * (1 + _PERCENTAGE_ROUNDED_BY)


def _percents(field: FiguredField) -> dict[str, list[tuple[str, int, int]]]:
    """Return the percentages of a field by the two syllables they are said of: value and span."""
    table: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for match in _RATE.finditer(field.folded) if "%" in field.folded else ():
        of = _RATE_OF.search(field.folded[max(0, match.start() - 40) : match.start()])
        if of:
            table[of.group("of")].append((match.group("percent"), *match.span()))
    return table


def _lists(field: FiguredField, body: FiguredField) -> Iterator[Finding]:
    """Yield the totals of a title or summary that a list in the body does not add up to: "12 giải", "1 giải …, 2 giải …"."""
    for match in FIGURE.finditer(field.folded):
        noun = first_noun(match)
        told = zip(body.sentences, body.by_sentence, strict=True) if noun not in NOT_COUNTED else ()
        for sentence, figures in told:
            parts = [part for part in figures if first_noun(part) == noun]
            between = [sentence[a.end("number") : b.start()] for a, b in pairwise(parts)]
            if len(parts) < 3 or not all(map(joined, between)) or any(words in sentence for words in _OF_SOME):
                continue
            if len({";" in words for words in between}) > 1:
                continue  # "31 phiên, 15 phiên; có 14 phiên …": two lists
            values = [value(part.group("number")) for part in parts]
            if values[0] == sum(values[1:]):
                del values[0]  # the total told before its parts
            number = value(match.group("number"))
            if _nearly(field, match.start("number"), number, {*body.numbers, sum(values)}):
                continue
            if number in body.by_noun.get(noun, ()):
                continue  # the text tells so many, too; whether its lists make them is asked there
            if max(values) < number not in (sum(values), *values) and sum(values) not in field.numbers:
                other = shown(" + ".join(part.group("number") for part in parts) + f" {noun}")
                yield Finding(Span(field.name, match.start("number"), noun_end(match)), values={"other": other})


_ALL_PEOPLE = ("cá nhân", "người", "học sinh", "em học sinh", "học viên", "cán bộ", "công chức", "đại biểu")
_NEARLY_AS_MANY = 0.35  # of their number: what differs by more are other people


def _people(field: FiguredField, body: FiguredField) -> Iterator[Finding]:
    """Yield the people of a title or summary whom a list in the body, by what each of them is, or its total makes others:
    "15 cá nhân", "06 Kiểm sát viên, 05 Kiểm tra viên và 03 công chức"; "12 người", "tổng cộng 11 người"."""
    for match in FIGURE.finditer(field.folded):
        number = value(match["number"])
        if (
            not match["noun"].startswith(_ALL_PEOPLE)
            or number in body.numbers
            or rounding(field, match.start("number"))
        ):
            continue
        for told, words in _counted_people(body, match["noun"]):
            if told != number and abs(told - number) <= _NEARLY_AS_MANY * number and told not in field.numbers:
                yield Finding(Span(field.name, match.start("number"), noun_end(match)), values={"other": words})
                break


def _counted_people(body: FiguredField, noun: str) -> Iterator[tuple[int, str]]:
    """Yield how many people a list of the body makes, or its one total of those people, and in what words."""
    for sentence, figures in zip(body.sentences, body.by_sentence, strict=True):
        parts = [part for part in figures if is_person(part)]
        totals = [part for part in parts if told_as_total(sentence, part.start())]
        if totals and totals[0]["noun"].startswith(noun.split()[0]):
            yield value(totals[0]["number"]), shown(totals[0].group())
        elif (
            not totals
            and len(parts) >= _LISTED
            and not any(words in sentence for words in _OF_SOME)
            and in_one_list(sentence, parts)
        ):
            yield sum(value(part["number"]) for part in parts), shown(" + ".join(part.group() for part in parts))


_LISTED = 3  # at least, for a list
_OF_SOME = ("trong đó", "trong số này", "trong số đó")


def _figures(field: FiguredField, syllables: int = 2) -> Figures:
    """Return the figures of a field by so many syllables that follow them: value and span."""
    table: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for match in FIGURE.finditer(field.folded):
        noun = match.group("noun").split()
        if noun[0] in NOT_COUNTED:
            continue
        if noun[0] == "bản" and len(noun) > syllables:  # "mười sáu bản kiến nghị" are so many kiến nghị
            noun = noun[1:]
        if noun[:3] == ["quyết", "định", "kháng"]:
            noun = ["kháng", "nghị"]
        table[" ".join(noun[:syllables])].append((value(match.group("number")), match.start("number"), noun_end(match)))
    return table


_ACTS = (
    r"khởi tố|truy tố|xét xử|thụ lý|giải quyết|đình chỉ|tạm đình chỉ|ban hành|phê chuẩn|tiếp nhận|kiểm sát|kháng nghị|kiến nghị|"
    r"phát hiện|bắt giữ|thi hành|hòa giải|trả hồ sơ|thu hồi|tuyên truyền"
)
_ACT = re.compile(
    rf"\b(?P<act>{_ACTS})\b(?: (?!\d|{_ACTS})[^\s,.;:]+){{0,5}} (?<!cùng )(?P<number>\d(?<![\d/.,:-].)(?:\d{{0,2}}(?:\.\d{{3}}){{1,4}}|\d{{0,31}}))"
    r"(?![\d/.,:%-])(?: trong (?:tổng )?số \d{1,9})? (?P<noun>vụ|bị can|bị cáo|đơn|tin|nguồn tin|kháng nghị|kiến nghị|vụ án|vụ việc|người|hồ sơ)\b"
)


_ACTED_AGAINST = re.compile(  # "quyết định khởi tố bị can đối với năm người"
    r"\b(?P<act>khởi tố|truy tố|xét xử)\b[^,;.\d]{0,60} đối với (?P<number>\d(?<![\d/.,:-].)\d{0,31}) (?P<noun>người|bị can|bị cáo)\b"
)
_ACTED_ON = re.compile(  # "Bốn người bị khởi tố"
    r"(?P<number>\d(?<![\d/.,:-].)\d{0,31}) (?P<noun>người|bị can|bị cáo) (?:đã |vừa |cùng )?bị (?P<act>khởi tố|truy tố|xét xử|bắt giữ)\b"
)


def _acts(field: FiguredField) -> dict[tuple[str, str], list[re.Match[str]]]:
    """Return the figures of a field by what was done with how many of what: ("khởi tố", "bị can")."""
    table: dict[tuple[str, str], list[re.Match[str]]] = defaultdict(list)
    for pattern in (_ACT, _ACTED_ON, _ACTED_AGAINST):
        for match in pattern.finditer(field.folded):
            noun = match["noun"]
            table[match["act"], "người" if noun in _ACCUSED else noun].append(match)
    return table


# "Đạt và 05 bị cáo khác" are six; "năm", which is a year elsewhere, stays spelled out
_AND_OTHERS = re.compile(r"\bvà (?:(?P<number>\d{1,4})|năm) (?:bị can|bị cáo|người) khác\b")
_ACCUSED = frozenset(("bị can", "bị cáo"))  # one number of people, whatever they are called


def _by_act(field: FiguredField, body: FiguredField) -> Iterator[Finding]:
    """Yield the figures of a title or summary that the body, where it tells the same act once, gives otherwise."""
    acts = _acts(field)
    told = _acts(body) if acts else {}
    for key, found in acts.items():
        others = [match.string.startswith(" khác", match.end()) for match in told.get(key, ())]
        # "Đoàn Hữu Phát và 05 bị can khác" are six
        theirs = {value(match.group("number")) + other for match, other in zip(told.get(key, ()), others, strict=True)}
        number = value(found[0].group("number"))
        told_elsewhere = body.people if key[1] == "người" else body.numbers
        known = theirs if any(others) else theirs | told_elsewhere
        if key[1] == "người":
            known = known | {int(match["number"] or 5) + 1 for match in _AND_OTHERS.finditer(body.folded)}
        if len(found) == 1 and len(theirs) == 1 and number not in known:
            start, end = found[0].start("number"), found[0].end("noun")
            if not _nearly(field, start, number, theirs):
                yield Finding(Span(field.name, start, end), values={"other": f"{min(theirs)} {key[1]}"})


_SESSIONS = frozenset("cuộc phiên buổi lượt đợt bài kiến kháng đơn suất phần".split())
_NEARLY_SO_MANY = 0.2  # of their number


def _sessions(field: FiguredField, body: FiguredField) -> Iterator[Finding]:
    """Yield so many "cuộc", "phiên", "lượt" … of a title or summary when the body nowhere tells that number, nor two that make
    it, but as its largest of these a number near it: "17 cuộc", "19 cuộc"."""
    for match in FIGURE.finditer(field.folded):
        noun, number = first_noun(match), value(match["number"])
        theirs = body.by_noun.get(noun, set()) if noun in _SESSIONS and number not in body.numbers else set()
        most = max(theirs, default=0)
        near = 0 < abs(most - number) <= max(1, _NEARLY_SO_MANY * number) and not _is_rounded(number, most)
        made = any(one + other == number for one in theirs for other in theirs)
        if most and near and not made and most not in field.numbers and not rounding(field, match.start("number")):
            yield Finding(Span(field.name, match.start("number"), noun_end(match)), values={"other": f"{most} {noun}"})


def _is_rounded(number: int, exact: int) -> bool:
    """Whether a number is another one rounded to its noughts: 1.900 of 1.904."""
    noughts = len(str(number)) - len(str(number).rstrip("0"))
    return noughts > 1 and abs(exact - number) <= _ROUNDED_BY * number


_ROUNDED_BY = 0.025  # of a number: 12.000 is not 12.500


_SCORE = re.compile(
    r"\b(?:thắng|thua|hòa|tỷ số|kết quả|chung cuộc|chênh lệch)\b[^.;\d]{0,40} (?P<ours>\d{1,2}) ?[-–] ?(?P<theirs>\d{1,2})(?![\d/.,])"
)


_ANNIVERSARY = re.compile(
    r"(?<![\d/.,])(?P<years>\d{1,3}) năm (?:ngày )?(?P<of>thành lập|truyền thống|xây dựng và trưởng thành|giải phóng|quốc khánh|thực hiện|ngày sinh)\b"
)


_OWN_YEARS = re.compile(r"[^.;(]{0,60}\([^()]{0,12}(?:19|20)\d\d ?[-–] ?[^()]{0,12}(?:19|20)\d\d\)")


def _anniversaries(field: FiguredField, body: FiguredField) -> Iterator[Finding]:
    """Yield the years of an anniversary that the body, which tells one of the kind, tells otherwise."""
    for match in _ANNIVERSARY.finditer(field.folded):
        others = [other for other in _ANNIVERSARY.finditer(body.folded) if _founded(other) == _founded(match)]
        told = {value(other["years"]) for other in others}
        dated = any(_OWN_YEARS.match(body.folded, other.end()) for other in others)  # judged by them, in `dates`
        if len(told) == 1 and value(match["years"]) not in told and not dated:
            yield Finding(Span(field.name, *match.span()), values={"other": f"{min(told)} năm"})


def _founded(match: re.Match[str]) -> str:
    """Return what an anniversary is of: a tradition and years of growth count from the founding."""
    return "thành lập" if match["of"] in ("truyền thống", "xây dựng và trưởng thành") else match["of"]


_OUT_OF = re.compile(r"(?<![\d/.,:-])(?P<part>\d{1,4})/(?P<whole>\d{1,4}) (?P<noun>[^\W\d_]+)")


def _out_of(field: FiguredField, body: FiguredField) -> Iterator[Finding]:
    """Yield so many of so many in a title or summary when the body tells another part of that whole: "37/41 đơn", "35/41 đơn"."""
    for match in _OUT_OF.finditer(field.folded) if "/" in field.folded else ():
        told = [other for other in _OUT_OF.finditer(body.folded) if _whole(other) == _whole(match)]
        if len(told) == 1 and value(told[0]["part"]) != value(match["part"]) not in body.numbers:
            yield Finding(Span(field.name, *match.span()), values={"other": told[0].group()})


def _whole(match: re.Match[str]) -> tuple[int, str]:
    return value(match["whole"]), match["noun"]


def _scores(field: FiguredField, body: FiguredField) -> Iterator[Finding]:
    """Yield the score of a game in a title or summary that the body, which tells one score, tells otherwise."""
    heads = list(_SCORE.finditer(field.folded))
    told = {_score(match): match for match in _SCORE.finditer(body.folded)} if heads else {}
    for match in heads if len(told) == 1 else ():
        if _score(match) not in told:
            other = next(iter(told.values()))
            words = f"{other.group('ours')} - {other.group('theirs')}"
            yield Finding(Span(field.name, match.start("ours"), match.end("theirs")), values={"other": words})


def _score(match: re.Match[str]) -> frozenset[int]:
    return frozenset((int(match.group("ours")), int(match.group("theirs"))))


_CASES = frozenset(
    ("phạm", "hồ", "trường", "người", "đơn", "vụ", "việc")
)  # a prisoner, his file and his case are one number
_LARGE = 3  # digits
_TRANSPOSED_FROM = 100  # smaller numbers only where the body tells one number of the noun
_LEAST_TRANSPOSED = 12
_LEAD = 3  # syllables before a number that, the same in both, tell that one number is meant


def transposed_within(body: FiguredField) -> Iterator[Finding]:
    """Yield the later of two counts of one thing, three digits or more, that differ by two digits changed about."""
    told = ((first_noun(match), str(value(match["number"])), (start, match)) for start, match in _large_counts(body))
    for (start, match), before in swapped_again(told):
        if start == before[0][0] and "trong đó" in match.string[before[0][1].end("number") : match.start()]:
            continue  # "298 bị can, trong đó truy tố 289 bị can": one is a part of the other
        span = Span(body.name, start + match.start("number"), start + noun_end(match))
        yield Finding(span, values={"other": shown(before[0][1].group())})


def _large_counts(body: FiguredField) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the counts of three digits or more, years and articles aside, each with where its sentence begins."""
    for start, match in body.placed:
        if match.end("number") - match.start("number") < _LARGE:
            continue
        number = value(match["number"])
        is_year = match["number"].isdigit() and 1900 <= number < 2100
        is_article = match.string.endswith("điều ", 0, match.start())
        if number >= _TRANSPOSED_FROM and first_noun(match) not in NOT_COUNTED and not is_year and not is_article:
            yield start, match


def _transposed(field: FiguredField, body: FiguredField) -> Iterator[Finding]:
    """Yield a number with two of its digits changed about: "420 tin" of a year that brought 402."""
    for match in FIGURE.finditer(field.folded):
        number, noun = value(match.group("number")), first_noun(match)
        if number < _LEAST_TRANSPOSED or number in body.numbers or noun in NOT_COUNTED:
            continue
        theirs = body.by_noun.get(noun, set())
        if number < _TRANSPOSED_FROM and len(theirs) > 1:
            lead = " ".join(field.folded[: match.start()].split()[-_LEAD:])
            theirs = {other for other in theirs if lead and f"{lead} {other} " in body.folded}
        if number >= _TRANSPOSED_FROM and noun in _CASES:
            theirs = theirs.union(*(body.by_noun.get(other, ()) for other in _CASES))
        swapped = (int(digits) for digits in with_two_swapped(str(number)) if not digits.startswith("0"))
        told = next((other for other in swapped if other in theirs and other not in field.numbers), None)
        if told is not None:
            yield Finding(Span(field.name, match.start("number"), noun_end(match)), values={"other": f"{told} {noun}"})


_TOLD_APART = (  # the ways to compare a title or summary with the text that need more than a number and its noun
    *(
        _rates,
        growth_told_otherwise,
        _lists,
        _people,
        _by_act,
        _sessions,
        casualties,
        ages_told_otherwise,
        years_told_otherwise,
    ),
    *(_scores, _anniversaries, _out_of, terms_told_otherwise, terms_together, sums_told_otherwise, paid_and_left),
    *(loss_told_otherwise, _transposed, days_in_custody),
)
