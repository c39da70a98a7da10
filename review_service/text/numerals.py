"""Numbers spelled out in Vietnamese, from two to 999: "mười sáu", "bảy mươi ba", "một trăm linh năm"."""

from __future__ import annotations

import re
from typing import NamedTuple

from review_service.text.remembered import remembered

_DIGITS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
_LAST = _DIGITS | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}  # as the last digit after "mươi"
_DIGIT = "|".join(_DIGITS)
_LAST_DIGIT = "|".join(word for word in _LAST if word != "năm")  # "mười năm" is ten years, "mười lăm" fifteen
_TENS = rf"(?:mười|(?:{_DIGIT}) mươi)(?: (?:{_LAST_DIGIT})\b)?"
_NUMERAL = re.compile(
    rf"\b(?:(?:{_DIGIT}) trăm(?: (?:linh|lẻ) (?:{_DIGIT})\b| {_TENS})?|{_TENS}|(?!một\b)(?:{_DIGIT}))\b"
)


class Numeral(NamedTuple):
    """A number spelled out, and its span."""

    value: int
    start: int
    end: int


@remembered
def numerals(folded: str) -> tuple[Numeral, ...]:
    """Return the numbers spelled out in a folded text, the longest readings, in order. "một" alone is an article."""
    return tuple(Numeral(_value(match.group().split()), *match.span()) for match in _NUMERAL.finditer(folded))


def _value(words: list[str]) -> int:
    if "trăm" in words:
        place = words.index("trăm")
        rest = [word for word in words[place + 1 :] if word not in ("linh", "lẻ")]
        return 100 * _DIGITS[words[0]] + (_value(rest) if rest else 0)
    if words[0] == "mười":
        return 10 + (_LAST[words[1]] if len(words) > 1 else 0)
    if len(words) > 1:
        return 10 * _DIGITS[words[0]] + (_LAST[words[2]] if len(words) > 2 else 0)
    return _LAST[words[0]]
