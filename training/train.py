"""Train the theme classifier on labelled drafts and write it as a new version beside the old ones."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

sys.path.insert(0, str(Path(__file__).parent.parent))  # so that `python training/train.py` works in a checkout

from review_service.errors import ModelError
from review_service.themes import PLAN, load_plan
from review_service.themes.labelled import EDITOR, LabelledDraft
from review_service.themes.measures import SEED, summarize
from review_service.themes.storage import save_model, version_folder
from review_service.themes.versions import Change, list_versions, promote
from training.examples import CORPUS, make_examples, read_drafts, read_language
from training.fit import FOLDS, SHARES, Name, Options, TooFewDraftsError, fit, learning_curve, require_enough
from training.report import write_card, write_report

MODELS = Path(__file__).parent.parent / "models"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--feedback",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Labels that editors confirmed (review-service export), on top of FILES; they weigh more.",
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
    """Train the theme classifier on FILES (JSON lines of labelled drafts; by default the project's corpus:
    training/data/*.jsonl and tests/evaluation/drafts.jsonl).

    \b
    python training/train.py                      train on the project's corpus
    python training/train.py more.jsonl --strict  train on another file, stop at a bad line
    python training/train.py --feedback f.jsonl   train on the project's corpus and what editors confirmed

    A line is {"id", "group", "provenance", "request": {a draft}, "themes": [names of the plan]}. The new version is
    written to models/themes/VERSION/ with its manifest, card and report. The first one goes into service; a later one
    when `python training/promote.py VERSION` finds it as good. The same data give the same model.
    """
    chosen = load_plan(plan)
    drafts = _drafts(files or CORPUS, feedback, chosen.names, strict)
    language, options = read_language(), Options()
    examples = make_examples(drafts, chosen.names, segmenter, language, options.editor_weight)
    try:
        require_enough(examples, chosen.names)
    except TooFewDraftsError as error:
        raise click.ClickException(str(error)) from None
    digest = _corpus_hash(drafts)
    name = Name(version or f"{chosen.plan}-{digest[:8]}", chosen.plan, segmenter, tuple(chosen.names))
    with tqdm(total=FOLDS + 1 + len(SHARES), desc="fitting", unit="fit") as bar:
        model, held = fit(examples, name, language, options, lambda step: _advance(bar, step))
        curve = learning_curve(examples, name, language, options, lambda step: _advance(bar, step))
    figures = summarize(held.scores, held.picked, examples.labels, chosen.names)
    confirmed = sum(item.provenance == EDITOR for item in drafts)
    corpus = {"drafts": len(drafts), "confirmed_by_editors": confirmed, "sha256": digest}
    try:
        folder = version_folder(models, name.version)
        save_model(model, folder, {"corpus": corpus, "seed": SEED, "held_out": figures})
        write_card(folder, model, corpus, figures)
        write_report(folder, model, drafts, examples, held, figures, curve)
        if len(list_versions(models)) == 1:
            promote(models, Change("promote", name.version, "training/train.py", "the first version"))
    except ModelError as error:
        raise click.ClickException(str(error)) from None
    click.echo(
        f"{name.version}: {len(drafts)} drafts, held out by groups: macro-F1 {figures['macro_f1']:.3f}, "
        f"exact {figures['exact']:.3f}, off plan {figures['off_plan_accuracy']:.3f}, "
        f"calibration error {figures['calibration_error']:.3f}"
    )


def _advance(bar: Any, step: str) -> None:
    bar.set_postfix_str(step)
    bar.update()


def _drafts(
    files: tuple[Path, ...], feedback: tuple[Path, ...], themes: tuple[str, ...], strict: bool
) -> list[LabelledDraft]:
    """Return the drafts of `files`, and of `feedback` those that a person confirmed: a machine's labels are no truth.

    A text that an editor labelled counts once, with the editor's labels.
    """
    drafts = read_drafts(files, themes, strict)
    confirmed = []
    for item in read_drafts(feedback, themes, strict) if feedback else ():
        if item.provenance == EDITOR:
            confirmed.append(item)
        else:
            click.echo(f"skipped {item.id}: not confirmed by an editor (its provenance is not {EDITOR!r})", err=True)
    known = {item.digest for item in confirmed}
    return [*(item for item in drafts if item.digest not in known), *confirmed]


def _corpus_hash(drafts: list[LabelledDraft]) -> str:
    digest = hashlib.sha256()
    for item in drafts:
        digest.update(f"{item.id}\0{item.group}\0{item.draft.model_dump_json()}\0{sorted(item.themes)}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
