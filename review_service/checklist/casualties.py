"""The dead and the injured that a title or summary counts otherwise than the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from review_service.checklist.figured import FiguredField, Figures, told_otherwise, value
from review_service.checklist.findings import Finding
from review_service.text import Span

_HOW = ("tử vong", "thiệt mạng", "chết", "bị thương", "thương nặng", "mất tích")
_HURT = re.compile(
    r"\b(?P<number>\d{1,32}|một) (?:người|công nhân|nạn nhân|học sinh|hành khách|thanh niên|phụ nữ|em nhỏ|cháu bé)(?: (?!(?:bị|và|đã|khác|còn)\b)[^\s,.;\d]{1,10}){0,5} "
    rf"(?:đã |và |bị |đều )?(?P<how>{'|'.join(_HOW)})\b"
)


def casualties(field: FiguredField, body: FiguredField) -> Iterator[Finding]:
    """Yield the dead or the injured of a title or summary whom the body, in figures or in words, counts otherwise."""
    yield from _toll(field, body)
    found = _hurt(field)
    if found and _DIED_LATER.search(body.folded):
        return  # the toll rose as the story went on
    for how, other, start, end in told_otherwise(found, _hurt(body)) if found else ():
        yield Finding(Span(field.name, start, end), values={"other": f"{other} người {how}"})


_DEAD = frozenset(("tử vong", "thiệt mạng", "chết"))
_ALL_DEAD = re.compile(
    r"\bcả (?P<number>\d{1,32}) (?:người|nạn nhân)(?: đã)? (?:tử vong|thiệt mạng|chết|xấu số|đã mất)\b"
)


def all_dead(field: FiguredField, others: list[FiguredField]) -> Iterator[Finding]:
    """Yield "cả bốn người thiệt mạng" where title, summary and text tell one number of dead, another."""
    for match in field.find(_ALL_DEAD, "cả "):
        told = {
            number
            for other in (field, *others)
            for how, found in _hurt(other).items()
            for number, start, _ in found
            if how in _DEAD and not (other is field and match.start() <= start < match.end())
        }
        if len(told) == 1 and value(match["number"]) not in told:
            yield Finding(Span(field.name, *match.span()), values={"other": f"{min(told)} người tử vong"})


_DIED_LATER = re.compile(
    r"\b(?:không qua khỏi|(?:nạn nhân|người) (?:thứ hai|thứ ba|còn lại)[^.;]{0,30} (?:tử vong|chết|mất)|(?:tử vong|chết|mất) (?:sau đó|trên đường|tại bệnh viện|khi đang))\b"
)
_TOLL = re.compile(r"(?<![\d.,])(?P<number>\d{1,4}) người thương vong\b")


def _toll(field: FiguredField, body: FiguredField) -> Iterator[Finding]:
    """Yield "ba người thương vong" where the body tells one number of dead and one of injured that make another."""
    match = _TOLL.search(field.folded)
    hurt = _hurt(body) if match else {}
    dead = [number for how in ("tử vong", "thiệt mạng", "chết") for number, _, _ in hurt.get(how, ())]
    injured = [number for number, _, _ in hurt.get("bị thương", ())]
    if match and len(set(dead)) == len(set(injured)) == 1 and dead[0] + injured[0] != value(match["number"]):
        other = f"{dead[0]} người tử vong, {injured[0]} người bị thương"
        yield Finding(Span(field.name, *match.span()), values={"other": other})


def _hurt(field: FiguredField) -> Figures:
    table: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for match in field.find(_HURT, *_HOW) if "người" in field.folded else ():
        word = match.group("number")
        table["chết" if match["how"] in _DEAD else match["how"]].append(
            (int(word) if word.isdigit() else 1, *match.span())
        )
    return table
