"""Text in the encodings from before Unicode: how to tell it, and how to convert it.

TCVN3 (TCVN 5712:1993, "ABC" fonts) writes each letter as one Latin-1 character; VNI writes marks as characters after the
vowel. Tables after the published code charts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from review_service.text import remembered

_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô­õøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_TCVN3["¾"], _TCVN3["»"] = "ắ", "ằ"
_TELLING_TCVN3 = re.compile("[µ¸¶·¹¨»¾¼½©®ª«¬­¡¢§£¤¥¦ÖÞß÷þÆ×ØÐÏÎÑË]")
_VNI_MARKS = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {"ö": "ư", "ô": "ơ", "ñ": "đ", "æ": "ỉ", "ò": "ị", "ó": "ĩ", "î": "ỵ", "Ö": "Ư", "Ô": "Ơ", "Ñ": "Đ"}
_VNI_PAIR = re.compile("([aeouyAEOUYöôÖÔ])([øùûõïâáàåãäêéèúüë])", re.IGNORECASE)
_VNI_ALONE = re.compile("[öôñæòóî]", re.IGNORECASE)
# Letters that only Unicode has: where one stands, the letters of a sentence are in no legacy encoding.
_UNICODE_ONLY = re.compile("[ăơư\u1ea0-\u1ef9]", re.IGNORECASE)
_SHARE = 0.05  # of characters, above which a text is in the encoding: Vietnamese marks more letters than that
_LEAST = 8


@remembered
def is_tcvn3(text: str) -> bool:
    """Whether `text` reads as TCVN3 shown in Latin-1."""
    telling = len(_TELLING_TCVN3.findall(text))
    return telling >= _LEAST and telling > _SHARE * len(text)


def from_tcvn3(text: str) -> str:
    """Return TCVN3 text in Unicode."""
    return "".join(_TCVN3.get(character, character) for character in text)


@remembered
def is_vni(text: str) -> bool:
    """Whether `text` reads as VNI shown in Latin-1: marks stand after their vowels."""
    pairs = len(_VNI_PAIR.findall(text))
    return pairs >= _LEAST and pairs > _SHARE * len(text)


def from_vni(text: str) -> str:
    """Return VNI text in Unicode."""
    marked = _VNI_PAIR.sub(lambda match: match.group(1) + _VNI_MARKS.get(match.group(2).lower(), match.group(2)), text)
    lettered = _VNI_ALONE.sub(lambda match: _VNI_LETTERS.get(match.group(), match.group()), marked)
    return unicodedata.normalize("NFC", lettered)


Encoding = Literal["", "tcvn3", "vni", "mixed"]
LEGACY = ("tcvn3", "vni")  # encodings in which the letters themselves are lost to a reader of Unicode


_PARTS = re.compile(r"(\n+|(?<=[.!?…:]) +)")  # sentences, roughly, and what stands between them


def to_unicode(text: str, encoding: Encoding) -> str:
    """Return `text` in composed Unicode; in a legacy `encoding` are those of its sentences that may be."""
    if encoding not in LEGACY:
        return unicodedata.normalize("NFC", text)
    convert = from_tcvn3 if encoding == "tcvn3" else from_vni
    return "".join(convert(part) if may_be_legacy(part) else part for part in _PARTS.split(text))


_COMPOSED = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE)
_DECOMPOSED = re.compile("[aeiouyăâêôơư][\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b]", re.IGNORECASE)


def is_mixed(text: str) -> bool:
    """Whether `text` mixes composed letters and letters with combining marks."""
    return (
        not unicodedata.is_normalized("NFC", text)
        and _DECOMPOSED.search(text) is not None
        and _COMPOSED.search(text) is not None
    )


def detect(sources: Iterable[str], sentences: Iterable[str]) -> Encoding:
    """Return the legacy encoding of a draft, "" for none: of its fields as sent, and of its sentences."""
    for sentence in sentences:
        if legacy := legacy_of(sentence):
            return legacy
    return "mixed" if any(map(is_mixed, sources)) else ""


def may_be_legacy(sentence: str) -> bool:
    """Whether a sentence of a draft that has others in a legacy encoding may be in it: a headline is too short to tell."""
    return not _UNICODE_ONLY.search(sentence)


def legacy_of(sentence: str) -> Encoding:
    """Return the encoding from before Unicode that a sentence is in, "" for none."""
    if not may_be_legacy(sentence):
        return ""
    if is_tcvn3(sentence):
        return "tcvn3"
    return "vni" if is_vni(sentence) else ""
