"""The engine alone: segmentation, the stages of a review, a review again after an edit, hostile texts."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable

from underthesea import word_tokenize

from benchmarks.inputs import HOSTILE, SIZES, draft, hostile, text
from benchmarks.measure import Timing, interleaved
from review_service.checklist import Reading, check_draft
from review_service.checklist.duplicates import NoEarlierDrafts
from review_service.draft import Draft
from review_service.reviewer import Reviewer, parse_draft, read_document
from review_service.text import load_segmenter

_TODAY = datetime.date(2026, 3, 10)


def stages(rounds: int) -> dict[str, dict[str, Timing]]:
    """Return, for each size, the time of segmenters, stages and reviews beside a bare underthesea.word_tokenize.

    "unseen" runs see a text for the first time; the others the same text each round, as an autosaving editor does.
    """
    reviewer = Reviewer.load(earlier=NoEarlierDrafts())
    segment, pyvi = load_segmenter("underthesea"), load_segmenter("pyvi")
    table = {}
    for size in SIZES:
        few = max(3, rounds // (1 + size // 600))
        body = text(size)
        given = parse_draft(draft(size))
        unseen = [parse_draft(draft(size, seed=seed)) for seed in range(1, few + 2)]
        edited = [_edited(given, number) for number in range(few + 1)]

        def prepared(document_of: Draft = given) -> Reading:
            return Reading(document_of, read_document(document_of, segment), reviewer.knowledge, _TODAY)

        spent: list[float] = []

        def checked(_: int, reading: Callable[[], Reading] = prepared, spent: list[float] = spent) -> None:
            made = reading()
            made.document.words  # noqa: B018 – segments
            start = time.perf_counter()
            check_draft(made)
            spent.append(time.perf_counter() - start)

        timings = interleaved(
            {
                "underthesea.word_tokenize": lambda _, body=body: word_tokenize(body),
                "segmenter underthesea": lambda _, given=given: read_document(given, segment).words,
                "segmenter pyvi": lambda _, given=given: read_document(given, pyvi).words,
                "whole review": lambda _, given=given: reviewer.review(given, _TODAY),
                "whole review, unseen": lambda n, unseen=unseen: reviewer.review(unseen[n + 1], _TODAY),
                "review after an edit": lambda n, edited=edited: reviewer.review(edited[n + 1], _TODAY),
                "checklist with reading": checked,
            },
            few,
        )
        bare = timings["underthesea.word_tokenize"].milliseconds
        middle = sorted(spent[1:])[len(spent) // 2 - 1] * 1e3
        timings["checklist alone"] = Timing(middle, middle / bare)
        document = read_document(given, segment)
        timings["themes alone"] = interleaved(
            {
                "bare": lambda _, body=body: word_tokenize(body),
                "themes": lambda _, d=document: reviewer.model.predict(d),
            },
            few,
        )["themes"]
        del timings["checklist with reading"]
        table[f"{size} words"] = timings
    return table


def _edited(given: Draft, number: int) -> Draft:
    """Return the draft with one sentence changed, another one each time."""
    sentence = f"Lần sửa thứ {number} bổ sung một câu ngắn vào bài."
    first, _, rest = given.body.partition(". ")
    return given.model_copy(update={"body": f"{first}. {sentence} {rest}"})


def linearity(characters: int = 200_000) -> dict[str, float]:
    """Return, for each hostile pattern, the cost of `characters` over four times that of a quarter: 1 is linear."""
    reviewer = Reviewer.load(earlier=NoEarlierDrafts())
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
