"""A text in the two languages of the interface."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from review_service.draft import Language


class Wording(BaseModel):
    """A text in Vietnamese and in English."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    vi: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.vi if language == "vi" else self.en
