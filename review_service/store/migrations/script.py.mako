"""${message}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from review_service.store.columns import SafeText, UtcDateTime

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Make the change."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Take the change back."""
    ${downgrades if downgrades else "pass"}
