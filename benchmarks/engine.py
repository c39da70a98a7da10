"""The engine alone: segmentation, the stages of a review, a review again after an edit, hostile texts."""

from __future__ import annotations

import datetime
import time
from typing import get_args

from underthesea import word_tokenize

from benchmarks.inputs import HOSTILE, SIZES, draft, hostile, text
from benchmarks.measure import Contender, Timing, interleaved
from review_service.checklist import Reading, check_draft
from review_service.draft import Draft
from review_service.reviewer import Reviewer, parse_draft, read_document
from review_service.text import SegmenterName, load_segmenter

_TODAY = datetime.date(2026, 3, 10)
_OTHERS = 40  # drafts reviewed beforehand: a worker is new once, and warm ever after


def stages(rounds: int) -> dict[str, dict[str, Timing]]:
    """Return, for each size, the time of segmenters, stages and reviews beside a bare underthesea.word_tokenize.

    "unseen" runs see a text for the first time, in a process that has reviewed others; the rest the same text each round, as
    an autosaving editor does.
    """
    reviewer = Reviewer.load()
    for seed in range(_OTHERS):
        reviewer.review(draft(600, seed=-1 - seed), _TODAY)
    return {f"{size} words": _of_size(reviewer, size, max(3, rounds // (1 + size // 600))) for size in SIZES}


def _of_size(reviewer: Reviewer, size: int, rounds: int) -> dict[str, Timing]:
    segmenters = {name: load_segmenter(name) for name in get_args(SegmenterName)}
    body = text(size)
    given = parse_draft(draft(size))
    unseen = [parse_draft(draft(size, seed=seed)) for seed in range(1, rounds + 2)]
    edited = [_edited(given, number) for number in range(rounds + 1)]
    document = read_document(given, segmenters["underthesea"])

    def bare(_: int) -> object:
        return word_tokenize(body)

    def segmented(name: str) -> Contender:
        return lambda number: read_document(unseen[number + 1], segmenters[name]).words

    def reviewed(drafts: list[Draft]) -> Contender:
        return lambda number: reviewer.review(drafts[(number + 1) % len(drafts)], _TODAY)

    def checked(_: int) -> object:
        return check_draft(Reading(given, document, reviewer.knowledge, _TODAY))

    def classified(_: int) -> object:
        return reviewer.model.predict(document)

    return interleaved(
        {
            "underthesea.word_tokenize": bare,
            "segmented by underthesea's model, unseen": segmented("underthesea"),
            "segmented by pyvi, unseen": segmented("pyvi"),
            "checklist alone": checked,
            "themes alone": classified,
            "whole review": reviewed([given]),
            "whole review, unseen": reviewed(unseen),
            "review after an edit": reviewed(edited),
        },
        rounds,
    )


def _edited(given: Draft, number: int) -> Draft:
    """Return the draft with one sentence changed, another one each time."""
    first, _, rest = given.body.partition(". ")
    sentence = f"Lần sửa thứ {number} bổ sung một câu ngắn vào bài có {len(rest)} ký tự."
    return given.model_copy(update={"body": f"{first}. {sentence} {rest}"})


def linearity(characters: int = 200_000) -> dict[str, float]:
    """Return, for each hostile pattern, the cost of `characters` over four times that of a quarter: 1 is linear."""
    reviewer = Reviewer.load()
    found = {}
    for name, pattern in HOSTILE.items():
        spent = []
        for length in (characters // 4, characters):
            body = hostile(pattern, length)
            start = time.perf_counter()
            reviewer.review({"body": body, "date": "2026-03-10"}, _TODAY)
            spent.append(time.perf_counter() - start)
        found[name] = spent[1] / spent[0] / 4
    return found
