"""Phrases are found on syllable boundaries, in any tone placement and case."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from review_service.text import PhraseMatcher, fold


def found(phrases: list[str], text: str) -> list[str]:
    return [phrases[hit.phrase] for hit in PhraseMatcher(phrases).find(fold(text))]


def test_boundaries() -> None:
    assert found(["tên trộm"], "Tên trộm, tên trộmm và ctên trộm") == ["tên trộm"]


def test_case_and_tone_placement() -> None:
    assert found(["hòa giải"], "HOÀ GIẢI") == ["hòa giải"]


def test_overlaps_are_all_reported() -> None:
    assert sorted(found(["khởi tố", "khởi tố bị can", "bị can"], "khởi tố bị can")) == [
        "bị can",
        "khởi tố",
        "khởi tố bị can",
    ]


@given(
    st.lists(st.text(alphabet="ab ", min_size=1, max_size=4).map(str.strip).filter(bool), min_size=1),
    st.text(alphabet="ab .", max_size=40),
)
def test_agrees_with_a_plain_search(phrases: list[str], text: str) -> None:
    expected = {
        (phrase, start)
        for phrase in phrases
        for start in range(len(text))
        if text.startswith(phrase, start)
        and (start == 0 or not text[start - 1].isalnum())
        and (start + len(phrase) == len(text) or not text[start + len(phrase)].isalnum())
    }
    assert {(phrases[hit.phrase], hit.start) for hit in PhraseMatcher(phrases).find(text)} == expected
