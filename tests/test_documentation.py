"""What the documents say is so: every command runs, every setting is listed, every path exists."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document

from review_service import Settings
from review_service.cli import main
from review_service.settings import variable
from review_service.store import open_database

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_every_setting_is_listed() -> None:
    for name, field in Settings.model_fields.items():
        assert f"| `{variable(name)}` |" in README
        assert field.description
        assert field.description in README
    listed = re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)
    assert set(listed) == {variable(name) for name in Settings.model_fields}


def test_the_shown_report_is_the_real_one() -> None:
    shown = next(block for block in blocks("text"))
    result = CliRunner().invoke(main, ["review", str(ROOT / "examples" / "draft.json")])
    real = " ".join(result.output.split())
    for part in shown.split("\n…\n"):
        assert " ".join(part.split()) in real


def test_the_two_commands_use_what_is_there() -> None:
    for command in [line for block in blocks("sh")[:2] for line in block.splitlines()]:
        for word in shlex.split(command):
            if word.endswith((".lock", ".json")):
                assert (ROOT / word).exists()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database, for what looks after one."""
    folder = tmp_path_factory.mktemp("data")
    with open_database(Settings(data=folder)) as database, database.reading():
        return folder


@pytest.mark.parametrize("line", [line.split("#")[0].strip() for line in blocks("sh")[4].splitlines()])
def test_command_line_examples_run(line: str, tmp_path: Path, data: Path) -> None:
    words = shlex.split(line)
    (tmp_path / "draft.json").write_bytes((ROOT / "examples" / "draft.json").read_bytes())
    document = Document()
    document.add_paragraph("Tin ngắn.")
    document.save(str(tmp_path / "article.docx"))
    (tmp_path / "drafts.jsonl").write_text(
        '{"id": "a", "request": {"body": "Tin."}, "themes": [], "issues": []}\n', encoding="utf-8"
    )
    assert words[0] == "review-service"
    command = [sys.executable, "-m", "review_service.cli", *words[1:]]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, env={**os.environ, "REVIEW_DATA": str(data)}
    )
    assert done.returncode == (1 if "--fail-on" in words else 0), done.stderr


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    for block in blocks("python"):
        exec(compile(block, "README", "exec"), {})
    assert "source.hearsay" in capsys.readouterr().out


def test_every_path_named_exists() -> None:
    for path in re.findall(r"`((?:review_service|training|tests|models|examples)/[\w./*-]+)`", README):
        assert list(ROOT.glob(path.rstrip("/"))), path
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / link).exists(), link


OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("line", sorted(set(re.findall(r"review-service ((?:keys )?[a-z]+)", OPERATIONS))))
def test_operations_names_commands_that_exist(line: str) -> None:
    result = CliRunner().invoke(main, [*line.split(), "--help"])
    assert result.exit_code == 0, line


def test_operations_names_settings_that_exist() -> None:
    assert set(re.findall(r"REVIEW_[A-Z_]+", OPERATIONS)) <= {variable(name) for name in Settings.model_fields}
