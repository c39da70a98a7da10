"""From files of labelled drafts to examples: read, checked, segmented once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
import numpy as np
import ryaml
from tqdm import tqdm

from review_service.reviewer import read_document
from review_service.text import SegmenterName, load_segmenter
from review_service.themes.features import Concepts, sightings
from review_service.themes.labelled import EDITOR, LabelledDraft, read_labelled
from training.fit import Examples, Language, label_matrix

HERE = Path(__file__).parent
DATA = HERE / "data"
EVALUATION = HERE.parent / "tests" / "evaluation"
# What is trained on by default. The evaluation set was labelled for the checklist and for the themes; what the rules have
# learnt from it, the model may learn from, too. `held_out.jsonl` stays apart.
CORPUS = (*sorted(DATA.glob("*.jsonl")), EVALUATION / "drafts.jsonl")
HELD_OUT = EVALUATION / "held_out.jsonl"
CONCEPTS = HERE / "concepts.yaml"
FUNCTION_WORDS = HERE / "function_words.yaml"


def read_drafts(paths: Sequence[Path], themes: Sequence[str], strict: bool = False) -> list[LabelledDraft]:
    """Return the labelled drafts of `paths`; a bad line is told on stderr and skipped, or stops everything if `strict`.

    Raises:
        click.ClickException: nothing is left, or a line is bad and `strict` is set.
    """
    drafts = []
    for item in read_labelled(paths, themes):
        if isinstance(item, LabelledDraft):
            drafts.append(item)
        elif strict:
            raise click.ClickException(str(item))
        else:
            click.echo(f"skipped {item}", err=True)
    if not drafts:
        raise click.ClickException(f"no labelled drafts in {', '.join(map(str, paths)) or 'no files'}")
    return drafts


def make_examples(
    drafts: Sequence[LabelledDraft],
    themes: Sequence[str],
    segmenter: SegmenterName,
    language: Language,
    editor_weight: float = 1.0,
) -> Examples:
    """Segment each draft and see its words and concepts."""
    segment, concepts = load_segmenter(segmenter), Concepts(language.concepts)
    bar = tqdm(drafts, desc="segmenting", unit="draft")
    return Examples(
        seen=[sightings(read_document(item.draft, segment), concepts) for item in bar],
        labels=label_matrix([item.themes for item in drafts], themes),
        groups=[item.group for item in drafts],
        weights=np.array([editor_weight if item.provenance == EDITOR else 1.0 for item in drafts]),
    )


def read_language(concepts: Path = CONCEPTS, function_words: Path = FUNCTION_WORDS) -> Language:
    """Read the phrases of each concept, and the words that are never evidence.

    Raises:
        click.ClickException: a file is not in its form.
    """
    phrases = ryaml.loads(concepts.read_text(encoding="utf-8")) or {}
    words = ryaml.loads(function_words.read_text(encoding="utf-8"))["function_words"]
    for concept, listed in phrases.items():
        if not isinstance(listed, list) or not all(isinstance(phrase, str) and phrase.strip() for phrase in listed):
            raise click.ClickException(f"{concepts}: concept {concept!r} is not a list of phrases")
    return Language(phrases, frozenset(word.replace(" ", "_") for word in words))
