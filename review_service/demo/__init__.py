"""A year of an editorial board's work, made up: drafts in several revisions, decisions, corrected themes.

The drafts in drafts.jsonl were written for this project; no person, case or figure in them is real.
"""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from review_service.draft import Draft
from review_service.review import Review
from review_service.reviewer import Reviewer, parse_draft
from review_service.store import Database
from review_service.store.columns import now
from review_service.store.decisions import correct_themes, decide, find_review_to_change, finish
from review_service.store.models import ReviewRow
from review_service.store.reviews import keep_review
from review_service.store.signatures import DraftsInStore

_DRAFTS = Path(__file__).parent / "drafts.jsonl"
_YEAR = datetime.timedelta(days=365)
_WAITING = 0.15  # the share of drafts, the latest, that nobody has read yet
_REVISED = 0.6  # the share of drafts that come back with some of the issues mended
_CORRECTED = 0.15
_EDITORS = ("Thu Hà", "Quốc Minh")
_REASONS = ("Đã kiểm chứng với đơn vị gửi bài", "Lời của nhân vật, có nêu tên ở đoạn trên", "Tên riêng, không sửa")


def made_up_drafts() -> list[dict[str, Any]]:
    """Return the demonstration's drafts, in the contract's form."""
    return [json.loads(line) for line in _DRAFTS.read_text(encoding="utf-8").splitlines()]


def fill(database: Database, reviewer: Reviewer, seed: int = 1) -> Iterator[int]:
    """Put a year's work into `database`; yield the number of drafts done after each."""
    chance = random.Random(seed)  # noqa: S311 – a demonstration, the same each time
    drafts = made_up_drafts()
    start = now() - _YEAR
    for number, data in enumerate(drafts):
        at = start + _YEAR * ((number + chance.random() * 0.9) / len(drafts))
        draft = parse_draft({**data, "draft_id": f"demo-{number + 1}"})
        review = _keep(database, reviewer, draft, at)
        if chance.random() < _REVISED:
            draft = mended(draft, review, chance)
            review = _keep(database, reviewer, draft, at + datetime.timedelta(hours=chance.randint(1, 20)))
        if number < len(drafts) * (1 - _WAITING):
            _read(database, review, chance)
        yield number + 1


def mended(draft: Draft, review: Review, chance: random.Random) -> Draft:
    """Return `draft` as a contributor sends it back: some issues replaced as proposed."""
    body = draft.body
    found = [issue for issue in review.issues if issue.field == "body" and issue.replacements and issue.text]
    last = len(body)
    for issue in sorted(found, key=lambda issue: -(issue.start or 0)):
        start, end = issue.start or 0, issue.end or 0
        if end <= last and chance.random() < 0.8:
            body, last = body[:start] + issue.replacements[0] + body[end:], start
    return draft.model_copy(update={"body": body, "author": draft.author or "Cộng tác viên"})


def _keep(database: Database, reviewer: Reviewer, draft: Draft, at: datetime.datetime) -> Review:
    earlier = DraftsInStore(database)
    review = reviewer.review(draft, today=at.date(), earlier=earlier)
    with database.writing() as session:
        keep_review(session, draft, review, at, earlier.signatures.get(draft.draft_id or ""))
    return review


def _read(database: Database, review: Review, chance: random.Random) -> None:
    editor = chance.choice(_EDITORS)
    with database.writing() as session:
        row = find_review_to_change(session, review.review_id)
        if row is None:
            return
        for issue in list(row.issues):
            if chance.random() < 0.2:
                decide(session, row, issue, "dismiss", chance.choice(_REASONS), editor)
            else:
                decide(session, row, issue, "accept", None, editor)
        if chance.random() < _CORRECTED:
            correct_themes(session, row, _themes(row), editor)
        finish(session, row, editor)


def _themes(row: ReviewRow) -> list[str]:
    """Return what the model says, confirmed."""
    return sorted(theme.theme for theme in row.draft.themes)
