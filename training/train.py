"""Train the theme classifier on labelled drafts and write it as a new version beside the old ones."""

from __future__ import annotations

import hashlib
import sys
from itertools import chain
from pathlib import Path
from typing import Any

import click
import numpy as np
import yaml
from tqdm import tqdm

sys.path.insert(0, str(Path(__file__).parent.parent))  # so that `python training/train.py` works in a checkout

from review_service.reviewer import read_document
from review_service.text import load_segmenter
from review_service.themes import PLAN, load_plan
from review_service.themes.features import count
from review_service.themes.model import ThemeModel, save_model
from training.corpus import DATA, EDITOR, CorpusError, LabelledDraft, read_corpus
from training.fit import SEED, Options, TooFewDraftsError, fit, label_matrix, require_enough
from training.measures import summarize

FUNCTION_WORDS = Path(__file__).parent / "function_words.yaml"
MODELS = Path(__file__).parent.parent / "models"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--feedback",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Labels that editors confirmed (review-service export), on top of FILES.",
)
@click.option("--version", "version", help="The new version's name; by default, made from the data.")
@click.option(
    "--models", default=MODELS, type=click.Path(file_okay=False, path_type=Path), help="Where models are kept."
)
@click.option(
    "--plan", default=PLAN, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The plan file."
)
@click.option("--segmenter", default="underthesea", type=click.Choice(["underthesea", "pyvi"]), show_default=True)
@click.option("--strict", is_flag=True, help="Stop at the first bad line instead of skipping it.")
def main(
    files: tuple[Path, ...],
    feedback: tuple[Path, ...],
    version: str | None,
    models: Path,
    plan: Path,
    segmenter: Any,
    strict: bool,
) -> None:
    """Train the theme classifier on FILES (JSON lines of labelled drafts; by default training/data/*.jsonl).

    \b
    python training/train.py                      train on the project's corpus
    python training/train.py more.jsonl --strict  train on another file, stop at a bad line
    python training/train.py --feedback f.jsonl   train on the project's corpus and what editors confirmed

    A line is {"id", "group", "provenance", "request": {a draft}, "themes": [names of the plan]}. The new model is
    written to models/themes/VERSION/ and becomes the current one. The same data give the same model.
    """
    chosen_plan = load_plan(plan)
    paths = files or tuple(sorted(DATA.glob("*.jsonl")))
    drafts = _read(paths, feedback, chosen_plan.names, strict)
    segment = load_segmenter(segmenter)
    counts = [count(read_document(item.draft, segment)) for item in tqdm(drafts, desc="segmenting", unit="draft")]
    labels = label_matrix([item.themes for item in drafts], chosen_plan.names)
    groups = [item.group for item in drafts]
    try:
        require_enough(labels, groups, chosen_plan.names)
    except TooFewDraftsError as error:
        raise click.ClickException(str(error)) from None
    corpus_hash = _corpus_hash(drafts)
    name = version or f"{chosen_plan.plan}-{corpus_hash[:8]}"
    empty = _empty_model(name, chosen_plan.plan, segmenter, chosen_plan.names)
    model, scores = fit(counts, labels, groups, empty, Options())
    figures = summarize(scores, labels, model.thresholds, chosen_plan.names)
    confirmed = sum(item.provenance == EDITOR for item in drafts)
    corpus = {"drafts": len(drafts), "confirmed_by_editors": confirmed, "sha256": corpus_hash}
    details = {"corpus": corpus, "seed": SEED, "held_out": figures}
    save_model(model, models / "themes" / name, details)
    _make_current(models, name)
    click.echo(
        f"{name}: {len(drafts)} drafts, macro-F1 {figures['macro_f1']:.3f} (out of fold), exact {figures['exact']:.3f}"
    )


def _read(
    paths: tuple[Path, ...], feedback: tuple[Path, ...], themes: tuple[str, ...], strict: bool
) -> list[LabelledDraft]:
    drafts = []
    confirmed = (_confirmed(item) for item in read_corpus(feedback, themes))
    for item in chain(read_corpus(paths, themes), confirmed):
        if isinstance(item, CorpusError):
            if strict:
                raise click.ClickException(str(item))
            click.echo(f"skipped {item}", err=True)
        else:
            drafts.append(item)
    if not drafts:
        raise click.ClickException("no labelled drafts to train on")
    return drafts


def _confirmed(item: LabelledDraft | CorpusError) -> LabelledDraft | CorpusError:
    """Let through only what a person confirmed: labels of a machine never come back as the truth."""
    if isinstance(item, LabelledDraft) and item.provenance != EDITOR:
        return CorpusError(f"{item.id}: not confirmed by an editor (its provenance is not {EDITOR!r})")
    return item


def _corpus_hash(drafts: list[LabelledDraft]) -> str:
    digest = hashlib.sha256()
    for item in drafts:
        digest.update(f"{item.id}\0{item.group}\0{item.draft.model_dump_json()}\0{sorted(item.themes)}\n".encode())
    return digest.hexdigest()


def _empty_model(version: str, plan: str, segmenter: str, themes: tuple[str, ...]) -> ThemeModel:
    words = yaml.safe_load(FUNCTION_WORDS.read_text(encoding="utf-8"))["function_words"]
    none = np.zeros(0)
    return ThemeModel(
        version=version, plan=plan, segmenter=segmenter, themes=themes, vocabulary={}, block_weights={}, idf=none,
        weights=none, intercepts=none, slopes=none, offsets=none, thresholds=none,
        function_words=frozenset(word.replace(" ", "_") for word in words), max_themes=4,
    )  # fmt: skip


def _make_current(models: Path, name: str) -> None:
    current = models / "themes" / "current"
    fresh = current.with_suffix(".new")
    fresh.write_text(name + "\n", encoding="utf-8")
    fresh.replace(current)


if __name__ == "__main__":
    main()
