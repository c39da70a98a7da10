"""One person's name spelled in two ways (`consistency.name`)."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from rapidfuzz.distance.Levenshtein import distance

from review_service.checklist.compounds import ONSETS, with_other_onsets
from review_service.checklist.findings import Check, Finding
from review_service.checklist.persons import Person
from review_service.checklist.reading import Reading
from review_service.text import fold


def name(reading: Reading) -> Iterator[Finding]:
    """One person's name spelled in two ways, the rarer or later spelling flagged."""
    spelled: dict[str, list[Person]] = defaultdict(list)
    for field in reading.document.fields.values():
        for person in reading.persons[field.name]:
            signs = reading.in_byline(field, person.start, person.end)
            if person.is_full and not signs and not person.name.isupper() and not _told_as_slip(person):
                spelled[" ".join(person.name.split())].append(person)
    reported: set[str] = set()
    for one, other in _nearly_alike(list(spelled)):
        if one in reported or other in reported or not _same_person(reading, spelled[one], spelled[other]):
            continue
        rare, usual = (one, other) if len(spelled[one]) < len(spelled[other]) else (other, one)
        reported.add(rare)
        yield Finding(spelled[rare][0].span, (usual,), {"other": usual})
    yield from _given_names(reading)


_MOST_ALIKE = 50  # names that differ in the same syllable; of more, no draft tells


def _nearly_alike(names: list[str]) -> list[tuple[str, str]]:
    """Return the pairs of names, in order, that are the same but for one syllable, or for one that only one of them has.

    Names are brought together by what is left of them without a syllable, so that their number costs no more than itself.
    """
    without: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, name in enumerate(names):
        syllables = fold(name).split()
        without[*syllables].append(index)
        for place in range(len(syllables)):
            without[*syllables[:place], "", *syllables[place + 1 :]].append(index)  # another syllable in its place
            without[*syllables[:place], *syllables[place + 1 :]].append(index)  # none
    pairs = {
        (one, other)
        for together in without.values()
        if len(together) <= _MOST_ALIKE
        for one, other in combinations(sorted(set(together)), 2)
    }
    return [(names[one], names[other]) for one, other in sorted(pairs)]


_NEAR = 150  # code points beside a name
_CORRECTED = re.compile(r"\b(?:đính chính|(?:sai|nhầm)(?: cả)? (?:họ )?tên)\b")


def _told_as_slip(person: Person) -> bool:
    """Whether the sentence speaks of the name as misspelt: "bản án ghi tên bị đơn là …, phải đính chính"."""
    near = person.field.sentence_at(person.start).around(person.start, person.end, _NEAR)
    return _CORRECTED.search(person.field.folded, *near) is not None


_HOOK_AND_TILDE = str.maketrans({"\u0309": "\u0303"})
_LIKE_ENDINGS = re.compile("(?:ng|nh)$|c$|(?:(?<=\u0302)|(?<=\u0302.))ch$")


def _as_often_misspelt(name: str) -> str:
    """Return a folded name with hỏi and ngã, and the endings n/ng/nh and t/c (êt/êch), made one: what a usual slip leaves the same."""
    tones = unicodedata.normalize("NFD", fold(name)).translate(_HOOK_AND_TILDE)
    return _LIKE_ENDINGS.sub(lambda match: "t" if match.group()[0] == "c" else "n", tones)


def _given_names(reading: Reading) -> Iterator[Finding]:
    """Yield given names that differ from that of somebody named in full by a usual slip: "chị Diểm" for Diễm."""
    full = {
        person.given for field in reading.document.prose for person in reading.persons[field.name] if person.is_full
    }
    like = {_as_often_misspelt(name): name for name in full}
    tails = {
        " ".join(person.name.split()[-_TAIL:])
        for field in reading.document.prose
        for person in reading.persons[field.name]
        if person.is_full and len(person.name.split()) > _TAIL
    }
    tails_with = _by_syllable(tails)
    marked = {
        (person.address, _without_marks(person.given)): person.given
        for field in reading.document.prose
        for person in reading.persons[field.name]
        if person.is_full and person.address
    }
    called: dict[str, dict[str, bool]] = defaultdict(dict)
    for field in reading.document.prose:
        for person in reading.persons[field.name]:
            if person.address and not person.has_initials:
                called[person.address][person.given] = person.is_full and called[person.address].get(person.given, True)
    reported: set[str] = set()
    for field in reading.document.prose:
        for person in reading.persons[field.name]:
            alone = person.address and not person.is_full and not person.has_initials and " " not in person.name
            known = person.name in reported
            usual = (
                like.get(_as_often_misspelt(person.name)) if alone and not known and person.name not in full else None
            )
            if person.address and not person.has_initials and not known and person.name not in tails:
                usual = usual or _tail_meant(person.name, tails_with)
            if alone and not usual and person.name not in full:
                usual = marked.get((person.address, _without_marks(person.name)))
            if alone and not usual and person.name not in full:
                usual = _only_one_meant(person, called)
            if usual and not reading.in_byline(field, person.start, person.end):
                reported.add(person.name)
                yield Finding(person.span, (usual,), {"other": usual})


_TWO = 2  # the name looked at, and the only other


def _only_one_meant(person: Person, called: Mapping[str, Mapping[str, bool]]) -> str | None:
    """Return the given name of the only other one so addressed, who is named in full alone, when it differs by one letter.

    `called` says, by address and given name, whether somebody is named in full wherever they are named.
    """
    if len(called[person.address]) > _TWO:
        return None  # and nobody need go through them all
    others = [(name, in_full) for name, in_full in called[person.address].items() if name != person.name]
    if len(others) == 1 and others[0][1] and distance(fold(others[0][0]), fold(person.name)) == 1:
        return others[0][0]
    return None


def _without_marks(name: str) -> str:
    """Return a folded name without its tone and other marks: "thien" for Thiện and Thiên."""
    apart = unicodedata.normalize("NFD", fold(name))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).replace("đ", "d")


_TAIL = 2  # syllables of a full name by which somebody may be called


def _by_syllable(tails: Iterable[str]) -> Mapping[tuple[int, str], list[str]]:
    """Return names of two syllables by each of them, folded, and its place."""
    table: dict[tuple[int, str], list[str]] = defaultdict(list)
    for tail in sorted(tails):
        for place in enumerate(fold(tail).split()):
            table[place].append(tail)
    return table


def _tail_meant(name: str, tails_with: Mapping[tuple[int, str], list[str]]) -> str | None:
    """Return the last two syllables of a full name that a name of two, as "chị Mộng Thúy", is with a slip of marks."""
    syllables = fold(name).split()
    if len(syllables) != _TAIL:
        return None
    alike = sorted({tail for place in enumerate(syllables) for tail in tails_with.get(place, ())[:_MOST_ALIKE]})
    return next((tail for tail in alike if _slip(syllables, fold(tail).split())), None)


def _same_person(reading: Reading, ones: list[Person], others: list[Person]) -> bool:
    """Whether two spellings are one name with a slip, and nothing says that they are two people."""
    one, other = fold(ones[0].name).split(), fold(others[0].name).split()
    if not (_drops_a_syllable(one, other) or _drops_a_syllable(other, one) or _slip(one, other)):
        return False
    sentences = [
        {(person.field.name, person.field.sentence_at(person.start).index) for person in people}
        for people in (ones, others)
    ]
    if sentences[0] & sentences[1] or _are_kin(ones, others) or _are_kin(others, ones):
        return False
    return not (_has_own_age(ones) and _has_own_age(others))


_KIN = re.compile(
    r"\b(?:(?:anh|chị|em)(?: trai| gái)?(?: ruột| họ| rể| dâu| song sinh)|em (?:trai|gái)|(?:anh|chị) (?:trai|gái)|con (?:trai|gái|rể|dâu)|cháu (?:nội|ngoại|ruột)|cha|mẹ|vợ|chồng)\b"
    r"(?: [^\s,.;:“”]+){0,4}(?:,| là| tên)(?: [^\W\d_A-Z]+){0,3} $"
)
_KIN_WITHIN = 60  # code points before a name


def _are_kin(ones: list[Person], others: list[Person]) -> bool:
    """Whether the first are told to be somebody's kin after the others were named, whose kin they may be."""
    first = min(others, key=lambda person: person.start)
    return any(_is_of_kin(person) for person in ones if person.field is not first.field or first.start < person.start)


def _is_of_kin(person: Person) -> bool:
    """Whether somebody is told to be another's brother, child, wife: "anh ruột của bị cáo là Trương Văn Lanh"."""
    return _KIN.search(person.field.folded, max(0, person.start - _KIN_WITHIN), person.start) is not None


_LONG = 4  # syllables of a name from which one between the family's and the given may have been dropped


def _drops_a_syllable(one: list[str], other: list[str]) -> bool:
    """Whether the second name is the first without one syllable of its middle: "Lê Thị Ngọc Hân", "Lê Ngọc Hân"."""
    if len(one) < _LONG or len(other) != len(one) - 1:
        return False
    return any(one[:place] + one[place + 1 :] == other for place in range(1, len(one) - 1))


_BEGUN = re.compile(r"[^aeiouy]*[aeiouy]?")  # the consonants of a given name, and its first vowel
_SHORT = 3  # syllables of a name whose middle may be misremembered
_COMMON_FAMILIES = frozenset("nguyễn trần lê phạm huỳnh phan võ vũ đặng bùi đỗ hồ ngô dương lý".split())
_NAME_ONSETS = (*ONSETS, ("d", "v"), ("n", "l"))  # in a name these are slips, too: no other word is meant


def _slip(one: list[str], other: list[str]) -> bool:
    """Whether two names differ in one syllable, and there by a letter or two, by a like onset or only in marks."""
    if len(one) != len(other):
        return False
    different = [(left, right) for left, right in zip(one, other, strict=True) if left != right]
    if len(different) != 1:
        return False
    left, right = different[0]
    place = one.index(left)
    if len(one) >= _LONG and 0 < place < len(one) - 1 and one[place - 1] == "thị":
        return True  # "Đặng Thị Bích Hạnh", "Đặng Thị Ngọc Hạnh": two of one family would not share the given name
    if len(one) >= _LONG and place == len(one) - 1:
        plain, other_plain = _without_marks(left), _without_marks(right)
        if distance(plain, other_plain) <= 1 or _BEGUN.match(plain)[0] == _BEGUN.match(other_plain)[0]:  # type: ignore[index]
            return True  # "Đinh Thị Lệ Huyền", "Đinh Thị Lệ Quyên"; "… Mỹ Duyên", "… Mỹ Dung": the same three before it
    if len(one) == _SHORT and place == 1 and one[0] not in _COMMON_FAMILIES:
        return True  # "Đinh Công Mạnh", "Đinh Quốc Mạnh": of a family that few are of, and one given name
    if left[0] != right[0]:
        return left[1:] in (right, right[1:]) or left == right[1:] or right in with_other_onsets(left, _NAME_ONSETS)
    gap = distance(left, right)
    begun, whole = sorted((_without_marks(left), _without_marks(right)), key=len)
    return gap <= 1 or (len(one) >= 3 and (gap <= 2 or whole.startswith(begun)))  # "Trịnh Hoài Thu" for Thương


def _has_own_age(people: list[Person]) -> bool:
    return any(
        re.match(r",? ?\(?(?:sinh|sn|\d{1,2} tuổi|\d{1,2}t\b)", person.field.folded[person.end : person.end + 14])
        for person in people
    )


CHECKS = (Check("consistency.name", name),)
