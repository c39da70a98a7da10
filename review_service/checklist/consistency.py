"""Figures of a draft must agree (`consistency.figure`); see also `dates` and `names`.

Each way in which figures can disagree is a function of its own, in a module by what it compares; here they are put in order,
the narrowest first, and of findings that overlap the first is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review_service.checklist.ages import told_beside_birth, told_now, told_of_the_same, years_served
from review_service.checklist.casualties import all_dead
from review_service.checklist.comparisons import grown
from review_service.checklist.contradictions import contradictions
from review_service.checklist.durations import days_from, durations
from review_service.checklist.figured import FIGURE, NUMBER, FiguredField, first_noun, in_figures, value
from review_service.checklist.findings import Check, Finding, Taken
from review_service.checklist.listed import (
    charged_by_name,
    counted_in_headings,
    items_listed,
    listed,
    more_than_all,
    named_next,
    sentenced_of_all,
    the_rest,
)
from review_service.checklist.numbered_off import numbered_off
from review_service.checklist.over_sentences import (
    amounts_beside,
    chained_products,
    counts_of_the_next,
    groups_of_all,
    left_of_the_last,
    shares_of_land,
    sum_taken_up,
    sums_one_by_one,
    total_of_the_list_before,
)
from review_service.checklist.prison_terms import changed_by, terms_over_sentences
from review_service.checklist.reading import Reading
from review_service.checklist.reckonings import flows
from review_service.checklist.shares import shares_of_whole
from review_service.checklist.sums_told_twice import paid_and_left, slips
from review_service.checklist.title_and_text import between_fields, transposed_within
from review_service.checklist.told_before import (
    all_listed,
    all_of_them,
    done_of_them,
    each_of_so_many,
    men_and_women,
    others_left,
    said_before,
    so_much_before,
    together,
)
from review_service.text import Span, tells

# What is compared: the figures of a field among themselves, with those of title and summary, with the draft's date.
_WITHIN_A_FIELD = (
    *(
        men_and_women,
        each_of_so_many,
        together,
        done_of_them,
        others_left,
        shares_of_whole,
        grown,
        counts_of_the_next,
    ),
    *(left_of_the_last, flows, amounts_beside, terms_over_sentences, groups_of_all, chained_products, shares_of_land),
    sum_taken_up,
    sums_one_by_one,
    total_of_the_list_before,
    days_from,
)
_ANNOUNCED = (all_of_them, all_listed, numbered_off)
_WITH_THE_DATE = (told_beside_birth, told_of_the_same, told_now, years_served)
_WITHIN_THE_BODY = (said_before, so_much_before, slips, transposed_within, more_than_all)
_WITH_THE_HEADS = (sentenced_of_all, all_dead, durations, changed_by)
_BY_NAME = (listed, named_next, charged_by_name, items_listed, counted_in_headings)
_LONGEST_HEAD = 3_000  # code points: a longer summary is none


def figure(reading: Reading) -> Iterator[Finding]:
    """Title, summary and body disagree on one figure; parts do not add up; a percentage does not fit its counts."""
    told = Taken()
    wrong: dict[str, str] = {}  # figures and what they count, with the field in which each was found first
    for finding in _contradictions(reading):
        span = finding.span
        if span is None:
            continue
        words = reading.document.fields[span.field].folded[span.start : span.end].split()
        if words[0].isdigit() and wrong.setdefault(" ".join(words[:2]), span.field) != span.field:
            continue  # a total told in title and text alike: one slip
        if not _is_explained(reading, span, str(finding.values.get("other", ""))) and told.take(span):
            yield finding


_EXPLAINED_WITHIN = 2  # sentences after a total
# What is counted in two of the parts: "Trong số này có 02 hồ sơ mắc cả hai thiếu sót".
_IN_TWO_PARTS = re.compile(
    r"\b(?:mắc|thuộc|mang|ghi|có tên (?:ở|trong)|nằm (?:ở|trong)|xuất hiện (?:ở|trong)|tính (?:ở|vào)|bị khởi tố (?:ở|trong|về))(?: cả)? (?:hai|ba) "
    r"(?:nhóm|tư cách|thiếu sót|vi phạm|lỗi|diện|danh sách|loại|mục|tội|vụ)\b"
    r"|\b(?:tính|đếm|thống kê|ghi) (?:hai|02|2) lần\b|\bhai tư cách\b"
)
_is_in_two_parts = tells(_IN_TWO_PARTS)


def _is_explained(reading: Reading, span: Span, parts: str) -> bool:
    """Whether the text says why `parts` make more than their total: some are counted in two of them."""
    field = reading.document.fields[span.field]
    told = field.sentence_at(span.start)
    near = told.beside(after=_EXPLAINED_WITHIN)
    if not any(other.paragraph == told.paragraph and _is_in_two_parts(other.folded) for other in near):
        return False
    total = FIGURE.match(in_figures(field.folded[span.start : span.end]))
    counts = _counts(parts, first_noun(total)) if total else []
    return total is not None and len(counts) > 1 and sum(counts) > value(total["number"])


def _counts(parts: str, noun: str) -> list[int]:
    """Return the numbers of parts as they are shown: "130 + 14 + 9", or "8 bị can về tội … và 5 bị can"."""
    if " + " in parts:
        return [value(match.group()) for match in _NUMBER.finditer(parts)]
    return [value(figure["number"]) for figure in FIGURE.finditer(in_figures(parts)) if first_noun(figure) == noun]


_NUMBER = re.compile(NUMBER)


def _contradictions(reading: Reading) -> Iterator[Finding]:
    """Yield what each way of looking finds."""
    for field in reading.document.prose:
        for sentence in field.sentences:
            for start, end, other in contradictions(sentence.folded):
                yield Finding(sentence.span(start, end), values={"other": other})
    *heads, body = map(FiguredField, reading.document.prose)
    for told in (*heads, body):
        for within in _WITHIN_A_FIELD:
            yield from within(told)
        for announced in _ANNOUNCED:
            yield from announced(told, heads)
        for dated in _WITH_THE_DATE:
            yield from dated(told, reading.date)
    heads = [head for head in heads if len(head.folded) <= _LONGEST_HEAD]
    for named in _BY_NAME:
        yield from named(reading.document.body, body, heads)
    yield from the_rest(reading, body, heads)
    for beside in _WITH_THE_HEADS:
        yield from beside(body, heads)
    for once in _WITHIN_THE_BODY:
        yield from once(body)
    yield from paid_and_left(body, body)
    yield from between_fields(heads, body)


CHECKS = (Check("consistency.figure", figure),)
