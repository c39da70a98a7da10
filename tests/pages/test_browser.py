"""The pages in a real headless Chromium: sign in, decide, correct a theme, on a desk and on a telephone."""

from __future__ import annotations

import http.server
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document

from tests.serving import ROOT, Running, serving

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
DESK, TELEPHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
DRAFT = {
    "draft_id": "bai-1",
    "title": "Khởi tố vụ trộm cắp tài sản",
    "body": "Nghe nói tên trộm đã bị bắt ngày 31/02/2026.\n\nVụ việc thật đáng lên án.",
    "unit": "VKSND khu vực 1 - Tây Ninh",
    "author": "Thu Hà",
    "date": "2026-03-02",
}


def run(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "review_service.cli", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=True).stdout


def environment(folder: Path) -> dict[str, str]:
    import os

    return {**os.environ, "REVIEW_DATA": str(folder)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Running]:
    run(folder, "keys", "create", "Thu Hà", "--role", "editor")
    cms = run(folder, "keys", "create", "CMS", "--role", "cms").strip()
    with serving(folder, REVIEW_DATA=str(folder)) as running:
        for changes in ({}, {"draft_id": "bai-2", "title": "Bản tin <b>thứ hai</b>"}):
            status, _ = running.ask("POST", "/review", DRAFT | changes, Authorization=f"Bearer {cms}")
            assert status == 200
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def page(browser: sync_api.Browser, server: Running, folder: Path) -> Iterator[sync_api.Page]:
    """A page of a browser in which Thu Hà signed in by a one-time link; an error in a script fails the test."""
    context = browser.new_context(viewport=DESK, base_url=server.url)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.goto(run(folder, "keys", "link", "Thu Hà", "--url", server.url).strip())
    opened.get_by_role("main").get_by_role("button").click()
    opened.wait_for_url("**/editor")
    yield opened
    context.close()
    assert errors == []


def open_review(page: sync_api.Page, title: str = "Khởi tố") -> None:
    page.get_by_role("link", name=title).click()
    page.wait_for_url("**/reviews/*")


def record(page: sync_api.Page) -> dict[str, object]:
    review_id = page.url.rstrip("/").rpartition("/")[2]
    answer = page.request.get(f"/reviews/{review_id}")
    found: dict[str, object] = json.loads(answer.text())
    return found


def test_an_editor_decides_with_single_keys(page: sync_api.Page) -> None:
    open_review(page)
    cards = page.locator(".card")
    page.keyboard.press("j")
    page.keyboard.press("a")
    sync_api.expect(cards.nth(0)).to_have_attribute("data-decision", "accept")
    sync_api.expect(cards.nth(1)).to_be_focused()  # the next one
    page.keyboard.press("d")
    page.keyboard.type("Đã kiểm chứng với đơn vị")
    page.keyboard.press("Enter")
    sync_api.expect(cards.nth(1)).to_have_attribute("data-decision", "dismiss")
    taken = {one["decision"]: one for one in record(page)["decisions"]}
    assert taken["dismiss"]["reason"] == "Đã kiểm chứng với đơn vị"
    assert taken["accept"]["decided_by"] == "Thu Hà"
    page.reload()
    sync_api.expect(page.locator('.card[data-decision="dismiss"]')).to_have_count(1)
    page.locator('.card[data-decision="accept"] .undo').click()
    sync_api.expect(page.locator('.card[data-decision="accept"]')).to_have_count(0)
    assert "accept" not in {one["decision"] for one in record(page)["decisions"]}


def test_marks_and_cards_point_at_each_other(page: sync_api.Page) -> None:
    open_review(page)
    mark = page.locator(".mark", has_text="tên trộm").first
    mark.click()
    current = page.locator(".card.current")
    sync_api.expect(current).to_contain_text("objectivity.presumption")
    sync_api.expect(mark).to_have_class(__import__("re").compile("current"))


def test_an_editor_corrects_the_themes(page: sync_api.Page) -> None:
    open_review(page)
    page.locator("#correct summary").click()
    for box in page.locator("#themes-form input:checked").all():
        box.uncheck()
    page.locator('#themes-form input[value="crime_prevention"]').check()
    page.locator("#themes-form button.primary").click()
    sync_api.expect(page.locator(".tick")).to_contain_text("Thu Hà")
    assert record(page)["editor_themes"]["themes"] == ["crime_prevention"]


def test_a_replacement_goes_into_the_working_copy(page: sync_api.Page) -> None:
    open_review(page)
    card = page.locator(".card", has=page.locator(".apply")).first
    words = card.locator(".apply").first.get_attribute("data-words")
    card.locator(".apply").first.click()
    assert words in page.locator("#working textarea[name=body]").input_value()


def test_a_draft_that_was_read_leaves_the_queue(page: sync_api.Page) -> None:
    open_review(page, "thứ hai")
    page.locator("#finish").click()
    page.wait_for_url("**/editor")
    sync_api.expect(page.get_by_role("link", name="thứ hai")).to_have_count(0)
    page.goto("/editor?show=finished")
    sync_api.expect(page.get_by_role("link", name="thứ hai")).to_have_count(1)
    open_review(page, "thứ hai")
    page.locator("#finish").click()
    sync_api.expect(page.locator("#finish")).to_have_attribute("data-finished", "no")


def test_a_text_is_reviewed_as_one_types_and_a_file_as_it_is_dropped(page: sync_api.Page, tmp_path: Path) -> None:
    page.goto("/editor/try")
    page.locator("#body").fill("😀 Nghe nói tên trộm đã bị bắt.")
    sync_api.expect(page.locator("#behind .mark", has_text="tên trộm")).to_have_count(1)
    dropped = tmp_path / "bai.html"
    dropped.write_text("<p>Nghe đồn có chuyện ở chợ.</p>", encoding="utf-8")
    page.locator("#file").set_input_files(dropped)
    sync_api.expect(page.locator("#behind .mark", has_text="Nghe đồn")).to_have_count(1)
    document = Document()
    document.add_heading("Tin của huyện", 0)
    document.add_paragraph("Nghe phong phanh có vụ cháy ở chợ.")
    document.save(str(tmp_path / "bai.docx"))
    page.locator("#file").set_input_files(tmp_path / "bai.docx")
    sync_api.expect(page.locator("#behind .mark", has_text="Nghe phong phanh")).to_have_count(1)
    sync_api.expect(page.locator("[name=title]")).to_have_value("Tin của huyện")


@pytest.fixture
def cms() -> Iterator[tuple[str, dict[str, str]]]:
    """A CMS on another origin, with a strict policy of its own: its address, and its page to write."""
    pages: dict[str, str] = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            policy = f"default-src 'none'; script-src {pages['service']}; connect-src {pages['service']}"
            self.send_header("Content-Security-Policy", policy)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(pages.get(self.path, "").encode())

        def log_message(self, *_: object) -> None:
            pass

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://localhost:{running.server_port}", pages
    running.shutdown()
    running.server_close()
    thread.join()


def test_the_widget_reviews_inside_another_site(
    browser: sync_api.Browser, cms: tuple[str, dict[str, str]], folder: Path, server: Running
) -> None:
    address, pages = cms
    token = run(folder, "keys", "create", "Widget", "--role", "cms").strip()
    example = (ROOT / "examples" / "cms.html").read_text(encoding="utf-8")
    for allowed in (address, "https://other.example"):
        with serving(folder, REVIEW_DATA=str(folder), REVIEW_WIDGET_ORIGINS=allowed) as running:
            pages["service"] = running.url
            pages["/soan-bai"] = example.replace("http://127.0.0.1:8000", running.url).replace("KEY", token)
            context = browser.new_context()
            page = context.new_page()
            page.goto(f"{address}/soan-bai")
            widget = page.locator("review-widget")
            if allowed != address:
                sync_api.expect(widget).to_contain_text("Không duyệt được")
                context.close()
                continue
            sync_api.expect(widget).to_contain_text("Phải sửa")
            widget.get_by_role("listitem").filter(has_text="tên trộm").get_by_role("button").click()
            assert page.evaluate("getSelection().toString() || document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)") == "tên trộm"  # fmt: skip
            page.locator("#body").fill("Trời đẹp.")
            sync_api.expect(widget).not_to_contain_text("tên trộm")
            assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").find("system-ui") < 0
            context.close()


def test_the_report_is_downloaded(page: sync_api.Page, tmp_path: Path) -> None:
    page.goto("/editor/report?since=2026-01-01&until=2026-06-30")
    for name in (".docx", ".xlsx"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.suggested_filename == f"bao-cao{name}"
        assert download.value.path().read_bytes().startswith(b"PK")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, TELEPHONE], ids=["desk", "telephone"])
def test_pages_are_accessible_and_fit(page: sync_api.Page, size: sync_api.ViewportSize, scheme: str) -> None:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    paths = [
        "/editor",
        "/editor/try",
        "/editor/catalogue",
        "/sign-in",
        "/editor/report?since=2026-01-01&until=2026-06-30",
    ]
    page.goto("/editor")
    paths.append(page.locator(".queue .title").first.get_attribute("href") or "")
    for path in paths:
        page.goto(path)
        found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"]})
        assert found.response["violations"] == [], (path, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
