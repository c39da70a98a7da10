"""One cause, one issue: which of two codes stands where both fit the same words (contract, section 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from review_service.checklist.findings import Finding
from review_service.text import Span

# (winner, loser); a loser ending in "." stands for its whole family.
PRECEDENCE: tuple[tuple[str, str], ...] = (
    ("unit.unknown", "consistency.name"),
    ("unit.unknown", "language.spelling"),
    ("objectivity.absolute_claim", "source.unattributed_figure"),
    ("objectivity.presumption", "objectivity.loaded_language"),
    ("objectivity.presumption", "objectivity.opinion"),  # the contract is silent; whom it calls guilty is the fault
    ("objectivity.opinion", "objectivity.absolute_claim"),
    ("objectivity.opinion", "objectivity.loaded_language"),  # the contract is silent; a verdict is more than its tone
    ("objectivity.absolute_claim", "objectivity.loaded_language"),  # "tuyệt vời nhất": the claim is the fault
    ("source.hearsay", "source.unattributed_figure"),
    ("consistency.figure", "source.unattributed_figure"),  # told otherwise in the body, where its source is judged
    ("source.hearsay", "objectivity.loaded_language"),  # "dư luận xì xào": the rumour is the fault
    ("privacy.minor", "privacy.victim"),
    ("privacy.minor", "privacy.personal_data"),
    ("privacy.victim", "privacy.personal_data"),  # the contract is silent; one cause, one issue
    ("privacy.secrecy", "source.document_reference"),  # a secret document is not to be cited at all
    ("legal.citation_invalid", "legal.offence_mismatch"),
    ("quotation.misquoted", "language."),
)


# (winner, loser) where the loser's words only carry on the winner's: "Rõ ràng không đơn vị nào …".
CARRIED_ON: tuple[tuple[str, str], ...] = (("objectivity.opinion", "objectivity.absolute_claim"),)
_LINK = len(" rằng ")  # code points, at most, between the two


def settle(found: list[tuple[str, Finding]]) -> list[tuple[str, Finding]]:
    """Return `found` without exact repeats and without the losers of overlaps."""
    by_code: dict[str, list[Finding]] = defaultdict(list)
    unique: list[tuple[str, Finding]] = []
    seen: set[tuple[str, object]] = set()
    for code, finding in found:
        if (code, finding.span) not in seen:
            seen.add((code, finding.span))
            unique.append((code, finding))
            by_code[code].append(finding)
    return [(code, finding) for code, finding in unique if not _is_beaten(code, finding, by_code)]


def _is_beaten(code: str, finding: Finding, by_code: dict[str, list[Finding]]) -> bool:
    span = finding.span
    if span is None:
        return False
    return any(winner.overlaps(span) for winner in _winners(PRECEDENCE, code, by_code)) or any(
        winner.field == span.field and 0 <= span.start - winner.end <= _LINK
        for winner in _winners(CARRIED_ON, code, by_code)
    )


def _winners(table: tuple[tuple[str, str], ...], code: str, by_code: dict[str, list[Finding]]) -> Iterator[Span]:
    """Yield the spans of what wins over `code` by a table of (winner, loser)."""
    for winner, loser in table:
        if loser == code or (loser.endswith(".") and code.startswith(loser)):
            yield from (finding.span for finding in by_code.get(winner, ()) if finding.span is not None)
