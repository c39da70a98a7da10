"""The data files: checked at start, wrong lines named, and the documentation of how to add to them followed to the letter."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from review_service import KnowledgeError, Reviewer, Settings
from review_service.checklist import verify
from review_service.checklist.knowledge import KNOWLEDGE, load_knowledge
from review_service.cli import main

ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))


def documented(page: str, number: int = 0) -> str:
    """The YAML that a page of documentation tells to add."""
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)
    return str(blocks[number])


def codes(folder: Path, body: str, date: str = "2027-03-10") -> list[str]:
    reviewer = Reviewer.load(Settings(models=ROOT / "models", knowledge=folder))
    review = reviewer.review(
        {"title": "Tin", "body": body, "author": "Lan", "unit": "VKSND tỉnh Tây Ninh", "date": date}
    )
    return [issue.code for issue in review.issues]


def test_knowledge_check_says_all_is_well(folder: Path) -> None:
    result = CliRunner().invoke(main, ["knowledge", "check", str(folder)])
    assert result.exit_code == 0, result.output
    assert "all is well" in result.output


@pytest.mark.parametrize(
    ("name", "old", "new", "names_line", "said"),
    [
        ("lexicons/loaded.yaml", "  - dã man\n", "  - {phrase: dã man, excpet: [a]}\n", True, "excpet"),
        ("lexicons/loaded.yaml", "  - dã man\n", "  - {phrase: dã man\n", False, "expected"),
        ("units.yaml", "level: supreme", "level: superb", True, "level"),
        ("statutes.yaml", "in_force_from: 2014-01-01", "in_force_from: hôm nay", True, "in_force_from"),
        ("compounds.yaml", "  vất: vả", "  vất vả: lắm", True, "vất vả"),
        ("checklist.yaml", "basis: [plan.II.6, plan.III.1]", "basis: [plan.IX]", False, "plan.IX"),
    ],
)
def test_knowledge_check_names_the_line(
    folder: Path, name: str, old: str, new: str, names_line: bool, said: str
) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    result = CliRunner().invoke(main, ["knowledge", "check", str(folder)])
    assert result.exit_code == 2
    assert name in result.stderr
    assert said in result.stderr
    if names_line:
        line = text[: text.index(old)].count("\n") + 1
        assert f"{name}:{line}:" in result.stderr


def test_a_word_often_misspelt_is_added_as_documented(folder: Path) -> None:
    path = folder / "compounds.yaml"
    first, second = documented("adding-a-word.md", -1).split("\n")[1].strip().split(": ")
    text = path.read_text(encoding="utf-8")
    bare = re.sub(rf"(?m)^  {first}: .*\n", "", text)
    for content, spelled in ((bare, False), (bare.replace("words:\n", f"words:\n  {first}: {second}\n", 1), True)):
        path.write_text(content, encoding="utf-8")
        assert ("language.spelling" in codes(folder, "Năm nay đơn vị đã bức phá.")) is spelled


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "units.yaml").unlink()
    with pytest.raises(KnowledgeError, match=r"units\.yaml"):
        load_knowledge(folder)


def test_a_code_without_a_check_stops_the_start(folder: Path) -> None:
    path = folder / "checklist.yaml"
    block = "".join(line[3:] + "\n" for line in documented("adding-a-code.md").splitlines())
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("      structure.summary:", block + "      structure.summary:"), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"structure\.heading"):
        verify(load_knowledge(folder))


def test_adding_a_word_as_documented(folder: Path) -> None:
    body = "Câu chuyện giật gân ấy được chia sẻ nhiều."
    assert "objectivity.loaded_language" not in codes(folder, body)
    path = folder / "lexicons" / "loaded.yaml"
    entry = documented("adding-a-word.md", 1).replace("     - ", "  - ")
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")
    assert "objectivity.loaded_language" in codes(folder, body)
    assert "objectivity.loaded_language" not in codes(folder, "Bộ phim giật gân được chiếu tối nay.")


def test_adding_a_unit_as_documented(folder: Path) -> None:
    body = "VKSND khu vực 13 - Tây Ninh tổ chức hội nghị."
    assert "unit.unknown" in codes(folder, body)
    path = folder / "units.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "former_provinces:\n", documented("adding-a-unit.md") + "former_provinces:\n"
        ),
        encoding="utf-8",
    )
    assert "unit.unknown" not in codes(folder, body)


def test_adding_a_law_as_documented(folder: Path) -> None:
    body = "Ngày 05/02/2027, vụ án được giải quyết theo Luật Phòng, chống ma túy năm 2021."
    assert "legal.law_outdated" not in codes(folder, body)
    path = folder / "statutes.yaml"
    text = path.read_text(encoding="utf-8")
    old = re.search(r"^.*id: lpcmt2021.*$", text, re.MULTILINE)
    assert old
    closed = old.group().replace(
        "in_force_to: null, replaced_by: null", "in_force_to: 2026-12-31, replaced_by: lpcmt2026"
    )
    path.write_text(text.replace(old.group(), closed) + documented("adding-a-law.md"), encoding="utf-8")
    assert "legal.law_outdated" in codes(folder, body)


def test_another_knowledge_gives_another_version(folder: Path) -> None:
    before = load_knowledge(folder).version
    (folder / "lexicons" / "loaded.yaml").write_text("about: x\nentries: [giật gân]\n", encoding="utf-8")
    assert load_knowledge(folder).version != before


def test_the_date_of_the_review_is_today_by_default(reviewer: Reviewer) -> None:
    assert (
        reviewer.review({"body": "Tin."}).review_id
        == reviewer.review({"body": "Tin."}, datetime.date.today()).review_id
    )
