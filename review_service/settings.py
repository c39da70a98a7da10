"""Every setting of the service, in one place: name, default, meaning. Read from the environment, checked at start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from review_service.errors import SettingsError
from review_service.text import SegmenterName

PREFIX = "REVIEW_"
_ROOT = Path(__file__).parent.parent


def variable(name: str) -> str:
    """Return the environment variable that holds the setting `name`."""
    return "DATABASE_URL" if name == "database_url" else PREFIX + name.upper()  # the one name that hosts agree upon


def _default_data() -> Path:
    """Return the user's folder for data that programs keep (XDG Base Directory Specification)."""
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / "review-service"


def _default_models() -> Path:
    """Return where models/ lies: beside the package in a checkout, or inside the working directory."""
    beside = _ROOT / "models"
    return beside if beside.is_dir() else Path("models")


def _listed(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _origin(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or value != f"{parts.scheme}://{parts.netloc}" or not parts.hostname:
        raise ValueError("an origin is a scheme and a host, as https://cms.example.vn")
    return value


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Origins = Annotated[tuple[Annotated[str, AfterValidator(_origin)], ...], BeforeValidator(_listed)]


class Settings(BaseModel):
    """The settings. Each is read from REVIEW_<NAME>, as `REVIEW_SEGMENTER=pyvi`, but the database's from DATABASE_URL."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    models: Path = Field(default_factory=_default_models, description="The folder with the trained models.")
    plan: Path | None = Field(None, description="A plan file to use instead of the built-in one.")
    knowledge: Path | None = Field(None, description="A knowledge folder to use instead of the built-in one.")
    segmenter: SegmenterName = Field("underthesea", description="The word segmenter: underthesea or pyvi.")
    data: Path = Field(
        default_factory=_default_data,
        description="The folder in which reviews are kept, when `DATABASE_URL` is not set.",
    )
    database_url: str | None = Field(
        None, description="A PostgreSQL database to keep reviews in, as `postgresql://user@host/name`.", repr=False
    )
    retention_days: int = Field(
        730, ge=1, description="Days after its last review when `review-service retention` takes up a draft."
    )
    access: Literal["keys", "open"] = Field(
        "keys", description="`keys`: who asks needs a key; `open`: nobody does, for a machine that only you reach."
    )
    session_hours: int = Field(12, ge=1, le=720, description="Hours after which one signs in to the pages again.")
    rate_limit: str = Field("600/minute", description="How many requests a key may make; a batch counts its drafts.")
    rate_storage: str = Field(
        "memory://",
        description="Where requests are counted: `memory://` (each worker by itself) or `redis://host`.",
        repr=False,
    )
    proxies: int = Field(0, ge=0, le=5, description="How many proxies stand before the service and say who asks.")
    widget_origins: Origins = Field(
        (), description="Where the widget may be used, as `https://cms.example.vn`, separated by commas."
    )
    webhook_url: str | None = Field(
        None,
        pattern=r"^https?://[^\s/?#]+",
        description="Where to tell that an editor was done with a draft.",
        repr=False,
    )
    webhook_secret: str | None = Field(
        None, min_length=24, description="What webhooks are signed with, as `whsec_` and base64.", repr=False
    )
    webhook_hosts: Names = Field(
        (), description="Hosts that webhooks may go to, and private networks as `10.0.0.0/8`, separated by commas."
    )
    read_seconds: int = Field(10, ge=1, le=60, description="Seconds in which a request must have arrived whole.")
    max_body_bytes: int = Field(1_048_576, ge=1024, description="The largest request accepted, in bytes.")
    max_file_bytes: int = Field(
        8 * 1_048_576, ge=1024, description="The largest request that sends a file; pictures are in a .docx."
    )
    max_field_characters: int = Field(200_000, ge=100, description="The longest field accepted, in characters.")
    max_batch_drafts: int = Field(100, ge=1, description="The most drafts in one batch request.")
    max_waiting_reviews: int = Field(
        3, ge=0, le=1000, description="How many requests may wait for their review in each worker; the next get 503."
    )
    review_seconds: float = Field(
        10, gt=0, description="Seconds after which a review answers with what it has, marked `incomplete`."
    )
    log_format: Literal["text", "json"] = Field("text", description="How log lines look: `text`, or `json` to collect.")
    log_level: str = Field(
        "INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="The lowest level of log line written."
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings from environment variables; a name that no setting has is refused.

        Raises:
            SettingsError: a variable is unknown or its value is not allowed; the message names the variable.
        """
        known = {variable(name): name for name in cls.model_fields}
        unknown = next((name for name in environment if name.startswith(PREFIX) and name not in known), None)
        if unknown:
            raise SettingsError(f"{unknown}: no such setting")
        values = {known[name]: value for name, value in environment.items() if name in known}
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            first = error.errors()[0]
            raise SettingsError(f"{variable(str(first['loc'][0]))}: {first['msg']}") from None
