"""Train the judge of sentences (review_service/checklist/judge.py) on labelled drafts and write it into the knowledge folder."""

from __future__ import annotations

import datetime
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click
import numpy as np
import ryaml
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

sys.path.insert(0, str(Path(__file__).parent.parent))  # so that `python training/train_judge.py` works in a checkout

from review_service.checklist import Knowledge, Reading, check_draft, load_knowledge
from review_service.checklist.judge import (
    CODES,
    FILE,
    LEAST_TOKENS,
    LONGEST_RUN,
    UNDECIDED,
    WORDED_BY,
    Bounds,
    Judge,
    Weights,
    key_of,
    save_judge,
    tokens,
)
from review_service.checklist.knowledge import KNOWLEDGE
from review_service.checklist.lexicon import Hits
from review_service.evaluation import label_spans, read_labels
from review_service.reviewer import parse_draft, read_document
from review_service.text import Segmenter, Sentence, fold, load_segmenter
from review_service.themes.measures import Flags
from review_service.themes.vectors import Columns
from review_service.themes.vectors import Floats as Likelihoods
from training.examples import DATA, EVALUATION, HELD_OUT
from training.fit import folds

# What the rules have learnt from, the judge may learn from, too: where it knew less than they do, it would doubt them.
LABELLED = (EVALUATION / "drafts.jsonl", HELD_OUT)
EXAMPLES = tuple(EVALUATION.parent / "checklist" / "examples" / f"{code}.yaml" for code in CODES)
UNLABELLED = tuple(sorted(DATA.glob("*.jsonl")))
SENTENCES = tuple(sorted((DATA.parent / "sentences").glob("*.yaml")))
MIN_DRAFTS = 3  # that a run of words must stand in, so that no draft leaves its words in the judge
REGULARIZATION = 30.0
FLAGGED_WEIGHT = 5.0  # of a flagged sentence: under each code there is one in a hundred, of opinions two
# Of the flagged sentences of drafts in which the rules find something, those that lie below `least` when held out: chosen by what the
# service had flagged, rightly and wrongly, in eighteen sets of drafts that it had not seen (README.md).
LOST = {
    "objectivity.absolute_claim": 0.02,
    "objectivity.opinion": 0.005,
    "source.hearsay": 0.0025,
    "source.unattributed_figure": 0.015,
}
# Of the flagged sentences of new drafts, those that the rules have no words for: of 72 drafts 6 of 15 absolutes, 7 of 17 opinions and
# none of 11 rumours; in drafts that the rules were made with there are hardly any. Figures need no words.
WORDLESS = {
    "objectivity.absolute_claim": 0.3,
    "objectivity.opinion": 0.3,
    "source.hearsay": 0.1,
    "source.unattributed_figure": 1.0,
}
FEW = 50  # flagged sentences without words: with fewer, all flagged ones must stand for them
# Held out, how much of what is taken up must be right. The rules then ask who tells it and where a figure comes from; of opinions
# also whose they are and in which genre, which turns away many of the wrong ones.
PRECISION = {
    "objectivity.absolute_claim": 0.8,
    "objectivity.opinion": 0.55,
    "source.hearsay": 0.9,
    "source.unattributed_figure": 0.88,
}


class Labelled(NamedTuple):
    """A folded sentence, the draft and the hand that it is of, the codes that it is flagged under, those that the rules have words
    for, and whether it stands in a draft of which every sentence is labelled."""

    folded: str
    draft: str
    hand: str
    codes: frozenset[str]
    worded: frozenset[str]
    in_draft: bool = False


class Sentences(NamedTuple):
    """What the judge learns from: folded sentences, the draft and the hand that each is of, its labels and what the rules have
    words for (sentences by codes), and whether it stands in a labelled draft."""

    folded: Sequence[str]
    drafts: Sequence[str]
    hands: Sequence[str]
    labels: Flags
    worded: Flags
    in_draft: Flags

    def pick(self, rows: Columns) -> Sentences:
        """Return some of the sentences."""
        folded, drafts, hands = ([column[row] for row in rows] for column in (self.folded, self.drafts, self.hands))
        return Sentences(folded, drafts, hands, self.labels[rows], self.worded[rows], self.in_draft[rows])


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--knowledge",
    default=KNOWLEDGE,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The knowledge folder to write to.",
)
def main(files: tuple[Path, ...], knowledge: Path) -> None:
    """Train the judge on FILES: JSON lines of drafts labelled for the checklist (by default tests/evaluation/*.jsonl).

    \b
    python training/train_judge.py                  train on the project's drafts
    python training/train_judge.py *.jsonl          train on other drafts

    A line is {"id", "request": {a draft}, "themes", "issues": [{"code", "field", "text", "occurrence"}], "complete_for"}. The
    sentences of training/data in which the rules find nothing show what is plain, those of training/sentences are labelled one by
    one. The same data give the same judge.
    """
    rules, segment = load_knowledge(knowledge, Judge.undecided()), load_segmenter("underthesea")
    labelled = (
        *_labelled(files or LABELLED, segment, rules),
        *_examples(EXAMPLES, segment, rules),
        *_one_by_one(SENTENCES, segment, rules),
    )
    learnt = _together([*labelled, *_plain(UNLABELLED, segment, rules)])
    fitted, likelihoods = fit(learnt), _held_out(learnt)
    bounds = [_bounds(code, likelihoods[:, column], learnt) for column, code in enumerate(CODES)]
    save_judge(knowledge / FILE, fitted, bounds)
    click.echo(f"{len(learnt.folded)} sentences, {len(fitted.keys)} runs of words; held out by hands:")
    for column, (code, (least, sure)) in enumerate(zip(CODES, bounds, strict=True)):
        flagged, likely = learnt.labels[:, column], likelihoods[:, column]
        over = likely >= sure
        wrong = over & ~flagged & ~learnt.worded[:, column] & learnt.in_draft
        click.echo(
            f"{code}: {flagged.sum()} flagged; let go below {least:.4f}; taken up from {sure:.2f} on: "
            f"{over[flagged].mean():.3f} of the flagged, {wrong.sum()} of the others in drafts"
        )


def _labelled(paths: Iterable[Path], segment: Segmenter, rules: Knowledge) -> Iterator[Labelled]:
    """Yield the sentences of drafts labelled for the checklist."""
    labels = [label for path in paths for label in read_labels(path)]
    for label in tqdm(labels, desc="labelled drafts", unit="draft"):
        document = read_document(parse_draft(label["request"]), segment)
        hits = rules.lexicons.find(document)
        spans = [
            (entry["code"], span) for entry in label["issues"] for span in label_spans(label["request"], entry) if span
        ]
        for field in document.prose:
            for sentence in field.sentences:
                start, end = field.source_span(sentence.start, sentence.end)
                codes = {
                    code for code, (name, first, last) in spans if name == field.name and first < end and start < last
                }
                yield Labelled(
                    sentence.folded, label["id"], label["id"], frozenset(codes), _worded(hits, sentence), in_draft=True
                )


def _worded(hits: Hits, sentence: Sentence) -> frozenset[str]:
    """Return the codes that the rules have words for in a sentence."""
    return frozenset(
        code for code, lexicons in WORDED_BY.items() if any(hits.within(sentence, lexicon) for lexicon in lexicons)
    )


def _examples(paths: Iterable[Path], segment: Segmenter, rules: Knowledge) -> Iterator[Labelled]:
    """Yield the sentences of the examples on which the rules must fire, and of those on which they must stay silent."""
    for path in paths:
        table = ryaml.loads(path.read_text(encoding="utf-8"))
        for number, example in enumerate((*table["fires"], *table["silent"]), 1):
            document = read_document(parse_draft({"body": "", **_request(example)}), segment)
            hits = rules.lexicons.find(document)
            for sentence in document.body.sentences:
                flagged = any(fold(words) in sentence.folded for words in example.get("spans", ()))
                codes = frozenset([table["code"]] if flagged else [])
                name = f"{path.stem} {number}"
                yield Labelled(sentence.folded, name, name, codes, _worded(hits, sentence))


def _one_by_one(paths: Iterable[Path], segment: Segmenter, rules: Knowledge) -> Iterator[Labelled]:
    """Yield the sentences that were written and labelled one by one, each file by one hand: {code: {"flagged": [...], "plain":
    [...]}}."""
    for path in paths:
        table = ryaml.loads(path.read_text(encoding="utf-8"))
        told = [(code, label, text) for code in CODES for label, of in table.get(code, {}).items() for text in of]
        for number, (code, label, text) in enumerate(told, 1):
            document = read_document(parse_draft({"body": text}), segment)
            hits, sentence = rules.lexicons.find(document), document.body.sentences[0]
            codes = frozenset([code] if label == "flagged" else [])
            yield Labelled(sentence.folded, f"{path.stem} {number}", path.stem, codes, _worded(hits, sentence))


def _request(example: dict[str, Any]) -> dict[str, str]:
    return {name: example[name] for name in ("body", "format") if name in example}


def _plain(paths: Iterable[Path], segment: Segmenter, rules: Knowledge) -> Iterator[Labelled]:
    """Yield the sentences of drafts without labels in which the rules find nothing that the judge is asked about."""
    labels = [label for path in paths for label in read_labels(path)]
    for label in tqdm(labels, desc="unlabelled drafts", unit="draft"):
        draft = parse_draft(label["request"])
        document = read_document(draft, segment)
        found, _ = check_draft(Reading(draft, document, rules, _TODAY))
        hits = rules.lexicons.find(document)
        spans = [finding.span for code, finding in found if code in CODES and finding.span]
        for field in document.prose:
            for sentence in field.sentences:
                whole = sentence.span(0, sentence.end - sentence.start)
                if not any(whole.overlaps(span) for span in spans):
                    yield Labelled(sentence.folded, label["id"], label["id"], frozenset(), _worded(hits, sentence))


_TODAY = datetime.date(2026, 11, 28)  # for drafts without a date; fixed, so that the same data give the same judge


def _together(labelled: Iterable[Labelled]) -> Sentences:
    """Return the sentences that are long enough for the judge."""
    kept = [one for one in labelled if len(tokens(one.folded)) >= LEAST_TOKENS]
    labels, worded = (
        np.array([[code in codes for code in CODES] for codes in column], dtype=np.bool_)
        for column in ([one.codes for one in kept], [one.worded for one in kept])
    )
    folded, drafts, hands = zip(*((one.folded, one.draft, one.hand) for one in kept), strict=True)
    return Sentences(folded, drafts, hands, labels, worded, np.array([one.in_draft for one in kept]))


def fit(learnt: Sentences) -> Weights:
    """Fit a logistic regression for each code on the tf-idf of the runs of words that stand in several drafts."""
    runs = [_runs(folded) for folded in learnt.folded]
    of_drafts: dict[str, set[str]] = defaultdict(set)
    for found, draft in zip(runs, learnt.drafts, strict=True):
        of_drafts[draft].update(found)
    drafts_with = Counter(run for found in of_drafts.values() for run in found)
    known = [run for run, drafts in drafts_with.items() if drafts >= MIN_DRAFTS]
    words = sorted({word for run in known for word in run.split(" ")})
    numbers = {word: number for number, word in enumerate(words, 1)}
    keys = {key_of([numbers[word] for word in run.split(" ")]): run for run in known}
    vectorizer = TfidfVectorizer(analyzer=tuple, vocabulary=[keys[key] for key in sorted(keys)], sublinear_tf=True)
    vectors = vectorizer.fit_transform(runs)
    models = [
        LogisticRegression(C=REGULARIZATION, class_weight={True: FLAGGED_WEIGHT, False: 1.0}, max_iter=500).fit(
            vectors, flagged
        )
        for flagged in learnt.labels.T
    ]
    return Weights(
        tuple(words),
        np.array(sorted(keys), np.int64),
        vectorizer.idf_.astype(np.float32),
        np.column_stack([model.coef_[0] for model in models]).astype(np.float32),
        np.array([model.intercept_[0] for model in models], np.float32),
    )


def _runs(folded: str) -> list[str]:
    """Return the runs of one to three words of a folded sentence."""
    words = tokens(folded)
    sizes = range(1, LONGEST_RUN + 1)
    return [" ".join(words[first : first + size]) for size in sizes for first in range(len(words) - size + 1)]


def _held_out(learnt: Sentences) -> Likelihoods:
    """Return what judges say of sentences of whose hand they have seen nothing: sentences by codes."""
    likelihoods = np.zeros(learnt.labels.shape)
    for train, rows in tqdm(folds(learnt.hands), desc="held out", unit="fold"):
        judge = Judge(fit(learnt.pick(train)), UNDECIDED)
        likelihoods[rows] = judge.likelihoods([learnt.folded[row] for row in rows])
    return likelihoods


def _bounds(code: str, said: Likelihoods, learnt: Sentences) -> Bounds:
    """Return the bounds of a code, given what was `said` of each sentence held out.

    What is wrongly taken up are sentences of drafts without words on which the rules decide; what is rightly taken up are, of the
    flagged ones that new drafts will have without such words, as many as of those that are known.
    """
    column = CODES.index(code)
    flagged, worded = learnt.labels[:, column], learnt.worded[:, column]
    found = flagged & learnt.in_draft & (worded if WORDED_BY[code] else True)
    least = float(np.quantile(said[found], LOST[code]))
    wordless = flagged & ~worded
    known = wordless if wordless.sum() >= FEW else flagged
    order = np.argsort(-said, kind="stable")
    right = WORDLESS[code] * (flagged & learnt.in_draft).sum() * np.cumsum(known[order]) / known.sum()
    wrong = np.cumsum((~flagged & ~worded & learnt.in_draft)[order])
    enough = np.flatnonzero(right >= PRECISION[code] * (right + wrong))
    return Bounds(least, float(said[order[enough[-1]]]) if len(enough) else 2.0)


if __name__ == "__main__":
    main()
