"""What a maintainer reads of a new version: a card in Markdown, and one self-contained page with plots."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from review_service.themes.labelled import LabelledDraft
from review_service.themes.measures import reliability
from review_service.themes.model import ThemeModel
from training.fit import Examples, HeldOut

_PHRASES = 10
_ERRORS = 25
_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1c1f23 }
table { border-collapse: collapse; margin: 1rem 0 } td, th { padding: .2rem .6rem; text-align: right }
td:first-child, th:first-child { text-align: left } th { border-bottom: 1px solid #999 } tr:nth-child(even) { background: #f3f4f6 }
svg { max-width: 100% } h2 { margin-top: 2.2rem }
"""


def write_card(folder: Path, model: ThemeModel, corpus: dict[str, Any], figures: dict[str, Any]) -> None:
    """Write the model's card (Mitchell et al. 2019): what it is for, what it learnt from, how good it is, its limits."""
    low, high = figures["macro_f1_interval"]
    text = f"""# Theme model {model.version}

- **For**: themes of plan `{model.plan}` in drafts of procuracy units, as advice to an editor. Not for judging writers.
- **Made of**: linear scores over words, word pairs and concepts (segmenter {model.segmenter}), calibrated; silent off plan.
- **Learnt from**: {corpus["drafts"]} drafts ({corpus["confirmed_by_editors"]} confirmed by editors), sha256 `{corpus["sha256"][:16]}`.
- **Held out by groups**: macro-F1 {figures["macro_f1"]:.3f} ({low:.3f} to {high:.3f}), exact set {figures["exact"]:.3f},
  off-plan accuracy {figures["off_plan_accuracy"]:.3f}, expected calibration error {figures["calibration_error"]:.3f}.
- **Limits**: the corpus was written for the project; real drafts differ. Themes with few drafts vary most (see
  report.html). A draft in another language, or about matters far from the corpus, gets no theme.
"""
    (folder / "README.md").write_text(text, encoding="utf-8")


def write_report(
    folder: Path,
    model: ThemeModel,
    drafts: Sequence[LabelledDraft],
    examples: Examples,
    held: HeldOut,
    figures: dict[str, Any],
    curve: Sequence[tuple[float, float]],
) -> None:
    """Write report.html: figures per theme, the learning curve, reliability, what goes together and what is confused, telling phrases, errors."""
    truth = examples.labels
    parts = [
        f"<h1>{html.escape(model.version)}</h1>",
        f"<p>{len(drafts)} drafts, held out by groups: macro-F1 {figures['macro_f1']:.3f}, exact {figures['exact']:.3f}, "
        f"off plan {figures['off_plan_accuracy']:.3f}, calibration error {figures['calibration_error']:.3f}.</p>",
        "<h2>Each theme</h2>",
        _bars(figures["themes"]),
        _table(
            ("theme", "P", "R", "F1", "95 %", "drafts"),
            [
                (
                    theme,
                    f"{entry['precision']:.2f}",
                    f"{entry['recall']:.2f}",
                    f"{entry['f1']:.2f}",
                    f"{entry['f1_interval'][0]:.2f}-{entry['f1_interval'][1]:.2f}",
                    entry["right"] + entry["missed"],
                )
                for theme, entry in figures["themes"].items()
            ],
        ),
        "<h2>Learning curve</h2>",
        "<p>Macro-F1 on the same held-out drafts, learning from a share of the corpus.</p>",
        _curve(curve),
        "<h2>Reliability</h2>",
        _reliability(reliability(held.scores, truth)),
        "<h2>Labelled together (rows), chosen instead (columns)</h2>",
        _confusion(model.themes, held.picked, truth),
        "<h2>Most telling</h2>",
        _table(("theme", "phrases"), [(theme, ", ".join(_telling(model, n))) for n, theme in enumerate(model.themes)]),
        "<h2>Worst errors</h2>",
        _table(("draft", "labelled", "chosen"), list(_worst(model.themes, drafts, held, truth))),
    ]
    page = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.escape(model.version)}</title><style>{_STYLE}</style>'
    (folder / "report.html").write_text(page + "\n".join(parts) + "</html>\n", encoding="utf-8")


def _table(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    head = "".join(f"<th>{html.escape(name)}</th>" for name in heads)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"


def _bars(themes: dict[str, dict[str, Any]]) -> str:
    """Return F1 with its interval, a bar a theme."""
    rows = []
    for number, (theme, entry) in enumerate(themes.items()):
        y, (low, high) = 22 * number, entry["f1_interval"]
        rows.append(
            f'<text x="0" y="{y + 14}">{html.escape(theme)}</text>'
            f'<rect x="200" y="{y + 3}" width="{400 * entry["f1"]:.0f}" height="13" fill="#5b7fa6"/>'
            f'<path d="M{200 + 400 * low:.0f} {y + 9}H{200 + 400 * high:.0f}" stroke="#1c1f23"/>'
            f'<text x="{610}" y="{y + 14}">{entry["f1"]:.2f}</text>'
        )
    return f'<svg viewBox="0 0 660 {22 * len(themes)}" font-size="12" role="img" aria-label="F1 of each theme">{"".join(rows)}</svg>'


def _curve(curve: Sequence[tuple[float, float]]) -> str:
    """Return macro-F1 against the share of the corpus."""
    points = [(40 + 320 * share, 200 - 200 * f1) for share, f1 in curve]
    line = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
    marks = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="#5b7fa6"/><text x="{x:.0f}" y="{y - 10:.0f}" text-anchor="middle">{f1:.3f}</text>'
        f'<text x="{x:.0f}" y="218" text-anchor="middle">{share:.0%}</text>'
        for (x, y), (share, f1) in zip(points, curve, strict=True)
    )
    said = ", ".join(f"{share:.0%}: {f1:.3f}" for share, f1 in curve)
    return (
        f'<svg viewBox="0 0 400 225" width="400" font-size="12" role="img" aria-label="{said}">'
        f'<path d="M40 0V200H380" fill="none" stroke="#999"/><polyline points="{line}" fill="none" stroke="#5b7fa6"/>{marks}</svg>'
    )


def _reliability(bins: list[tuple[float, float, float]]) -> str:
    points = "".join(
        f'<circle cx="{300 * mean:.0f}" cy="{300 - 300 * hit:.0f}" r="{3 + 20 * share**0.5:.0f}" fill="#5b7fa6" fill-opacity=".6"/>'
        for mean, hit, share in bins
    )
    frame = '<path d="M0 300V0M0 300H300M0 300L300 0" fill="none" stroke="#999"/>'
    return (
        '<svg viewBox="-20 -20 340 340" width="340" role="img" aria-label="mean score against share right">'
        f"{frame}{points}</svg>"
    )


def _confusion(themes: Sequence[str], picked: Any, truth: Any) -> str:
    together = truth.T.astype(int) @ truth.astype(int)
    missed_for = (truth & ~picked).T.astype(int) @ (picked & ~truth).astype(int)
    rows = [
        (
            theme,
            *(
                f"{together[n, m]}/{missed_for[n, m]}" if together[n, m] or missed_for[n, m] else ""
                for m in range(len(themes))
            ),
        )
        for n, theme in enumerate(themes)
    ]
    return _table(("", *(str(number + 1) for number in range(len(themes)))), rows)


def _telling(model: ThemeModel, theme: int) -> list[str]:
    order = np.argsort(-model.weights[:, theme] * model.vectorizer.idf)
    found: dict[str, None] = {}
    for column in order:
        gram = model.vectorizer.grams[column].replace("_", " ")
        if not set(gram.split()) <= model.function_words:
            found.setdefault(gram)
        if len(found) == _PHRASES:
            break
    return list(found)


def _worst(
    themes: Sequence[str], drafts: Sequence[LabelledDraft], held: HeldOut, truth: Any
) -> Iterable[tuple[str, str, str]]:
    """Yield the drafts whose scores are furthest from their labels."""
    distance = np.abs(held.scores - truth).max(axis=1)
    for row in np.argsort(-distance)[:_ERRORS]:
        if (held.picked[row] != truth[row]).any():
            labelled = [theme for theme, flag in zip(themes, truth[row], strict=True) if flag]
            chosen = [theme for theme, flag in zip(themes, held.picked[row], strict=True) if flag]
            yield drafts[row].id, ", ".join(labelled) or "off plan", ", ".join(chosen) or "off plan"
