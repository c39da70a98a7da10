"""Training, promotion, rollback, and servers that take up a new version."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import yaml
from click.testing import CliRunner

from review_service import Reviewer, Settings
from review_service.errors import ModelError
from review_service.themes import load_current, load_version
from review_service.themes.storage import MODEL_FILE, save_model
from review_service.themes.versions import Change, current_version, list_versions, promote, roll_back
from tests.conftest import ROOT
from tests.serving import serving
from training.evaluate import main as evaluate
from training.promote import compare
from training.promote import main as promote_command
from training.train import main as train

THEMES = ("fishing", "music")
SENTENCES = {
    "fishing": ("Ngư dân ra khơi đánh bắt cá ngừ", "Tàu cá cập cảng với đầy khoang hải sản", "Lưới vây thu mẻ cá lớn"),
    "music": ("Dàn nhạc biểu diễn giao hưởng", "Ca sĩ hát bài dân ca cổ", "Nghệ sĩ chơi đàn bầu trên sân khấu"),
    "": ("Trời hôm nay có mưa rải rác", "Giá xăng tăng nhẹ từ chiều nay", "Đội bóng thắng trận thứ ba"),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with another plan of two themes, a corpus for it, and a model trained on that."""
    folder = tmp_path_factory.mktemp("small")
    themes = [
        {"theme": name, "label": {"vi": name, "en": name}, "description": {"vi": name, "en": name}, "clauses": ["I.1"]}
        for name in THEMES
    ]
    plan = yaml.safe_load((ROOT / "review_service" / "knowledge" / "plan.yaml").read_text(encoding="utf-8"))
    plan = {**plan, "plan": "small", "themes": [{**plan["themes"][0], **theme} for theme in themes]}
    plan["themes"] = [{key: entry[key] for key in plan["themes"][0] if key in entry} for entry in plan["themes"]]
    original = yaml.safe_load((ROOT / "review_service" / "knowledge" / "plan.yaml").read_text(encoding="utf-8"))
    keys = original["themes"][0].keys()
    plan["themes"] = [{key: entry.get(key, original["themes"][0][key]) for key in keys} for entry in plan["themes"]]
    (folder / "plan.yaml").write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
    lines = []
    for number in range(36):
        theme = ("fishing", "music", "")[number % 3]
        first, second, third = (SENTENCES[theme][(number // 3 + step) % 3] for step in range(3))
        body = f"{first} sáng ngày {number + 1}. {second}. {third} lần thứ {number}."
        lines.append(
            {"id": f"s{number}", "group": f"s{number}", "request": {"body": body}, "themes": [theme] * bool(theme)}
        )
    (folder / "drafts.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    result = run_train(folder, "one")
    assert result == 0
    return folder


def run_train(folder: Path, version: str, *more: str) -> int:
    arguments = [str(folder / "drafts.jsonl"), "--plan", str(folder / "plan.yaml"), "--version", version]
    result = CliRunner().invoke(train, [*arguments, "--models", str(folder / "models"), *more])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code


@pytest.fixture
def copy(small: Path, tmp_path: Path) -> Path:
    return shutil.copytree(small, tmp_path / "small")


def test_another_plan_by_settings_alone(small: Path) -> None:
    reviewer = Reviewer.load(Settings(models=small / "models", plan=small / "plan.yaml"))
    made = reviewer.review({"body": "Ngư dân ra khơi đánh bắt cá ngừ. Tàu cá cập cảng với đầy khoang hải sản."})
    assert made.plan == "small"
    assert [theme.theme for theme in made.themes] == list(THEMES)
    assert [theme.theme for theme in made.themes if theme.selected] == ["fishing"]
    with pytest.raises(ModelError, match="other themes"):
        Reviewer.load(Settings(models=small / "models"))


def test_the_same_data_give_the_same_model(copy: Path) -> None:
    assert run_train(copy, "two") == 0
    one, two = (load_version(copy / "models", name) for name in ("one", "two"))
    assert np.array_equal(one.weights, two.weights)
    assert np.array_equal(one.thresholds, two.thresholds)
    page = (copy / "models" / "themes" / "two" / "report.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "http" not in page
    assert "Learning curve" in page
    assert (copy / "models" / "themes" / "two" / "README.md").exists()


def test_a_bad_line_is_named_and_skipped(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (copy / "drafts.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "x", "request": {"body": "Tin"}, "themes": ["no such theme"]}\n')
    assert run_train(copy, "two") == 0
    result = CliRunner().invoke(
        train, [str(copy / "drafts.jsonl"), "--plan", str(copy / "plan.yaml"), "--models", str(copy / "m"), "--strict"]
    )
    assert result.exit_code == 1
    assert "drafts.jsonl:37" in result.output


def test_no_sentence_of_the_corpus_is_in_the_model(small: Path) -> None:
    model = load_current(small / "models")
    assert max(len(gram.split()) for gram in model.vectorizer.grams) <= 2
    assert all(
        sum(sentence.lower().count(gram.replace("_", " ")) for listed in SENTENCES.values() for sentence in listed) < 9
        for gram in model.vectorizer.grams
        if "‹" not in gram
    )


def test_promotion_and_the_way_back(copy: Path) -> None:
    models = copy / "models"
    assert run_train(copy, "two") == 0
    assert current_version(models) == "one"
    arguments = ["two", "--models", str(models), "--on", str(copy / "drafts.jsonl"), "--by", "T."]
    result = CliRunner().invoke(promote_command, arguments)
    assert result.exit_code == 0, result.output
    assert current_version(models) == "two"
    assert roll_back(models, "T.", "a doubt") == "one"
    with pytest.raises(ModelError, match="no earlier version"):
        roll_back(models, "T.", "again")
    shown = CliRunner().invoke(evaluate, [str(copy / "drafts.jsonl"), "--models", str(models), "--version", "two"])
    assert "macro-F1" in shown.output


def test_a_worse_version_is_refused_unless_forced(copy: Path) -> None:
    models = copy / "models"
    model = load_version(models, "one")
    model.thresholds[:] = 2.0  # chooses nothing
    object.__setattr__(model, "version", "worse")
    object.__setattr__(model.gate, "sure", 2.0)
    save_model(model, models / "themes" / "worse", {})
    arguments = ["worse", "--models", str(models), "--on", str(copy / "drafts.jsonl")]
    refused = CliRunner().invoke(promote_command, arguments)
    assert refused.exit_code == 1
    assert "refused" in refused.output
    assert current_version(models) == "one"
    assert CliRunner().invoke(promote_command, [*arguments, "--force", "a trial"]).exit_code == 0
    changes = json.loads((models / "themes" / "in_service.json").read_text(encoding="utf-8"))
    assert (changes[-1]["forced"], changes[-1]["reason"]) == (True, "a trial")


def test_a_theme_that_loses_much_speaks_against_a_version() -> None:
    truth = np.zeros((60, 2), dtype=bool)
    truth[:30, 0] = truth[30:, 1] = True
    worse = truth.copy()
    worse[:20, 0] = False
    assert compare(truth, truth, truth, THEMES).objections == ()
    assert any("fishing" in objection for objection in compare(truth, worse, truth, THEMES).objections)


def test_a_damaged_or_foreign_file_is_never_unpickled(copy: Path, tmp_path: Path) -> None:
    file = copy / "models" / "themes" / "one" / MODEL_FILE
    file.write_bytes(file.read_bytes() + b"x")
    with pytest.raises(ModelError, match="does not match its manifest"):
        load_current(copy / "models")
    (tmp_path / "outside").mkdir()
    with pytest.raises(ModelError, match="outside"):
        load_version(copy / "models", "../../outside")
    moved = tmp_path / "elsewhere.joblib"
    file.rename(moved)
    file.symlink_to(moved)
    with pytest.raises(ModelError, match="leads out"):
        load_current(copy / "models")


def test_another_library_says_how_to_retrain(copy: Path) -> None:
    path = copy / "models" / "themes" / "one" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["libraries"]["scikit-learn"] = "0.1"
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match=r"training/train\.py"):
        load_current(copy / "models")


def test_a_crash_while_promoting_leaves_a_model_that_loads(copy: Path) -> None:
    models = copy / "models"
    assert run_train(copy, "two") == 0
    script = (
        "import sys; from pathlib import Path\n"
        "from review_service.themes.versions import Change, promote\n"
        "models = Path(sys.argv[1]); print('ready', flush=True)\n"
        "while True:\n"
        "    for name in ('two', 'one'): promote(models, Change('promote', name, 'T.', 'crash'))\n"
    )
    for delay in (0.0, 0.004, 0.009, 0.015, 0.022, 0.031):
        process = subprocess.Popen([sys.executable, "-c", script, str(models)], stdout=subprocess.PIPE, cwd=ROOT)
        assert process.stdout
        process.stdout.readline()
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert load_current(models).version in ("one", "two")
        if current_version(models) == "two":
            promote(models, Change("promote", "one", "T.", "put back"))


def test_a_running_server_takes_up_versions_without_dropping_a_request(copy: Path, tmp_path: Path) -> None:
    models = copy / "models"
    assert run_train(copy, "two") == 0
    answers: Counter[tuple[int, str]] = Counter()
    stop = threading.Event()
    environment = {"REVIEW_MODELS": str(models), "REVIEW_PLAN": str(copy / "plan.yaml"), "REVIEW_DATA": str(tmp_path)}
    with serving(tmp_path, workers=2, REVIEW_MAX_WAITING_REVIEWS="50", **environment) as server:

        def ask() -> None:
            while not stop.is_set():
                status, answer = server.ask("POST", "/review?store=no", {"body": "Ngư dân ra khơi đánh bắt cá ngừ."})
                answers[status, answer.get("model_version", "")] += 1

        clients = [threading.Thread(target=ask) for _ in range(3)]
        for client in clients:
            client.start()
        for swap in range(20):
            wanted = ("two", "one")[swap % 2]
            promote(models, Change("promote", wanted, "T.", "under load"))
            before = answers[200, wanted]
            deadline = time.monotonic() + 20
            while answers[200, wanted] < before + 3:
                assert time.monotonic() < deadline, f"{wanted} was not taken up"
                time.sleep(0.01)
        stop.set()
        for client in clients:
            client.join()
    assert {status for status, _ in answers} == {200}
    assert list_versions(models) == ["one", "two"]
