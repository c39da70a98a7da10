"""The command line: review-service review | batch | evaluate | serve | knowledge, and the commands of `commands/`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

import review_service
from review_service.commands import keeping
from review_service.commands.demo import demo
from review_service.commands.keys import keys
from review_service.commands.models import models
from review_service.draft_file import ENDINGS, draft_fields, utf8_text
from review_service.errors import DraftError, ReviewServiceError
from review_service.reviewer import Reviewer, parse_draft
from review_service.settings import Settings

_SEVERITIES = ("suggestion", "warning", "error")


class _Group(click.Group):
    """Turns the package's errors into one clear line on stderr and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ReviewServiceError as error:
            click.echo(f"review-service: {error}", err=True)
            ctx.exit(2)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(review_service.__version__, prog_name="review-service")
def main() -> None:
    """Review Vietnamese drafts: the plan's themes, sources, units, objective wording.

    \b
    review-service review draft.json        a report for people
    review-service review --json - < a.txt  the review as JSON, of a text on stdin
    review-service batch drafts.jsonl o.jsonl   a whole archive
    review-service serve                    the HTTP service on port 8000
    review-service demo                     a year of made-up drafts, to look around in
    review-service keys create …            who may use it

    Settings are environment variables (REVIEW_MODELS, REVIEW_SEGMENTER, …); the README lists them.
    """


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--title", help="The title, of a file that is not .json.")
@click.option("--summary", help="The sapo, of a file that is not .json.")
@click.option("--author", help="Who wrote it.")
@click.option("--unit", help="The procuracy unit that contributes it.")
@click.option("--source", help="Where it comes from.")
@click.option("--date", help="The draft's date, as 2026-03-10.")
@click.option("--genre", type=click.Choice(["news", "feature", "legal_education", "profile", "notice"]))
@click.option(
    "--format", "format_", type=click.Choice(["text", "html", "markdown"]), help="By default, from the file's name."
)
@click.option("--language", type=click.Choice(["vi", "en"]), help="Of the messages.")
@click.option("--json", "as_json", is_flag=True, help="Print the review as JSON.")
@click.option("--fail-on", type=click.Choice(["error", "warning"]), help="Exit with 1 when such an issue exists.")
def review(file: Path, as_json: bool, fail_on: str | None, **options: str | None) -> None:
    """Review FILE: a draft as .json, or a file as .docx, .txt, .html or .md; - reads stdin.

    Exit code 0; 1 when --fail-on finds such an issue; 2 when the input is not a draft.
    """
    draft = parse_draft(_read(file, options))
    made = Reviewer.load().review(draft)
    if as_json:
        click.echo(json.dumps(made.to_dict(), ensure_ascii=False, indent=2))
    else:
        from review_service.report import print_report

        print_report(made, draft)
    if fail_on and any(_SEVERITIES.index(issue.severity) >= _SEVERITIES.index(fail_on) for issue in made.issues):
        sys.exit(1)


def _read(file: Path, options: dict[str, str | None]) -> dict[str, Any]:
    """Return the draft in `file` as the contract's object, options laid over it."""
    given = {name.rstrip("_"): value for name, value in options.items() if value is not None}
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise click.UsageError(f"{file}: {error.strerror or error}") from None
    try:
        if file.suffix == ".json" or (str(file) == "-" and content.lstrip().startswith(b"{")):
            return {**_json_object(file, utf8_text(content)), **given}
        name = file.name if file.suffix.lower() in ENDINGS else f"{file.name}.txt"  # any other name is a text's
        return {**draft_fields(name, content), **given}
    except DraftError as error:
        raise click.UsageError(f"{file}: {'; '.join(reason for _, reason in error.problems)}") from None


def _json_object(file: Path, text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise click.UsageError(f"{file}: not JSON: {error}") from None
    if not isinstance(data, dict):
        raise click.UsageError(f"{file}: a draft is a JSON object")
    return data


@main.command()
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--compare", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Reviews saved by --save before."
)
@click.option(
    "--save", type=click.Path(dir_okay=False, path_type=Path), help="Write the reviews, to --compare with later."
)
@click.option("--mistakes", is_flag=True, help="List every missed and every false issue.")
@click.option("--json", "as_json", is_flag=True, help="Print figures as JSON.")
def evaluate(gold: Path, compare: Path | None, save: Path | None, mistakes: bool, as_json: bool) -> None:
    """Measure the service on labelled drafts: precision, recall and F1 per code and per theme.

    \b
    review-service evaluate tests/evaluation/drafts.jsonl
    review-service evaluate drafts.jsonl --save old.jsonl      before a change …
    review-service evaluate drafts.jsonl --compare old.jsonl   … and after: new alarms (+), lost alarms (-)

    GOLD is JSON lines of {"id", "request", "themes", "issues", "complete_for"}; labels are optional for --compare.
    """
    from review_service.checklist.duplicates import DraftsInMemory
    from review_service.evaluation import Evaluation, changes, read_labels

    reviewer = Reviewer.load()
    earlier = DraftsInMemory()
    evaluation = Evaluation()
    saved = compare.read_text(encoding="utf-8").splitlines() if compare else []
    old = {entry["id"]: entry["review"] for entry in map(json.loads, saved)}
    lines = []
    for label in read_labels(gold):
        made = reviewer.review({**label["request"], "draft_id": f"evaluate-{label['id']}"}, earlier=earlier)
        evaluation.add(label, made)
        lines.append(json.dumps({"id": label["id"], "review": made.to_dict()}, ensure_ascii=False))
        if label["id"] in old:
            for change in changes(old[label["id"]], made):
                click.echo(f"{label['id']} {change}")
    if save:
        save.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if compare:
        return
    from review_service.report import print_evaluation

    print_evaluation(evaluation, mistakes=mistakes, as_json=as_json)


@main.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 256), help="Processes on this machine.")
@click.option("--dask", metavar="ADDRESS", help="Use the Dask cluster whose scheduler is here, as tcp://host:8786.")
def batch(source: Path, target: Path, jobs: int, dask: str | None) -> None:
    """Review an archive: SOURCE is a .jsonl file, a .csv file or a folder; TARGET is JSON lines, in the same order.

    \b
    review-service batch articles.jsonl reviews.jsonl --jobs 2
    review-service batch site/ reviews.jsonl --dask tcp://10.0.0.5:8786

    A run that was stopped goes on where it was when the command is given again. Bad items are named on stderr and
    skipped. A summary (themes, codes, units) is written beside TARGET, as TARGET.summary.json.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TimeRemainingColumn

    from review_service.archive import Summary, count_items, review_archive

    summary = Summary()
    columns = (BarColumn(), MofNCompleteColumn(), TaskProgressColumn(show_speed=True), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), speed_estimate_period=60) as progress:
        bar = progress.add_task("", total=count_items(source))
        for done in review_archive(source, target, Settings.from_environment(), summary, jobs, dask):
            if done.problem:
                progress.console.print(f"{done.place}: {done.problem}", markup=False, highlight=False)
            progress.advance(bar)
    counts = json.dumps(summary.to_dict(), ensure_ascii=False, indent=2)
    target.with_name(target.name + ".summary.json").write_text(counts + "\n", encoding="utf-8")
    click.echo(counts)


@main.group()
def knowledge() -> None:
    """Look after the data files: words, units, statutes, messages."""


@knowledge.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(folder: Path | None) -> None:
    """Check the data files of FOLDER (by default, the service's own) and say which line is wrong and why."""
    from review_service.checklist import CHECKS, verify
    from review_service.checklist.knowledge import KNOWLEDGE, load_knowledge
    from review_service.themes import load_plan

    place = folder or Settings.from_environment().knowledge or KNOWLEDGE
    loaded = verify(load_knowledge(place))
    if (place / "plan.yaml").exists():
        load_plan(place / "plan.yaml")
    click.echo(
        f"{place}: {len(CHECKS)} codes, {len(loaded.lexicons.names)} lexicons, version {loaded.version}: all is well"
    )


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes; one a core serves well."
)
@click.option("--open", "open_", is_flag=True, help="Ask nobody for a key: for a machine that only you reach.")
def serve(host: str, port: int, workers: int, open_: bool) -> None:
    """Serve the HTTP interface with gunicorn: preloaded, stopping gracefully on SIGTERM.

    \b
    review-service serve --open                        on this machine, port 8000, without keys
    review-service serve --host 0.0.0.0 --workers 4    for others, four processes; see review-service keys

    Without --open (or REVIEW_ACCESS=open) who asks needs a key, except on a loopback address while no key was ever made.
    """
    from review_service.server import serve as run

    settings = Settings.from_environment()
    run(settings.model_copy(update={"access": "open"}) if open_ else settings, host, port, workers)


main.add_command(keys)
main.add_command(demo)
main.add_command(models)
for command in (
    keeping.retention,
    keeping.delete_one,
    keeping.backup,
    keeping.restore,
    keeping.export,
    keeping.dismissals,
    keeping.audit,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
