"""Fuzz a target for a while; see --help."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

_FINDINGS = Path(__file__).parent / "findings"
_LONGEST = 2_048  # bytes of an input: more is the business of the hostile drafts in tests/
_SLOW = 20  # seconds after which an input counts as a finding


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("target", type=click.Choice(["spans", "reviews", "files"]))
@click.option("--seconds", default=60, show_default=True, type=click.IntRange(1), help="How long to look.")
@click.option(
    "--seeds", default=150, show_default=True, type=click.IntRange(1), help="Drafts of the corpus to start from."
)
@click.option(
    "--findings",
    default=_FINDINGS,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where findings are written.",
)
@click.option(
    "--replay",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Run the target on a finding instead.",
)
def main(target: str, seconds: int, seeds: int, findings: Path, replay: Path | None) -> None:
    """Look for a text on which TARGET fails, guided by the code that each text reaches. Needs pip install -e '.[fuzz]'.

    \b
    spans     markup, composition, sentences and words: every span leads back to its words
    reviews   whole reviews: citations, dates, offsets; no exception
    files     files of an archive: a draft or a named problem
    \b
    python -m fuzzing spans --seconds 300
    python -m fuzzing spans --replay fuzzing/findings/spans-crash-…

    Exit code 0 when nothing was found; else 1, the input is in a file under --findings, and --replay shows its
    traceback. Mend it with a failing test first, and keep the draft in tests/hostile/.
    """
    if replay:
        from fuzzing.targets import TARGETS, read

        TARGETS[target].check(*read(replay.read_bytes()))
        return
    findings.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        _fuzz(target, seconds, seeds, findings, Path(folder))


def _fuzz(name: str, seconds: int, drafts: int, findings: Path, folder: Path) -> None:
    """Run libFuzzer, which ends the process itself."""
    try:
        import atheris
    except ImportError:
        raise click.ClickException("atheris is not installed: pip install -e '.[fuzz]'") from None
    with atheris.instrument_imports(include=["review_service"]):
        from fuzzing.targets import TARGETS, read, seeds
    target = TARGETS[name]
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(seeds(drafts)):
        (corpus / str(number)).write_bytes(seed)
    dictionary = folder / "tokens"
    dictionary.write_text("".join(f'"{_escaped(token)}"\n' for token in target.tokens), encoding="ascii")
    options = {
        "dict": dictionary,
        "max_total_time": seconds,
        "max_len": _LONGEST,
        "timeout": _SLOW,
        "artifact_prefix": findings / f"{name}-",
        "error_exitcode": 1,
        "timeout_exitcode": 1,
        "rss_limit_mb": 4_096,
    }
    arguments = [sys.argv[0], *(f"-{option}={value}" for option, value in options.items()), str(corpus)]
    atheris.Setup(arguments, lambda data: target.check(*read(data)))
    atheris.Fuzz()


def _escaped(token: str) -> str:
    """Return a token as libFuzzer's dictionaries are written."""
    return "".join(f"\\x{byte:02X}" for byte in token.encode())


if __name__ == "__main__":
    main()
