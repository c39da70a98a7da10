"""Everything the interface does: the table that its documentation is made from, and that a test holds to the routes."""

from __future__ import annotations

from typing import Any, NamedTuple

from pydantic import BaseModel

from review_service.api.catalogue import ChecklistCatalogue, Themes
from review_service.api.decisions import Decided, DecisionRequest, Finished, ThemesRequest
from review_service.api.maintenance import AuditQuery, AuditTrail, Dismissals, DismissalsQuery
from review_service.api.monitoring import Health, Ready
from review_service.api.reviews import Batch, BatchReviews, DraftFile, FileReview
from review_service.api.session import SignedIn, SignInRequest
from review_service.draft import Draft
from review_service.review import AnsweredReview
from review_service.store.decisions import EditorThemes
from review_service.store.drafts import DraftHistory
from review_service.store.queue import Filters, Page
from review_service.store.records import ReviewRecord


class Operation(NamedTuple):
    """One thing the interface does. `answer` None with status 204 is an answer without a body."""

    method: str
    path: str
    summary: str
    answer: Any = None
    body: type[BaseModel] | None = None
    query: type[BaseModel] | tuple[dict[str, Any], ...] = ()
    errors: tuple[int, ...] = ()
    status: int = 200
    media_type: str = "application/json"
    body_type: str = "application/json"


_OFFSETS = {
    "name": "offsets",
    "in": "query",
    "description": "How positions are counted: Unicode code points, or UTF-16 code units as in JavaScript.",
    "schema": {"type": "string", "enum": ["codepoints", "utf16"], "default": "codepoints"},
}
_STORE = {
    "name": "store",
    "in": "query",
    "description": "Whether the review is kept.",
    "schema": {"type": "string", "enum": ["yes", "no"], "default": "yes"},
}
_LANGUAGE = {
    "name": "language",
    "in": "query",
    "description": "The language of labels and messages.",
    "schema": {"type": "string", "enum": ["vi", "en"], "default": "vi"},
}
_BODY = (400, 413, 415, 422)
_DECISION = "/reviews/{review_id}/issues/{issue_id}/decision"

OPERATIONS = (
    Operation("post", "/review", "Review one draft.", AnsweredReview, Draft, (_OFFSETS, _STORE), _BODY),
    Operation("post", "/review/batch", "Review several drafts.", BatchReviews, Batch, (_OFFSETS, _STORE), _BODY),
    Operation(
        "post", "/review/file", "Review a draft that is sent as a file.",
        FileReview, DraftFile, (_OFFSETS, _STORE), _BODY, body_type="multipart/form-data",
    ),
    Operation("get", "/reviews", "List drafts by their current review.", Page, None, Filters, (422, 503)),
    Operation(
        "get", "/reviews/{review_id}", "Show a kept review with its draft and the decisions on it.",
        ReviewRecord, None, (_OFFSETS,), (404, 422, 503),
    ),
    Operation(
        "post", _DECISION, "Decide on an issue; a dismissal holds in later revisions.",
        Decided, DecisionRequest, (), (404, *_BODY, 503),
    ),
    Operation("delete", _DECISION, "Withdraw the decision on an issue.", Decided, None, (), (404, 503)),
    Operation(
        "put", "/reviews/{review_id}/themes", "Give the draft the editor's themes.",
        EditorThemes, ThemesRequest, (), (404, *_BODY, 503),
    ),
    Operation("delete", "/reviews/{review_id}/themes", "Withdraw the editor's themes.", None, None, (), (404, 503), 204),
    Operation(
        "put", "/reviews/{review_id}/finished", "Say that an editor is done with the draft.",
        Finished, None, (), (404, 409, 503),
    ),
    Operation(
        "delete", "/reviews/{review_id}/finished", "Say that the draft is to be read again.",
        None, None, (), (404, 503), 204,
    ),
    Operation(
        "get", "/drafts/{draft_id}/revisions", "Show a draft's revisions: what was fixed, what is new, what remains.",
        DraftHistory, None, (), (404, 503),
    ),
    Operation("delete", "/drafts/{draft_id}", "Delete a draft and all that was kept of it.", None, None, (), (404, 503), 204),
    Operation("get", "/themes", "List the plan's themes.", Themes, None, (_LANGUAGE,), (422,)),
    Operation("get", "/checklist", "List every checklist code.", ChecklistCatalogue, None, (_LANGUAGE,), (422,)),
    Operation("get", "/session", "Show who asks.", SignedIn, errors=(503,)),
    Operation("post", "/session", "Sign in with a key or a one-time link.", SignedIn, SignInRequest, (), (401, *_BODY, 429, 503)),
    Operation("delete", "/session", "Sign out.", errors=(503,), status=204),
    Operation("get", "/dismissals", "List the codes and words that editors dismiss often.", Dismissals, None, DismissalsQuery, (422, 503)),
    Operation("get", "/audit", "List the audit trail.", AuditTrail, None, AuditQuery, (422, 503)),
    Operation("get", "/health", "Say that the process is alive.", Health),
    Operation("get", "/ready", "Say that model and knowledge are loaded.", Ready),
    Operation("get", "/metrics", "Show Prometheus metrics.", media_type="text/plain"),
    Operation("get", "/openapi.json", "Describe this interface."),
    Operation("get", "/docs", "Describe this interface, to read.", media_type="text/html"),
)  # fmt: skip
