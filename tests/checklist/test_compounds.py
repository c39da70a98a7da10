"""Slips of the ear in words of two syllables."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from review_service.checklist.compounds import Compounds
from review_service.checklist.knowledge import load_knowledge

COMPOUNDS = load_knowledge().compounds
SMALL = Compounds(
    ["vất vả", "răn đe", "sắp xếp", "bàn bạc"],
    frozenset("vất vả vã răng răn đe sắp sếp xếp bàng bàn bạc bạt".split()),
    ["bàng bạc"],
)


def test_slips_are_found_with_the_word_meant() -> None:
    assert SMALL.slips("việc vất vã, nhằm răng đe; sắp sếp lại") == (
        (5, 11, "vất vả"),
        (18, 25, "răn đe"),
        (27, 34, "sắp xếp"),
    )


def test_words_pairs_that_are_right_and_words_apart_are_no_slips() -> None:
    assert SMALL.slips("vất vả, bàng bạc, răng, đe dọa, vất  vã") == ()


@given(
    st.sampled_from(["vất vã", "sắp sếp", "ngán ngẫm", "trãi qua"]),
    st.text("ab ,.“\n", max_size=20),
    st.text(" ,.", max_size=9),
)
def test_positions_are_those_of_the_text(slip: str, before: str, after: str) -> None:
    text = f"{before} {slip}{after}"
    assert [(text[start:end]) for start, end, _ in COMPOUNDS.slips(text)] == [slip]


@given(st.text("vấtãảrnđeg sxpiê", max_size=40))
def test_no_word_is_its_own_slip(text: str) -> None:
    for start, end, meant in COMPOUNDS.slips(text):
        assert not COMPOUNDS.has(text[start:end])
        assert COMPOUNDS.has(meant)
