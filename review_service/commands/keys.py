"""review-service keys: who may use the service."""

from __future__ import annotations

import datetime

import click

from review_service.errors import ReviewServiceError
from review_service.settings import Settings

_BY = "command line"


class KeyNameError(ReviewServiceError):
    """A name has no key, or has one already."""


@click.group()
def keys() -> None:
    """Create, list and revoke keys: who may use the service.

    \b
    review-service keys create "Cổng thông tin" --role cms     for the CMS: sends drafts
    review-service keys create "Thu Hà" --role editor          reads and decides
    review-service keys create "Minh" --role maintainer        deletes too, and looks after the checklist
    review-service keys link "Thu Hà"                          a link that signs her in once

    A key is sent as `Authorization: Bearer KEY`, and signs in to the pages.
    """


@keys.command()
@click.argument("name")
@click.option("--role", required=True, type=click.Choice(["cms", "editor", "maintainer"]), help="What it allows.")
def create(name: str, role: str) -> None:
    """Create a key for NAME and print it: the only time that it is shown."""
    from review_service.store import open_database
    from review_service.store.keys import create_key

    name = " ".join(name.split())
    if not 1 <= len(name) <= 100:
        raise click.BadParameter("1 to 100 characters", param_hint="NAME")
    with open_database(Settings.from_environment()) as database, database.writing() as session:
        token = create_key(session, name, role, _BY)  # type: ignore[arg-type]
    if token is None:
        raise KeyNameError(f"{name} has a key already; revoke it first")
    click.echo(token)
    click.echo(f"This key of {name} ({role}) is not shown again; only its digest is kept.", err=True)
    click.echo("A service that was started while there was no key stays open until it is started again.", err=True)


@keys.command("list")
def list_() -> None:
    """List the keys: name, role, first letters, when created, when revoked."""
    from review_service.store import open_database
    from review_service.store.keys import list_keys

    with open_database(Settings.from_environment()) as database, database.reading() as session:
        for key in list_keys(session):
            revoked = f"  revoked {key.revoked_at:%Y-%m-%d %H:%M}" if key.revoked_at else ""
            click.echo(f"{key.prefix}…  {key.role:<10}  {key.created_at:%Y-%m-%d %H:%M}  {key.name}{revoked}")


@keys.command()
@click.argument("name")
def revoke(name: str) -> None:
    """Revoke the key of NAME: it is refused from now on, and whoever is signed in with it is signed out."""
    from review_service.store import open_database
    from review_service.store.keys import revoke_key

    with open_database(Settings.from_environment()) as database, database.writing() as session:
        if not revoke_key(session, name, _BY):
            raise KeyNameError(f"{name} has no key in use")
    click.echo(f"revoked: {name}")


@keys.command()
@click.argument("name")
@click.option("--minutes", default=15, show_default=True, type=click.IntRange(1, 1440), help="How long it is good for.")
@click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="Where the service is reached.")
def link(name: str, minutes: int, url: str) -> None:
    """Print a link that signs the holder of NAME's key in, once."""
    from review_service.store import open_database
    from review_service.store.keys import holder_named
    from review_service.store.sessions import create_link

    with open_database(Settings.from_environment()) as database, database.writing() as session:
        who = holder_named(session, name)
        if who is None:
            raise KeyNameError(f"{name} has no key in use")
        token = create_link(session, who, datetime.timedelta(minutes=minutes), _BY)
    click.echo(f"{url.rstrip('/')}/sign-in?link={token}")
