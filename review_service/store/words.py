"""Words as they are searched and counted."""

from __future__ import annotations

import unicodedata

_PHRASE = 200  # characters


def searchable(*parts: str | None) -> str:
    """Return `parts` in lower case and without diacritics: "trom cap" finds "Trộm cắp"."""
    text = unicodedata.normalize("NFD", " ".join(part for part in parts if part).casefold())
    return " ".join("".join(letter for letter in text if not unicodedata.combining(letter)).replace("đ", "d").split())


def phrase_of(text: str | None) -> str:
    """Return flagged words in the form in which dismissals of one phrase are counted together."""
    return " ".join(unicodedata.normalize("NFC", text or "").casefold().split())[:_PHRASE]
