"""How far two spellings are apart."""

from __future__ import annotations


def distance(one: str, other: str) -> int:
    """Return the number of single-character edits between two short strings (Levenshtein 1966)."""
    previous = list(range(len(other) + 1))
    for row, left in enumerate(one, 1):
        current = [row]
        for column, right in enumerate(other, 1):
            current.append(min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (left != right)))
        previous = current
    return previous[-1]
