"""Run by Alembic, on the connection that `upgrade` hands over."""

from __future__ import annotations

from alembic import context

from review_service.store.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    user_module_prefix="",
    transactional_ddl=False,  # the transaction is the caller's
)
context.run_migrations()
