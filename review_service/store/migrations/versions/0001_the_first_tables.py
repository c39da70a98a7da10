"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from review_service.store.columns import SafeText, UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("actor", SafeText(), nullable=False),
        sa.Column("action", SafeText(), nullable=False),
        sa.Column("subject", SafeText(), nullable=False),
        sa.Column("details", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_action", "audit", ["action"], unique=False)
    op.create_index("ix_audit_at", "audit", ["at"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identity", SafeText(), nullable=False),
        sa.Column("draft_id", SafeText(), nullable=True),
        sa.Column("title", SafeText(), nullable=True),
        sa.Column("author", SafeText(), nullable=True),
        sa.Column("unit", SafeText(), nullable=True),
        sa.Column("genre", SafeText(), nullable=True),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("search", SafeText(), nullable=False),
        sa.Column("received_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("reviewed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("finished_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("finished_by", SafeText(), nullable=True),
        sa.Column("reduced_at", UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.UniqueConstraint("identity", name="uq_drafts_identity"),
    )
    op.create_index("ix_drafts_author", "drafts", ["author"], unique=False)
    op.create_index("ix_drafts_date", "drafts", ["date"], unique=False)
    op.create_index("ix_drafts_draft_id", "drafts", ["draft_id"], unique=False)
    op.create_index("ix_drafts_reviewed_at", "drafts", ["reviewed_at"], unique=False)
    op.create_index("ix_drafts_unit", "drafts", ["unit"], unique=False)
    op.create_table(
        "keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", SafeText(), nullable=False),
        sa.Column("role", SafeText(), nullable=False),
        sa.Column("prefix", SafeText(), nullable=False),
        sa.Column("digest", SafeText(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_keys"),
        sa.UniqueConstraint("digest", name="uq_keys_digest"),
    )
    op.create_index(
        "uq_keys_name_in_use",
        "keys",
        ["name"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "model_versions",
        sa.Column("version", SafeText(), nullable=False),
        sa.Column("plan", SafeText(), nullable=False),
        sa.Column("first_live_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("live_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_model_versions"),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_key", sa.Integer(), nullable=False),
        sa.Column("fingerprint", SafeText(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("code", SafeText(), nullable=False),
        sa.Column("phrase", SafeText(), nullable=True),
        sa.Column("decision", SafeText(), nullable=False),
        sa.Column("reason", SafeText(), nullable=True),
        sa.Column("decided_by", SafeText(), nullable=False),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_key"], ["drafts.id"], name="fk_decisions_draft_key", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        sa.UniqueConstraint("draft_key", "fingerprint", name="uq_decisions_draft_key_fingerprint"),
    )
    op.create_index("ix_decisions_code", "decisions", ["code"], unique=False)
    op.create_table(
        "draft_themes",
        sa.Column("draft_key", sa.Integer(), nullable=False),
        sa.Column("theme", SafeText(), nullable=False),
        sa.ForeignKeyConstraint(["draft_key"], ["drafts.id"], name="fk_draft_themes_draft_key", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("draft_key", "theme", name="pk_draft_themes"),
    )
    op.create_index("ix_draft_themes_theme", "draft_themes", ["theme"], unique=False)
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_key", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_hash", SafeText(), nullable=False),
        sa.Column("received_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["draft_key"], ["drafts.id"], name="fk_revisions_draft_key", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sa.UniqueConstraint("draft_key", "content_hash", name="uq_revisions_draft_key_content_hash"),
        sa.UniqueConstraint("draft_key", "number", name="uq_revisions_draft_key_number"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", SafeText(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["keys.id"], name="fk_sessions_key_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("digest", name="uq_sessions_digest"),
    )
    op.create_index("ix_sessions_key_id", "sessions", ["key_id"], unique=False)
    op.create_table(
        "sign_in_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", SafeText(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["keys.id"], name="fk_sign_in_links_key_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_links"),
        sa.UniqueConstraint("digest", name="uq_sign_in_links_digest"),
    )
    op.create_index("ix_sign_in_links_key_id", "sign_in_links", ["key_id"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", SafeText(), nullable=False),
        sa.Column("draft_key", sa.Integer(), nullable=False),
        sa.Column("revision_key", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("plan", SafeText(), nullable=False),
        sa.Column("checklist_version", SafeText(), nullable=False),
        sa.Column("model_version", SafeText(), nullable=False),
        sa.Column("status", SafeText(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("suggestions", sa.Integer(), nullable=False),
        sa.Column("undecided", sa.Integer(), nullable=False),
        sa.Column("reviewed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["draft_key"], ["drafts.id"], name="fk_reviews_draft_key", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["revision_key"], ["revisions.id"], name="fk_reviews_revision_key", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
        sa.UniqueConstraint("review_id", name="uq_reviews_review_id"),
    )
    op.create_index("ix_reviews_draft_key", "reviews", ["draft_key"], unique=False)
    op.create_index("ix_reviews_revision_key", "reviews", ["revision_key"], unique=False)
    op.create_index("ix_reviews_status", "reviews", ["status"], unique=False)
    op.create_index(
        "uq_reviews_current",
        "reviews",
        ["draft_key"],
        unique=True,
        sqlite_where=sa.text("current"),
        postgresql_where=sa.text("current"),
    )
    op.create_table(
        "theme_corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_key", sa.Integer(), nullable=False),
        sa.Column("revision_key", sa.Integer(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("corrected_by", SafeText(), nullable=False),
        sa.Column("corrected_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_key"], ["drafts.id"], name="fk_theme_corrections_draft_key", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["revision_key"], ["revisions.id"], name="fk_theme_corrections_revision_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_theme_corrections"),
        sa.UniqueConstraint("draft_key", name="uq_theme_corrections_draft_key"),
    )
    op.create_index("ix_theme_corrections_revision_key", "theme_corrections", ["revision_key"], unique=False)
    op.create_table(
        "issues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_key", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("issue_id", SafeText(), nullable=False),
        sa.Column("fingerprint", SafeText(), nullable=False),
        sa.Column("code", SafeText(), nullable=False),
        sa.Column("severity", SafeText(), nullable=False),
        sa.Column("field", SafeText(), nullable=True),
        sa.Column("text", SafeText(), nullable=True),
        sa.Column("dismissed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["review_key"], ["reviews.id"], name="fk_issues_review_key", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_issues"),
    )
    op.create_index("ix_issues_code_review_key", "issues", ["code", "review_key"], unique=False)
    op.create_index("ix_issues_fingerprint", "issues", ["fingerprint"], unique=False)
    op.create_index("ix_issues_review_key", "issues", ["review_key"], unique=False)


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_issues_review_key", table_name="issues")
    op.drop_index("ix_issues_fingerprint", table_name="issues")
    op.drop_index("ix_issues_code_review_key", table_name="issues")
    op.drop_table("issues")
    op.drop_index("ix_theme_corrections_revision_key", table_name="theme_corrections")
    op.drop_table("theme_corrections")
    op.drop_index(
        "uq_reviews_current", table_name="reviews", sqlite_where=sa.text("current"), postgresql_where=sa.text("current")
    )
    op.drop_index("ix_reviews_status", table_name="reviews")
    op.drop_index("ix_reviews_revision_key", table_name="reviews")
    op.drop_index("ix_reviews_draft_key", table_name="reviews")
    op.drop_table("reviews")
    op.drop_index("ix_sign_in_links_key_id", table_name="sign_in_links")
    op.drop_table("sign_in_links")
    op.drop_index("ix_sessions_key_id", table_name="sessions")
    op.drop_table("sessions")
    op.drop_table("revisions")
    op.drop_index("ix_draft_themes_theme", table_name="draft_themes")
    op.drop_table("draft_themes")
    op.drop_index("ix_decisions_code", table_name="decisions")
    op.drop_table("decisions")
    op.drop_table("model_versions")
    op.drop_index(
        "uq_keys_name_in_use",
        table_name="keys",
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.drop_table("keys")
    op.drop_index("ix_drafts_unit", table_name="drafts")
    op.drop_index("ix_drafts_reviewed_at", table_name="drafts")
    op.drop_index("ix_drafts_draft_id", table_name="drafts")
    op.drop_index("ix_drafts_date", table_name="drafts")
    op.drop_index("ix_drafts_author", table_name="drafts")
    op.drop_table("drafts")
    op.drop_index("ix_audit_at", table_name="audit")
    op.drop_index("ix_audit_action", table_name="audit")
    op.drop_table("audit")
