"""Hostile drafts, kept in `hostile/`, and whatever hypothesis makes: the checks of the fuzzer hold on all of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzzing.targets import TARGETS, Target, read, seeds
from review_service.text import Format
from tests.text.test_markup import MARKUP

FORMATS: tuple[Format, ...] = get_args(Format)
CORPUS = Path(__file__).parent / "hostile"
ENTRIES = [
    pytest.param(path.stem, entry, id=f"{path.stem}: {entry['name']}")
    for path in sorted(CORPUS.glob("*.json"))
    for entry in json.loads(path.read_text(encoding="utf-8"))
]
# Characters of a pattern that is repeated: how the cost of a review grows is for the benchmark to say.
SHORT, LONG = 3_000, 200_000
AT_LENGTH = {"markup": ("html", "markdown"), "unicode": ("text",), "language": ("text",)}


def text_of(entry: dict[str, Any], most: int) -> str:
    if "text" in entry:
        return str(entry["text"])
    length = min(entry["characters"], most)
    return str(entry["repeat"] * (length // len(entry["repeat"]) + 1))[:length]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(("corpus", "entry"), ENTRIES)
def test_every_span_of_a_hostile_draft_is_exact(corpus: str, entry: dict[str, Any], format: Format) -> None:
    TARGETS["spans"].check(text_of(entry, LONG if format in AT_LENGTH[corpus] else SHORT), format)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(("corpus", "entry"), ENTRIES)
def test_a_hostile_draft_is_reviewed(corpus: str, entry: dict[str, Any], format: Format) -> None:
    TARGETS["reviews"].check(text_of(entry, SHORT), format)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(("corpus", "entry"), ENTRIES)
def test_a_hostile_file_is_a_draft_or_a_named_problem(corpus: str, entry: dict[str, Any], format: Format) -> None:
    TARGETS["files"].check(text_of(entry, LONG), format)


@pytest.mark.parametrize("target", [pytest.param(target, id=name) for name, target in TARGETS.items()])
def test_whatever_is_made_of_a_targets_words_holds(target: Target) -> None:
    pieces = st.one_of(st.sampled_from(target.tokens), MARKUP, st.text(max_size=12))

    @given(text=st.lists(pieces, max_size=16).map("".join), format=st.sampled_from(FORMATS))
    @settings(max_examples=150)
    def holds(text: str, format: Format) -> None:
        target.check(text, format)

    holds()


@given(st.binary(max_size=40))
def test_any_bytes_are_a_text_in_a_format(data: bytes) -> None:
    text, format = read(data)
    assert text.encode("utf-8", "surrogateescape") == data[1:]
    assert format in FORMATS


def test_the_fuzzer_starts_from_pieces_of_the_corpus() -> None:
    found = {read(seed) for seed in seeds(10)}
    assert {format for _, format in found} == set(FORMATS)
    assert all(len(text) > 50 for text, _ in found)
