"""One cause, one issue: which of two codes stands where both fit the same words (contract, section 4)."""

from __future__ import annotations

from collections import defaultdict

from review_service.checklist.findings import Finding

# (winner, loser); a loser ending in "." stands for its whole family.
PRECEDENCE: tuple[tuple[str, str], ...] = (
    ("unit.unknown", "consistency.name"),
    ("unit.unknown", "language.spelling"),
    ("objectivity.absolute_claim", "source.unattributed_figure"),
    ("objectivity.presumption", "objectivity.loaded_language"),
    ("objectivity.opinion", "objectivity.absolute_claim"),
    ("objectivity.opinion", "objectivity.loaded_language"),  # the contract is silent; a verdict is more than its tone
    ("objectivity.absolute_claim", "objectivity.loaded_language"),  # "tuyệt vời nhất": the claim is the fault
    ("source.hearsay", "source.unattributed_figure"),
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
    return any(
        winner_finding.span is not None and winner_finding.span.overlaps(span)
        for winner, loser in PRECEDENCE
        if loser == code or (loser.endswith(".") and code.startswith(loser))
        for winner_finding in by_code.get(winner, ())
    ) or any(
        winner_finding.span is not None
        and winner_finding.span.field == span.field
        and 0 <= span.start - winner_finding.span.end <= _LINK
        for winner, loser in CARRIED_ON
        if loser == code
        for winner_finding in by_code.get(winner, ())
    )
