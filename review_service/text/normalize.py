"""One form for every text: composed Unicode, plain spaces, one tone placement.

`compose` may change lengths and so returns an offset map. `standardize` and `fold` never do: their output has a
character for each character of their input, so that positions in all forms agree.
"""

from __future__ import annotations

import re
import unicodedata

from review_service.text.offsets import OffsetMap, Rewriter

# Characters that show nothing: zero-width spaces and joiners, direction marks, soft hyphen, byte-order mark.
_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_COMBINING = "\u0300-\u036f\u1ab0-\u1ace\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
# A letter is composed with at most 30 marks, as Unicode's stream-safe form has it (UAX #15): putting marks in order takes
# the square of their number.
_LENGTH_CHANGING = re.compile(
    f"[{_INVISIBLE}{_COMBINING}]{{1,30}}|\r(?=\n)|[^{_INVISIBLE}{_COMBINING}](?:[{_INVISIBLE}]*[{_COMBINING}]){{1,30}}"
)
_MAY_CHANGE_LENGTH = re.compile(f"[{_INVISIBLE}{_COMBINING}]|\r\n")
_SINGLE = str.maketrans(
    dict.fromkeys(
        "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\x0b\x0c", " "
    )
    | dict.fromkeys("\r\x85\u2028\u2029", "\n")
    | {"\u00d0": "Đ", "\u00f0": "đ"}  # the Icelandic letters that old keyboards wrote for Đ and đ
    | dict.fromkeys([*range(0x00, 0x09), *range(0x0E, 0x20), 0x7F], " ")
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
)
_MAY_BE_SINGLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f\x85\xa0\xd0\xf0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\udfff]"
)


def compose(text: str) -> tuple[str, OffsetMap | None]:
    """Return `text` in NFC without invisible characters, and the map back (None when lengths did not change)."""
    if _MAY_CHANGE_LENGTH.search(text) is None and unicodedata.is_normalized("NFC", text):
        return text.translate(_SINGLE) if _MAY_BE_SINGLE.search(text) else text, None
    rewriter = Rewriter(text)
    position = 0
    for match in _LENGTH_CHANGING.finditer(text):
        rewriter.copy(position, match.start())
        visible = re.sub(f"[{_INVISIBLE}]|\r$", "", match.group())  # "\r" as a letter of marks is a line break
        rewriter.replace(match.start(), match.end(), unicodedata.normalize("NFC", visible))
        position = match.end()
    rewriter.copy(position, len(text))
    composed, offsets = rewriter.finish()
    return composed.translate(_SINGLE), offsets


# Old placement of the tone mark (hoà, khoẻ, thuỷ) to the new one (hòa, khỏe, thủy), in open syllables only:
# "hoàn" is written one way. "quý" has its tone on y in both, for qu is one consonant.
_TONES = ("aàáảãạ", "eèéẻẽẹ", "oòóỏõọ", "uùúủũụ", "yỳýỷỹỵ")
_OLD_TONE = re.compile("o[àáảãạèéẻẽẹ](?![^\\W\\d_])|(?<![qQ])u[ỳýỷỹỵ](?![^\\W\\d_])", re.IGNORECASE)


# The second vowel first, since it is the rarer letter: a quick look before the replacement.
_MAY_BE_OLD_TONE = re.compile("[àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ](?<=[oOuU].)(?![^\\W\\d_])")


def _tone_pairs() -> dict[str, str]:
    vowels = {row[0]: row for row in _TONES}
    pairs = {}
    for first, second in (("o", "a"), ("o", "e"), ("u", "y")):
        for tone in range(1, 6):
            old, new = first + vowels[second][tone], vowels[first][tone] + second
            for cased_old, cased_new in ((old, new), (old.upper(), new.upper()), (old.capitalize(), new.capitalize())):
                pairs[cased_old] = cased_new
    return pairs


_NEW_TONE = _tone_pairs()


def standardize(text: str) -> str:
    """Return composed `text` with the new tone placement and soft line breaks as spaces; same length."""
    text = text.replace("\n", " ")
    if _MAY_BE_OLD_TONE.search(text) is None:
        return text
    return _OLD_TONE.sub(lambda match: _NEW_TONE.get(match.group(), match.group()), text)


UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"  # for character classes of patterns: the capital letters of Vietnamese
_DASHES = "–—‑−"


def fold(text: str) -> str:
    """Return `text` as phrases are matched: standardized, lower case, one kind of dash; same length."""
    return fold_standard(standardize(text))


def fold_standard(standard: str) -> str:
    """Return standardized text as phrases are matched; same length."""
    for dash in _DASHES:  # hardly ever there, and looked for faster than anything is translated
        standard = standard.replace(dash, "-")
    lowered = standard.lower()
    if len(lowered) == len(standard):
        return lowered
    return "".join(low if len(low := character.lower()) == 1 else character for character in standard)
