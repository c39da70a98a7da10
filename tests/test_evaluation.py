"""The evaluation set: no code may fall below its recorded F1."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from review_service import Reviewer, Settings
from review_service.cli import main
from review_service.evaluation import Evaluation, Tally
from tests.evaluation.recorded import RECORDED, evaluate

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return evaluate(Reviewer.load(Settings(models=ROOT / "models")))


@pytest.mark.parametrize(("code", "recorded"), json.loads(RECORDED.read_text(encoding="utf-8")).items())
def test_no_code_falls_below_what_it_reached(evaluation: Evaluation, code: str, recorded: float) -> None:
    mistakes = [line for line in evaluation.mistakes if f" {code} " in line]
    assert evaluation.codes[code].f1 >= recorded - 1e-4, mistakes


def test_tally() -> None:
    tally = Tally(right=8, false=2, missed=8)
    assert (tally.precision, tally.recall) == (0.8, 0.5)
    assert Tally().f1 == 1.0


def test_evaluate_prints_tables_and_compares(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    label = {"id": "a", "request": {"title": "Tin", "body": "Nghe nói vậy.", "author": "Lan", "unit": "VKSND tỉnh Tây Ninh"}, "themes": [],
             "issues": [{"code": "source.hearsay", "field": "body", "text": "Nghe nói", "occurrence": 1}], "complete_for": ["source"]}  # fmt: skip
    gold.write_text(json.dumps(label) + "\n", encoding="utf-8")
    old = tmp_path / "old.jsonl"
    printed = CliRunner().invoke(main, ["evaluate", str(gold), "--save", str(old)])
    assert printed.exit_code == 0
    assert "source.hearsay" in printed.output
    label["request"] = {**label["request"], "body": "Theo báo cáo, vậy."}  # type: ignore[dict-item]
    label["issues"] = []
    gold.write_text(json.dumps(label) + "\n", encoding="utf-8")
    compared = CliRunner().invoke(main, ["evaluate", str(gold), "--compare", str(old)])
    assert "a - source.hearsay body: Nghe nói" in compared.output


def test_a_bad_label_names_its_line(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "a"}\n', encoding="utf-8")
    result = CliRunner().invoke(main, ["evaluate", str(gold)])
    assert result.exit_code == 2
    assert "gold.jsonl:1" in result.stderr
