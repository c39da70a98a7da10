"""Every setting of the service, in one place: name, default, meaning. Read from the environment, checked at start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from review_service.errors import SettingsError
from review_service.text import SegmenterName

PREFIX = "REVIEW_"
_ROOT = Path(__file__).parent.parent


def _default_models() -> Path:
    """Return where models/ lies: beside the package in a checkout, or inside the working directory."""
    beside = _ROOT / "models"
    return beside if beside.is_dir() else Path("models")


class Settings(BaseModel):
    """The settings. Each is read from REVIEW_<NAME>, as `REVIEW_SEGMENTER=pyvi`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    models: Path = Field(default_factory=_default_models, description="The folder with the trained models.")
    plan: Path | None = Field(None, description="A plan file to use instead of the built-in one.")
    knowledge: Path | None = Field(None, description="A knowledge folder to use instead of the built-in one.")
    segmenter: SegmenterName = Field("underthesea", description="The word segmenter: underthesea or pyvi.")
    max_body_bytes: int = Field(1_048_576, ge=1024, description="The largest request accepted, in bytes.")
    max_field_characters: int = Field(200_000, ge=100, description="The longest field accepted, in characters.")
    max_batch_drafts: int = Field(100, ge=1, description="The most drafts in one batch request.")
    log_level: str = Field(
        "INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="The lowest level of log line written."
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings from environment variables; a name that no setting has is refused.

        Raises:
            SettingsError: a variable is unknown or its value is not allowed; the message names the variable.
        """
        values = {name[len(PREFIX) :].lower(): value for name, value in environment.items() if name.startswith(PREFIX)}
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            first = error.errors()[0]
            name = PREFIX + str(first["loc"][0]).upper()
            reason = "no such setting" if first["type"] == "extra_forbidden" else first["msg"]
            raise SettingsError(f"{name}: {reason}") from None
