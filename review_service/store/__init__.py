"""What is kept: drafts and their revisions, reviews, editors' decisions and labels, keys, models, the audit trail.

A `Database` opens a session for reading or for writing; the functions of the other modules work in one:

with database.writing() as session:
    kept = keep_review(session, draft, review)
"""

from review_service.store.database import Database, open_database

__all__ = ["Database", "open_database"]
