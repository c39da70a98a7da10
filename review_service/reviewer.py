"""The pipeline: a draft in, a review out. No Flask, no database, no network."""

from __future__ import annotations

import datetime
import gc
import hashlib
import json
import math
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from review_service.checklist import Finding, Knowledge, Reading, check_draft, load_knowledge, verify
from review_service.checklist.knowledge import KNOWLEDGE
from review_service.draft import Draft, Language
from review_service.errors import DraftError, ModelError
from review_service.measures import Measures
from review_service.review import Basis, ChecklistItem, Evidence, Issue, Review, Stats, ThemeScore, status_of
from review_service.settings import Settings
from review_service.text import SYLLABLE, Document, Field, Segmenter, fold, load_segmenter, remembered
from review_service.themes import PLAN, Plan, ThemeModel, load_current, load_plan

if TYPE_CHECKING:
    from review_service.checklist.duplicates import EarlierDrafts

_CONTEXT = 12  # code points on each side of an issue that tell it from a like one elsewhere


class Reviewer:
    """Reviews drafts against a plan and a checklist. Thread-safe: nothing changes after loading."""

    def __init__(
        self,
        plan: Plan,
        knowledge: Knowledge,
        model: ThemeModel,
        segmenter: Segmenter,
    ) -> None:
        if set(model.themes) != set(plan.names):
            raise ModelError(
                f"theme model {model.version} was trained for other themes than plan {plan.plan!r} has: "
                "train one for this plan with training/train.py --plan"
            )
        self.plan = plan
        self.knowledge = knowledge
        self.model = model
        self._segmenter = segmenter

    @classmethod
    def load(cls, settings: Settings | None = None) -> Reviewer:
        """Load everything that `settings` (by default the environment's) name.

        Raises:
            KnowledgeError, ModelError: a file is missing or wrong; the message names it and says what to do.
        """
        settings = settings or Settings.from_environment()
        model = load_current(settings.models)
        if model.segmenter != settings.segmenter:
            raise ModelError(
                f"theme model {model.version} was trained on words of {model.segmenter}, the service uses "
                f"{settings.segmenter}: set REVIEW_SEGMENTER, or train with training/train.py --segmenter"
            )
        with _never_collected():
            return cls(
                load_plan(settings.plan or PLAN),
                verify(load_knowledge(settings.knowledge or KNOWLEDGE)),
                model,
                load_segmenter(settings.segmenter),
            )

    def with_model(self, model: ThemeModel) -> Reviewer:
        """Return a reviewer that differs in its theme model only.

        Raises:
            ModelError: the model is for other themes or another segmenter.
        """
        if model.segmenter != self.model.segmenter:
            raise ModelError(f"theme model {model.version} was trained on words of {model.segmenter}")
        return Reviewer(self.plan, self.knowledge, model, self._segmenter)

    def review(
        self,
        draft: Draft | Mapping[str, Any],
        today: datetime.date | None = None,
        seconds: float = math.inf,
        measures: Measures | None = None,
        earlier: EarlierDrafts | None = None,
    ) -> Review:
        """Review a draft, given as a `Draft` or as the contract's JSON object.

        `today` is the day of the review (used when the draft has no date); by default, the current day. When `seconds`
        have passed, what is left is skipped, and the review says so. `measures` is filled in for whoever gives it. Near-duplicates are
        looked for among the `earlier` drafts, which this one then joins.

        Raises:
            DraftError: the draft is not in the contract's form; the message names the field.
        """
        if not isinstance(draft, Draft):
            draft = parse_draft(draft)
        deadline = time.monotonic() + seconds
        today = today or datetime.date.today()
        measures = measures or Measures()
        with measures.stage("text"):
            document = read_document(draft, self._segmenter)
        with measures.stage("checklist"):
            reading = Reading(draft, document, self.knowledge, today, earlier)
            found, skipped = check_draft(reading, deadline)
            issues = _issues(found, draft, document, self.knowledge)
        if earlier is not None and draft.draft_id and reading.signature is not None:
            earlier.remember(reading.signature, draft.draft_id)
        in_time = time.monotonic() <= deadline
        with measures.stage("themes"):
            themes = self._themes(document, draft.language, measures) if in_time else ()
        skipped += [] if in_time else ["themes"]
        content_hash = _digest(draft.model_dump(mode="json", exclude={"draft_id", "language"}))
        return Review(
            review_id=_digest([content_hash, str(draft.date or today), draft.draft_id, *self._versions])[:32],
            draft_id=draft.draft_id,
            revision=1,
            content_hash=content_hash,
            plan=self.plan.plan,
            checklist_version=self.knowledge.version,
            model_version=self.model.version,
            status=status_of(issue.severity for issue in issues),
            themes=themes,
            off_plan=not any(theme.selected for theme in themes),
            checklist=_items(issues, self.knowledge, draft.language),
            issues=issues,
            stats=_stats(document),
            incomplete=bool(skipped),
            skipped=tuple(skipped),
        )

    @property
    def _versions(self) -> tuple[str, str, str]:
        return self.plan.plan, self.knowledge.version, self.model.version

    def _themes(self, document: Document, language: Language, measures: Measures) -> tuple[ThemeScore, ...]:
        said = self.model.predict(document)
        measures.known_words = said.coverage
        predictions = {prediction.theme: prediction for prediction in said.predictions}
        return tuple(
            ThemeScore(
                theme.theme,
                theme.label.in_language(language),
                theme.clauses,
                round(predictions[theme.theme].score, 4),
                predictions[theme.theme].selected,
                tuple(
                    Evidence(
                        piece.field,
                        *_located(document.fields[piece.field], piece.start, piece.end),
                        round(piece.weight, 3),
                    )
                    for piece in predictions[theme.theme].evidence
                ),
            )
            for theme in self.plan.themes
        )


@contextmanager
def _never_collected() -> Iterator[None]:
    """Make objects that stay for the life of the process: looking for garbage among a million of them costs half as much
    again as making them, and some of each review for as long as the collector keeps coming back to them."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def parse_draft(data: Mapping[str, Any]) -> Draft:
    """Return the draft that a JSON object stands for.

    Raises:
        DraftError: with every problem found, each naming its field.
    """
    try:
        return Draft.model_validate(data)
    except ValidationError as error:
        raise DraftError(
            [(".".join(str(part) for part in problem["loc"]) or "draft", problem["msg"]) for problem in error.errors()]
        ) from None


def read_document(draft: Draft, segmenter: Segmenter) -> Document:
    """Return the document of a draft: the text that is reviewed and classified."""
    return Document(fields_of(draft), segmenter)


def fields_of(draft: Draft) -> Iterable[Field]:
    """Yield the text fields of a draft that hold words; the body always."""
    if draft.title and draft.title.strip():
        yield Field("title", draft.title)
    if draft.summary and draft.summary.strip():
        yield Field("summary", draft.summary, draft.format)
    yield Field("body", draft.body, draft.format)
    for number, image in enumerate(draft.images):
        if image.caption and image.caption.strip():
            yield Field(f"images[{number}].caption", image.caption)


def _located(field: Field, start: int, end: int) -> tuple[int, int, str]:
    """Return a clean span as (start, end, text) of the field as it was sent."""
    start, end = field.source_span(start, end)
    return start, end, field.source[start:end]


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _issues(
    found: list[tuple[str, Finding]], draft: Draft, document: Document, knowledge: Knowledge
) -> tuple[Issue, ...]:
    """Return the findings as issues: whole-draft issues first, then by field and position."""
    order = {name: number for number, name in enumerate(document.fields)}

    def place(entry: tuple[str, Finding]) -> tuple[int, int, int, str]:
        span = entry[1].span
        if span is None:
            return (-1, 0, 0, entry[0])
        return (order.get(span.field, len(order)), span.start, span.end, entry[0])

    seen: Counter[str] = Counter()
    issues = []
    for code, finding in sorted(found, key=place):
        context = _context(document, finding)
        key = _digest([code, *context])
        fingerprint = _digest([key, seen[key]])[:24]
        seen[key] += 1
        issues.append(_issue(code, finding, draft, document, knowledge, fingerprint))
    return tuple(issues)


def _context(document: Document, finding: Finding) -> list[str]:
    """Return what names an issue through revisions: its words, and a few letters around them."""
    span = finding.span
    if span is None:
        return []
    field = document.fields.get(span.field)
    if field is None:
        return [span.field]
    words = fold(field.text[span.start : span.end])
    around = field.folded[max(0, span.start - _CONTEXT) : span.start], field.folded[span.end : span.end + _CONTEXT]
    return [span.field, words, *("".join(part.split()) for part in around)]


def _issue(
    code: str, finding: Finding, draft: Draft, document: Document, knowledge: Knowledge, fingerprint: str
) -> Issue:
    entry = knowledge.catalogue.codes[code]
    span = finding.span
    field = document.fields.get(span.field) if span else None
    start: int | None = None
    end: int | None = None
    text: str | None = None
    if span is not None:
        start, end, text = _located(field, span.start, span.end) if field and span.end > span.start else (0, 0, "")
        if span.field == "author":
            start, end, text = span.start, span.end, (draft.author or "")[span.start : span.end]
    shown = field.text[span.start : span.end] if field and span else text or ""
    values = {"text": " ".join(shown.split()), **finding.values}
    return Issue(
        id=fingerprint[:16],
        code=code,
        severity=entry.severity,
        message=entry.message.in_language(draft.language).format_map(values),
        explanation=entry.explanation.in_language(draft.language),
        field=span.field if span else None,
        start=start,
        end=end,
        text=text,
        replacements=finding.replacements,
        basis=tuple(
            Basis(knowledge.catalogue.basis[key].document, knowledge.catalogue.basis[key].clause) for key in entry.basis
        ),
        fingerprint=fingerprint,
    )


def _items(issues: tuple[Issue, ...], knowledge: Knowledge, language: Language) -> tuple[ChecklistItem, ...]:
    """Return how the draft fares on each checklist item."""
    counts = Counter((issue.code.split(".")[0], issue.severity) for issue in issues)
    items = []
    for name, item in knowledge.catalogue.items.items():
        errors, warnings, suggestions = (counts[name, severity] for severity in ("error", "warning", "suggestion"))
        status = "fail" if errors or warnings else "pass"
        items.append(ChecklistItem(name, item.label.in_language(language), status, errors, warnings, suggestions))  # type: ignore[arg-type]
    return tuple(items)


def _stats(document: Document) -> Stats:
    return Stats(
        characters=sum(len(field.text) for field in document.prose),
        syllables=sum(_syllables(sentence.text) for field in document.prose for sentence in field.sentences),
        words=sum(sum(document.word_counts(field)) for field in document.prose),
        sentences=sum(len(field.sentences) for field in document.prose),
    )


@remembered
def _syllables(text: str) -> int:
    return len(SYLLABLE.findall(text))
