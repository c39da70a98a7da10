"""Reviews an archive with joblib: on this machine's cores, or on a Dask cluster that runs already.

The output is JSON lines in the order of the input, one an item: {"place", "unit", "review"} or {"place", "error"}.
Nothing else is kept, so that a run that was killed goes on where its file ends: whole lines stand, a torn last line is
cut off and done again. Results do not depend on how many workers there are; near-duplicates are not looked for, since
whether an item is the earlier one would depend on that.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import joblib
import orjson

from review_service.archive.items import Item, printable, read_items
from review_service.archive.summary import Brief, Summary, brief_of
from review_service.errors import ArchiveError, DraftError
from review_service.reviewer import Reviewer
from review_service.settings import Settings

_CHUNK = 32  # items a task: long enough that handing it over costs little, short enough that little is lost with it


@dataclass(frozen=True)
class Progress:
    """What happened to one more item: found done by an earlier run, or done now; `problem` when it was bad."""

    place: str
    problem: str
    resumed: bool


def review_archive(
    source: Path, target: Path, settings: Settings, summary: Summary, jobs: int = 1, dask: str | None = None
) -> Iterator[Progress]:
    """Review the items of `source` into `target`; yield after each what happened, when `summary` has counted it.

    `jobs` is how many processes to use on this machine; `dask` is the address of a Dask scheduler to use instead.

    Raises:
        ArchiveError: `source` cannot be read, or `target` holds the results of another archive.
    """
    items = read_items(source)
    with _opened(target) as file:
        for brief in _finished(file):
            item = next(items, None)
            if item is None or item.place != brief.place:
                raise ArchiveError(f"{target}: holds results of another archive ({brief.place}); name another file")
            summary.add(brief)
            yield Progress(brief.place, brief.problem, resumed=True)
        for results in _reviewed(items, settings, jobs, dask):
            file.write(b"".join(result.line for result in results))
            file.flush()
            os.fsync(file.fileno())
            for result in results:
                summary.add(result.brief)
                yield Progress(result.brief.place, result.brief.problem, resumed=False)


def _opened(target: Path) -> BinaryIO:
    try:
        target.touch()
        return target.open("r+b")
    except OSError as error:
        raise ArchiveError(f"{target}: {error.strerror or error}") from None


def _finished(file: BinaryIO) -> Iterator[Brief]:
    """Yield the results that an earlier run wrote, and leave `file` at the end of the last whole one."""
    end = 0
    while line := file.readline():
        if not line.endswith(b"\n"):
            break
        try:
            brief = brief_of(orjson.loads(line))
        except (ValueError, KeyError, TypeError):
            break
        end = file.tell()
        yield brief
    file.seek(end)
    file.truncate()


class _Result(NamedTuple):
    """A line of the output, and what the summary counts of it: encoded where it was made, so that one process can write
    for many."""

    line: bytes
    brief: Brief


def _reviewed(items: Iterable[Item], settings: Settings, jobs: int, dask: str | None) -> Iterator[list[_Result]]:
    """Yield the results of the items, a chunk at a time, in order."""
    iterator = iter(items)
    chunks = iter(lambda: list(islice(iterator, _CHUNK)), [])
    with _cluster(dask):
        parallel = joblib.Parallel(n_jobs=-1 if dask else jobs, return_as="generator", pre_dispatch="2*n_jobs")
        yield from parallel(joblib.delayed(_review_chunk)(chunk, settings) for chunk in chunks)


@contextmanager
def _cluster(address: str | None) -> Iterator[None]:
    """Let joblib work on the Dask cluster at `address`, if one is given, within the context."""
    if address is None:
        yield
        return
    try:
        from distributed import Client
    except ImportError:
        raise ArchiveError("--dask needs the package distributed: pip install distributed") from None
    try:
        client = Client(address, timeout="10s")  # type: ignore[no-untyped-call]
    except OSError as error:
        raise ArchiveError(f"no Dask scheduler answers at {address}: {error}") from None
    with client, joblib.parallel_config(backend="dask", client=client):
        yield


@lru_cache(maxsize=1)
def _reviewer(settings: Settings) -> Reviewer:
    """Return this process's reviewer: loaded once."""
    return Reviewer.load(settings)


def _review_chunk(chunk: Iterable[Item], settings: Settings) -> list[_Result]:
    reviewer = _reviewer(settings)
    found = [_review(item, reviewer) for item in chunk]
    return [_Result(orjson.dumps(result, option=orjson.OPT_APPEND_NEWLINE), brief_of(result)) for result in found]


def _review(item: Item, reviewer: Reviewer) -> dict[str, Any]:
    """Return the result of one item, as a line of the output."""
    if item.request is None:
        return {"place": item.place, "error": item.problem}
    try:
        review = reviewer.review(item.request)
    except DraftError as error:
        return {"place": item.place, "error": printable(str(error))}  # it names fields as they were sent
    return {"place": item.place, "unit": item.request.get("unit"), "review": review.to_dict()}
