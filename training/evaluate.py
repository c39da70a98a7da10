"""Score any version of the theme model on labelled drafts."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parent.parent))

from review_service.errors import ModelError
from review_service.themes import load_version
from review_service.themes.measures import summarize
from review_service.themes.versions import current_version
from training.examples import make_examples, read_drafts
from training.fit import Language, predict
from training.train import MODELS


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--version", "version", help="The version to score; by default, the one in service.")
@click.option("--models", default=MODELS, type=click.Path(file_okay=False, path_type=Path), help="Where models are.")
@click.option("--json", "as_json", is_flag=True, help="Print every figure as JSON.")
def main(files: tuple[Path, ...], version: str | None, models: Path, as_json: bool) -> None:
    """Score a version of the theme model on FILES: JSON lines of {"id", "request", "themes"}.

    \b
    python training/evaluate.py tests/evaluation/held_out.jsonl
    python training/evaluate.py drafts.jsonl --version tayninh-2021-71c61a5e --json
    """
    try:
        model = load_version(models, version or current_version(models))
    except ModelError as error:
        raise click.ClickException(str(error)) from None
    drafts = read_drafts(files, model.themes)
    language = Language(model.vectorizer.concepts, model.function_words)
    examples = make_examples(drafts, model.themes, model.segmenter, language)
    said = predict(model, examples.seen)
    figures = summarize(said.scores, said.picked, examples.labels, model.themes)
    if as_json:
        click.echo(json.dumps({"version": model.version, **figures}, ensure_ascii=False, indent=2))
        return
    low, high = figures["macro_f1_interval"]
    click.echo(f"{model.version} on {len(drafts)} drafts")
    click.echo(f"macro-F1 {figures['macro_f1']:.3f} ({low:.3f} to {high:.3f}), exact {figures['exact']:.3f}")
    click.echo(f"off plan {figures['off_plan_accuracy']:.3f}, calibration error {figures['calibration_error']:.3f}")
    for theme, entry in figures["themes"].items():
        click.echo(f"{theme:26} P {entry['precision']:.2f}  R {entry['recall']:.2f}  F1 {entry['f1']:.2f}")


if __name__ == "__main__":
    main()
