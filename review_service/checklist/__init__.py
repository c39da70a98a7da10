"""The checklist: what every draft is checked for.

A check lives in the module of its family, or in one of its own, and is listed in that module's CHECKS; its severity, messages and basis stand
in knowledge/checklist.yaml; its words stand in knowledge/lexicons/.
"""

from __future__ import annotations

import math
import time

from review_service.checklist import (
    consistency,
    dates,
    document_reference,
    figures,
    language,
    legal,
    names,
    objectivity,
    personal_data,
    presumption,
    privacy,
    quotation,
    secrecy,
    source,
    structure,
    unit,
    victims,
)
from review_service.checklist.findings import Check, Finding
from review_service.checklist.knowledge import Knowledge, load_knowledge
from review_service.checklist.precedence import settle
from review_service.checklist.reading import Reading
from review_service.errors import KnowledgeError

CHECKS: tuple[Check, ...] = (
    *source.CHECKS,
    *figures.CHECKS,
    *document_reference.CHECKS,
    *unit.CHECKS,
    *presumption.CHECKS,
    *objectivity.CHECKS,
    *privacy.CHECKS,
    *victims.CHECKS,
    *personal_data.CHECKS,
    *secrecy.CHECKS,
    *legal.CHECKS,
    *quotation.CHECKS,
    *consistency.CHECKS,
    *dates.CHECKS,
    *names.CHECKS,
    *language.CHECKS,
    *structure.CHECKS,
)

__all__ = ["CHECKS", "Check", "Finding", "Knowledge", "Reading", "check_draft", "load_knowledge", "verify"]


def verify(knowledge: Knowledge) -> Knowledge:
    """Return `knowledge` when every check has its code in checklist.yaml and every code its check.

    Raises:
        KnowledgeError: naming the codes declared in only one of the two places.
    """
    checks, codes = {check.code for check in CHECKS}, set(knowledge.catalogue.codes)
    if checks != codes:
        raise KnowledgeError(
            f"declared as a check or in checklist.yaml, not in both: {', '.join(sorted(checks ^ codes))}"
        )
    return knowledge


def check_draft(reading: Reading, deadline: float = math.inf) -> tuple[list[tuple[str, Finding]], list[str]]:
    """Return what the checks find in a draft, as (code, finding), overlaps settled; and the codes left out.

    After `deadline` (seconds of the monotonic clock) no further check is begun.
    """
    found: list[tuple[str, Finding]] = []
    skipped: list[str] = []
    for check in CHECKS:
        if time.monotonic() > deadline:
            skipped.append(check.code)
        else:
            found.extend((check.code, finding) for finding in check.find(reading))
    return settle(found), skipped
