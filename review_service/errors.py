"""The errors this package raises.

ReviewServiceError
├── SettingsError     a setting is unknown or out of range
├── KnowledgeError    a knowledge file is missing or wrong
├── ModelError        a model is missing, damaged, or made for other libraries
├── ArchiveError      an archive cannot be read, or results do not belong to it
├── StoreError        the database cannot be reached, or refuses
└── DraftError        a draft is not in the contract's form
"""

from __future__ import annotations


class ReviewServiceError(Exception):
    """Base of every error that a caller may want to show: its message is one plain sentence."""


class SettingsError(ReviewServiceError):
    """A setting is unknown or has a value that is not allowed."""


class KnowledgeError(ReviewServiceError):
    """A knowledge file is missing or not in its form."""


class ModelError(ReviewServiceError):
    """A model cannot be loaded."""


class ArchiveError(ReviewServiceError):
    """An archive cannot be read, or its results cannot be written."""


class StoreError(ReviewServiceError):
    """The database cannot be reached, or refuses what is asked of it."""


class DraftError(ReviewServiceError):
    """A draft is not in the contract's form; `problems` are (field, what is wrong)."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{field}: {reason}" for field, reason in problems))
