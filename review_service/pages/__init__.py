"""The editors' pages: rendered here, with a little JavaScript of our own; every asset is served locally.

/editor                        the queue            /editor/reviews/{id}            a review beside its text
/editor/try                    try a text           /editor/reviews/{id}/changes    against the revision before
/editor/report                 the plan's results   /editor/report.docx, /editor/report.xlsx
/editor/catalogue              themes and codes     /sign-in, /sign-out
"""

from __future__ import annotations

from flask import Flask

from review_service.pages import catalogue, entrance, frame, queue, reading, report, trying

_PAGES = (entrance, queue, reading, trying, report, catalogue)


def register(app: Flask) -> None:
    """Put the pages on `app`."""
    for page in _PAGES:
        app.register_blueprint(page.blueprint)
    app.register_blueprint(frame.blueprint)
