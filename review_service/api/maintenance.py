"""GET /dismissals and GET /audit: for those who look after the checklist and the service."""

from __future__ import annotations

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict, Field

from review_service.api.access import MAINTAINERS, requires
from review_service.api.context import context, json_response
from review_service.api.requests import query_as
from review_service.store.audit import AuditEntry, read_audit
from review_service.store.dismissals import OftenDismissed, often_dismissed

blueprint = Blueprint("maintenance", __name__)


class DismissalsQuery(BaseModel):
    """Which dismissals to list."""

    model_config = ConfigDict(extra="forbid")

    least: int = Field(2, ge=1, le=1_000_000, description="In how many drafts, at least.")
    limit: int = Field(100, ge=1, le=1000, description="How many to list.")


class Dismissals(BaseModel):
    """Codes and words that editors dismiss often."""

    dismissals: list[OftenDismissed]


class AuditQuery(BaseModel):
    """Which lines of the audit trail to list."""

    model_config = ConfigDict(extra="forbid")

    action: str | None = Field(None, description="An action, or a family of actions, as `key`.", max_length=100)
    before: int | None = Field(None, ge=1, le=2**63 - 1, description="Lines before this one, to page through.")
    limit: int = Field(100, ge=1, le=1000, description="How many to list.")


class AuditTrail(BaseModel):
    """Lines of the audit trail, newest first."""

    entries: list[AuditEntry]


@blueprint.get("/dismissals")
@requires(*MAINTAINERS)
def dismissals() -> Response:
    """List the codes and words that editors dismiss often."""
    query = query_as(DismissalsQuery)
    with context().database.reading() as session:
        return json_response({"dismissals": often_dismissed(session, least=query.least, limit=query.limit)})


@blueprint.get("/audit")
@requires(*MAINTAINERS)
def audit() -> Response:
    """List the audit trail."""
    query = query_as(AuditQuery)
    with context().database.reading() as session:
        entries = read_audit(session, action=query.action, before=query.before, limit=query.limit)
    return json_response({"entries": entries})
