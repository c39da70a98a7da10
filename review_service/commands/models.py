"""review-service models: which versions of the theme model there are, and the way back."""

from __future__ import annotations

import getpass

import click

from review_service.settings import Settings
from review_service.themes.versions import current_version, list_versions, read_changes, roll_back


@click.group()
def models() -> None:
    """Versions of the theme model: `training/train.py` makes one, `training/promote.py` puts it in service."""


@models.command("list")
def list_() -> None:
    """List the versions and the changes of the one in service (*)."""
    folder = Settings.from_environment().models
    current = current_version(folder)
    for name in list_versions(folder):
        click.echo(f"{'*' if name == current else ' '} {name}")
    for change in read_changes(folder):
        forced = " (forced)" if change.forced else ""
        click.echo(f"{change.at}  {change.action} {change.version} by {change.by}{forced}: {change.reason}")


@models.command()
@click.option("--by", default=getpass.getuser, help="Who goes back; by default, who is logged in.")
@click.option("--reason", default="rolled back", show_default=True, help="Why; it is recorded.")
def rollback(by: str, reason: str) -> None:
    """Put the version before the present one back in service; running servers take it up by themselves."""
    click.echo(f"{roll_back(Settings.from_environment().models, by, reason)} is in service")
