"""Every regular expression of the project takes time linear in the text."""

from __future__ import annotations

import pytest

from tests.linear import problems
from tests.patterns import Found, patterns

FOUND = list(patterns())
# Put together at run time, of few and short parts.
AT_RUN_TIME = {
    "review_service/text/markup.py",  # the end of an element: no repeat
    "review_service/text/words.py",  # underthesea's own tokens, run on at most 512 characters without white space at once
    "benchmarks/service.py",
    "review_service/checklist/canon.py",
    "review_service/checklist/document_reference.py",
    "review_service/checklist/figures.py",
    "review_service/checklist/units.py",
}


@pytest.mark.parametrize(
    "pattern",
    [r"\d+", r"\b\w+x", r"“[^“”]*”", r"a{0,5}b", r"^\s*x+y", r"(?<!\w)\w+(?!\w)", r"a(?:,\d)*", r"(?: \w+){1,12}x"],
)
def test_what_is_linear_passes(pattern: str) -> None:
    assert problems(pattern) == []


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+$", r"(?:a|aa)*b", r"\s*\s*x", r"\w+\d+x", r"“[^”]*”", r"\w+@", r".*x.*y", r"(?:\w+ ?)+\.", r"[^\s]+$",
     r"(?:[^\s()]+|\([^\s]+?\))+x", r"[.!?]+(?=\s)", r"(?:\w+ ?){1,12}x"],
)  # fmt: skip
def test_what_is_not_linear_is_refused(pattern: str) -> None:
    assert problems(pattern)


def test_tried_at_one_place_a_pattern_may_scan_to_the_end() -> None:
    assert problems(r"\w+@")
    assert not problems(r"\w+@", one_place=True)
    assert problems(r"(a+)+b", one_place=True)


def test_every_pattern_is_found() -> None:
    assert len(FOUND) > 250
    assert {found.place.rpartition(":")[0] for found in FOUND if found.pattern is None} == AT_RUN_TIME


def test_every_pattern_is_linear() -> None:
    assert [found.name for found in FOUND if _refused(found)] == []


def _refused(found: Found) -> bool:
    return found.pattern is not None and bool(problems(found.pattern, found.flags, one_place=found.one_place))
