"""A review as a report for people at a terminal: the text with its flagged words marked, themes, checklist, issues."""

from __future__ import annotations

import json

from rich.console import Console
from rich.table import Table
from rich.text import Text

from review_service.draft import Draft
from review_service.evaluation import Evaluation, Tally
from review_service.review import Issue, Review

_STYLES = {"error": "bold red", "warning": "bold yellow", "suggestion": "cyan"}
_STATUS = {
    "clean": ("Không có vấn đề cần sửa", "green"),
    "attention": ("Cần xem lại", "yellow"),
    "must_fix": ("Cần sửa trước khi đăng", "red"),
}
_SEVERITY = {"error": "lỗi", "warning": "cảnh báo", "suggestion": "gợi ý"}
_ITEM = {"pass": "đạt", "fail": "chưa đạt", "not_applicable": "không áp dụng"}
_FIELDS = (("title", "Tiêu đề"), ("summary", "Sapo"), ("body", "Nội dung"))


def print_report(review: Review, draft: Draft, console: Console | None = None) -> None:
    """Print `review` of `draft`."""
    console = console or Console(highlight=False)
    words, style = _STATUS[review.status]
    console.print(Text(words, style=f"bold {style}"))
    numbers = {issue.id: number for number, issue in enumerate(review.issues, 1)}
    for field, label in _FIELDS:
        text = getattr(draft, field)
        if text:
            console.print(Text(f"\n{label}", style="bold"))
            console.print(_marked(text, [issue for issue in review.issues if issue.field == field], numbers))
    _print_issues(review, numbers, console)
    _print_themes(review, console)
    _print_checklist(review, console)


def _marked(text: str, issues: list[Issue], numbers: dict[str, int]) -> Text:
    """Return `text` with each issue's words styled and followed by its number; overlapping words share a mark."""
    marked = Text()
    position = 0
    for issue in sorted(issues, key=lambda issue: (issue.start or 0, issue.end or 0)):
        start, end = max(position, issue.start or 0), issue.end or 0
        marked.append(text[position:start])
        marked.append(text[start:end] if end > start else "", style=_STYLES[issue.severity] + " underline")
        marked.append(f" [{numbers[issue.id]}]", style=_STYLES[issue.severity])
        position = max(position, end)
    marked.append(text[position:])
    return marked


def _print_issues(review: Review, numbers: dict[str, int], console: Console) -> None:
    if not review.issues:
        return
    console.print(Text("\nCác điểm cần xem", style="bold"))
    for issue in review.issues:
        line = Text(f"[{numbers[issue.id]}] ", style=_STYLES[issue.severity])
        line.append(f"{_SEVERITY[issue.severity]}: ", style=_STYLES[issue.severity])
        line.append(issue.message)
        line.append(f"  {issue.code}", style="dim")
        console.print(line)
        console.print(Text("    " + issue.explanation, style="dim"))
        if issue.replacements:
            console.print(Text("    → " + " / ".join(issue.replacements)))
        console.print(
            Text("    Căn cứ: " + "; ".join(f"{basis.document}, {basis.clause}" for basis in issue.basis), style="dim")
        )


def _print_themes(review: Review, console: Console) -> None:
    console.print(Text("\nChủ đề của Kế hoạch", style="bold"))
    if review.off_plan:
        console.print("Ngoài kế hoạch: không thuộc chủ đề nào.")
    for theme in review.themes:
        if theme.selected:
            evidence = ", ".join(f"“{piece.text}”" for piece in theme.evidence)
            console.print(
                f"{theme.label} ({', '.join(theme.clauses)}): {theme.score:.0%}"
                + (f" – {evidence}" if evidence else "")
            )


def _print_checklist(review: Review, console: Console) -> None:
    table = Table(title="\nDanh mục kiểm", title_justify="left", title_style="bold", box=None, pad_edge=False)
    for heading in ("Mục", "Kết quả", "Lỗi", "Cảnh báo", "Gợi ý"):
        table.add_column(heading, justify="left" if heading in ("Mục", "Kết quả") else "right")
    for item in review.checklist:
        table.add_row(item.label, _ITEM[item.status], str(item.errors), str(item.warnings), str(item.suggestions))
    console.print(table)


def print_evaluation(evaluation: Evaluation, *, mistakes: bool = False, as_json: bool = False) -> None:
    """Print the figures of an evaluation, as tables or as JSON."""
    rows = {
        name: dict(sorted(table.items()))
        for name, table in (("codes", evaluation.codes), ("themes", evaluation.themes))
    }
    if as_json:
        figures = {name: {key: _figures(tally) for key, tally in table.items()} for name, table in rows.items()}
        print(json.dumps({**figures, "all": _figures(evaluation.total())}, ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    for name, tallies in rows.items():
        table = Table(box=None, pad_edge=False)
        table.add_column("code" if name == "codes" else "theme")
        for heading in ("right", "false", "missed", "precision", "recall", "F1"):
            table.add_column(heading, justify="right")
        for key, tally in [*tallies.items(), *([("all", evaluation.total())] if name == "codes" else [])]:
            table.add_row(
                key, str(tally.right), str(tally.false), str(tally.missed),
                f"{tally.precision:.2f}", f"{tally.recall:.2f}", f"{tally.f1:.2f}",
            )  # fmt: skip
        console.print(table)
        console.print()
    console.print(f"{evaluation.drafts} drafts; themes exactly right in {evaluation.exact_themes}")
    for line in evaluation.mistakes if mistakes else ():
        console.print(Text(line))


def _figures(tally: Tally) -> dict[str, float]:
    return {
        "right": tally.right, "false": tally.false, "missed": tally.missed,
        "precision": round(tally.precision, 4), "recall": round(tally.recall, 4), "f1": round(tally.f1, 4),
    }  # fmt: skip
