"""Signatures of drafts, by which near-duplicates are found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from review_service.store.columns import UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "signatures",
        sa.Column("draft_key", sa.Integer(), nullable=False),
        sa.Column("minima", sa.LargeBinary(), nullable=False),
        sa.Column("since", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_key"], ["drafts.id"], name="fk_signatures_draft_key", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("draft_key", name="pk_signatures"),
    )
    op.create_table(
        "signature_bands",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("draft_key", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_key"], ["signatures.draft_key"], name="fk_signature_bands_draft_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("band", "draft_key", name="pk_signature_bands"),
    )
    op.create_index("ix_signature_bands_draft_key", "signature_bands", ["draft_key"], unique=False)


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("signature_bands")
    op.drop_table("signatures")
