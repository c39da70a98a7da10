"""Put a version of the theme model in service, when it is as good as the one there on drafts that neither learnt from."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import NamedTuple

import click
import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from review_service.errors import ModelError
from review_service.themes import ThemeModel, load_version
from review_service.themes.measures import Flags, f1_scores, macro_f1, resamples
from review_service.themes.versions import Change, current_version, promote
from training.examples import HELD_OUT, make_examples, read_drafts
from training.fit import Language, predict
from training.train import MODELS

_TIE = 0.005  # a difference of macro-F1 that is none
_REGRESSION = 0.10  # how much of its F1 a theme may lose
_SURELY = 0.9  # share of resamples in which a theme's loss must show to count


class Verdict(NamedTuple):
    """Macro-F1 of champion and challenger, the share of resamples that the challenger wins or ties, and what speaks
    against it."""

    champion: float
    challenger: float
    not_worse: float
    objections: tuple[str, ...]


def compare(champion: Flags, challenger: Flags, truth: Flags, themes: tuple[str, ...]) -> Verdict:
    """Return how two models' choices (drafts by themes) fare against the truth, by a paired bootstrap over drafts."""
    rows = resamples(len(truth))
    gains = np.array([macro_f1(challenger[row], truth[row]) - macro_f1(champion[row], truth[row]) for row in rows])
    by_theme = np.array([f1_scores(challenger[row], truth[row]) - f1_scores(champion[row], truth[row]) for row in rows])
    not_worse = float((gains >= -_TIE).mean())
    objections = []
    if not_worse < 0.5:
        objections.append(f"it is worse in {1 - not_worse:.0%} of the resamples")
    for theme, change in zip(themes, by_theme.T, strict=True):
        if np.median(change) < -_REGRESSION and (change < 0).mean() >= _SURELY:
            objections.append(f"{theme} loses {-np.median(change):.2f} of its F1")
    return Verdict(macro_f1(champion, truth), macro_f1(challenger, truth), not_worse, tuple(objections))


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("version")
@click.option(
    "--on",
    "files",
    multiple=True,
    default=(HELD_OUT,),
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Labelled drafts to compare on; by default, tests/evaluation/held_out.jsonl.",
)
@click.option("--models", default=MODELS, type=click.Path(file_okay=False, path_type=Path), help="Where models are.")
@click.option("--force", metavar="REASON", help="Promote whatever the figures say; the reason is recorded.")
@click.option("--by", default=getpass.getuser, help="Who promotes; by default, who is logged in.")
def main(version: str, files: tuple[Path, ...], models: Path, force: str | None, by: str) -> None:
    """Put VERSION in service if it beats or equals the version there; running servers take it up by themselves.

    \b
    python training/promote.py tayninh-2021-71c61a5e
    python training/promote.py tayninh-2021-71c61a5e --force "new plan, old figures do not count"

    `review-service models rollback` goes back to the version before. Exit code 1 when VERSION is refused.
    """
    try:
        challenger, champion = load_version(models, version), load_version(models, current_version(models))
        verdict = _judge(champion, challenger, files)
        figures = {"champion": champion.version, **verdict._asdict(), "objections": list(verdict.objections)}
        click.echo(
            f"macro-F1 {verdict.champion:.3f} ({champion.version}), {verdict.challenger:.3f} ({version}); "
            f"not worse in {verdict.not_worse:.0%} of the resamples"
        )
        if verdict.objections and not force:
            click.echo(f"refused: {'; '.join(verdict.objections)}", err=True)
            sys.exit(1)
        reason = force or "as good on the held-out drafts"
        promote(models, Change("promote", version, by, reason, forced=force is not None, figures=figures))
    except ModelError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{version} is in service")


def _judge(champion: ThemeModel, challenger: ThemeModel, files: tuple[Path, ...]) -> Verdict:
    if champion.themes != challenger.themes:
        return Verdict(0.0, 0.0, 0.0, ("it was trained for another plan",))
    drafts = read_drafts(files, champion.themes)
    picked = []
    for model in (champion, challenger):
        language = Language(model.vectorizer.concepts, model.function_words)
        examples = make_examples(drafts, model.themes, model.segmenter, language)
        picked.append(predict(model, examples.seen).picked)
    return compare(picked[0], picked[1], examples.labels, champion.themes)


if __name__ == "__main__":
    main()
