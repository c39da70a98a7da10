"""Reviews of a whole archive: read item by item, reviewed on many cores or machines, written in order, resumable."""

from review_service.archive.batch import Progress, review_archive
from review_service.archive.items import Item, count_items, read_items
from review_service.archive.summary import Summary

__all__ = ["Item", "Progress", "Summary", "count_items", "read_items", "review_archive"]
