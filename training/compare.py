"""Compare ways to represent drafts and to learn from them, by cross-validation that keeps groups apart."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.multiclass import OneVsRestClassifier
from sklearn.multioutput import ClassifierChain
from sklearn.naive_bayes import ComplementNB
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.svm import LinearSVC
from tqdm import tqdm

sys.path.insert(0, str(Path(__file__).parent.parent))

from review_service.reviewer import read_document
from review_service.text import SegmenterName, load_segmenter
from review_service.themes import PLAN, load_plan
from review_service.themes.labelled import LabelledDraft
from review_service.themes.measures import SEED, Flags, exact, macro_f1, off_plan_accuracy
from training.examples import CORPUS, make_examples, read_drafts, read_language
from training.fit import Name, Options, fit, folds, label_matrix

Texts = list[str]


def _learners() -> dict[str, Callable[[], Any]]:
    return {
        "linear SVM": lambda: OneVsRestClassifier(LinearSVC(C=0.5, class_weight="balanced", random_state=SEED)),
        "logistic regression": lambda: OneVsRestClassifier(
            LogisticRegression(C=30, class_weight="balanced", max_iter=2000)
        ),
        "SGD, hinge loss": lambda: OneVsRestClassifier(
            SGDClassifier(alpha=1e-4, class_weight="balanced", random_state=SEED)
        ),
        "complement naive Bayes": lambda: OneVsRestClassifier(ComplementNB(alpha=0.3)),
        "chain of linear SVMs": lambda: ClassifierChain(LinearSVC(C=0.5, class_weight="balanced"), random_state=SEED),
    }


def _grams(column: int, **options: Any) -> Pipeline:
    """Return tf-idf of one of a draft's representations (see `_texts`)."""
    pick = TfidfVectorizer(
        preprocessor=lambda texts: texts[column], sublinear_tf=True, min_df=2, max_features=60_000, **options
    )
    return make_pipeline(pick)


def _representations() -> dict[str, Callable[[], Any]]:
    words: dict[str, Any] = {"ngram_range": (1, 2), "token_pattern": r"\S+"}
    return {
        "words, underthesea": lambda: _grams(0, **words),
        "words, pyvi": lambda: _grams(1, **words),
        "syllables": lambda: _grams(2, **{**words, "ngram_range": (1, 3)}),
        "characters": lambda: _grams(2, analyzer="char_wb", ngram_range=(3, 5)),
        "words and characters": lambda: FeatureUnion(
            [("words", _grams(0, **words)), ("characters", _grams(2, analyzer="char_wb", ngram_range=(3, 5)))]
        ),
    }


def _texts(drafts: list[LabelledDraft]) -> list[Texts]:
    """Return each draft as underthesea's words, as pyvi's words and as syllables, each joined by spaces."""
    names: tuple[SegmenterName, ...] = ("underthesea", "pyvi")
    segmenters = [load_segmenter(name) for name in names]
    found = []
    for item in tqdm(drafts, desc="segmenting", unit="draft"):
        texts = []
        for segment in segmenters:
            document = read_document(item.draft, segment)
            texts.append(
                " ".join(
                    field.folded[start:end].replace(" ", "_")
                    for field in document.prose
                    for words in document.words[field.name]
                    for start, end in words
                    if field.text[start].isalnum()
                )
            )
        found.append([*texts, texts[0].replace("_", " ")])
    return found


def _candidates() -> Iterator[tuple[str, str]]:
    yield from ((name, "linear SVM") for name in _representations())
    yield from (("words, underthesea", name) for name in _learners() if name != "linear SVM")


def _row(name: str, learner: str, picked: Flags, truth: Flags, seconds: float) -> str:
    figures = (macro_f1(picked, truth), exact(picked, truth), off_plan_accuracy(picked, truth))
    return f"| {name} | {learner} | " + " | ".join(f"{figure:.3f}" for figure in figures) + f" | {seconds:.1f} |"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(files: tuple[Path, ...]) -> None:
    """Print a table of representations and learners on FILES (by default, the corpus).

    Each is trained on four fifths of the groups and measured on the rest, five times over. The last row is the model that
    training/train.py makes, with its concepts, gate and thresholds.
    """
    plan = load_plan(PLAN)
    drafts = read_drafts(files or CORPUS, plan.names)
    truth = label_matrix([item.themes for item in drafts], plan.names)
    parts = folds([item.group for item in drafts])
    texts = _texts(drafts)
    click.echo(
        "| representation | learner | macro-F1 | exact | off plan | seconds |\n| --- | --- | --- | --- | --- | --- |"
    )
    for name, learner in _candidates():
        begin = time.perf_counter()
        picked = np.zeros(truth.shape, dtype=np.bool_)
        for train, rows in parts:
            model = make_pipeline(_representations()[name](), _learners()[learner]())
            model.fit([texts[row] for row in train], truth[train])
            picked[rows] = np.asarray(model.predict([texts[row] for row in rows])) > 0
        click.echo(_row(name, learner, picked, truth, time.perf_counter() - begin))
    begin = time.perf_counter()
    language = read_language()
    examples = make_examples(drafts, plan.names, "underthesea", language)
    _, held = fit(examples, Name("compared", plan.plan, "underthesea", tuple(plan.names)), language, Options())
    click.echo(_row("words and concepts by block", "linear SVM, gate", held.picked, truth, time.perf_counter() - begin))


if __name__ == "__main__":
    main()
