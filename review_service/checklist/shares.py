"""Shares told beside their counts: a percentage or a fraction that a part and its whole do not make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from review_service.checklist.amounts import decimal, last_digit
from review_service.checklist.figured import (
    FIGURE,
    NOT_COUNTED,
    NUMBER,
    ROUNDED_TO,
    FiguredField,
    Wrong,
    counted_alike,
    first_noun,
    is_percentage,
    shown,
    value,
)
from review_service.checklist.findings import Finding
from review_service.text import Span

_DECIMAL = r"\d{1,3}(?:\.\d{3}){0,3}(?:,\d{1,3})?"
_SHARE = re.compile(
    rf"(?<![\d/.,])(?<!tháng )(?P<part>{NUMBER})(?:/| trên(?: tổng số)? | trong(?: tổng)? số )(?P<whole>{NUMBER}) [^\W\d_]+(?: [^\W\d_]+){{0,13}}(?:(?:[,;]|[,;]? ?\() ?(?:đạt|chiếm|bằng)?(?: ?tỷ lệ)?)?:? ?(?P<percent>\d{{1,9}}(?:,\d{{1,9}})?)\s?%"
)


_SHARE_FAR = re.compile(  # "63/75 kiến nghị được trả lời, tiếp thu, đạt 92%"
    rf"(?<![\d/.,])(?<!tháng )(?P<part>{NUMBER})/(?P<whole>{NUMBER}) [^\W\d_][^.;:%()\d]{{1,80}}, (?:đạt|chiếm|bằng)(?: tỷ lệ)? (?P<percent>\d{{1,9}}(?:,\d{{1,9}})?)\s?%"
)
_SHARE_BEFORE = re.compile(
    rf"(?P<percent>\d{{1,3}}(?:,\d{{1,2}})?) ?% ?\((?P<part>{NUMBER})/(?P<whole>{NUMBER})(?: [^()\d]{{1,40}})?\)"
)
_DONE_SHARE = re.compile(
    rf"(?<![\d/.,])(?P<whole>{NUMBER}) (?P<noun>[^\W\d_]+)\b(?! (?:chỉ tiêu|năm trước))[^.;%\d]{{0,90}}? "
    rf"(?:giải quyết|xử lý|hoàn thành|xét xử|thi hành|chấp nhận|được chấp nhận|được tiếp thu|tiếp thu|truy tố|sử dụng|đăng|được đăng|đạt)(?: xong| được)? "
    rf"(?P<part>{NUMBER}) (?P=noun)\b[^.;%\d]{{0,20}},? \(?(?:đạt|chiếm|bằng)(?: tỷ lệ)?:? ?(?P<percent>\d{{1,9}}(?:,\d{{1,9}})?)\s?%(?! (?:so với|chỉ tiêu|kế hoạch|số|cùng kỳ|dự toán))"
)


def percentages(folded: str) -> Iterator[Wrong]:
    """Yield percentages that do not fit the counts beside them, beyond rounding: "18/24 vụ, đạt 80%", "50 tin, đã giải
    quyết 40 tin, đạt 85%"."""
    for match in (
        *_SHARE.finditer(folded),
        *_SHARE_FAR.finditer(folded),
        *_DONE_SHARE.finditer(folded),
        *_SHARE_BEFORE.finditer(folded),
    ):
        part, whole = value(match.group("part")), value(match.group("whole"))
        if whole and part <= whole and not is_percentage(match.group("percent"), part, whole):
            end = folded.index("%", match.end("percent")) + 1
            yield match.start("percent"), end, f"{match.group('part')}/{match.group('whole')}"


_GOT_BACK = r"thu hồi|khắc phục|bồi thường|nộp|thi hành|giải ngân|kê biên|phong tỏa|tạm giữ"
_SHARE_OF_SUM = re.compile(  # "thiệt hại 24 tỷ đồng; đã thu hồi 18,6 tỷ đồng, đạt 77,5%"
    rf"(?<![\d.,])(?P<whole>{_DECIMAL}) (?P<unit>tỷ|triệu) đồng\b[^.%\d]{{0,80}}\b(?:{_GOT_BACK})\b[^.%\d]{{0,80}} "
    rf"(?P<part>{_DECIMAL}) (?P=unit) đồng,? \(?(?:đạt|chiếm|bằng|tương đương)(?: tỷ lệ)?:? ?(?P<percent>\d{{1,3}}(?:,\d{{1,2}})?) ?%"
    r"(?=[,.;)]|$)"  # of the sum, and not of something else told after it
)


def shares_of_sums(folded: str) -> Iterator[Wrong]:
    """Yield percentages that the sums of money beside them do not make, whichever way these were rounded."""
    for match in _SHARE_OF_SUM.finditer(folded):
        part, whole, percent = map(decimal, (match["part"], match["whole"], match["percent"]))
        off, whole_off = last_digit(match["part"]), last_digit(match["whole"])
        if whole <= whole_off or part > whole:
            continue
        least, most = 100 * (part - off) / (whole + whole_off), 100 * (part + off) / (whole - whole_off)
        if not least - ROUNDED_TO <= percent <= most + ROUNDED_TO:
            yield match.start("percent"), match.end(), f"{match['part']}/{match['whole']}"


_THE_REST = re.compile(r"\bcòn lại(?: là| chiếm| có)? (?P<percent>\d{1,2}(?:,\d{1,2})?) ?%")
_PERCENT = re.compile(r"(?<![\d,.])(?P<percent>\d{1,2}(?:,\d{1,2})?) ?%")
_CHANGED = re.compile(r"\b(?:tăng|giảm|so với|lãi|thuế)\b")
_ALL, _NEARLY = 100.0, 20.0  # percentage points: what misses all by more is a share of something else


def the_rest(folded: str) -> Iterator[Wrong]:
    """Yield the percentage that is left when those before it leave another: "48% …, 37% …, còn lại 25%"."""
    for rest in _THE_REST.finditer(folded):
        near = max(0, rest.start() - _NEAR)
        clause = max(near - 1, *(folded.rfind(mark, near, rest.start()) for mark in ".;:"))
        parts = [match["percent"] for match in _PERCENT.finditer(folded, clause + 1, rest.start())]
        off = abs(sum(decimal(percent) for percent in (*parts, rest["percent"])) - _ALL)
        if parts and ROUNDED_TO < off <= _NEARLY and not _CHANGED.search(folded, clause + 1, rest.start()):
            yield rest.start("percent"), rest.end(), " + ".join(f"{percent}%" for percent in parts)


def shares_of_whole(field: FiguredField) -> Iterator[Finding]:
    """Yield the shares of a part whose whole stands before it, perhaps in the sentence before: "128 vụ trộm cắp. … có 81 vụ
    …, chiếm 53,3%", "42 vụ …. Hơn một nửa …, tức 18 người"."""
    for index, sentence in enumerate(field.sentences):
        told: list[Wrong] = []
        if "%" in sentence:
            told += _percents_of(field, index, sentence)
        if "nửa" in sentence or " phần " in sentence:
            told += _fractions_of(field, index, sentence)
            told += _fractions_told_again(field, index, sentence)
        for first, last, other in told:
            start = field.place(index)[0]
            yield Finding(Span(field.name, start + first, start + last), values={"other": shown(other)})


_WITHIN = 3  # sentences before a share in which its whole may stand
_NEAR = 400  # code points before it in its own sentence, and at the end of each of those
_IS_SHARE = re.compile(
    r"[,(] ?(?:(?:chiếm|tương đương|bằng|đạt)(?: tỷ lệ)?|tỷ lệ)(?: là)? (?P<percent>\d{1,3}(?:,\d{1,2})?) ?%"
    r"(?! (?:tổng|số|trên|trong|so với|chỉ tiêu|kế hoạch|dân số|diện tích|vốn|yêu cầu))"
)


def _told_before(field: FiguredField, index: int, sentences: int = _WITHIN) -> Iterator[re.Match[str]]:
    """Yield the figures at the end of each of the sentences before one."""
    for sentence in field.sentences[max(0, index - sentences) : index]:
        yield from FIGURE.finditer(sentence, max(0, len(sentence) - _NEAR))


_LATER_NUMBER = re.compile(rf"(?<![\d.,]){NUMBER}(?![\d%])(?! (?:{'|'.join(sorted(NOT_COUNTED))})\b)")


def _another_number(sentence: str, part: re.Match[str], share: re.Match[str]) -> bool:
    """Whether another count stands between the part and the share: then that one may be the part."""
    return _LATER_NUMBER.search(sentence, part.end("number"), share.start()) is not None


_MOST_WHOLES = 4
_ALL_OF_THEM = re.compile(r"\b(?:tất cả|toàn bộ|cả) $")
_OWN_SHARE = re.compile(r"[^.;\d]{0,60}[,(] ?(?:chiếm|tương đương|bằng|đạt)[^.;\d]{0,12} \d{1,3}(?:,\d{1,2})? ?%")


def _percents_of(field: FiguredField, index: int, sentence: str) -> Iterator[Wrong]:
    """Yield the percentages of a part that the only larger number of its noun before it does not make."""
    for share in _IS_SHARE.finditer(sentence):
        clause = max(sentence.rfind(mark, 0, share.start()) for mark in (", ", "; ", ": ", " – "))
        before = list(FIGURE.finditer(sentence, max(0, share.start() - _NEAR), share.start()))
        part = next((figure for figure in before if figure.start() > clause), None)
        own = [one for one in before if part and one.start() > clause and first_noun(one) == first_noun(part)]
        if part and len(own) > 1 and value(own[-1]["number"]) < value(part["number"]):
            part = own[-1]  # "Trong 80 bị cáo … có 12 bị cáo là …, chiếm 20%"
        if part is None or first_noun(part) in NOT_COUNTED or _another_number(sentence, part, share):
            continue
        if _ALL_OF_THEM.search(sentence, 0, part.start("number")) or (
            share["percent"] == "100" and " đều " in sentence[part.end("number") : share.start()]
        ):
            continue  # "Tất cả 11 đơn thuộc thẩm quyền đã được giải quyết, đạt 100%": of themselves
        told = [*_told_before(field, index), *(one for one in before if one.start() < part.start())]
        same = [one for one in told if counted_alike(first_noun(one), first_noun(part))]
        alike = {value(one["number"]) for one in same if not _OWN_SHARE.match(one.string, one.end("number"))}
        wholes = [whole for whole in alike if whole > value(part["number"])]
        may_be = wholes if len(wholes) < 2 else field.numbers
        fits = any(whole and is_percentage(share["percent"], value(part["number"]), whole) for whole in may_be)
        if 0 < len(wholes) <= _MOST_WHOLES and not fits:
            yield share.start("percent"), share.end(), f"{part['number']}/{min(wholes)}"


_FRACTIONS = {
    "một nửa": 1 / 2,
    "phân nửa": 1 / 2,
    "một phần ba": 1 / 3,
    "hai phần ba": 2 / 3,
    "một phần tư": 1 / 4,
    "ba phần tư": 3 / 4,
    "một phần năm": 1 / 5,
    "bốn phần năm": 4 / 5,
}
_FRACTION = re.compile(
    rf"(?P<side>\b(?:quá|hơn|trên|gần|ngót|khoảng|xấp xỉ) )?\b(?P<what>{'|'.join(_FRACTIONS)}|(?<=quá )nửa)\b[^.;()\d]{{0,60}}?"
    rf"(?:, (?:tức|cụ thể)(?: là)?|,? \() ?(?P<part>{NUMBER}) (?P<noun>[^\W\d_]+)"
)
_EXACTLY, _ABOUT = 0.02, 0.1  # how far a share may be from a fraction: told as it is, or with a word that rounds it


_ITS_PERCENT = re.compile(r"[^.;()\d]{0,24}[,;(] ?\d{1,3}(?:,\d{1,2})? ?%")  # "(220 người, 48,8%)": of what that is of
_FRACTION_AFTER = re.compile(
    rf"(?<![\d/.,])(?P<part>{NUMBER}) (?P<noun>[^\W\d_]+)[^.;()\d]{{0,60}}?(?:, tức(?: là)?|, chiếm|, bằng|,? \((?:tức |chiếm )?) ?(?P<side>(?:hơn|trên|gần|ngót|khoảng|xấp xỉ) )?(?P<what>{'|'.join(_FRACTIONS)})\b"
)


def _fractions_of(field: FiguredField, index: int, sentence: str) -> Iterator[Wrong]:
    """Yield the fractions whose part is told after them, and the only number before them is the whole."""
    for match in (*_FRACTION.finditer(sentence), *_FRACTION_AFTER.finditer(sentence)):
        near = FIGURE.finditer(sentence, max(0, match.start() - _NEAR), match.start())
        told = [*_told_before(field, index, 1), *near]
        same = [
            one for one in told if first_noun(one) == match["noun"] and value(one["number"]) >= value(match["part"])
        ]
        wholes = {value(one["number"]) for one in same or told if first_noun(one) not in NOT_COUNTED}
        if len(wholes) != 1 or min(wholes) < value(match["part"]) or _ITS_PERCENT.match(sentence, match.end()):
            continue
        share, told_share, side = (
            value(match["part"]) / min(wholes),
            _FRACTIONS.get(match["what"], 1 / 2),
            match["side"],
        )
        least = told_share - (_EXACTLY if side is None or side in ("quá ", "hơn ", "trên ") else _ABOUT)
        most = told_share + (_EXACTLY if side is None or side in ("gần ", "ngót ") else _ABOUT)
        if not least <= share <= most:
            yield match.start(), match.end("what"), f"{match['part']}/{min(wholes)}"


_FRACTION_AGAIN = re.compile(
    rf"(?P<told>(?:(?P<side>quá|hơn|trên|gần|ngót|chưa đến|chưa tới|chưa đầy|khoảng) )?(?P<what>nửa|{'|'.join(_FRACTIONS)}) (?:tổng )?số (?P<noun>[^\W\d_]{{1,8}}))\b"
    r"(?: (?:nói trên|kể trên|này|trên|đó|ấy))?(?P<of>[^.;,\d]{8,120})"
)
_MORE, _LESS = ("quá", "hơn", "trên"), ("gần", "ngót", "chưa đến", "chưa tới", "chưa đầy")


def _fractions_told_again(field: FiguredField, index: int, sentence: str) -> Iterator[Wrong]:
    """Yield the fraction that what was counted just before, in the same words, is not: "46 vụ. Trong đó 19 vụ sai về án phí …. Quá
    nửa số vụ nói trên mắc lỗi ở phần án phí"."""
    match = _FRACTION_AGAIN.search(sentence) if " số " in sentence else None
    counted = list(_told_before(field, index, 2)) if match else []
    same = [one for one in counted if match and first_noun(one) == match["noun"]]
    if match is None or len(same) < 2:
        return
    whole = max(value(one["number"]) for one in same)
    alike = _pairs(match["of"])
    clauses = ((one, _CLAUSE.match(one.string, one.end("number"))) for one in same)
    parts = {value(one["number"]) for one, clause in clauses if clause and alike & _pairs(clause[0])}
    if len(parts) != 1 or not 0 < min(parts) < whole:
        return
    share, told = min(parts) / whole, _FRACTIONS.get(match["what"], 1 / 2)
    least = told - (_EXACTLY if match["side"] in _MORE else _ABOUT)
    most = told + (_EXACTLY if match["side"] in _LESS else _ABOUT)
    if not least <= share <= (1.0 if match["side"] in _MORE and told == 1 / 2 else most):
        yield *match.span("told"), f"{min(parts)}/{whole}"


_CLAUSE = re.compile(r"[^.;,\d]{0,120}")


def _pairs(words: str) -> set[tuple[str, str]]:
    """Return the syllables that stand side by side, but for those that only join ("về án")."""
    return {pair for pair in pairwise(words.split()) if _JOINING.isdisjoint(pair)}


_JOINING = frozenset("về là có bị được của và ở tại trong do liên quan đến số vụ các những một".split())
