"""The corpus: drafts that somebody wrote, each another; no skeleton filled in again and again."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import Any

import pytest
import ryaml
from datasketch import MinHash, MinHashLSH

from review_service.checklist.judge import CODES
from review_service.text import fold
from review_service.themes import PLAN, load_plan
from tests.conftest import ROOT
from training.examples import read_drafts
from training.train_judge import SENTENCES

_RUN = 20  # syllables: longer than the names of offences and units, and all but the longest of resolutions
_SHARED_RUNS = 0.02  # of drafts that may share such a run with another group's draft
_ALIKE = 0.5  # Jaccard similarity over shingles of four syllables


@pytest.fixture(scope="module")
def corpus() -> list[dict[str, Any]]:
    paths = sorted((ROOT / "training" / "data").glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def syllables(corpus: list[dict[str, Any]]) -> list[list[str]]:
    texts = [" ".join(filter(None, (d["request"].get("title"), d["request"]["body"]))) for d in corpus]
    return [re.findall(r"[^\W_]+", fold(text)) for text in texts]


def test_ids_labels_and_groups(corpus: list[dict[str, Any]]) -> None:
    themes = set(load_plan(PLAN).names)
    assert len({draft["id"] for draft in corpus}) == len(corpus)
    for draft in corpus:
        assert set(draft["themes"]) <= themes, draft["id"]
        assert draft["group"], draft["id"]
        assert draft["provenance"], draft["id"]


def test_every_line_is_a_labelled_draft(corpus: list[dict[str, Any]]) -> None:
    paths = sorted((ROOT / "training" / "data").glob("*.jsonl"))
    assert len(read_drafts(paths, load_plan(PLAN).names, strict=True)) == len(corpus)


def test_every_theme_and_the_rest_of_the_world_are_there(corpus: list[dict[str, Any]]) -> None:
    counts = Counter(theme for draft in corpus for theme in draft["themes"] or ["off plan"])
    assert min(counts[theme] for theme in load_plan(PLAN).names) >= 60, counts
    assert counts["off plan"] >= 600
    assert len(corpus) >= 2200
    assert sum(len(draft["themes"]) >= 2 for draft in corpus) >= (len(corpus) - counts["off plan"]) / 3


def test_no_two_drafts_are_nearly_the_same(corpus: list[dict[str, Any]], syllables: list[list[str]]) -> None:
    index = MinHashLSH(threshold=_ALIKE, num_perm=64)
    for draft, words in zip(corpus, syllables, strict=True):
        signature = MinHash(num_perm=64)
        signature.update_batch([" ".join(words[n : n + 4]).encode() for n in range(len(words) - 3)])
        assert index.query(signature) == [], draft["id"]
        index.insert(draft["id"], signature)


def test_long_runs_of_words_are_not_shared(corpus: list[dict[str, Any]], syllables: list[list[str]]) -> None:
    groups = defaultdict(set)
    for draft, words in zip(corpus, syllables, strict=True):
        for start in range(len(words) - _RUN + 1):
            groups[tuple(words[start : start + _RUN])].add(draft["group"])
    sharing = set().union(*(found for found in groups.values() if len(found) > 1), set())
    assert len(sharing) <= _SHARED_RUNS * len(corpus), sorted(sharing)


def test_the_vocabulary_goes_on_growing(syllables: list[list[str]]) -> None:
    """Text from a template stops bringing new pairs of syllables; the last tenth here still brings many."""
    pairs = [set(pairwise(words)) for words in syllables]
    cut = len(pairs) * 9 // 10
    known = set().union(*pairs[:cut])
    last = set().union(*pairs[cut:])
    assert len(last - known) >= 0.2 * len(last)


def test_sentences_labelled_one_by_one_are_each_another_and_none_is_both() -> None:
    tables = [ryaml.loads(path.read_text(encoding="utf-8")) for path in SENTENCES]
    codes = {code for table in tables for code in table if code != "about"}
    assert codes <= set(CODES)
    lists = [table[code] for table in tables for code in table if code != "about"]
    assert all(labelled.keys() == {"flagged", "plain"} for labelled in lists)
    sentences = [fold(sentence) for labelled in lists for label in labelled for sentence in labelled[label]]
    assert len(sentences) > 3_000
    assert len(set(sentences)) == len(sentences)
