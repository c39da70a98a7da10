"""What comes in: a draft, as the CMS sends it (the request of `POST /review`)."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

Genre = Literal["news", "feature", "legal_education", "profile", "notice"]
Language = Literal["vi", "en"]


_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def _blank_is_absent(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _iso_date(value: object) -> object:
    """Accept an ISO date or an ISO date and time (a CMS often sends both); nothing looser, as a count of seconds."""
    if isinstance(value, str) and len(value) > 10 and value[10] in "T ":
        value = value[:10]
    if isinstance(value, (int, float)) or (isinstance(value, str) and not _ISO_DATE.fullmatch(value)):
        raise ValueError("a date is written as 2026-03-10")
    return value


def _unicode(value: str) -> str:
    """Refuse half of a surrogate pair: JSON can escape one, but no answer in UTF-8 could quote it."""
    if not value.isascii() and _HALF_PAIR.search(value):
        raise ValueError("not Unicode text: it holds half of a surrogate pair")
    return value


IsoDate = Annotated[datetime.date, BeforeValidator(_iso_date)]
Text = Annotated[str, AfterValidator(_unicode)]
OptionalText = Annotated[Text | None, BeforeValidator(_blank_is_absent)]


class Image(BaseModel):
    """A picture that goes with the text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Text | None = Field(None, description="Where the picture is; never fetched.", max_length=2048)
    caption: Text | None = Field(None, description="The caption under the picture.")
    credit: Text | None = Field(None, description="Who made the picture or supplied it.")


class Draft(BaseModel):
    """A draft to review. Only `body` is required; the text is Vietnamese."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    draft_id: Text | None = Field(
        None, description="The CMS's own id; the same id again is a new revision.", max_length=200
    )
    title: Text | None = Field(None, description="The title.")
    summary: Text | None = Field(None, description="The sapo: the paragraph under the title.")
    body: Text = Field(description="The text.")
    format: Literal["text", "html", "markdown"] = Field("text", description="Of `summary` and `body`.")
    author: OptionalText = Field(None, description="Who wrote it.")
    unit: OptionalText = Field(None, description="The procuracy unit that contributes it.")
    source: OptionalText = Field(None, description="Where it comes from, when it is not the author's own reporting.")
    genre: Genre | None = Field(None, description="What kind of item it is.")
    date: IsoDate | None = Field(None, description="The draft's date; without it, the day of the review.")
    images: tuple[Image, ...] = Field((), description="Pictures that go with the text.", max_length=200)
    language: Language = Field("vi", description="Of the messages, not of the draft.")
