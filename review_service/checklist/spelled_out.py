"""Numbers told twice over: in digits, and in words in brackets beside them, as judgments and minutes do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review_service.checklist.figured import NUMBER, Wrong, value
from review_service.text.numerals import numerals

_BESIDE = re.compile(
    rf"(?<![\d/.,:-])(?P<told>(?P<number>{NUMBER})(?: (?P<unit>đồng))?) ?\((?:bằng chữ|viết bằng chữ)?:? ?(?P<words>[^()\d.;]{{2,160}}?)\)"
)
_POWERS = {"tỷ": 10**9, "tỉ": 10**9, "triệu": 10**6, "nghìn": 10**3, "ngàn": 10**3}
_NOTHING = re.compile(r"\b(?:không trăm|không mươi|chẵn)\b")
_ONE = re.compile(r"\s*một\b")


def words_beside(folded: str) -> Iterator[Wrong]:
    """Yield digits that the words in brackets after them do not mean: "184.500.000 đồng (một trăm bốn mươi tám triệu năm trăm
    nghìn đồng)", "06 (năm) bị can". `folded` is as written, its numbers in words."""
    for match in _BESIDE.finditer(folded):
        spelled = spelled_number(match["words"].removesuffix(" đồng") if match["unit"] else match["words"])
        if spelled is not None and spelled != value(match["number"]):
            yield *match.span("told"), match["words"].strip()


def spelled_number(words: str) -> int | None:
    """Return the number that folded words mean, None when they are not a number and nothing else."""
    words = _NOTHING.sub("", words)
    total, reached, waiting = 0, 0, 0
    pieces = [(numeral.start, numeral.end, numeral.value) for numeral in numerals(words)]
    one = _ONE.match(words)
    if one and not (pieces and pieces[0][0] < one.end()):
        pieces.insert(0, (*one.span(), 1))  # alone, it is an article to `numerals`
    for start, end, number in pieces:
        power = _power(words[reached:start])
        if power is None or (reached and not power):
            return None
        total, waiting, reached = total + waiting * (power or 1), number, end
    last = _power(words[reached:])
    return None if last is None or not reached else total + waiting * (last or 1)


def _power(between: str) -> int | None:
    """Return the power of ten that words between two numbers name, 0 for no words, None for other words."""
    words = between.split()
    if not words:
        return 0
    return _POWERS.get(words[0]) if len(words) == 1 else None
