"""The signatures of the drafts kept, by which near-duplicates are found in every process and after a restart."""

from __future__ import annotations

import datetime
from typing import NamedTuple

import numpy as np
from sqlalchemy import Connection, bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from review_service.checklist.duplicates import BANDS, DraftsInMemory, Signature, are_alike, bands_of, most_alike
from review_service.errors import StoreError
from review_service.store.database import Database
from review_service.store.models import BandRow, DraftRow, SignatureRow

_STORED = np.dtype("<u4")
_COMPARED = 20  # drafts, of those that share a band the ones that share most


class DraftsInStore:
    """The drafts in the store, and before them those of one request, which are not kept yet (`EarlierDrafts`)."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._unkept = DraftsInMemory()
        self.signatures: dict[str, Signature] = {}  # of the request's drafts, by id

    def nearest(self, signature: Signature, draft_id: str | None) -> str | None:
        """Return the id of a draft, other than `draft_id`, that had nearly this text before it; None without one.

        A store that does not answer knows of none: the review does not wait for it.
        """
        try:
            with self._database.asking() as connection:
                kept = _comparable(connection, signature)
        except StoreError:
            kept = {}
        own = kept.pop(draft_id or "", None)
        if own is None or not are_alike(own.signature, signature):  # a new text: it comes after all others
            before = {other: seen.signature for other, seen in kept.items()}
            return most_alike(signature, before) or self._unkept.nearest(signature, draft_id)
        return most_alike(signature, {other: seen.signature for other, seen in kept.items() if seen.since < own.since})

    def remember(self, signature: Signature, draft_id: str) -> None:
        """Note a draft's signature, for the rest of the request and for its keeping."""
        self._unkept.remember(signature, draft_id)
        self.signatures[draft_id] = signature


def keep_signature(session: Session, draft_key: int, signature: Signature | None, at: datetime.datetime) -> None:
    """Keep the signature of a draft's text as it is `at` a moment; None takes an older one away."""
    minima = None if signature is None else signature.astype(_STORED).tobytes()
    row = session.get(SignatureRow, draft_key)
    if row is not None and row.minima == minima:
        return
    since = row.since if row and signature is not None and are_alike(_read(row.minima), signature) else at
    session.execute(delete(BandRow).where(BandRow.draft_key == draft_key))
    if row is not None:
        session.delete(row)
        session.flush()
    if signature is None or minima is None:
        return
    session.add(SignatureRow(draft_key=draft_key, minima=minima, since=since))
    session.flush()
    session.execute(insert(BandRow), [{"band": band, "draft_key": draft_key} for band in set(bands_of(signature))])


class _Seen(NamedTuple):
    signature: Signature
    since: datetime.datetime  # when the draft first had nearly this text


# Made once, with a name for every band: putting a question together costs more than its answer.
_ASKED = [f"band{number}" for number in range(BANDS)]
_COMPARABLE = (
    select(DraftRow.draft_id, SignatureRow.minima, SignatureRow.since)
    .join(SignatureRow, SignatureRow.draft_key == DraftRow.id)
    .join(BandRow, BandRow.draft_key == SignatureRow.draft_key)
    .where(BandRow.band.in_([bindparam(name, type_=BandRow.band.type) for name in _ASKED]))
    .group_by(DraftRow.id, SignatureRow.draft_key)
    .order_by(func.count().desc(), SignatureRow.since)
    .limit(_COMPARED)
)


def _comparable(connection: Connection, signature: Signature) -> dict[str, _Seen]:
    """Return the drafts kept that share most bands with `signature`, by id; of equals, the earlier first."""
    found = connection.execute(_COMPARABLE, dict(zip(_ASKED, bands_of(signature), strict=True)))
    return {str(row.draft_id): _Seen(_read(row.minima), row.since) for row in found}


def _read(minima: bytes) -> Signature:
    return np.frombuffer(minima, _STORED).astype(np.uint32)
