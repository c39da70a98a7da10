"""review-service retention, delete, backup, restore, export, dismissals, audit: looking after what is kept."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review_service.errors import StoreError
from review_service.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from review_service.store import Database

    Step = Callable[[Session, datetime.datetime, str], int]

_BY = "command line"
_PATIENCE = 600.0  # seconds: nobody waits for a review behind these


@click.command()
@click.option("--days", type=click.IntRange(1), help="Instead of REVIEW_RETENTION_DAYS.")
@click.option("--delete", "delete", is_flag=True, help="Delete the drafts with their statistics too.")
def retention(days: int | None, delete: bool) -> None:
    """Reduce drafts that were last reviewed long ago to statistics, or --delete them. Meant to run every night.

    What stays of a reduced draft: dates, unit, author, themes, codes of issues and decisions. Its title, text, reviews,
    flagged words and editors' reasons are gone.
    """
    from review_service.store.columns import now
    from review_service.store.retention import delete_some, reduce_some

    days = days or Settings.from_environment().retention_days
    before = now() - datetime.timedelta(days=days)
    some: Step = delete_some if delete else reduce_some
    total = 0
    with _database() as database:
        while done := _once(some, database, before):
            total += done
        database.empty_log()
    click.echo(
        f"{'deleted' if delete else 'reduced to statistics'}: {total} drafts last reviewed before {before:%Y-%m-%d}"
    )


@click.command("delete")
@click.argument("draft_id")
def delete_one(draft_id: str) -> None:
    """Delete the draft that the CMS calls DRAFT_ID, with everything that was kept of it."""
    from review_service.store.drafts import delete_draft, find_draft

    with _database() as database:
        with database.writing() as session:
            draft = find_draft(session, draft_id)
            if draft is None:
                raise StoreError(f"there is no draft {draft_id}")
            delete_draft(session, draft, _BY)
        database.empty_log()
    click.echo(f"deleted: {draft_id}")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write a copy of the SQLite database to FILE; the service may go on running. PostgreSQL: use pg_dump."""
    from review_service.store.backup import back_up

    with _database() as database:
        back_up(database, file)
    click.echo(f"written: {file}")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Also when there is a database already.")
def restore(file: Path, replace: bool) -> None:
    """Put the backup FILE in the database's place. Stop the service first."""
    from review_service.store.backup import restore as put_back

    with _database() as database:
        put_back(database, file, replace=replace)
    click.echo(f"restored: {file}")


@click.command()
@click.argument("file", default="-", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
def export(file: Path) -> None:
    """Write the drafts whose themes editors gave to FILE (or stdout), as training data.

    \b
    review-service export feedback.jsonl
    python training/train.py --feedback feedback.jsonl

    A line is {"id", "group", "provenance": "editor", "request", "themes"}; no themes means off plan.
    """
    from review_service.store.export import labelled_drafts

    number = 0
    with (
        _database() as database,
        database.reading() as session,
        click.open_file(str(file), "w", encoding="utf-8", atomic=str(file) != "-") as out,
    ):
        for number, line in enumerate(labelled_drafts(session), 1):  # noqa: B007 – counted
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    click.echo(f"{number} drafts with an editor's themes", err=True)


@click.command()
@click.option("--least", default=2, show_default=True, type=click.IntRange(1), help="In how many drafts, at least.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="How many to list.")
def dismissals(least: int, limit: int) -> None:
    """List what editors dismiss often, by code and words: where the checklist may be wrong."""
    from review_service.store.dismissals import often_dismissed

    with _database() as database, database.reading() as session:
        for one in often_dismissed(session, least=least, limit=limit):
            click.echo(f"{one.dismissed:>4} dismissed, {one.upheld} upheld  {one.code}  “{one.phrase}”")
            for reason in one.reasons:
                click.echo(f"       – {reason}")


@click.command()
@click.option("--action", help="An action, or a family of actions, as `key`.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="How many to list.")
def audit(action: str | None, limit: int) -> None:
    """List who did what, newest first: decisions, keys, models gone live, deletions."""
    from review_service.store.audit import read_audit

    with _database() as database, database.reading() as session:
        for entry in read_audit(session, action=action, limit=limit):
            details = json.dumps(entry.details, ensure_ascii=False) if entry.details else ""
            click.echo(
                f"{entry.at:%Y-%m-%d %H:%M:%S}  {entry.actor}  {entry.action}  {entry.subject}  {details}".rstrip()
            )


def _once(some: Step, database: Database, before: datetime.datetime) -> int:
    with database.writing() as session:
        return some(session, before, _BY)


def _database() -> Database:
    from review_service.store import open_database

    return open_database(Settings.from_environment(), _PATIENCE)
