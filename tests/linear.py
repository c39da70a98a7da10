"""Whether a regular expression takes time linear in the text, told from how it is written.

Python's engine tries a match at every place and backtracks within each. Bounded repeats cost a constant, unless unbounded
ones within them can be parted in several ways. An unbounded one is refused when

- "again": its turns can be parted in several ways (nested or ambiguous), or what it gives back may be taken by another
  unbounded repeat after it: one attempt takes the square of the length, or is exponential;
- "restart": attempts that begin one after the other may scan the same stretch and fail behind it. They cannot where a
  character must stand before the repeat that the repeat itself cannot take, where the pattern begins at the edge of a
  word and repeats within it, where nothing behind the repeat can fail, or where the pattern is tried at one place only.

Characters are told apart by samples: those that the pattern names and their neighbours, and one of each category.
What is refused may still be linear; what is not refused is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import reduce
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

_SAMPLES = frozenset("aAzZ059_ \n\t\xa0áÁđĐ.,;:!?-–“”\"'()[]<>/%&@é٣²中😀\x00\x1c\u0301İ")
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_CATEGORIES = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    op.CATEGORY_NOT_DIGIT: lambda c: not c.isdecimal(),
    op.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    op.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}
_UNBOUNDED = 1_000  # turns from which a repeat counts as unbounded
_FEW = 2  # turns up to which a loop around unbounded repeats counts as none
Chars = frozenset[str]
Nodes = list[tuple[Any, Any]]


class _After(NamedTuple):
    """What comes behind a node: more nodes, then what comes behind those; `again` is a loop that may be taken once more."""

    nodes: Nodes
    after: _After | None
    again: Nodes | None = None


def problems(pattern: str, flags: int = 0, *, one_place: bool = False) -> list[str]:
    """Return what speaks against `pattern` being linear, nothing when it is; `one_place`: it is never searched for."""
    tree = parser.parse(pattern, flags)
    check = _Check(tree.state.flags, list(_literals(tree)))
    nodes = list(tree)
    check.anchored = one_place or (
        bool(nodes) and nodes[0] in [(op.AT, op.AT_BEGINNING), (op.AT, op.AT_BEGINNING_STRING)]
    )
    check.at_word_edge = bool(nodes) and nodes[0] == (op.AT, op.AT_BOUNDARY)
    check.walk(nodes, None, [], None)
    return sorted(set(check.found))


def _literals(nodes: Any) -> Iterator[str]:
    """Yield the characters that tell the pattern's classes apart."""
    for kind, value in nodes:
        if kind in (op.LITERAL, op.NOT_LITERAL):
            yield from (chr(value), chr(value).lower(), chr(value).upper()[0])
        elif kind is op.RANGE:
            yield from map(chr, (max(0, value[0] - 1), value[0], value[1], min(value[1] + 1, 0x10FFFF)))
        elif kind is op.IN:
            yield from _literals(value)
        else:
            for body in _bodies(kind, value):
                yield from _literals(body)


def _bodies(kind: Any, value: Any) -> list[Any]:
    """Return the sequences inside a node."""
    if kind in _REPEATS:
        return [value[2]]
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind is op.BRANCH:
        return list(value[1])
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return [value[1]]
    if kind is op.ATOMIC_GROUP:
        return [value]
    return []


class _Check:
    def __init__(self, flags: int, literals: Iterable[str]) -> None:
        self.found: list[str] = []
        self.anchored = self.at_word_edge = False
        self._flags = flags
        self._alphabet = _SAMPLES | frozenset(literals)

    def walk(self, nodes: Nodes, after: _After | None, before: list[Chars], loop: Nodes | None) -> None:
        """Check each node; `before` are the characters that must have stood just before, `loop` is the loop around."""
        before = list(before)
        for number, (kind, value) in enumerate(nodes):
            rest = _After(nodes[number + 1 :], after)
            single = self._single(kind, value)
            if single is not None:
                before.append(single)
            elif kind in _REPEATS:
                self._repeat(kind, value, rest, before, loop)
            else:
                if kind is op.ASSERT_NOT and value[0] < 0 and len(value[1]) == 1 and (behind := self._last(value[1])):
                    before.append(self._alphabet - behind)
                looked = kind in (op.ASSERT, op.ASSERT_NOT)
                bodies = [list(body) for body in _bodies(kind, value)]
                if loop is not None and kind is op.BRANCH and self._overlap(bodies, rest):
                    self.found.append("again: a choice in a loop that can be made in two ways")
                for body in bodies:
                    self.walk(body, None if looked or kind is op.ATOMIC_GROUP else rest, before, loop)
            if single is None and (last := self._last([(kind, value)])):
                before.append(last)

    def _repeat(self, kind: Any, value: Any, rest: _After, before: list[Chars], loop: Nodes | None) -> None:
        least, most, inner = value
        body = list(inner)
        unbounded = _is_unbounded(value)
        again = _After(body, rest, body) if most is op.MAXREPEAT or most > 1 else _After([], rest)
        first = self._first(_After(body, None))[0]
        following, may_end = self._first(rest)
        own_way = kind is op.POSSESSIVE_REPEAT or not (first & following or (may_end and self._can_fail(rest)))
        if (
            (unbounded or (loop is not None and least != most))
            and not own_way
            and (loop is not None or self._more(rest))
        ):
            self.found.append("again: a repeat whose end can be put in several places, before or within another")
        if unbounded:
            self._restart(body, rest, before)
        elif most > _FEW and _holds_unbounded(body):
            self._turns(body)
        self.walk(body, _After([], _After([], rest, body)) if again else rest, before, body if unbounded else loop)

    def _turns(self, body: Nodes) -> None:
        """Find what makes of a bounded loop as many ways as there are choices of its turns' ends: `(?:\\w+ ?){1,12}`."""
        turn = _After([], None, body)
        for number, (kind, value) in enumerate(body):
            if kind in _REPEATS and _is_unbounded(value):
                first = self._first(_After(list(value[2]), None))[0]
                if first & self._first(_After(body[number + 1 :], turn))[0]:
                    self.found.append(
                        "again: a repeat whose end can be put in several places, a bounded loop around it"
                    )

    def _restart(self, body: Nodes, rest: _After, before: list[Chars]) -> None:
        taken = self._all(body)
        if self.anchored or not self._can_fail(rest) or any(not (chars & taken) for chars in before):
            return
        if self.at_word_edge and all(character.isalnum() or character == "_" for character in taken):
            return
        self.found.append("restart: a repeat that attempts from several places may scan")

    def _overlap(self, bodies: list[Nodes], rest: _After) -> bool:
        firsts = [self._first(_After(body, rest))[0] for body in bodies]
        return any(one & other for number, one in enumerate(firsts) for other in firsts[:number])

    def _last(self, nodes: Any) -> Chars:
        """Return the characters one of which must have stood last when `nodes` have matched; none when nobody knows."""
        for kind, value in reversed(list(nodes)):
            single = self._single(kind, value)
            if single is not None:
                return single
            if kind in (op.AT, op.ASSERT, op.ASSERT_NOT):
                continue
            lasts = [self._last(body) for body in _bodies(kind, value)]
            if not lasts or not all(lasts) or (kind in _REPEATS and value[0] == 0):
                return frozenset()
            return reduce(frozenset.union, lasts)
        return frozenset()

    def _first(self, after: _After | None) -> tuple[Chars, bool]:
        """Return the characters that may come next, and whether the pattern may end there."""
        chars: Chars = frozenset()
        while after is not None:
            if after.again is not None:
                chars |= self._first(_After(after.again, None))[0]
            for kind, value in after.nodes:
                more, empty = self._first_of(kind, value)
                chars |= more
                if not empty:
                    return chars, False
            after = after.after
        return chars, True

    def _first_of(self, kind: Any, value: Any) -> tuple[Chars, bool]:
        single = self._single(kind, value)
        if single is not None:
            return single, False
        if kind in (op.AT, op.ASSERT, op.ASSERT_NOT):
            return frozenset(), True
        bodies = _bodies(kind, value)
        if not bodies:
            return self._alphabet, True  # a reference to a group: anything
        firsts = [self._first(_After(list(body), None)) for body in bodies]
        empty = any(end for _, end in firsts) or (kind in _REPEATS and value[0] == 0)
        return reduce(frozenset.union, (chars for chars, _ in firsts)), empty

    def _can_fail(self, after: _After | None) -> bool:
        """Whether something must still match."""
        while after is not None:
            if any(
                kind in (op.AT, op.ASSERT, op.ASSERT_NOT) or not self._first_of(kind, value)[1]
                for kind, value in after.nodes
            ):
                return True
            after = after.after
        return False

    def _more(self, after: _After | None) -> bool:
        """Whether another unbounded repeat comes behind."""
        while after is not None:
            if _holds_unbounded(after.nodes):
                return True
            after = after.after
        return False

    def _all(self, nodes: Nodes) -> Chars:
        chars: Chars = frozenset()
        for kind, value in nodes:
            chars |= self._single(kind, value) or frozenset()
            if kind not in (op.ASSERT, op.ASSERT_NOT):
                chars = reduce(frozenset.union, (self._all(list(body)) for body in _bodies(kind, value)), chars)
        return chars

    def _single(self, kind: Any, value: Any) -> Chars | None:
        """Return the characters that a node for one character takes; None for other nodes."""
        if kind is op.ANY:
            return self._alphabet if self._flags & re.DOTALL else self._alphabet - {"\n"}
        if kind not in (op.LITERAL, op.NOT_LITERAL, op.IN):
            return None
        return frozenset(character for character in self._alphabet if self._takes(kind, value, character))

    def _takes(self, kind: Any, value: Any, character: str) -> bool:
        forms = {character, character.lower(), character.upper()} if self._flags & re.IGNORECASE else {character}
        codes = [ord(form) for form in forms if len(form) == 1]
        if kind is op.LITERAL:
            return value in codes
        if kind is op.NOT_LITERAL:
            return value not in codes
        negated = bool(value) and value[0][0] is op.NEGATE
        hit = any(
            (part is op.LITERAL and what in codes)
            or (part is op.RANGE and any(what[0] <= code <= what[1] for code in codes))
            or (part is op.CATEGORY and _CATEGORIES[what](character))
            for part, what in value
        )
        return hit != negated


def _holds_unbounded(nodes: Any) -> bool:
    return any(
        (kind in _REPEATS and _is_unbounded(value)) or any(_holds_unbounded(body) for body in _bodies(kind, value))
        for kind, value in nodes
    )


def _is_unbounded(repeat: Any) -> bool:
    return repeat[1] is op.MAXREPEAT or repeat[1] >= _UNBOUNDED
