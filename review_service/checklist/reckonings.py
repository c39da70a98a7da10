"""What a reader can work out, mostly from one sentence, and finds told otherwise: months, days, averages, what is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from review_service.checklist.amounts import AMOUNT, MONEY, ROUNDING, amount
from review_service.checklist.figured import (
    FIGURE,
    NOT_COUNTED,
    NUMBER,
    ORDINALS,
    FiguredField,
    Wrong,
    first_noun,
    number_told,
    shown,
    value,
)
from review_service.checklist.findings import Finding
from review_service.text import Span

_SMALL = rf"\d{{1,2}}|{'|'.join(ORDINALS[1:])}"  # a number from two to ten, spelled out or not
_MONTHS = re.compile(
    rf"\btừ (?:đầu |giữa |cuối )?tháng (?P<first>\d{{1,2}})(?:/(?P<first_year>(?:19|20)\d\d))?(?: năm (?:19|20)\d\d)? (?:đến|tới)(?: hết)? "
    rf"(?:đầu |giữa |cuối )?tháng (?P<last>\d{{1,2}})(?:(?:/| năm )(?P<last_year>(?:19|20)\d\d))?,? "
    rf"(?:(?:tức|là|trong|suốt|ròng rã|kéo dài|vỏn vẹn|đúng|tròn|liên tục)(?: là)? ){{1,2}}(?P<told>(?P<number>{_SMALL}) tháng)\b(?!/)"
)


def months(folded: str) -> Iterator[Wrong]:
    """Yield a number of months that those from one to another are not: "từ tháng 3 đến tháng 6/2025, trong 06 tháng"."""
    for match in _MONTHS.finditer(folded):
        years = int(match["last_year"] or 0) - int(match["first_year"]) if match["first_year"] else 0
        apart = int(match["last"]) - int(match["first"]) + 12 * max(0, years)
        if apart > 0 and number_told(match["number"]) not in (apart, apart + 1):
            yield *match.span("told"), f"{match['first']} → {match['last']}"


_DAYS = re.compile(
    rf"(?<![\d/.,-])(?P<told>(?P<number>{_SMALL}) ngày),? (?:là |gồm |từ )?(?:các ngày )?\(?(?P<days>\d{{1,2}}(?:, ?\d{{1,2}}){{0,9}}(?:,? và |, ?)\d{{1,2}})(?:/|-| tháng )\d{{1,2}}(?!\d)"
)


def days(folded: str) -> Iterator[Wrong]:
    """Yield a number of days that are not so many: "trong ba ngày 10, 11, 12 và 13/3"."""
    for match in _DAYS.finditer(folded):
        listed = len(re.findall(r"\d{1,2}", match["days"]))
        if listed != number_told(match["number"]):
            yield *match.span("told"), match["days"]


_AVERAGE = re.compile(
    rf"\b(?:bình quân|trung bình)(?: mỗi| một)? (?P<each>[^\W\d_]{{1,8}})(?: [^\s\d,.;]{{1,10}}){{0,4}} (?P<told>(?P<number>{NUMBER})(?:,\d)? (?P<noun>[^\W\d_]{{1,8}}))\b"
)
_PERIODS = {"quý": {"tháng": 3}, "năm": {"tháng": 12, "quý": 4}}
_PERIOD = re.compile(r"\b(?P<period>quý|năm) [\divx]{1,4}\b")
_IN_SO_MANY = re.compile(
    r"\b(?:trong|sau|qua|suốt) (?P<number>\d{1,2}) (?P<period>tháng|tuần|ngày|năm|quý)\b(?! (?:đầu|cuối))"
)
_AVERAGED_WITHIN = 300  # code points before an average
_AVERAGED_TO = 0.08  # of an average: what is off by less may be rounded


def averages(folded: str) -> Iterator[Wrong]:
    """Yield an average that the only two numbers before it do not make: "12 Kiểm sát viên giải quyết 480 vụ, bình quân mỗi
    người 45 vụ", "quý I …, 84 vụ, trung bình mỗi tháng 32 vụ"."""
    for match in _AVERAGE.finditer(folded):
        before = [
            figure
            for figure in FIGURE.finditer(folded, max(0, match.start() - _AVERAGED_WITHIN), match.start())
            if first_noun(figure) not in NOT_COUNTED
        ]
        totals = [figure for figure in before if first_noun(figure) == match["noun"]]
        others = [figure for figure in before if first_noun(figure) != match["noun"]]
        period = _PERIOD.search(folded, max(0, match.start() - _AVERAGED_WITHIN), match.start())
        of_period = _PERIODS[period["period"]].get(match["each"]) if period else None
        in_all = _IN_SO_MANY.search(folded, max(0, match.start() - _AVERAGED_WITHIN), match.start())
        if in_all and in_all["period"] == match["each"]:
            of_period = value(in_all["number"])
        counts = [of_period] if of_period else [value(figure["number"]) for figure in others]
        if len(totals) != 1 or len(counts) != 1 or not counts[0] or not value(match["number"]):
            continue
        mean = value(totals[0]["number"]) / counts[0]
        if mean > 1 and abs(mean - value(match["number"])) > max(1.0, _AVERAGED_TO * mean):
            yield *match.span("told"), f"{totals[0]['number']} : {counts[0]}"


_AVERAGE_SUM = re.compile(
    rf"\b(?:bình quân|trung bình|tính ra)(?: mỗi| một)? (?P<each>người|em|hộ|suất|phần|gia đình|đơn vị|bị hại|vụ|căn)(?: [^\s\d,.;]{{1,10}}){{0,4}} (?P<told>{MONEY})\b"
)


def average_sums(folded: str) -> Iterator[Wrong]:
    """Yield an average sum that no sum before it makes for as many as are told before it: "63 triệu đồng do 42 đoàn viên …
    đóng, bình quân mỗi người 1,2 triệu đồng"."""
    for match in _AVERAGE_SUM.finditer(folded):
        start = max(0, match.start() - _AVERAGED_WITHIN)
        each = AMOUNT.match(folded, match.start("told"))
        sums = [one for one in AMOUNT.finditer(folded, start, match.start()) if one["unit"].endswith("đồng")]
        counts = [one for one in FIGURE.finditer(folded, start, match.start()) if first_noun(one) not in NOT_COUNTED]
        means = [amount(one) / value(count["number"]) for one in sums for count in counts if value(count["number"]) > 1]
        if each and means and all(abs(mean - amount(each)) > _AVERAGED_TO * mean for mean in means):
            yield *match.span("told"), f"{sums[-1].group()} : {counts[-1]['number']}"


_PAID = r"khắc phục|nộp lại|trả lại|trả|thu hồi|bồi thường|hoàn trả|thanh toán|nộp|giải ngân|thi hành"
_STILL = re.compile(
    rf"\b(?:{_PAID})(?: (?!\d)[^\s,.;:]{{1,12}}){{0,4}} (?P<paid>{MONEY})\b[^.;\d]{{0,30}}[,;] (?:hiện |số )?"
    rf"(?:tiền )?còn(?: (?!\d)[^\s,.;:]{{1,12}}){{0,4}} (?P<left>{MONEY})\b"
)


def still_owed(folded: str) -> Iterator[Wrong]:
    """Yield what is still owed when the sum before, less what was paid, is another: "1,2 tỷ đồng; đã khắc phục 700 triệu
    đồng, còn phải bồi thường 600 triệu đồng"."""
    for match in _STILL.finditer(folded):
        paid, left = (AMOUNT.match(folded, match.start(name)) for name in ("paid", "left"))
        before = list(AMOUNT.finditer(folded, max(0, match.start() - _OWED_WITHIN), match.start()))
        if not (paid and left and before and before[-1]["unit"].endswith("đồng")):
            continue
        more = "thêm" in match.group()  # "nộp 240 triệu đồng; … nộp thêm 75 triệu đồng, còn thiếu …"
        if more and len(before) == 1:
            continue  # of what is told before that
        whole = before[-2] if more else before[-1]
        off = abs(amount(whole) - amount(paid) - amount(left) - (amount(before[-1]) if more else 0))
        if amount(whole) > max(amount(paid), amount(left)) and off > ROUNDING * amount(whole):
            yield *match.span("left"), f"{whole.group()} - {match['paid']}"


_OUT_OF_ALL = re.compile(
    rf"\b(?:{_PAID})(?: (?!\d)[^\s,.;:]{{1,12}}){{0,4}} (?P<paid>{MONEY}) trong (?:tổng|số)(?: [^\s\d,.;]{{1,12}}){{0,6}} "
    rf"(?P<whole>{MONEY})\b[^.\d]{{0,90}}? (?P<left>{MONEY})(?= còn lại)"
)


def paid_of_all(folded: str) -> Iterator[Wrong]:
    """Yield what is left of a sum when it and what was paid do not make it: "22 triệu đồng trong tổng chi phí 35 triệu đồng;
    trả nốt 15 triệu đồng còn lại"."""
    for match in _OUT_OF_ALL.finditer(folded):
        paid, whole, left = (AMOUNT.match(folded, match.start(name)) for name in ("paid", "whole", "left"))
        if paid and whole and left and abs(amount(whole) - amount(paid) - amount(left)) > ROUNDING * amount(whole):
            yield *match.span("left"), f"{match['whole']} - {match['paid']}"


_OWED_WITHIN = 160  # code points before what was paid

_OF_SO_MANY = re.compile(
    rf"\b(?:giải quyết|xử lý|xét xử|thi hành|hoàn thành|kiểm sát|số hóa)(?: xong| được)? (?P<done>{NUMBER})(?:/| trong (?:tổng )?số )(?P<whole>{NUMBER}) (?P<noun>[^\W\d_]{{1,8}})\b(?:[^.;\d]|\d{{1,3}}(?=%)){{0,60}}[,;] "
    rf"(?:hiện )?còn (?:lại )?(?P<left>{NUMBER}) (?P=noun)\b"
)


def fractions_left(folded: str) -> Iterator[Wrong]:
    """Yield what is left of so many when it is another number: "giải quyết 45/60 đơn, còn 25 đơn"."""
    for match in _OF_SO_MANY.finditer(folded):
        if value(match["done"]) + value(match["left"]) != value(match["whole"]):
            yield match.start("left"), match.end(), f"{match['done']}/{match['whole']}"


_LEFT = re.compile(r"\b(?:còn lại|số còn lại là|còn) $")
_PARTS = 3  # at least, with what is left


def lefts(folded: str) -> Iterator[Wrong]:
    """Yield what is left when it and what was done with the others do not make the first: "thụ lý 320 vụ; đã truy tố 300 vụ,
    đình chỉ 12 vụ, còn lại 18 vụ"."""
    figures = list(FIGURE.finditer(folded))
    for index, left in enumerate(figures):
        noun = first_noun(left)
        after = folded.startswith(" còn lại", left.start("noun") + len(noun))
        before = _LEFT.search(folded, max(0, left.start() - _LEFT_WITHIN), left.start()) is not None
        if noun in NOT_COUNTED or not (after or before):
            continue
        same = [figure for figure in figures[max(0, index - _MOST) : index + 1] if first_noun(figure) == noun]
        whole, parts = same[0], [value(part["number"]) for part in same[1:]]
        between = [folded[one.end("number") : other.start()] for one, other in pairwise(same)]
        listed = all(_NEXT.search(words) and not _APART.search(words) for words in between)
        if sum(parts[:-1]) == value(whole["number"]):
            continue  # the others are the whole: what is left is of more
        received = _RECEIVED.search(folded, max(0, whole.start() - _RECEIVED_WITHIN), whole.start())
        if (
            len(parts) >= (_PARTS if before else _PARTS - 1)
            and listed
            and received
            and max(parts) < value(whole["number"]) != sum(parts)
        ):
            done = " - ".join(part["number"] for part in same[:-1])
            yield left.start("number"), left.start("noun") + len(noun), done


_LEFT_WITHIN = 18  # code points
_RECEIVED = re.compile(
    r"\b(?:thụ lý|tiếp nhận|nhận|quản lý|trong|tổng(?: số)?|phân công|giao|danh sách|gồm)\b[^.;,\d]{0,40} $"
)
_RECEIVED_WITHIN = 60  # code points before a number that say it is all there were
_MOST = 8  # figures back
_NEXT = re.compile(r"[,;]| và | nhưng ")
_APART = re.compile(r"trong đó|so với|tăng|giảm|tổng|[.:](?!\d)")

_VOTED = re.compile(
    rf"(?<![\d/.,])(?P<ayes>{NUMBER})/(?P<all>{NUMBER}) phiếu[^.;\d]{{0,30}}[,;] (?:và )?(?:có )?(?P<told>(?P<others>{NUMBER}) phiếu (?:không|chống|trắng|phản đối))\b"
)
_GAP_BETWEEN = re.compile(rf"\bchênh lệch(?: (?!\d)[^\s,.;]{{1,10}}){{0,3}} (?P<gap>{MONEY})\b")


_OF_ALL = re.compile(
    rf"(?<![\d/.,])(?<!ngày )(?<!sáng )(?<!chiều )(?<!tối )(?<!đêm )(?P<told>(?P<part>{NUMBER})/(?P<all>{NUMBER}) (?:đại biểu|đảng viên|đoàn viên|hội viên|thành viên|ủy viên|học viên|cử tri|phiếu|hộ))\b"
)
_MONTHS_OF_A_YEAR = 12  # up to which the second of two numbers may be a month


def votes(folded: str) -> Iterator[Wrong]:
    """Yield votes against that, with those for, are more than all ("46/48 phiếu đồng ý, 4 phiếu không đồng ý"), and more than all
    there are ("47/45 đại biểu")."""
    for match in _OF_ALL.finditer(folded):
        if value(match["part"]) > value(match["all"]) > _MONTHS_OF_A_YEAR:
            yield *match.span("told"), match["all"]
    for match in _VOTED.finditer(folded):
        if value(match["ayes"]) + value(match["others"]) > value(match["all"]):
            yield *match.span("told"), f"{match['ayes']}/{match['all']}"


def gaps(folded: str) -> Iterator[Wrong]:
    """Yield a difference that the only two sums before it do not make: "giá 46 triệu đồng, bán được 20 triệu đồng, chênh lệch
    36 triệu đồng"."""
    for match in _GAP_BETWEEN.finditer(folded):
        told = AMOUNT.match(folded, match.start("gap"))
        sums = [amount(one) for one in AMOUNT.finditer(folded, 0, match.start()) if one["unit"].endswith("đồng")]
        if told and len(sums) == _PAIR and abs(abs(sums[0] - sums[1]) - amount(told)) > ROUNDING * max(sums):
            yield *match.span("gap"), " - ".join(one.group() for one in AMOUNT.finditer(folded, 0, match.start()))


_PAIR = 2
_THERE_WERE = ("quản lý", "đang giam", "đầu kỳ", "kỳ trước", "cũ", "chuyển sang", "tồn")
_FLOW = re.compile(
    rf"\b(?:{'|'.join(_THERE_WERE)})\b[^.;\d]{{0,40}} (?P<before>{NUMBER}) (?P<noun>[^\W\d_]{{1,8}})\b[^\d]{{0,80}}?\b(?:nhận|tiếp nhận|thụ lý|phát sinh)(?: mới| thêm)? (?P<more>{NUMBER}) (?P=noun)\b"
    rf"[^\d]{{0,60}}?\b(?:giải quyết|chuyển|giảm|trả tự do|xong|giải quyết ra|xuất)(?: ra| đi| xong)? (?P<gone>{NUMBER}) (?P=noun)\b(?:[^\d.]|\d{{1,2}}/\d{{1,2}}/\d{{4}}){{0,160}}?\b(?:còn|hiện còn|còn lại|cuối kỳ còn)(?: lại)? (?P<told>(?P<left>{NUMBER}) (?P=noun))\b"
)
_FLOW_OVER = 4  # sentences after the one that tells what there was


def flows(field: FiguredField) -> Iterator[Finding]:
    """Yield what is left at the end when what there was, came and went makes another: "quản lý 214 người …. Tiếp nhận thêm 87
    người, giải quyết ra 73 người …; còn 238 người"."""
    for match in field.find(_FLOW, *_THERE_WERE, over=_FLOW_OVER) if "còn " in field.folded else ():
        made = value(match["before"]) + value(match["more"]) - value(match["gone"])
        if made != value(match["left"]):
            other = shown(f"{match['before']} + {match['more']} - {match['gone']}")
            yield Finding(Span(field.name, *match.span("told")), values={"other": other})


_FOUND_AMONG = re.compile(
    rf"\b(?:kiểm sát|kiểm tra|xem xét|rà soát|nghiên cứu|xác minh) (?P<whole>{NUMBER}) (?P<noun>[^\W\d_]{{1,8}} [^\W\d_]{{1,8}})\b[^.;\d]{{0,60}}, [^.;\d]{{0,60}}"
    rf"\b(?:phát hiện|thấy|xác định|ghi nhận|có) (?P<part>{NUMBER}) (?P=noun) (?:có |còn |vi phạm|chưa |bị )"
)


_SO_MANY_OF = re.compile(  # "trong 34 đơn nhận được có 37 đơn thuộc thẩm quyền"
    rf"\btrong (?:tổng số |số )?(?P<whole>{NUMBER}) (?P<noun>[^\W\d_]{{1,8}})\b[^.;,\d]{{0,50}}(?:,? (?:có|thì|đã có)|,) (?P<part>{NUMBER}) (?P=noun)\b(?! (?:khác|mới))"
)


def found_among(folded: str) -> Iterator[Wrong]:
    """Yield more faulty ones than were looked at: "Qua kiểm sát 24 hồ sơ, … phát hiện 30 hồ sơ có vi phạm"."""
    for match in (*_FOUND_AMONG.finditer(folded), *_SO_MANY_OF.finditer(folded)):
        if value(match["part"]) > value(match["whole"]):
            yield match.start("part"), match.start("part") + len(f"{match['part']} {match['noun']}"), match["whole"]
