"""Sentences of imprisonment that a draft tells in two ways: in title and text, and as a sum of two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review_service.checklist.figured import ASIDE, ORDINALS, FiguredField, Wrong, number_told
from review_service.checklist.findings import Finding
from review_service.text import Span

_TERM = re.compile(
    r"(?P<years>\d(?<![\d/.,-].)\d?) năm(?: (?P<and_months>\d{1,2}) tháng)? tù\b|(?P<months>\d(?<![\d/.,-].)\d?) tháng tù\b"
)
_NEAR = 140  # code points before a term that tell whose it is


def _months(match: re.Match[str]) -> int:
    return _in_months(match["years"], match["and_months"] or match["months"])


def _in_months(years: str | None, months: str | None) -> int:
    return 12 * number_told(years or "0") + int(months or 0)


_SEVERAL = re.compile(r"\b(?:gần|hơn|trên|tổng(?: cộng)?|\d{1,3} (?:bị cáo|người|đối tượng))\b[^.;]{0,30}$")


def terms_told_otherwise(field: FiguredField, body: FiguredField) -> Iterator[Finding]:
    """Yield the sentence of a title or summary when the body tells another: the only one, or the only one that is passed."""
    heads = list(_TERM.finditer(field.folded)) if " tù" in field.folded else []
    terms = list(_TERM.finditer(body.folded)) if heads else []
    any_terms = {_months(term): term.group() for term in terms}
    passed = {_months(term): term.group() for term in terms if _is_passed(body.folded, term.start())}
    for match in heads:
        asked = _ASKED.search(field.folded, max(0, match.start() - _NEAR), match.start())
        elsewhere = not asked and _months(match) not in any_terms
        told = passed if passed and (elsewhere or _is_passed(field.folded, match.start())) else any_terms
        several = _SEVERAL.search(field.folded, max(0, match.start() - _NEAR), match.start())
        changed = field.folded.endswith(("giảm ", "tăng ", "thêm ", "bớt "), 0, match.start())
        ranged = _FROM.search(field.folded, max(0, match.start() - _NEAR), match.start())
        if len(told) == 1 and _months(match) not in told and not (several or changed or ranged):
            yield Finding(Span(field.name, *match.span()), values={"other": next(iter(told.values()))})


_FROM = re.compile(
    r"\btừ \d{1,2}(?: năm(?: \d{1,2} tháng)?| tháng)?(?: tù)? (?:đến|[-–]) $"
)  # "từ 03 năm đến 04 năm tù": what was asked for


_OF_SEVERAL = re.compile(
    r"(?P<number>\d{1,2}) (?:bị cáo|người)\b[^.;\d]{0,30} (?P<term>\d{1,3} năm(?: \d{1,2} tháng)? tù)\b"
)


def terms_together(field: FiguredField, body: FiguredField) -> Iterator[Finding]:
    """Yield the years of several together when those passed on each make others: "3 bị cáo lĩnh 27 năm tù"."""
    match = _OF_SEVERAL.search(field.folded) if " tù" in field.folded else None
    told = _TERM.match(field.folded, match.start("term")) if match else None
    for sentence in body.sentences if match and told else ():
        terms = list(_TERM.finditer(sentence))
        if not match or not told or len(terms) != int(match["number"]) or len(terms) < 2:
            continue
        passed, together = [*map(_months, terms)], _months(told)
        if _is_passed(sentence, terms[0].start()) and max(passed) < together != sum(passed):
            other = " + ".join(term.group() for term in terms)
            yield Finding(Span(field.name, *match.span("term")), values={"other": other})


_PASSED = re.compile(r"\b(?:tuyên phạt|xử phạt|bị phạt|lãnh|lĩnh|nhận mức án|tuyên)\b[^.;\d]{0,60}$")
_ASKED = re.compile(r"\b(?:đề nghị|(?:bản án|cấp|án) sơ thẩm|trước đó|khung)\b|\btừ $")


def _is_passed(folded: str, start: int) -> bool:
    """Whether the term at `start` is what the court passed, not what was asked for or passed before."""
    before = re.split("[.;]", ASIDE.sub("", folded[max(0, start - _NEAR) : start]))[-1]
    return _PASSED.search(before) is not None and _ASKED.search(before) is None


COMBINES = ("tổng hợp", "hình phạt chung", "chấp hành chung", "mức án chung", "tổng hình phạt", "tổng mức")
_COMBINED = re.compile(rf"\b(?:{'|'.join(COMBINES)})\b[^.;\d]{{0,70}}$")
_FOR_AN_OFFENCE = re.compile(r",? (?:về|cho) (?:tội|hành vi) ")


_MOST = 30 * 12  # months: no combined term is longer (BLHS Điều 55)


_OF_ANOTHER_JUDGMENT = re.compile(  # whose term is added, too
    r"\b(?:với|của|tại|theo) (?:\S+ ){0,6}?bản án\b|\bbản án (?:số|trước|ngày|khác|cũ)\b|\bhai bản án\b"
)


def _is_combined(term: re.Match[str]) -> bool:
    return _COMBINED.search(term.string, max(0, term.start() - _NEAR), term.start()) is not None


def _miscombined(total: re.Match[str], terms: list[re.Match[str]]) -> str:
    """Return the terms, two or more, that make another combined term than `total`; "" where they make it, or that of another
    judgment is added, too."""
    wrong = len(terms) > 1 and _months(total) != min(_MOST, sum(map(_months, terms)))
    mixed = _OF_ANOTHER_JUDGMENT.search(total.string) is not None
    return " + ".join(term.group() for term in terms) if wrong and not mixed else ""


def combined_terms(folded: str) -> Iterator[Wrong]:
    """Yield a combined term that those of the offences before it do not make (Penal Code 2015, Article 55)."""
    terms = list(_TERM.finditer(folded))
    for place, total in enumerate(terms):
        if not _is_combined(total):
            continue
        parts = [term for term in terms[:place] if _FOR_AN_OFFENCE.match(folded, term.end())]
        other = _miscombined(total, parts) if len(parts) == place else ""
        if other:
            yield *total.span(), other
        return


_TWO = 2  # terms, of which no one can be the sum of several
_ALL_TERMS = re.compile(r"\btổng (?:cộng|số)(?: là)? $")


def terms_listed(folded: str) -> Iterator[Wrong]:
    """Yield the years of several together that the terms listed after them do not make: "tổng cộng 36 năm tù: A. 14 năm tù, B. 12
    năm tù và C. 08 năm tù"."""
    told = list(_TERM.finditer(folded))
    if len(told) <= _TWO:
        return
    total, *terms = told
    together = _ALL_TERMS.search(folded, max(0, total.start() - _NEAR), total.start())
    opens = folded.startswith((":", ",", " (", " gồm"), total.end())
    if together and opens and _months(total) != sum(map(_months, terms)):
        yield *total.span(), " + ".join(term.group() for term in terms)


def terms_over_sentences(field: FiguredField) -> Iterator[Finding]:
    """Yield the combined term of a sentence that those of the offences in the one before do not make."""
    told = any(words in field.folded for words in COMBINES)
    for index, sentence in enumerate(field.sentences[1:], 1) if told else ():
        combines = any(words in sentence for words in COMBINES)
        total = next(_TERM.finditer(sentence), None) if combines else None
        if total is None or not _is_combined(total):
            continue
        before = field.sentences[index - 1]
        terms = list(_TERM.finditer(before))
        each = all(_FOR_AN_OFFENCE.match(before, term.end()) for term in terms)
        other = _miscombined(total, terms) if each else ""
        if other:
            start = field.place(index)[0]
            yield Finding(Span(field.name, start + total.start(), start + total.end()), values={"other": other})


_CHANGED = re.compile(  # "từ 04 năm lên 06 năm tù"
    r"\btừ (?P<years_then>\d{1,2}) năm(?: (?P<months_then>\d{1,2}) tháng)?(?: tù)? (?:lên|xuống(?: còn)?|còn|thành) "
    r"(?P<years_now>\d{1,2}) năm(?: (?P<months_now>\d{1,2}) tháng)? tù\b"
)
_CHANGED_BY = re.compile(
    r"\b(?:tăng|giảm)(?: (?:hình phạt|mức án|mức phạt|mức hình phạt|án))?(?: tù)?(?: cho [^.;\d]{1,30})?(?: thêm| bớt| đi)? "
    rf"(?P<years>\d{{1,2}}|{'|'.join(ORDINALS)}) năm(?: (?P<months>\d{{1,2}}) tháng)?(?! \d)"
)


def changed_by(body: FiguredField, heads: list[FiguredField]) -> Iterator[Finding]:
    """Yield by how much a term is told to be changed when the only change told makes another: "tăng hình phạt thêm ba năm", and
    "từ 04 năm lên 06 năm tù"."""
    changes = {_change(match): match.group() for match in _CHANGED.finditer(body.folded)}
    if len(changes) != 1:
        return
    ((made, other),) = changes.items()
    for field in (*heads, body):
        for match in _CHANGED_BY.finditer(field.folded):
            if _in_months(match["years"], match["months"]) != made:
                yield Finding(Span(field.name, match.start("years"), match.end()), values={"other": other})


def _change(match: re.Match[str]) -> int:
    """Return by how many months a term changes."""
    then, now = (_in_months(match[f"years_{at}"], match[f"months_{at}"]) for at in ("then", "now"))
    return abs(now - then)
