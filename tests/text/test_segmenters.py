"""Both segmenters give the same kind of answer: spans of the text they were given."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_service.text import Segmenter, load_segmenter
from review_service.text.normalize import compose, standardize


@pytest.fixture(scope="module", params=["underthesea", "pyvi"])
def segmenter(request: pytest.FixtureRequest) -> Segmenter:
    return load_segmenter(request.param)


def test_words_are_spans_of_the_text(segmenter: Segmenter) -> None:
    text = "Viện kiểm sát nhân dân tỉnh Tây Ninh phê chuẩn quyết định khởi tố bị can ngày 08/6/2021."
    words = [text[start:end] for start, end in segmenter([text])[0]]
    assert "khởi tố" in words
    assert "bị can" in words
    assert "".join("".join(words).split()) == "".join(text.split())


def test_spelling_that_the_library_would_change_is_kept(segmenter: Segmenter) -> None:
    text = "nghành huỷ qui định Đăk Lăk"
    words = "".join(text[start:end].replace(" ", "") for start, end in segmenter([text])[0])
    assert words == text.replace(" ", "")


def test_texts_are_segmented_apart(segmenter: Segmenter) -> None:
    texts = ["", "Viện kiểm sát", "nhân dân tỉnh", " ", "Tây Ninh phê chuẩn", "nhân dân tỉnh", "x" * 1_200]
    together = [words.spans for words in segmenter(texts)]
    assert together == [words.spans for text in texts for words in segmenter([text])]
    assert segmenter([]) == []


@given(text=st.text(alphabet='aàbcđê 0123./_-"“”\n\t()&@', max_size=60))
@settings(max_examples=80)
def test_spans_are_ordered_and_lose_no_letter(segmenter: Segmenter, text: str) -> None:
    text = standardize(compose(text)[0])
    position = 0
    covered = set()
    for start, end in segmenter([text])[0]:
        assert position <= start < end <= len(text)
        covered.update(range(start, end))
        position = end
    assert all(index in covered for index, character in enumerate(text) if character.isalnum())


@pytest.mark.parametrize("text", ["'http://' + '!' * 200", "'1.' * 100_000", "'a.' * 100_000"])
def test_what_looks_like_an_address_is_read_in_time(text: str) -> None:
    """underthesea's own patterns take the square of the length, and the first of these for ever."""
    program = f"from review_service.text import load_segmenter; print(len(load_segmenter('underthesea')([{text}])[0]))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert int(done.stdout) > 10
