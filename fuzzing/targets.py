"""The targets by name, how the fuzzer's bytes become what they check, and what it starts from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, get_args

from fuzzing import files, reviews, spans
from review_service.text import Format

_DATA = Path(__file__).parent.parent / "training" / "data"
_SEED_CHARACTERS = 400
_FORMATS: tuple[Format, ...] = get_args(Format)


class Target(NamedTuple):
    """What is fuzzed: a check of a text in a format, and words that lead into it."""

    check: Callable[[str, Format], None]
    tokens: tuple[str, ...]


TARGETS = {
    "spans": Target(spans.check, spans.TOKENS),
    "reviews": Target(reviews.check, reviews.TOKENS),
    "files": Target(files.check, files.TOKENS),
}


def read(data: bytes) -> tuple[str, Format]:
    """Return the text and the format that bytes stand for: the first byte is the format, what is not UTF-8 a lone surrogate."""
    return data[1:].decode("utf-8", "surrogateescape"), _FORMATS[(data[0] if data else 0) % len(_FORMATS)]


def seeds(drafts: int) -> Iterator[bytes]:
    """Yield pieces of `drafts` drafts of the training corpus, each in every format."""
    lines = (line for path in sorted(_DATA.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines())
    for line in list(lines)[:: max(1, 3_000 // drafts)]:
        body = json.loads(line)["request"]["body"]
        piece = body[:_SEED_CHARACTERS]
        yield from (bytes([number]) + piece.encode() for number in range(len(_FORMATS)))
