"""review-service demo: everything to be seen in a minute, with made-up drafts."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

import click

from review_service.settings import Settings

_NAME = "Biên tập viên"
_LINK_HOURS = 8


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option("--open/--no-open", "open_", default=True, help="Open the browser.")
@click.option("--fill-only", is_flag=True, help="Make the database, print the link's path, and stop.")
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), help="Keep the database in this empty folder."
)
def demo(port: int, open_: bool, fill_only: bool, data: Path | None) -> None:
    """Fill a fresh database with made-up drafts over a year, and serve it on this machine with a one-time sign-in link.

    Your own database is not touched. Without --data, everything is gone when the command ends.
    """
    if data is not None and data.exists() and any(data.iterdir()):
        raise click.BadParameter("the folder is not empty", param_hint="--data")
    with tempfile.TemporaryDirectory(prefix="review-demo-") as folder:
        settings = Settings.from_environment().model_copy(
            update={"data": data or Path(folder), "database_url": None, "access": "keys"}
        )
        link = f"http://127.0.0.1:{port}/sign-in?link={_prepare(settings)}"
        click.echo(f"Sign in once: {link}")
        if fill_only:
            return
        if open_:
            _open_soon(link)
        from review_service.server import serve

        serve(settings, "127.0.0.1", port, workers=1)


def _prepare(settings: Settings) -> str:
    """Fill the database and return the token of a sign-in link."""
    from review_service.demo import fill, made_up_drafts
    from review_service.reviewer import Reviewer
    from review_service.store import open_database
    from review_service.store.keys import create_key, holder_named
    from review_service.store.sessions import create_link

    reviewer = Reviewer.load(settings)
    with open_database(settings) as database:
        with click.progressbar(
            fill(database, reviewer), length=len(made_up_drafts()), label="Reviewing made-up drafts", show_pos=True
        ) as bar:
            for _ in bar:
                pass
        with database.writing() as session:
            create_key(session, _NAME, "maintainer", "demo")
            who = holder_named(session, _NAME)
            if who is None:
                raise AssertionError("the key was just made")
            return create_link(session, who, datetime.timedelta(hours=_LINK_HOURS), "demo")


def _open_soon(link: str) -> None:
    """Open the browser once the server, which takes this process over, has had time to start."""
    import threading

    timer = threading.Timer(3, click.launch, [link])
    timer.daemon = True
    timer.start()
