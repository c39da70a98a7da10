"""Totals that a sentence tells wrongly: parts that do not add up to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from review_service.checklist.amounts import told_as_total
from review_service.checklist.figured import (
    ASIDE,
    FIGURE,
    NOT_COUNTED,
    NUMBER,
    TOTAL_WITHIN,
    Wrong,
    clause_end,
    clause_start,
    counted_alike,
    first_noun,
    in_one_list,
    is_person,
    noun_end,
    value,
)

_GIVES = ("trao", "tặng", "phát", "chia")
_PARTS = re.compile(
    rf"(?P<lead>trong đó(?: có| gồm)?|gồm(?: có)?|bao gồm(?: có)?|cụ thể(?: là)?(?: có)?|\(|:|\bcó(?= \d)|(?P<given>, (?:đã )?(?:{'|'.join(_GIVES)}))(?= \d)) ?:?"
)
GIVEN_OUT = tuple(f", {before}{gives} " for gives in _GIVES for before in ("", "đã "))
_OUT_OF = re.compile(r"\btrong (?:(?:tổng )?số )?$")  # "Trong số 40 đơn, có 25 … và 15 …"
# "09 cá nhân …, gồm 02 Chiến sĩ thi đua, 05 Lao động tiên tiến và 03 người được tặng Giấy khen": all are people.
_PEOPLE = {"cá": "người", "chiến": "người", "lao": "người"}
_MONEY = frozenset(("triệu", "tỷ", "đồng"))
_AREAS = frozenset(("m²", "m2", "ha"))
_LABEL = 2  # syllables before a part that say which it is: "nữ 18 học viên, nam 24 học viên"
_OF_A_UNIT = re.compile(
    r"(?:vksnd |tand |công an )?(?:khu vực|phòng|xã|phường|quý|tháng|cụm|khối) [^\s,;]+(?: [^\s,;]+){0,2}? có"
)
_GIVER = 12  # syllables: "trong đó công đoàn các đơn vị góp 50 triệu đồng"


def totals(folded: str) -> Iterator[Wrong]:
    """Yield totals that their parts do not add up to: "42 kháng nghị, trong đó 25 …, 12 … và 7 …"."""
    for lead in _PARTS.finditer(folded):
        stop = clause_end(folded, lead.end())
        parts = [part for part in FIGURE.finditer(folded, lead.end(), stop) if not _is_name(part)]
        total = _total_before(folded, lead.start(), parts) if parts else None
        if total is None:
            continue
        if first_noun(total) not in NOT_COUNTED:  # "08 con bò, gồm 05 con … và 04 con …, giá 365 triệu đồng"
            counted = [part for part in parts if first_noun(part) not in NOT_COUNTED]
            same = len(counted) < len(parts) and all(first_noun(part) == first_noun(total) for part in counted)
            parts = counted if same else _own_parts(folded, total, parts)
        if len(parts) == 1 and lead.group("lead").startswith("trong đó") and _exceeds(total, parts[0]):
            yield parts[0].start("number"), noun_end(parts[0]), folded[total.start("number") : noun_end(total)]
            return
        if len(parts) < 2:
            continue
        if lead.group("lead") == "có" and not _OUT_OF.search(folded[: total.start("number")]):
            continue
        alike = len(parts) > 2 and {first_noun(part) for part in parts} == {first_noun(total)}
        away = 2 * _AWAY if alike else _AWAY
        if lead.group("lead") == ":" and len(folded[noun_end(total) : lead.start()].split()) > away:
            continue  # "chỉ có sáu Kiểm sát viên nhưng đứng đầu tỉnh về …: 9 vụ, …": the colon leads up from something else
        same_noun = {first_noun(part) for part in parts} == {first_noun(total)}
        if lead["given"] and not same_noun:
            continue  # "có 30 đoàn viên tham gia, tặng 20 suất quà và 15 chiếc xe"
        reached = lead.start() - len("; ") if same_noun and folded.endswith("; ", 0, lead.start()) else lead.start()
        if _ANOTHER_CLAUSE.search(folded, total.end("number"), reached) or _other_unit(total, parts):
            continue
        if lead.group("lead").endswith("gồm") and _ANOTHER_BODY.search(folded, noun_end(total), lead.start()):
            continue
        if (
            _GREW.search(folded, max(0, total.start() - 12), total.start())
            or "còn lại" in folded[parts[-1].end() : stop]
        ):
            continue  # "tăng 08 phiên tòa, trong đó …"; "58 người, trong đó 02 …, số còn lại …"
        giver = folded[lead.end() : parts[0].start()].strip(" (:")
        several_ways = _SEVERAL_WAYS.search(folded, total.end("number"), lead.start()) is not None
        given_by = several_ways or (first_noun(total) in _MONEY and len(giver.split()) <= _GIVER)
        named = len(giver.split()) <= _LABEL or _OF_A_UNIT.fullmatch(giver) is not None
        labelled = same_noun and not lead.group("lead").startswith("có") and named
        if giver not in ("", "có", "là", "gồm") and not given_by and not labelled:
            continue
        if not in_one_list(folded, parts):
            continue
        wanted, given = value(total.group("number")), sum(value(part.group("number")) for part in parts)
        listed = lead.group("lead").startswith(("gồm", "bao gồm", "(", ":", "cụ thể"))
        complete = listed or _shares_noun(total, parts, told_as_all=lead.group("lead") == "trong đó")
        complete = complete and not lead["given"]  # not all need be given out yet
        nearly = listed or given >= _NEARLY_ALL * wanted
        all_told = lead.group("lead") == "có" or all(word in folded[lead.end() : stop] for word in _IN_CUSTODY)
        complete = complete or (all_told and given >= _ALL_BUT_A_FEW * wanted)
        if wanted == given + (len(_ONE_MORE.findall(folded, lead.end(), stop)) if is_person(total) else 0):
            continue  # "bảy người: ba người …, ba người …, một em bé …"
        if wanted < min(value(part.group("number")) for part in parts):
            continue  # "ba năm liền có trên 30 bài: 33 bài …, 41 bài … và 38 bài …": of each of them
        if given in map(value, _NUMBER.findall(folded, 0, total.start("number"))):
            continue  # "1.318 việc, gồm 402 việc cũ và 916 việc mới; trong đó 874 …, 444 …": of what was told before
        if given > wanted or (given < wanted and complete and nearly and len(parts) >= 2):
            yield total.start("number"), noun_end(total), folded[parts[0].start() : noun_end(parts[-1])]
            return


_NUMBER = re.compile(rf"(?<![\d.,/-])(?:{NUMBER})(?![\d/%-]|[.,]\d)")
_ONE_MORE = re.compile(
    r"(?:, |; | và )(?:có )?một (?:người|em|cháu|bé|bị|nạn|học|cán|công|kiểm|thẩm|thư ký|hội thẩm|luật|nhân|giáo|sinh|chủ|điều|trưởng|phó|phụ|cụ|ông|bà|đồng)"
)
_AND_THEN = re.compile(r"\b(?:sau đó|rồi|đồng thời|qua đó)\b|, (?:làm việc với|gặp|hỏi|phỏng vấn|tiếp xúc)\b")


def _own_parts(folded: str, total: re.Match[str], parts: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return the parts that make the total, without those that something else is told of after them: "17 hồ sơ, gồm 15 … và 02 …,
    sau đó gặp 04 người"."""
    own = list(takewhile(lambda part: first_noun(part) == first_noun(total), parts))
    beside = enumerate(pairwise(parts[: len(own) + 1]), 1)
    told_next = (
        place
        for place, (one, other) in beside
        if place > 1 and _AND_THEN.search(folded, one.end("number"), other.start())
    )
    before = own[: next(told_next, 0)]
    return before if sum(value(part["number"]) for part in before) == value(total["number"]) else parts


_FARTHEST = 160  # code points from a total to parts of the same noun
_SEVERAL_WAYS = re.compile(
    r"\b(?:theo|thành|làm|bằng) (?:\d{1,4}|hai|ba|bốn|năm|sáu|bảy) (?:hướng|nhóm|hình thức|cách|loại|mức|dạng)\b"
)


def _total_before(folded: str, end: int, parts: list[re.Match[str]]) -> re.Match[str] | None:
    """Return the figure that parts listed from `end` on are likely of: the nearest of their noun, else the nearest; none
    that is told aside in brackets."""
    asides = [aside.span() for aside in ASIDE.finditer(folded, max(0, end - _FARTHEST), end)]
    told = [
        figure
        for figure in FIGURE.finditer(folded, max(0, end - _FARTHEST), end)
        if not _is_name(figure)
        and first_noun(figure) not in _BECOMES
        and not any(first < figure.start() < last for first, last in asides)
    ]
    nouns = {first_noun(part) for part in parts}
    alike = [figure for figure in told if {first_noun(figure)} == nouns]
    near = [figure for figure in told if figure.start() >= end - TOTAL_WITHIN]
    return next(reversed(alike or near), None)


_BECOMES = ("tăng", "giảm", "lên", "xuống")  # "từ 140 tăng lên 265": counts nothing


_MEDALS = re.compile(
    rf"(?<![\d/.,:-])(?P<total>{NUMBER}) (?P<noun>huy chương)(?: các loại)?,? ?(?:gồm|bao gồm|trong đó(?: có)?|:|\() ?(?:có )?(?P<gold>{NUMBER}) (?:huy chương )?vàng"
    rf"(?:,? (?:và )?(?P<silver>{NUMBER}) (?:huy chương )?bạc)?(?:,? (?:và )?(?P<bronze>{NUMBER}) (?:huy chương )?đồng)?"
)


def medals(folded: str) -> Iterator[Wrong]:
    """Yield the number of medals that gold, silver and bronze do not make."""
    for match in _MEDALS.finditer(folded):
        parts = [match[name] for name in ("gold", "silver", "bronze") if match[name]]
        if len(parts) > 1 and sum(map(value, parts)) != value(match["total"]):
            yield match.start("total"), match.end("noun"), " + ".join(parts)


_PARTS_AFTER = re.compile(
    rf"(?<![\d/.,:-])(?P<total>{NUMBER}) (?P<noun>[^\W\d_]+)[^.;:\d]{{0,40}}?,? ?(?P<lead>trong đó|gồm|cụ thể|:)(?: có| là)?:? "
)
_NAMED_PART = re.compile(
    rf"(?:,? (?:và )?)?[^\d,.;:]{{2,40}}?(?:(?<=khu vực )\d{{1,2}}|(?<=phòng )\d{{1,2}}|(?<=tổ )\d{{1,2}}|(?<=cụm )\d{{1,2}})?(?P<is> là)?(?: có)? (?<!khu vực )(?<!phòng )(?<!điều )(?<!khoản )(?<!ngày )(?<!tháng )(?<!năm )(?<!số )(?<!quý )(?<!lớp )(?<!tổ )(?<!ấp )(?P<number>{NUMBER})(?! ?%|[\d/.,]\d)(?: [^\W\d_]+)?(?=,| và |[.;]|$)"
)
_NAMED_PARTS = 3  # at least
_BARE_OFF = 0.25  # of a total


def named_parts(folded: str) -> Iterator[Wrong]:
    """Yield totals that parts told by name first do not make: "512 người, trong đó người bị tạm giữ là 88, người bị tạm giam
    là 311 và phạm nhân là 123", "175 tin, cụ thể: xã Tân Biên 52, xã Thạnh Bình 41, xã Trà Vong 38 và xã Tân Lập 54"."""
    for match in _PARTS_AFTER.finditer(folded):
        parts, position, bare = [], match.end(), False
        while part := _NAMED_PART.match(folded, position):
            parts.append(part["number"])
            position, bare = part.end(), bare or not part["is"]
        wanted, given = value(match["total"]), sum(map(value, parts))
        words = folded[match.end() : position]
        whole = match["lead"] != "trong đó" or all(word in words for word in ("tạm giữ", "tạm giam", "phạm nhân"))
        if bare and abs(given - wanted) > _BARE_OFF * wanted:
            continue  # numbers that only follow a name: what misses by far counts something else
        if len(parts) >= _NAMED_PARTS and (given > wanted or (given < wanted and whole)):
            yield match.start("total"), match.end("noun"), " + ".join(parts)


_ANOTHER_BODY = re.compile(
    r", (?:ban|hội đồng|tổ|đoàn|đội) [^.;\d]{1,60} $"
)  # "Ban Chủ nhiệm gồm 9 người, Ban Kiểm tra gồm 3 …"
_ANOTHER_CLAUSE = re.compile(r"[;.](?<! [^\W\d_]\.)")  # "đất của ông N. để làm đường": an initial ends none


def _exceeds(total: re.Match[str], part: re.Match[str]) -> bool:
    """Whether a part is more than the whole: "46 tố giác, tin báo …, trong đó 52 tin"."""
    nouns = first_noun(total), first_noun(part)
    return counted_alike(*nouns) and NOT_COUNTED.isdisjoint(nouns) and value(part["number"]) > value(total["number"])


_AWAY = 8  # syllables between a total and the colon before its parts
_NAMED_BY = re.compile(
    r"\b(?:khu vực|phòng|quý|lớp|ấp|tổ|đội|thửa|quận|phường|khóa|hạng|chương|tháng|ngày|năm|tuần|điều|lần|thứ) $"
)


def _is_name(figure: re.Match[str]) -> bool:
    """Whether the number is a name: "VKSND khu vực 4 nêu khó khăn: 18 xã, …", "từ tháng 7 đến hết tháng 8, gồm …"."""
    start = figure.start("number")
    return _NAMED_BY.search(figure.string, max(0, start - 12), start) is not None


_GREW = re.compile(r"\b(?:tăng|giảm|hơn|kém)(?: thêm)? $")

_NEARLY_ALL = 0.75  # of a total: parts after "trong đó" that come to less are examples, not the whole

_IN_CUSTODY = ("bị tạm giữ", "bị tạm giam")  # who is held is one or the other
_ALL_BUT_A_FEW = 0.9  # "Trong số 117 hồ sơ … có 84 … và 31 …": meant as the whole


def _other_unit(total: re.Match[str], parts: list[re.Match[str]]) -> bool:
    """Whether total and parts count different things (vụ against bị can)."""
    counted, *nouns_of_parts = map(_kind, (total, *parts))
    nouns = set(nouns_of_parts)
    if counted in _MONEY | _AREAS and nouns == {counted}:
        return re.search(r"\d,\d", total.string[total.start() : parts[-1].end()]) is not None
    if counted in NOT_COUNTED or nouns & NOT_COUNTED:
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
        "lượt",
        "trường",
        "phiên",
        "hồ",
    }
    return counted in measures and bool(nouns & measures) and counted not in nouns


def _kind(figure: re.Match[str]) -> str:
    """Return what a figure counts: its first syllable, or "người" for people by their honours."""
    noun = first_noun(figure)
    return _PEOPLE.get(noun, noun)


def _shares_noun(total: re.Match[str], parts: list[re.Match[str]], *, told_as_all: bool) -> bool:
    """Whether the parts count what the total counts; two do when nothing ("trong đó có") says that there are others."""
    same = all(_kind(part) == _kind(total) for part in parts)
    return same and (len(parts) >= 3 or told_as_all)


_DONE_AND_LEFT = re.compile(
    rf"(?<![\d/.,:-])(?<!năm )(?P<total>{NUMBER}) (?P<noun>[^\W\d_]{{1,12}}(?: [^\W\d_]{{1,12}})?)[^.;\d]{{0,60}}?[,;] (?:trong đó |đến nay )?(?:đã |đã được )?"
    rf"(?:giải quyết|xử lý|hoàn thành|xét xử|thi hành)(?: xong| được)? (?P<done>{NUMBER})(?![\d/:%-]|[.,]\d)[^.;]{{0,50}}?[,;] (?:hiện )?còn (?:lại )?(?P<left>{NUMBER})(?![\d/.:%-])"
)


def done_and_left(folded: str) -> Iterator[Wrong]:
    """Yield totals that what was done and what is left do not add up to: "312 tin, đã giải quyết 298, còn 24"."""
    for match in _DONE_AND_LEFT.finditer(folded):
        done, left = value(match.group("done")), value(match.group("left"))
        if folded.endswith(("mới ", "thêm "), 0, match.start("total")):
            continue  # there were others before: see `reckonings.flows`
        counted = FIGURE.match(folded, match.start("done"))
        if counted and first_noun(counted) != match["noun"].split()[0]:
            continue  # "186 vụ/297 bị can, đã giải quyết 171 vụ …, còn lại 15 vụ"
        if done + left != value(match.group("total")):
            yield match.start("total"), match.end("noun"), f"{match.group('done')} + {match.group('left')}"


def _cases_and_people(cases: str, people: str) -> str:
    return rf"(?P<{cases}>{NUMBER}) (?:vụ|việc|đơn|hồ sơ)(?:(?: ?/ ?| )(?P<{people}>{NUMBER}) (?:bị can|bị cáo|người))?"


_OLD_AND_NEW = re.compile(  # what was taken over and what came in are all there is
    rf"(?<![\d/.,:-]){_cases_and_people('cases', 'people')}[^.\d]{{0,40}}\bcũ\b[^.;,\d]{{0,30}} {_cases_and_people('old', 'old_people')}"
    rf"[^.\d]{{0,20}}\bmới\b[^.;,\d]{{0,30}} {_cases_and_people('new', 'new_people')}"
)


def old_and_new(folded: str) -> Iterator[Wrong]:
    """Yield cases, or the people in them, that those taken over and those that came in do not make: "76 vụ/131 bị can; án cũ chuyển
    sang là 47 vụ/76 bị can, án mới là 29 vụ/58 bị can"; so for other things that an office has to see to."""
    for match in _OLD_AND_NEW.finditer(folded):
        for total, old, new in (("cases", "old", "new"), ("people", "old_people", "new_people")):
            if (
                match[total]
                and match[old]
                and match[new]
                and value(match[old]) + value(match[new]) != value(match[total])
            ):
                yield match.start(total), match.end(total), f"{match[old]} + {match[new]}"


_RESOLVED = re.compile(
    rf"giải quyết(?: xong| được)? (?P<total>{NUMBER}) (?P<noun>(?:tố giác|tin báo|nguồn tin|tin)\b)[^.;]{{0,60}}(?:trong đó|gồm|[:(])"
)
_OUTCOMES = 3
_OUTCOME = re.compile(rf"(?P<kind>không khởi tố|khởi tố|tạm đình chỉ) (?P<number>{NUMBER})(?![\d/.,:%-])")


def outcomes(folded: str) -> Iterator[Wrong]:
    """Yield what was resolved when its three outcomes make another number (BLTTHS Điều 147: there is no fourth)."""
    for match in _RESOLVED.finditer(folded):
        found = list(_OUTCOME.finditer(folded, match.end(), clause_end(folded, match.end())))
        kinds = {outcome["kind"]: outcome["number"] for outcome in found}
        if len(kinds) == len(found) == _OUTCOMES and sum(map(value, kinds.values())) != value(match["total"]):
            yield match.start("total"), match.end("noun"), " + ".join(kinds.values())


def sums_of_counts(folded: str) -> Iterator[Wrong]:
    """Yield a count that those listed before it do not make: "214 hồ sơ …, 96 hồ sơ …, tổng cộng 351 hồ sơ"."""
    figures = list(FIGURE.finditer(folded))
    for index, total in enumerate(figures):
        noun = first_noun(total)
        if noun in NOT_COUNTED or not told_as_total(folded, total.start()):
            continue
        before = figures[max(0, index - _MOST_LISTED) : index]
        others = [place for place, figure in enumerate(before) if first_noun(figure) != noun]
        clause = clause_start(folded, before[0].start() if before else 0, total.start())
        parts = [part for part in before[others[-1] + 1 if others else 0 :] if part.start() >= clause]
        if any("mỗi " in folded[one.end("number") : other.start()] for one, other in pairwise(parts)):
            continue  # so many of so many: they are multiplied
        if len(parts) >= 2 and in_one_list(folded, parts):
            if sum(value(part["number"]) for part in parts) != value(total["number"]):
                yield total.start("number"), noun_end(total), " + ".join(part["number"] for part in parts)
            return


_MOST_LISTED = 12  # figures before a total
