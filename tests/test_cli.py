"""The command line."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document

from review_service.cli import main

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "draft.json"


def run(*arguments: str, input: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=input)


def test_review_prints_a_report() -> None:
    result = run("review", str(EXAMPLE))
    assert result.exit_code == 0
    assert "Chủ đề của Kế hoạch" in result.output
    assert "source.hearsay" in result.output
    assert "Danh mục kiểm" in result.output


def test_review_as_json() -> None:
    result = run("review", "--json", str(EXAMPLE))
    assert json.loads(result.output)["status"] == "must_fix"


def test_text_from_stdin_with_options() -> None:
    result = run(
        "review", "--json", "--title", "Tin", "--author", "Lan", "--unit", "VKSND tỉnh Tây Ninh", "-", input="Tin ngắn."
    )
    assert json.loads(result.output)["issues"] == []


@pytest.mark.parametrize(
    ("name", "text"), [("a.html", "<p>Nghe nói vậy.</p>"), ("a.md", "# Nghe nói\n\nvậy"), ("a.txt", "Nghe nói vậy.")]
)
def test_format_from_the_name(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    issues = json.loads(run("review", "--json", str(path)).output)["issues"]
    assert [text[issue["start"] : issue["end"]] for issue in issues if issue["field"]] == ["Nghe nói"]


def test_fail_on() -> None:
    assert run("review", "--fail-on", "error", str(EXAMPLE)).exit_code == 1
    assert (
        run(
            "review", "--fail-on", "error", "--author", "Lan", "--unit", "VKSND tỉnh Tây Ninh", "-", input="Tin."
        ).exit_code
        == 0
    )


def test_a_file_of_word(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Nghe nói tên trộm đã bị bắt giữ.")
    document.save(str(tmp_path / "tin.docx"))
    result = run("review", "--json", "--title", "Tin", str(tmp_path / "tin.docx"))
    assert "source.hearsay" in {issue["code"] for issue in json.loads(result.stdout)["issues"]}
    (tmp_path / "tin.docx").write_bytes(b"PK")
    assert "not a .docx file" in run("review", str(tmp_path / "tin.docx")).stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "not JSON"),
        (b"[" * 200_000, "not JSON"),
        (b"[1]", "JSON object"),
        (b'{"title": "a"}', "body"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    result = run("review", str(path))
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_missing_file() -> None:
    result = run("review", "nowhere.txt")
    assert result.exit_code == 2
    assert "nowhere.txt" in result.stderr


def test_an_unknown_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEW_COLOUR", "red")
    result = run("review", str(EXAMPLE))
    assert result.exit_code == 2
    assert "REVIEW_COLOUR" in result.stderr


def test_help_teaches() -> None:
    for arguments in (["--help"], ["review", "--help"], ["serve", "--help"]):
        result = run(*arguments)
        assert result.exit_code == 0
        assert "review" in result.output


def test_serve_answers_and_stops_gracefully() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "review_service.cli", "serve", "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ}, stderr=subprocess.PIPE)
    try:
        url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"{url}/ready", timeout=5) as answer:
                    assert json.load(answer)["status"] == "ok"
                break
            except OSError:
                assert time.monotonic() < deadline, "the server did not start"
                time.sleep(0.1)
        data = json.dumps({"body": "Nghe nói một điều bí mật."}).encode()
        request = urllib.request.Request(f"{url}/review", data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert json.load(answer)["status"] == "must_fix"
        with urllib.request.urlopen(f"{url}/metrics", timeout=10) as answer:
            assert b'review_issues_total{code="source.hearsay"} 1.0' in answer.read()
    finally:
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=40)
    assert process.returncode == 0
    assert "bí mật" not in log.decode()
