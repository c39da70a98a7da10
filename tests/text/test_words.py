"""Our engine finds the words that underthesea finds."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from underthesea.pipeline import word_tokenize as original
from underthesea.pipeline.word_tokenize.regex_tokenize import patterns, tokenize

from review_service.draft import Draft
from review_service.reviewer import read_document
from review_service.text import words as engine
from review_service.text.crf import WordTagger
from review_service.text.crfsuite import CRFError, read_weights
from review_service.text.segmenters import _underthesea_itself, load_segmenter
from review_service.text.words import Engine, EngineError, Tokens, load_engine

ROOT = Path(__file__).parent.parent.parent
MODEL = Path(original.__file__).parent / "models" / engine._MODEL
FILES = [*sorted((ROOT / "training" / "data").glob("*.jsonl")), ROOT / "tests" / "evaluation" / "drafts.jsonl"]

_EVERY = 6  # of so many drafts one is compared: some 280,000 words, and underthesea is slow


@pytest.fixture(scope="module")
def segment() -> Engine:
    return load_engine()


@pytest.fixture(scope="module")
def itself() -> Engine:
    return _underthesea_itself()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_same_words_in_the_corpus(path: Path, segment: Engine, itself: Engine) -> None:
    for line in path.read_text(encoding="utf-8").splitlines()[::_EVERY]:
        request = {name: value for name, value in json.loads(line)["request"].items() if value is not None}
        for field in read_document(Draft.model_validate(request), lambda texts: []).prose:
            texts = [field.standard[sentence.start : sentence.end] for sentence in field.sentences]
            for text, ours, theirs in zip(texts, segment(texts), itself(texts), strict=True):
                assert ours == theirs, text


odd = st.text(
    st.sampled_from("aáăâbcdđeêghiklmnoôơtThSsAĐVN0129 .,:;!?()-/\"'“”%&@_+=<>°×…–  \u00a0中éİßǅ½٣😀"), max_size=40
)


addresses = st.lists(
    st.sampled_from(["http://", "https:", "ftp:", "a", "b.vn", "/", ".", "!", "?", "(", ")", "(a)", "«", "@", "-", ":", "1", " "]), max_size=12
).map("".join)  # fmt: skip


@given(addresses)
def test_the_same_tokens_in_what_looks_like_an_address(text: str) -> None:
    _, spans = Tokens(patterns).read(text)
    assert [text[start:end] for start, end in spans] == tokenize(text, use_token_normalize=False)


@given(odd)
def test_the_same_tokens_in_odd_text(text: str) -> None:
    _, spans = Tokens(patterns).read(text)
    assert [text[start:end] for start, end in spans] == tokenize(text, use_token_normalize=False)


@pytest.fixture(scope="module")
def tagger() -> WordTagger:
    import joblib

    weights = read_weights((MODEL / "models.bin").read_bytes())
    return WordTagger(weights, joblib.load(MODEL / "dictionary.bin"))


@given(text=odd)
def test_tags_of_odd_tokens_score_as_high(text: str, tagger: WordTagger) -> None:
    """Unknown tokens side by side can tie to the last bit; then either answer is right."""
    tokens = tokenize(text, use_token_normalize=False)
    original.word_tokenize("nạp mô hình")
    theirs = [tag == "I-W" for tag in original.word_tokenize_model.predict([[token] for token in tokens])]
    assert score(tagger, tokens, *tagger.tag([tokens])) == pytest.approx(score(tagger, tokens, theirs))


def score(tagger: WordTagger, tokens: list[str], tags: list[bool]) -> float:
    """Return the score of a way through, over that of B-W alone at each position."""
    transitions = sum(tagger._transitions[one][other] for one, other in pairwise(tags))
    (scores,) = tagger._scores([tokens])
    return transitions + sum(value for value, inside in zip(scores, tags, strict=True) if not inside)


@pytest.mark.parametrize("cut", [0, 10, 40, 3_000, 2_500_000])
def test_a_torn_model_is_refused(cut: int) -> None:
    with pytest.raises(CRFError):
        read_weights((MODEL / "models.bin").read_bytes()[:cut])


def test_another_model_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import joblib

    shutil.copytree(MODEL, tmp_path / engine._MODEL)
    joblib.dump(["T[0]"], tmp_path / engine._MODEL / "features.bin")
    with pytest.raises(EngineError, match="features"):
        engine._read(tmp_path / engine._MODEL)
    monkeypatch.setattr(engine, "_MODEL", "another")
    with pytest.warns(UserWarning, match="slower"):
        segment = load_segmenter("underthesea")
    assert [words.spans for words in segment(["Viện kiểm sát"])] == [((0, 13),)]
