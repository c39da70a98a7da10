"""The counters of one application. No draft text, key or address is ever a label."""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess

from review_service.measures import Measures
from review_service.review import Review
from review_service.text import looked_up


class Metrics:
    """The counters of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.review_seconds = Histogram(
            "review_seconds", "Seconds to review one draft.", registry=self.registry,
            buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
        )  # fmt: skip
        self.stage_seconds = Histogram(
            "review_stage_seconds", "Seconds of a review by stage: text, checklist, themes.", ["stage"],
            registry=self.registry, buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2),
        )  # fmt: skip
        self.reviews = Counter("reviews", "Drafts reviewed, by status.", ["status"], registry=self.registry)
        self.issues = Counter("review_issues", "Issues raised, by code.", ["code"], registry=self.registry)
        self.themes = Counter(
            "review_themes", "Themes chosen; off_plan when none was.", ["theme"], registry=self.registry
        )

        self.unstored = Counter(
            "reviews_unstored", "Reviews answered but not kept: the database failed.", registry=self.registry
        )

        self.turned_away = Counter(
            "reviews_turned_away", "Requests answered 503 because every place was taken.", registry=self.registry
        )
        self.incomplete = Counter(
            "reviews_incomplete", "Reviews that ran out of time and left checks out.", registry=self.registry
        )

        self.top_score = Histogram(
            "review_top_score", "The likeliest theme's score: how sure the model is.", registry=self.registry,
            buckets=(0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1),
        )  # fmt: skip

        self.known_words = Histogram(
            "review_known_words", "The share of a draft's words that the theme model knows.", registry=self.registry,
            buckets=(0.1, 0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1),
        )  # fmt: skip
        self.looked_up = Counter(
            "review_sentence_lookups", "What was asked of sentences: answered from memory, or worked out.", ["answer"],
            registry=self.registry,
        )  # fmt: skip
        self._counted = looked_up()

    def observe(self, review: Review, measures: Measures) -> None:
        """Count a finished review, and what it took."""
        for stage, seconds in measures.seconds.items():
            self.stage_seconds.labels(stage).observe(seconds)
        if measures.known_words is not None:
            self.known_words.observe(measures.known_words)
        counted = looked_up()
        for answer, now, before in zip(("remembered", "worked_out"), counted, self._counted, strict=True):
            self.looked_up.labels(answer).inc(max(0, now - before))
        self._counted = counted
        self.reviews.labels(review.status).inc()
        for issue in review.issues:
            self.issues.labels(issue.code).inc()
        if review.themes:
            self.top_score.observe(max(theme.score for theme in review.themes))
        for theme in review.themes:
            if theme.selected:
                self.themes.labels(theme.theme).inc()
        if review.incomplete:
            self.incomplete.inc()
        if review.off_plan:
            self.themes.labels("off_plan").inc()

    def exposition(self) -> bytes:
        """Return the metrics in Prometheus's text format, over all workers when they share a folder."""
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            registry = CollectorRegistry()
            multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
            return generate_latest(registry)
        return generate_latest(self.registry)
