"""The tables.

drafts 1──n revisions 1──n reviews 1──n issues      what came in and what was said of it
drafts 1──n decisions, 0..1 theme_corrections       what editors said; kept by the draft, so that it holds in later revisions
drafts 1──0..1 signatures 1──n signature_bands          the draft's current text, as near-duplicates are found by it
drafts 1──n draft_themes                            what the draft is about now: the editor's labels, else the model's
keys 1──n sessions, sign_in_links                   who may do what
model_versions, audit                               what was loaded; who did what
deliveries                                          webhooks to send
"""

from __future__ import annotations

import datetime
from typing import Any, Literal

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, MetaData, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from review_service.review import Severity, Status
from review_service.store.columns import SafeText, UtcDateTime, now

Verdict = Literal["accept", "dismiss", "fixed"]
Role = Literal["cms", "editor", "maintainer"]
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What the tables share: names of constraints that migrations can rely on, and types."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {  # noqa: RUF012 – read by SQLAlchemy
        str: SafeText,
        datetime.datetime: UtcDateTime,
        dict[str, Any]: JSON(none_as_null=True),
        list[str]: JSON,
    }


class DraftRow(Base):
    """A draft through all its revisions; its particulars are those of the current one."""

    __tablename__ = "drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    identity: Mapped[str] = mapped_column(unique=True)  # a digest of draft_id; of the content when there is none
    draft_id: Mapped[str | None] = mapped_column(index=True)
    title: Mapped[str | None]
    author: Mapped[str | None] = mapped_column(index=True)
    unit: Mapped[str | None] = mapped_column(index=True)
    genre: Mapped[str | None]
    date: Mapped[datetime.date] = mapped_column(index=True)  # the draft's own; without one, the day of its first review
    search: Mapped[str]  # title, author, unit and id without case and diacritics
    received_at: Mapped[datetime.datetime] = mapped_column(default=now)
    reviewed_at: Mapped[datetime.datetime] = mapped_column(default=now, index=True)
    finished_at: Mapped[datetime.datetime | None]  # when an editor was done with the current revision
    finished_by: Mapped[str | None]
    reduced_at: Mapped[datetime.datetime | None]  # when retention took its texts

    revisions: Mapped[list[RevisionRow]] = relationship(
        back_populates="draft", cascade="all, delete-orphan", passive_deletes=True, order_by="RevisionRow.number"
    )
    themes: Mapped[list[DraftThemeRow]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    decisions: Mapped[list[DecisionRow]] = relationship(
        back_populates="draft", cascade="all, delete-orphan", passive_deletes=True
    )
    correction: Mapped[ThemeCorrectionRow | None] = relationship(
        back_populates="draft", cascade="all, delete-orphan", passive_deletes=True
    )


class RevisionRow(Base):
    """One content of a draft. The same content again is the same revision."""

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("draft_key", "number"), UniqueConstraint("draft_key", "content_hash"))

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_key: Mapped[int] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"))
    number: Mapped[int]
    content_hash: Mapped[str]
    received_at: Mapped[datetime.datetime] = mapped_column(default=now)
    content: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)  # the request as it was sent

    draft: Mapped[DraftRow] = relationship(back_populates="revisions")
    reviews: Mapped[list[ReviewRow]] = relationship(
        back_populates="revision", cascade="all, delete-orphan", passive_deletes=True, order_by="ReviewRow.id"
    )


class ReviewRow(Base):
    """A review of a revision under one plan, checklist and model. Status and counts leave dismissed issues out."""

    __tablename__ = "reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[str] = mapped_column(unique=True)
    draft_key: Mapped[int] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    revision_key: Mapped[int] = mapped_column(ForeignKey("revisions.id", ondelete="CASCADE"), index=True)
    current: Mapped[bool]  # the last one asked for of its draft
    plan: Mapped[str]
    checklist_version: Mapped[str]
    model_version: Mapped[str]
    status: Mapped[Status] = mapped_column(SafeText, index=True)
    errors: Mapped[int]
    warnings: Mapped[int]
    suggestions: Mapped[int]
    undecided: Mapped[int]  # issues on which no editor has decided
    reviewed_at: Mapped[datetime.datetime] = mapped_column(default=now)
    answer: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)  # the review as it was made

    draft: Mapped[DraftRow] = relationship()
    revision: Mapped[RevisionRow] = relationship(back_populates="reviews")
    issues: Mapped[list[IssueRow]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="IssueRow.position"
    )


# One current review a draft, held by the database itself.
Index(
    "uq_reviews_current", ReviewRow.draft_key, unique=True,
    sqlite_where=text("current"), postgresql_where=text("current"),
)  # fmt: skip


class IssueRow(Base):
    """An issue of a review, as far as lists and statistics need it."""

    __tablename__ = "issues"
    __table_args__ = (Index(None, "code", "review_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_key: Mapped[int] = mapped_column(ForeignKey("reviews.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    issue_id: Mapped[str]
    fingerprint: Mapped[str] = mapped_column(index=True)
    code: Mapped[str]
    severity: Mapped[Severity] = mapped_column(SafeText)
    field: Mapped[str | None]
    text: Mapped[str | None]  # the flagged words, shortened
    dismissed: Mapped[bool]


class DraftThemeRow(Base):
    """A theme that a draft is about."""

    __tablename__ = "draft_themes"

    draft_key: Mapped[int] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)
    theme: Mapped[str] = mapped_column(primary_key=True, index=True)


class SignatureRow(Base):
    """The MinHash signature of a draft's current text."""

    __tablename__ = "signatures"

    draft_key: Mapped[int] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)
    minima: Mapped[bytes]  # 128 numbers of 32 bits, the lower byte first
    since: Mapped[datetime.datetime]  # when the draft first had nearly this text


class BandRow(Base):
    """A band of a signature: two texts that are nearly the same share one."""

    __tablename__ = "signature_bands"

    band: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    draft_key: Mapped[int] = mapped_column(
        ForeignKey("signatures.draft_key", ondelete="CASCADE"), primary_key=True, index=True
    )


class DecisionRow(Base):
    """What an editor decided on an issue of a draft, found again in later revisions by its fingerprint."""

    __tablename__ = "decisions"
    __table_args__ = (UniqueConstraint("draft_key", "fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_key: Mapped[int] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"))
    fingerprint: Mapped[str]
    revision: Mapped[int]  # the number of the revision on which it was taken
    code: Mapped[str] = mapped_column(index=True)
    phrase: Mapped[str | None]  # the flagged words, folded, by which dismissals of one phrase are counted
    decision: Mapped[Verdict] = mapped_column(SafeText)
    reason: Mapped[str | None]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime.datetime] = mapped_column(default=now)

    draft: Mapped[DraftRow] = relationship(back_populates="decisions")


class ThemeCorrectionRow(Base):
    """The themes that an editor gave a draft; none means off plan."""

    __tablename__ = "theme_corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_key: Mapped[int] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), unique=True)
    revision_key: Mapped[int] = mapped_column(ForeignKey("revisions.id", ondelete="CASCADE"), index=True)
    themes: Mapped[list[str]]
    corrected_by: Mapped[str]
    corrected_at: Mapped[datetime.datetime] = mapped_column(default=now)

    draft: Mapped[DraftRow] = relationship(back_populates="correction")
    revision: Mapped[RevisionRow] = relationship()


class KeyRow(Base):
    """A key: who holds it and what it allows. Only a digest of it is kept."""

    __tablename__ = "keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(SafeText)
    prefix: Mapped[str]  # the key's first letters, to tell keys apart
    digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime.datetime] = mapped_column(default=now)
    revoked_at: Mapped[datetime.datetime | None]

    sessions: Mapped[list[SessionRow]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


# A name is free again once its key is revoked.
Index(
    "uq_keys_name_in_use", KeyRow.name, unique=True,
    sqlite_where=text("revoked_at IS NULL"), postgresql_where=text("revoked_at IS NULL"),
)  # fmt: skip


class SessionRow(Base):
    """A signed-in browser."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("keys.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime.datetime]

    key: Mapped[KeyRow] = relationship(back_populates="sessions")


class SignInLinkRow(Base):
    """A link that signs its holder in, once."""

    __tablename__ = "sign_in_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("keys.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime.datetime]

    key: Mapped[KeyRow] = relationship()


class ModelVersionRow(Base):
    """A model that reviewed drafts, and when it last went live."""

    __tablename__ = "model_versions"

    version: Mapped[str] = mapped_column(primary_key=True)
    plan: Mapped[str]
    first_live_at: Mapped[datetime.datetime] = mapped_column(default=now)
    live_at: Mapped[datetime.datetime] = mapped_column(default=now)


class DeliveryRow(Base):
    """A webhook to deliver; it is deleted when it was received."""

    __tablename__ = "deliveries"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str]
    made_at: Mapped[datetime.datetime]
    due_at: Mapped[datetime.datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    given_up: Mapped[bool] = mapped_column(default=False)
    payload: Mapped[dict[str, Any]]


class AuditRow(Base):
    """Who did what, and when. Never holds a draft's words."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime.datetime] = mapped_column(default=now, index=True)
    actor: Mapped[str]
    action: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str]
    details: Mapped[dict[str, Any] | None]
