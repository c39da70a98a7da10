"""The pages as a browser gets them: who may see them, what they show, and that a draft cannot break out of them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from review_service import Reviewer, Settings, create_app
from review_service.pages.marks import Mark, clean_span, cut
from review_service.store import Database
from review_service.store.keys import create_key, holder_named
from review_service.store.sessions import create_link
from review_service.text import Field
from tests.api.test_access import key

DRAFT = {
    "draft_id": "bai-1",
    "title": "Bắt tạm giam kẻ trộm",
    "body": "<p>Nghe nói <b>tên trộm</b> đã khai nhận.</p><p>Vụ việc đang được làm rõ.</p>",
    "format": "html",
    "unit": "VKSND khu vực 1 - Tây Ninh",
    "date": "2026-03-02",
}


class Text(HTMLParser):
    """Collects the text and the tags of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def guarded(reviewer: Reviewer, database: Database) -> Flask:
    return create_app(Settings(), reviewer, database)


@pytest.fixture
def editor(guarded: Flask, database: Database) -> FlaskClient:
    """A browser in which an editor is signed in."""
    client = guarded.test_client()
    token = key(database, "editor", "Thu Hà")["Authorization"].removeprefix("Bearer ")
    assert client.post("/sign-in", data={"key": token}).headers["Location"] == "/editor"
    return client


def send(client: FlaskClient, database: Database, **changes: object) -> str:
    cms = key(database, "cms", f"cms {changes}")
    return str(client.application.test_client().post("/review", json=DRAFT | changes, headers=cms).json["review_id"])


def test_signing_in_leads_where_one_wanted_to_go_and_never_elsewhere(guarded: Flask, database: Database) -> None:
    token = key(database, "editor")["Authorization"].removeprefix("Bearer ")
    client = guarded.test_client()
    sent = client.get("/editor/catalogue?language=en")
    assert sent.status_code == 302
    assert sent.headers["Location"] == "/sign-in?then=/editor/catalogue?language%3Den"
    for then, leads in [("/editor/catalogue", "/editor/catalogue"), ("//evil.example/editor", "/editor"), ("https://evil.example", "/editor"), ("/editorial", "/editor")]:  # fmt: skip
        assert client.post("/sign-in", data={"key": token, "then": then}).headers["Location"] == leads
    refused = client.post("/sign-in", data={"key": "rvs_wrong"})
    assert refused.status_code == 401
    assert 'role="alert"' in refused.text


def test_a_link_is_used_by_its_button_and_once(guarded: Flask, database: Database) -> None:
    import datetime

    with database.writing() as session:
        create_key(session, "Minh", "editor", "test")
        who = holder_named(session, "Minh")
        assert who
        token = create_link(session, who, datetime.timedelta(minutes=5), "test")
    client = guarded.test_client()
    for _ in range(2):  # looking at it, as mail programs do, does not use it up
        assert token in client.get(f"/sign-in?link={token}").text
    assert client.post("/sign-in", data={"link": token}).status_code == 302
    assert client.get("/editor").status_code == 200
    assert guarded.test_client().post("/sign-in", data={"link": token}).status_code == 401


def test_signing_out_needs_the_page_s_token(editor: FlaskClient) -> None:
    assert editor.post("/sign-out").status_code == 403
    found = re.search(r'name="csrf_token" value="(\w+)"', editor.get("/editor").text)
    assert found
    assert editor.post("/sign-out", data={"csrf_token": found[1]}).status_code == 302
    assert editor.get("/editor").status_code == 302


def test_the_queue_lists_filters_and_turns_pages(editor: FlaskClient, database: Database) -> None:
    for number in range(27):
        send(editor, database, draft_id=f"b-{number}", title=f"Tin số {number:02}")
    first = editor.get("/editor").text
    assert "27 bản thảo" in Text(first).text
    assert first.count('class="title"') == 25
    assert "offset=25" in first
    assert editor.get("/editor?offset=25").text.count('class="title"') == 2
    assert editor.get("/editor?search=so+07").text.count('class="title"') == 1
    assert editor.get("/editor?status=clean").text.count('class="title"') == 0
    assert editor.get("/editor?status=wrong").status_code == 422
    assert "Review queue" in editor.get("/editor?language=en").text
    assert "Review queue" in editor.get("/editor").text  # it is remembered


def test_a_review_shows_its_text_with_the_flagged_words_marked(editor: FlaskClient, database: Database) -> None:
    review_id = send(editor, database)
    page = editor.get(f"/editor/reviews/{review_id}")
    shown = Text(page.text)
    assert "Nghe nói tên trộm đã khai nhận." in shown.text  # without the draft's own markup
    answer = editor.get(f"/reviews/{review_id}").json["review"]
    cards = {attributes["data-issue"] for tag, attributes in shown.tags if tag == "li" and "data-issue" in attributes}
    assert cards == {issue["id"] for issue in answer["issues"]}
    marked = {name for _, attributes in shown.tags for name in (attributes.get("data-issues") or "").split()}
    assert marked == {issue["id"] for issue in answer["issues"] if issue["text"]}
    assert editor.get("/editor/reviews/none").status_code == 404


def test_changes_show_what_was_fixed_and_the_words_that_went(editor: FlaskClient, database: Database) -> None:
    send(editor, database)
    second = send(editor, database, body="<p>Nghe nói một người đã khai nhận.</p><p>Vụ việc đang được làm rõ.</p>")
    page = editor.get(f"/editor/reviews/{second}/changes").text
    assert "objectivity.presumption" in page.partition("changes")[2]
    assert "<del>" in page
    assert "một" in page.partition("<ins>")[2]


def test_a_draft_cannot_break_out_of_the_page(editor: FlaskClient, database: Database) -> None:
    attack = "</script><script>alert(1)</script><img src=x onerror=alert(1)> \u202etên trộm\u202c \"'>"
    review_id = send(editor, database, title=attack, body=attack, format="text", unit=attack, author=attack)
    before = [attributes for tag, attributes in Text(editor.get("/editor/try").text).tags if tag == "script"]
    for path in ("/editor", f"/editor/reviews/{review_id}"):
        page = editor.get(path)
        tags = Text(page.text).tags
        assert not any(name.startswith("on") for _, attributes in tags for name in attributes)
        assert sum(tag == "script" for tag, _ in tags) <= len(before)
        assert all("src" in attributes or attributes.get("type") == "application/json" for tag, attributes in tags if tag == "script")  # fmt: skip
        assert "unsafe-inline" not in page.headers["Content-Security-Policy"]


def test_a_contributor_s_key_reads_the_catalogue_and_not_the_queue(guarded: Flask, database: Database) -> None:
    client = guarded.test_client()
    client.post("/sign-in", data={"key": key(database, "cms")["Authorization"].removeprefix("Bearer ")})
    assert "source.hearsay" in client.get("/editor/catalogue").text
    assert client.get("/editor/try").status_code == 200
    refused = client.get("/editor")
    assert refused.status_code == 403
    assert "<h1>" in refused.text


def test_every_wording_exists_in_both_languages(editor: FlaskClient, database: Database) -> None:
    review_id = send(editor, database)
    for path in ("/editor", "/editor/try", "/editor/catalogue", f"/editor/reviews/{review_id}", "/sign-in"):
        pages = {language: editor.get(f"{path}?language={language}") for language in ("vi", "en")}
        assert {page.status_code for page in pages.values()} == {200}
        assert pages["vi"].text != pages["en"].text


marks = st.lists(st.builds(lambda a, b, name: Mark(min(a, b), max(a, b), name), st.integers(0, 40), st.integers(0, 40), st.sampled_from("abc")), max_size=6)  # fmt: skip


@given(text=st.text(max_size=40), marks=marks)
def test_cutting_loses_nothing_and_names_what_covers_a_piece(text: str, marks: list[Mark]) -> None:
    pieces = list(cut(text, marks))
    assert "".join(piece.text for piece in pieces) == text
    position = 0
    for piece in pieces:
        for offset in range(position, position + len(piece.text)):
            assert set(piece.issues) == {mark.issue for mark in marks if mark.start <= offset < mark.end}
        position += len(piece.text)


@given(st.text(st.sampled_from("ab é<b></b>&amp;\u200b \n"), max_size=40), st.data())
def test_a_clean_span_is_the_way_back_of_a_source_span(source: str, data: st.DataObject) -> None:
    field = Field("body", source, "html")
    if not field.text:
        return
    start = data.draw(st.integers(0, len(field.text) - 1))
    end = data.draw(st.integers(start + 1, len(field.text)))
    first, last = clean_span(field, *field.source_span(start, end))
    assert first <= start
    assert last >= end
    assert field.source_span(first, last) == field.source_span(start, end)


def test_what_nobody_foresaw_is_told_on_a_page_and_logged_without_its_words(
    editor: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("Nghe nói tên trộm đã khai nhận.")

    monkeypatch.setattr("review_service.pages.queue.list_reviews", fail)
    answer = editor.get("/editor")
    assert answer.status_code == 500
    assert "Có lỗi ở phía máy chủ" in Text(answer.text).text
    assert "RuntimeError" in caplog.text
    assert "tên trộm" not in caplog.text + answer.text
