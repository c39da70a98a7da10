"""The counters of one application. No draft text, key or address is ever a label."""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess

from review_service.review import Review


class Metrics:
    """The counters of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.review_seconds = Histogram(
            "review_seconds", "Seconds to review one draft.", registry=self.registry,
            buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
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

    def observe(self, review: Review) -> None:
        """Count a finished review."""
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
