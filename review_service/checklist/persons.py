"""People named in a draft. A name is a run of capitalised syllables that opens with a Vietnamese family name, or the
given name, initial or short name that follows a form of address (ông Lợi, bà N.T.H., bị cáo Kiệt)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from review_service.checklist.lexicon import Hit
from review_service.text import UPPER, Field, Span, remembered

_NAME_SYLLABLE = rf"[{UPPER}][^\W\d_]{{0,15}}"  # bounded, so that a long run of capitals costs no more than its length
_NAME_RUN = re.compile(rf"{_NAME_SYLLABLE}(?: (?!(?:và|ở|là)\b){_NAME_SYLLABLE}){{1,4}}(?: [{UPPER}]\.)?")
_SHORT_NAME = re.compile(
    rf" ((?:[{UPPER}](?:[ghr]?\.)? ?){{1,4}}(?=[^\w]|$)|{_NAME_SYLLABLE}(?: {_NAME_SYLLABLE}){{0,4}}(?: [{UPPER}]\.)?)"
)
_CAPITALIZED = re.compile(rf"[{UPPER}](?<![\w.].)[^\W\d_]{{0,24}}+(?! [{UPPER}])(?![\w])")


# What makes the capitals after it the name of a place, a school or a firm, although people are called so too.
_PLACE_HEAD = re.compile(
    r"\b(?:trường|thcs|thpt|tiểu học|mầm non|đường|phố|phường|xã|huyện|tỉnh|quận|ấp|thôn|công ty|tnhh|cầu|chợ|tiệm|quán|khách sạn|"
    r"bệnh viện|hồ|sông|kênh|chùa|tp\.?|thị trấn|khu vực|cửa khẩu|hẻm|hầm|cảng|quảng trường|công viên|sân vận động|giải|quỹ|"
    r"nhà hát|nhà thờ|bảo tàng|đèo|núi|vịnh|báo|rạch|tổ|khóm|buôn|làng) $"
)


# Countries and provinces that begin like family names.
_NOT_PEOPLE = frozenset(
    "Thái Lan|Hà Lan|Ba Lan|Phần Lan|Đài Loan|Hà Nội|Hà Nam|Hà Giang|Hà Tĩnh|Hà Tiên|Cao Bằng|Lâm Đồng|Thái Bình|Thái Nguyên|Phú Yên|Phú Thọ|"
    "Phú Quốc|Kiên Giang|An Giang|Lạng Sơn|Đà Lạt|Đà Nẵng|Vũng Tàu|Ninh Bình|Ninh Thuận|Bạch Long Vĩ|Côn Đảo|Lý Sơn|Trường Sa|Hoàng Sa".split(
        "|"
    )
)


_SHORTEST = 2  # syllables of a full name


@dataclass(frozen=True, slots=True)
class Person:
    """A mention of a person: the name's span in a field's clean text, and the form of address before it, folded."""

    field: Field
    start: int
    end: int
    address: str = ""

    @property
    def name(self) -> str:
        """The name as written."""
        return self.field.text[self.start : self.end]

    @property
    def given(self) -> str:
        """The given name: the last syllable."""
        return self.name.split()[-1]

    @property
    def is_full(self) -> bool:
        """Whether it is a family name and a given name written out."""
        return " " in self.name and not self.has_initials

    @property
    def has_initials(self) -> bool:
        """Whether a part is only an initial, as where a name is kept back."""
        return _has_initials(self.name)

    @property
    def span(self) -> Span:
        """The name's span."""
        return Span(self.field.name, self.start, self.end)


@remembered
def _has_initials(name: str) -> bool:
    return any(len(part.rstrip(".")) == 1 or "." in part for part in name.split())


def persons(field: Field, family_names: frozenset[str], addresses: list[Hit]) -> Iterator[Person]:
    """Yield the people named in `field`, in order.

    `family_names` are folded; `addresses` are this field's hits of the lexicon of forms of address.
    """
    taken = list(_full_names(field, family_names, {hit.end: hit.entry.phrase for hit in addresses}))
    taken += _addressed(field, addresses, taken)
    taken += _with_age(field, taken)
    taken += _given_names(field, taken)
    yield from sorted(taken, key=lambda person: person.start)


def _full_names(field: Field, family_names: frozenset[str], address_ends: dict[int, str]) -> Iterator[Person]:
    """Yield the names that open with a family name; `address_ends` tells the form of address that ends at a position."""
    for sentence in field.sentences:
        for run_start, run in _name_runs(field.standard[sentence.start : sentence.end]):
            syllables = run.split()
            if run_start == 0 and len(syllables) == _SHORTEST and syllables[0] == "Từ":
                continue  # "Từ Tết đến nay, …": since when, and nobody of the family Từ
            for skipped, syllable in enumerate(syllables):
                if syllable.lower() in family_names and len(syllables) - skipped >= _SHORTEST:
                    start = sentence.start + run_start + sum(len(word) + 1 for word in syllables[:skipped])
                    if run not in _NOT_PEOPLE and not _PLACE_HEAD.search(field.folded, max(0, start - 14), start):
                        end = sentence.start + run_start + len(run)
                        yield Person(field, start, end, address_ends.get(start - 1, ""))
                    break


def _addressed(field: Field, addresses: list[Hit], named: list[Person]) -> Iterator[Person]:
    """Yield the given names, initials and short names that follow a form of address."""
    starts = {person.start for person in named}
    inside = {position for person in named for position in range(person.start, person.end)}
    for hit in addresses:
        if hit.start in inside:
            continue  # "chị Ngô Thị Bé Ba": "Bé" is part of the name
        short = _SHORT_NAME.match(field.standard, hit.end)
        if short and short.start(1) not in starts and not _PLACE_HEAD.search(field.folded, hit.start - 14, hit.start):
            end = short.start(1) + len(short.group(1).rstrip())
            yield Person(field, short.start(1), end, hit.entry.phrase)


def _with_age(field: Field, named: list[Person]) -> Iterator[Person]:
    """Yield those of whom initials and an age are told, with no form of address: "bị can là P.H., 16 tuổi"."""
    starts = {person.start for person in named}
    for sentence in field.sentences:
        for place, initials in _aged_initials(field.standard[sentence.start : sentence.end]):
            start = sentence.start + place
            if start not in starts:
                yield Person(field, start, start + len(initials))


@remembered
def _name_runs(text: str) -> tuple[tuple[int, str], ...]:
    """Return the runs of capitalised syllables of a sentence, with where they start."""
    return tuple((match.start(), match.group()) for match in _NAME_RUN.finditer(text))


_AGED_INITIALS = re.compile(rf"(?<![\w.])(?:[{UPPER}]\. ?){{2,4}}(?=,? ?\(?(?:\d{{1,2}} tuổi|SN |sinh (?:năm|ngày)))")


@remembered
def _aged_initials(text: str) -> tuple[tuple[int, str], ...]:
    """Return the initials of a sentence that an age follows, with where they start."""
    if not any(word in text for word in (" tuổi", "SN ", "sinh ")):
        return ()
    return tuple((match.start(), match.group().rstrip()) for match in _AGED_INITIALS.finditer(text))


def _given_names(field: Field, named: list[Person]) -> Iterator[Person]:
    """Yield the later mentions by given name alone of people whose full name stands in the field."""
    given = {person.given for person in named if person.is_full and len(person.given) > 1}
    if not given:
        return
    covered = {position for person in named for position in range(person.start, person.end)}
    for sentence in field.sentences:
        for place, word in _capitalized(field.standard[sentence.start : sentence.end]):
            start = sentence.start + place
            if word in given and start not in covered:
                yield Person(field, start, start + len(word))


@remembered
def _capitalized(text: str) -> tuple[tuple[int, str], ...]:
    """Return the words of a sentence that stand capitalised by themselves, with where they start."""
    return tuple((match.start(), match.group()) for match in _CAPITALIZED.finditer(text))
