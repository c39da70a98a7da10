"""/editor/reviews/{review_id}: a review beside its text, and what changed since the revision before."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from werkzeug.exceptions import NotFound

from review_service.api.access import EDITORS, requires
from review_service.api.context import context
from review_service.draft import Draft
from review_service.offsets16 import with_utf16_offsets
from review_service.pages.frame import language, page, render
from review_service.pages.marks import Mark, Piece, clean_span, paragraphs
from review_service.review import AnsweredReview, Issue
from review_service.reviewer import fields_of
from review_service.store.drafts import history_of
from review_service.store.records import ReviewRecord, read_draft_content, read_record
from review_service.text import Field

blueprint = page("reading")
_MOST_WORDS = 40_000  # that are compared word by word


class Part(NamedTuple):
    """A field of the draft as it is shown: its paragraphs in pieces."""

    name: str
    paragraphs: list[list[Piece]]


class Change(NamedTuple):
    """A stretch of a comparison: `same`, `gone` or `new`."""

    kind: str
    text: str


@blueprint.get("/editor/reviews/<review_id>")
@requires(*EDITORS)
def show(review_id: str) -> str:
    """Show a review beside the text."""
    record = _record(review_id)
    if record.review is None or record.draft is None:
        return render("reduced.html", record=record)
    review, draft = record.review, record.draft
    catalogue, chosen = context().reviewer.knowledge.catalogue, language()
    return render(
        "reading.html",
        record=record,
        review=review,
        draft=draft,
        parts=_parts(draft, review),
        issues=[_in_language(issue, chosen) for issue in (*review.issues, *review.dismissed)],
        decisions={decision.fingerprint: decision for decision in record.decisions},
        chosen_themes=record.editor_themes.themes
        if record.editor_themes
        else [theme.theme for theme in review.themes if theme.selected],
        plan=context().reviewer.plan.themes,
        items={name: item.label.in_language(chosen) for name, item in catalogue.items.items()},
        working=_working_copy(draft, review),
    )


@blueprint.get("/editor/reviews/<review_id>/changes")
@requires(*EDITORS)
def changes(review_id: str) -> str:
    """Show what became of the issues and of the text since the revision before."""
    record = _record(review_id)
    if record.review is None or record.draft is None or record.draft.draft_id is None:
        raise NotFound
    with context().database.reading() as session:
        history = history_of(session, record.draft.draft_id)
        revisions = history.revisions if history else ()
        before = next((one for one in revisions if one.revision == record.review.revision - 1), None)
        earlier = read_draft_content(session, before.review_id) if before else None
    return render(
        "changes.html",
        record=record,
        review=record.review,
        draft=record.draft,
        before=before,
        revision=next((one for one in revisions if one.revision == record.review.revision), None),
        text=list(_compare(earlier, record.draft)) if earlier else [],
    )


def _record(review_id: str) -> ReviewRecord:
    with context().database.reading() as session:
        record = read_record(session, review_id)
    if record is None:
        raise NotFound
    return record


def _parts(draft: Draft, review: AnsweredReview) -> list[Part]:
    marks: dict[str, list[tuple[int, int, str, str]]] = {}
    for issue in (*review.issues, *review.dismissed):
        if issue.field and issue.start is not None and issue.end is not None:
            marks.setdefault(issue.field, []).append((issue.start, issue.end, issue.id, ""))
    for theme in review.themes:
        for piece in theme.evidence:
            marks.setdefault(piece.field, []).append((piece.start, piece.end, "", theme.theme))
    return [Part(field.name, _marked(field, marks.get(field.name, []))) for field in fields_of(draft)]


def _marked(field: Field, marks: list[tuple[int, int, str, str]]) -> list[list[Piece]]:
    return paragraphs(field, [Mark(*clean_span(field, start, end), *of) for start, end, *of in marks])


def _in_language(issue: Issue, chosen: str) -> dict[str, Any]:
    """Return what a card shows of an issue; the message is kept as it was made, the explanation is the catalogue's."""
    entry = context().reviewer.knowledge.catalogue.codes.get(issue.code)
    explanation = entry.explanation.in_language("en" if chosen == "en" else "vi") if entry else issue.explanation
    return {name: getattr(issue, name) for name in issue.__slots__} | {"explanation": explanation}


def _working_copy(draft: Draft, review: AnsweredReview) -> dict[str, Any]:
    """Return what the page's script needs to apply replacements: the fields, and spans as JavaScript counts."""
    counted = with_utf16_offsets(review, draft)
    return {
        "fields": {name: value for name in ("title", "summary", "body") if (value := getattr(draft, name))},
        "spans": {
            issue.id: [issue.field, issue.start, issue.end]
            for issue in (*counted.issues, *counted.dismissed)
            if issue.start is not None
        },
    }


def _compare(before: Draft, after: Draft) -> Iterator[Change]:
    """Yield the later body word by word against the earlier one."""
    old, new = (re.findall(r"\s+|\S+", _words(draft)) for draft in (before, after))
    if len(old) + len(new) > _MOST_WORDS:
        yield Change("gone", "".join(old))
        yield Change("new", "".join(new))
        return
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=True)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            yield Change("same", "".join(new[start:end]))
            continue
        for name, part in (("gone", old[first:last]), ("new", new[start:end])):
            if part:
                yield Change(name, "".join(part))


def _words(draft: Draft) -> str:
    return "\n\n".join(field.text for field in fields_of(draft) if field.name in ("title", "summary", "body"))
