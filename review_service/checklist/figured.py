"""The figures of a text: a number and the noun it counts, in digits or spelled out ("16 bản kiến nghị", "mười sáu bản")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations, pairwise
from typing import TypeVar

from review_service.text import Field, remembered
from review_service.text.numerals import numerals

NUMBER = r"\d{1,3}(?:\.\d{3}){1,4}|\d{1,32}"
FIGURE = re.compile(
    r"(?P<number>\d(?<![\d/.,:-].)(?<!năm .)(?:\d{0,2}(?:\.\d{3}){1,4}|\d{0,31}))(?![\d/.,:%-])(?: (?P<noun>[^\W\d_]+(?: [^\W\d_]+){0,3}))"
)
PEOPLE = (
    *("người", "cá nhân", "đồng chí", "cán bộ", "bị can", "bị cáo", "đối tượng", "anh em", "học sinh", "thành viên"),
    *("công chức", "phạm nhân", "đại biểu", "đảng viên", "đoàn viên", "học viên", "sinh viên", "giáo viên"),
)
Figures = dict[str, list[tuple[int, int, int]]]  # by what they count: values, each with its span
Wrong = tuple[int, int, str]  # a figure's span in its sentence, and what it contradicts there
ORDINALS = (
    "một",
    "hai",
    "ba",
    "bốn",
    "năm",
    "sáu",
    "bảy",
    "tám",
    "chín",
    "mười",
)  # as spelled out before what they count or number off
_REPORTS_OF_CRIME = frozenset(("tin", "tố", "nguồn"))  # tin báo, tố giác, nguồn tin: counted together
POINTS = frozenset("nội vấn tồn hạn yêu nhiệm lỗi".split())  # nội dung, vấn đề, tồn tại, hạn chế, yêu cầu, nhiệm vụ
TOTAL_WITHIN = 100  # code points before its parts
NOT_COUNTED = frozenset(
    "độ năm tháng ngày giờ phút tuổi quý điều khoản km mét m m² km² ha % lần đồng triệu tỷ nghìn ngàn".split()
)

# What a number of one word may count; before other words "năm" is a year and "ba" a father.
_COUNTED = re.compile(
    r" (?:bị can|bị cáo|bị hại|người|đối tượng|nạn nhân|phạm nhân|vụ|đơn|nguồn tin|tin báo|hồ sơ|kiến nghị|kháng nghị|bản|tập thể|cá nhân|"
    r"đồng chí|học sinh|cán bộ|công chức|kiểm sát viên|thành viên|đại biểu|đảng viên|đoàn viên|giải|huy chương|suất|gói|phiên|căn|chiếc|"
    r"xe|thửa|hộ|nam|nữ|phóng viên|cộng tác viên|công nhân|nhân viên|giáo viên|nhà báo|hội viên|sinh viên|phụ nữ|thanh niên|tài xế|hành khách|luật sư|thẩm phán|hội thẩm|"
    r"chuyên gia|quyết định|đơn vị|phòng|tổ|nhóm|trường hợp|lượt|cuộc|buổi|bài|đài|trường|câu lạc bộ|mô hình|chuyên mục|phần quà|điểm cầu|tủ sách|văn bản|thủ tục|vi phạm|yêu cầu|"
    r"nội dung|giải pháp|nhiệm vụ|chuyên đề|gia đình|câu hỏi|tình huống|hạn chế|tồn tại|đội|bảng|học viên|hụi viên|thí sinh|tiết mục|ý kiến|tham luận|khoản vay|lô|bao|hũ|ca)\b"
    r"(?! (?:[^\s,.;]+ ){0,2}?(?:còn lại|này|ấy|đó|kia|trên(?=[,.;:]|$| (?:đã|bị|là|đều|cùng|có|vừa|để|về)\b)|nói trên|khác|đầu|cuối)\b)"
)
_A_YEAR = re.compile(
    r"(?:\d|\b(?:trong|mỗi|hằng|hàng|cả|đầu|cuối|giữa|nửa|nhiều|vài|mấy|các|từng|sang|qua|theo|tới|đến|thứ|tháng|ngày|một|hai|ba|bốn|sáu|"
    r"bảy|tám|chín|mười|mươi|trăm|là|suốt|hết)) $"
)
_OUT_OF = re.compile(r"\b(?:một|ai|hai|ba|bốn|người) (?:trong|trên)(?: số| tổng số)? $|\b(?:thứ|lần|số|ngoài) $")


_CASES_AND_PEOPLE = re.compile(r"(?<=vụ)/(?=\d)")  # "214 vụ/341 bị can"
_COMPOUND = re.compile(r"(?<![\d.,])(\d{1,4}) tỷ (\d{1,3})(?= triệu(?: đồng)?\b) triệu")


def _in_one_unit(match: re.Match[str]) -> str:
    """Return "1 tỷ 250 triệu" as a sum in one unit, with zeros before it: same length."""
    return f"{match[1]},{int(match[2]):03d} tỷ".rjust(len(match.group()), "0")


@remembered
def in_figures(folded: str) -> str:
    """Return a folded sentence with the counts spelled out in it in digits, zeros before them: same positions."""
    folded = folded.replace(" m2", " m²").replace("vụ, việc", "vụ  việc")  # the one noun with a comma within
    folded = _CASES_AND_PEOPLE.sub(" ", folded) if "vụ/" in folded else folded
    folded = _COMPOUND.sub(_in_one_unit, folded) if " tỷ " in folded else folded
    pieces, reached = [], 0
    for numeral, start, end in numerals(folded):
        if numeral > ONE_WORD or _counts(folded, start, end):
            pieces += [folded[reached:start], str(numeral).zfill(end - start)]
            reached = end
    return "".join((*pieces, folded[reached:])) if pieces else folded


ONE_WORD = 10  # the largest number that is one word
_NEAR = 16  # code points before a number that its meaning may depend on


def _counts(folded: str, start: int, end: int) -> bool:
    """Whether a number of one word counts what follows."""
    before = folded[max(0, start - _NEAR) : start]
    is_year = folded.startswith("năm", start) and _A_YEAR.search(before) is not None
    return _COUNTED.match(folded, end) is not None and not is_year and _OUT_OF.search(before) is None


class FiguredField:
    """A field with its counts in digits: `folded`, and the same of each sentence; same positions."""

    def __init__(self, field: Field) -> None:
        self.name = field.name
        self.sentences = [in_figures(sentence.folded) for sentence in field.sentences]
        self._places = [(sentence.start, sentence.end) for sentence in field.sentences]
        self._ends = [end for _, end in self._places]
        self._written = field.folded
        pieces, reached = [], 0
        for sentence, text in zip(field.sentences, self.sentences, strict=True):
            pieces += [field.folded[reached : sentence.start], text]
            reached = sentence.end
        self.folded = "".join((*pieces, field.folded[reached:]))

    @cached_property
    def numbers(self) -> frozenset[int]:
        """All its numbers, of whatever."""
        return frozenset(value(match.group()) for match in _ANY_NUMBER.finditer(_NAMES.sub(" ", self.folded)))

    @cached_property
    def numbers_of_things(self) -> frozenset[int]:
        """All its numbers but those of points that are found, asked or proposed, of sums, terms and other measures."""
        text = _OF_POINTS.sub(" ", _OF_MEASURES.sub(" ", _NAMES.sub(" ", self.folded)))
        return frozenset(value(match.group()) for match in _ANY_NUMBER.finditer(text))

    @cached_property
    def by_noun(self) -> dict[str, set[int]]:
        """The numbers that count each noun, by its first syllable."""
        table: dict[str, set[int]] = defaultdict(set)
        for figures in self.by_sentence:
            for figure in figures:
                table[first_noun(figure)].add(value(figure.group("number")))
        return table

    @cached_property
    def people(self) -> frozenset[int]:
        """The numbers that count people or accused."""
        return frozenset().union(*(self.by_noun.get(noun, ()) for noun in ("người", "bị", "đối")))

    @cached_property
    def by_sentence(self) -> list[tuple[re.Match[str], ...]]:
        """The figures of each sentence."""
        return [_figures(sentence) for sentence in self.sentences]

    @property
    def placed(self) -> Iterator[tuple[int, re.Match[str]]]:
        """The figures of all its sentences, each with where its sentence begins."""
        for (start, _), figures in zip(self._places, self.by_sentence, strict=True):
            for figure in figures:
                yield start, figure

    def find(self, pattern: re.Pattern[str], *words: str, over: int = 0) -> Iterator[re.Match[str]]:
        """Yield the matches of `pattern`, at their places in the field, that begin in a sentence where one of `words` stands
        and end in it, or in the `over` sentences after it."""
        for index in sorted({index for word in words for index in self._holding(word)}):
            start, end = self._places[index]
            last = self._places[min(index + over, len(self._places) - 1)][1]
            yield from (one for one in pattern.finditer(self.folded, start, last) if one.start() < end)

    def _holding(self, word: str) -> Iterator[int]:
        """Yield the numbers of the sentences that a word stands in."""
        place = self.folded.find(word)
        while place >= 0:
            index = bisect_right(self._ends, place)
            start, end = self._places[index]
            within = start <= place and place + len(word) <= end
            if within:
                yield index
            place = self.folded.find(word, end if within else place + 1)

    def before(self, position: int, near: int) -> Iterator[re.Match[str]]:
        """Yield the figures that stand in the `near` code points before a position."""
        return self.within(max(0, position - near), position)

    def within(self, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield the figures between two positions."""
        return FIGURE.finditer(self.folded, start, end)

    def is_the_first(self, start: int) -> bool:
        """Whether what the figure at `start` counts is counted there for the first time."""
        return start in self._firsts

    @cached_property
    def _firsts(self) -> set[int]:
        """Where figures stand before which nothing of their noun is counted within `_BEFORE` code points."""
        firsts, last = set(), dict[str, int]()
        for figure in self.within(0, len(self.folded)):
            noun = first_noun(figure)
            if figure.start() - last.get(noun, -_BEFORE) >= _BEFORE:
                firsts.add(figure.start())
            last[noun] = figure.start()
        return firsts

    def place(self, index: int) -> tuple[int, int]:
        """Return where the sentence of that number stands; nowhere when there is none."""
        return self._places[index] if 0 <= index < len(self._places) else (0, 0)

    def is_spelled(self, start: int) -> bool:
        """Whether the number at `start` stands in words in the field."""
        return not self._written[start].isdigit()


@remembered
def _figures(sentence: str) -> tuple[re.Match[str], ...]:
    return tuple(FIGURE.finditer(sentence))


_OF_POINTS = re.compile(rf"(?<![\d.,/])\d{{1,3}} (?:{'|'.join(sorted(POINTS))})\b")
_OF_MEASURES = re.compile(
    rf"(?<![\d.,/])(?:{NUMBER})(?:,\d{{1,4}})? ?(?:(?:năm|tháng|ngày|giờ|phút|tuổi|triệu|tỷ|nghìn|ngàn|đồng|km|ha|kg|gam|mét|khoản|điều)\b|%|m²)"
)
_BEFORE = 2_000  # code points that are looked through for an earlier count
_ANY_NUMBER = re.compile(rf"(?<![\d.,])(?:{NUMBER})(?![\d,])")
_NAMES = re.compile(  # a day, a month, an article, the number of a document count nothing
    r"\bsố \d{1,5}[/-](?:\d{4}/)?[a-zđ][^\s,;]{1,30}|(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?!\d)|\b(?:ngày|sáng|trưa|chiều|tối|đêm)(?: \d{1,2} và)? \d{1,2}/\d{1,2}(?![\d/])|\b(?:tháng|phòng|khu vực|điều|khoản|lớp) \d{1,3}(?!\d|[.,]\d)"
)
_PADDING = re.compile(r"\b00+(?=\d)")


def shown(figures: str) -> str:
    """Return words with figures as an editor is shown them, without the zeros of numbers spelled out."""
    return " ".join(_PADDING.sub("", figures).split())


def value(text: str) -> int:
    """Return the number that digits, perhaps with points between thousands, stand for."""
    return int(text.replace(".", ""))


def number_told(text: str) -> int:
    """Return the number that digits, or a word up to ten, stand for."""
    return ORDINALS.index(text) + 1 if text in ORDINALS else value(text)


def is_percentage(told: str, part: int, whole: int) -> bool:
    """Whether `told` ("12,5") is the percentage that `part` is of `whole`, give or take rounding."""
    return abs(100 * part / whole - float(told.replace(",", "."))) <= ROUNDED_TO


ROUNDED_TO = 1.0  # percentage points


def first_noun(figure: re.Match[str]) -> str:
    """Return the first syllable of what a figure counts."""
    return figure.group("noun").split()[0]


def counted_alike(one: str, other: str) -> bool:
    """Whether two nouns, by their first syllables, are counted together: the same one, or both reports of crime."""
    return one == other or {one, other} <= _REPORTS_OF_CRIME


def is_person(figure: re.Match[str]) -> bool:
    """Whether a figure counts people, by whatever they are called."""
    return figure["noun"].startswith(_PERSONS)


_PERSONS = (
    *PEOPLE,
    *("kiểm sát viên", "kiểm tra viên", "điều tra viên", "thẩm phán", "hội thẩm", "thư ký", "chấp hành viên"),
    *("luật sư", "nạn nhân", "bị hại", "bị án", "nhân chứng", "công nhân", "nhân viên", "hội viên", "viên chức"),
    *("chiến sĩ", "phóng viên", "nhà báo", "cộng tác viên", "báo cáo viên", "bác sĩ", "thí sinh", "hụi viên"),
    *("tiểu thương", "thợ ", "ngư dân", "cựu chiến binh", "cổ đông", "điều dưỡng", "chủ hộ", "chủ cơ sở"),
    *("em ", "phụ nữ", "thanh niên", "phụ huynh", "nông dân", "lao động", "hành khách", "khách ", "tài xế", "lãnh đạo"),
)


def noun_end(figure: re.Match[str]) -> int:
    """Return where the figure and the first two syllables of its noun end."""
    syllables = figure.group("noun").split()[:2]
    return figure.end("number") + 1 + len(" ".join(syllables))


def joined(between: str) -> bool:
    """Whether two figures stand in one list: a comma or "và" between them, and no second total."""
    return re.search(r",|\bvà\b|;", between) is not None and "trong đó" not in between and "tổng" not in between


def in_one_list(text: str, parts: Sequence[re.Match[str]], part: str | int = "number") -> bool:
    """Whether parts told in `text` one after the other make a list: each two `joined` from where the first's group ends."""
    return all(joined(text[one.end(part) : other.start()]) for one, other in pairwise(parts))


ASIDE = re.compile(r"\([^()]{0,120}\)")  # what is told in brackets
_CLAUSE_END = re.compile(r"[;.](?!\d)(?<![ .][^\W\d_]\.)|\)")  # "260 m² bà S. đang trồng": an initial ends no clause
LONGEST_LIST = 400  # code points: beyond it, numbers are no longer parts of one total


_CLAUSE_MARK = re.compile(r"[;:.](?!\d)(?<![ .][^\W\d_]\.)")


def clause_start(folded: str, since: int, end: int) -> int:
    """Return where the clause that goes on at `end` begins, looked for from `since` on; a point within a number ends none."""
    return max((mark.end() for mark in _CLAUSE_MARK.finditer(folded, since, end)), default=since)


def clause_end(folded: str, start: int) -> int:
    """Return where the clause ends in which a list of parts begins at `start`."""
    match = _CLAUSE_END.search(folded, start, start + LONGEST_LIST)
    return match.start() if match else min(len(folded), start + LONGEST_LIST)


_ROUNDED = re.compile(r"\b(?P<word>hơn|trên|gần|ngót|khoảng|chừng|xấp xỉ|hàng) $")


def rounding(field: FiguredField, start: int) -> re.Match[str] | None:
    """Return the word that rounds the number at `start`, or None."""
    return _ROUNDED.search(field.folded, max(0, start - 8), start)


def with_two_swapped(digits: str) -> Iterator[str]:
    """Yield what two digits changed about make of a number."""
    for (one, left), (other, right) in combinations(enumerate(digits), 2):
        if left != right:
            yield digits[:one] + right + digits[one + 1 : other] + left + digits[other + 1 :]


Kind = TypeVar("Kind")
Place = TypeVar("Place")


def swapped_again(told: Iterable[tuple[Kind, str, Place]]) -> Iterator[tuple[Place, list[Place]]]:
    """Yield where digits of a kind are told first, with where the same digits, two of them changed about, were told before."""
    first: dict[tuple[Kind, str], Place] = {}
    for kind, digits, place in told:
        if (kind, digits) not in first:
            before = [first[kind, other] for other in with_two_swapped(digits) if (kind, other) in first]
            if before:
                yield place, before
            first[kind, digits] = place


Value = TypeVar("Value", int, str)
Told = Mapping[str, Sequence[tuple[Value, int, int]]]  # by what they are said of: values, each with its span


def told_otherwise(found: Told[Value], body: Told[Value]) -> Iterator[tuple[str, Value, int, int]]:
    """Yield what is said of the same thing otherwise in the body, which gives one value: of what, that value, the span."""
    for of, values in found.items():
        theirs = {told for told, _, _ in body.get(of, ())}
        for told, start, end in values:
            if len(theirs) == 1 and told not in theirs:
                yield of, min(theirs), start, end
