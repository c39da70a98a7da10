"""Run the benchmarks and print one table; see --help."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from benchmarks import archives, engine, rivals, service
from benchmarks.inputs import text
from benchmarks.measure import Timing

PARTS = ("engine", "hostile", "service", "overload", "archive", "rivals")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--only", multiple=True, type=click.Choice(PARTS), help="Measure this part only; may be given again.")
@click.option("--rounds", default=30, show_default=True, help="Rounds of interleaved runs at 600 words.")
@click.option("--json", "target", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures here too.")
def main(only: tuple[str, ...], rounds: int, target: Path | None) -> None:
    """Measure what a review costs, beside one bare underthesea.word_tokenize call on the same text.

    \b
    python -m benchmarks                             everything, some five minutes
    python -m benchmarks --only engine --rounds 10   the engine alone, quickly
    """
    figures: dict[str, Any] = {}
    for part in only or PARTS:
        figures[part] = _measure(part, rounds)
        _show(part, figures[part])
    if target:
        target.write_text(json.dumps(figures, default=asdict, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _measure(part: str, rounds: int) -> Any:
    if part == "engine":
        return engine.stages(rounds)
    if part == "hostile":
        return engine.linearity()
    if part == "service":
        return service.measure(requests=rounds * 4)
    if part == "overload":
        return service.overload()
    if part == "archive":
        return archives.measure(drafts=rounds * 20)
    return rivals.measure(text(600), rounds)


def _show(part: str, figures: dict[str, Any]) -> None:
    """Print the figures of a part: a column a size for the engine, name and value for the rest."""
    table = Table(title=part, title_justify="left")
    if part == "engine":
        table.add_column("milliseconds (ratio)")
        for size in figures:
            table.add_column(size, justify="right")
        for name in next(iter(figures.values())):
            table.add_row(name, *(_timing(sizes[name]) for sizes in figures.values()))
    else:
        table.add_column("what")
        table.add_column("milliseconds (ratio)" if part == "rivals" else "value", justify="right")
        for name, value in figures.items():
            table.add_row(name, _value(value))
    Console(width=120).print(table)


def _value(value: Any) -> str:
    if isinstance(value, Timing):
        return _timing(value)
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _timing(timing: Timing) -> str:
    return f"{timing.milliseconds:.2f} ({timing.ratio:.2f})"


if __name__ == "__main__":
    main()
