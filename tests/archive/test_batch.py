"""Archives: every item once, in order, whatever is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from review_service.archive import Summary, read_items, review_archive
from review_service.errors import ArchiveError
from review_service.settings import Settings

SENTENCES = (
    "Ngày 12/5/2023, VKSND huyện Tân Biên tổ chức hội nghị sơ kết công tác.",
    "Nghe nói kẻ trộm đã bỏ trốn sang địa bàn khác.",
    "Đoàn kiểm tra của của huyện làm việc với Nhà tạm giữ Công an huyện.",
    "Giá sầu riêng tại vườn tăng nhẹ trong tuần qua.",
)


def draft(number: int) -> dict[str, Any]:
    body = " ".join(SENTENCES[(number + place) % len(SENTENCES)] for place in range(1 + number % 4))
    return {"draft_id": f"d{number}", "title": f"Tin số {number}", "body": body, "date": "2023-05-20"}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "drafts.jsonl"
    lines = [json.dumps(draft(number), ensure_ascii=False) for number in range(400)]
    lines[7] = "{not json"
    lines[9] = '{"title": "no body"}'
    lines.insert(20, "")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def results(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def run(source: Path, target: Path, jobs: int = 1, dask: str | None = None) -> Summary:
    summary = Summary()
    for _ in review_archive(source, target, Settings(), summary, jobs, dask):
        pass
    return summary


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the output of one uninterrupted run of the archive of `archive`."""
    folder = tmp_path_factory.mktemp("reference")
    source = archive.__wrapped__(folder)  # type: ignore[attr-defined]
    run(source, folder / "out.jsonl")
    return (folder / "out.jsonl").read_bytes()


def test_every_item_is_reviewed_in_order(archive: Path, tmp_path: Path) -> None:
    summary = run(archive, tmp_path / "out.jsonl")
    found = results(tmp_path / "out.jsonl")
    assert [result["place"] for result in found] == [f"drafts.jsonl:{n}" for n in range(1, 402) if n != 21]
    assert found[7]["error"].startswith("not JSON")
    assert "body" in found[9]["error"]
    assert (summary.reviewed, summary.bad) == (398, 2)
    assert summary.codes["source.hearsay"] > 0
    assert found[0]["review"]["draft_id"] == "d0"


def test_the_output_does_not_depend_on_the_workers(archive: Path, tmp_path: Path, reference: bytes) -> None:
    run(archive, tmp_path / "out.jsonl", jobs=2)
    assert (tmp_path / "out.jsonl").read_bytes() == reference


def test_a_killed_run_goes_on_where_it_was(archive: Path, tmp_path: Path, reference: bytes) -> None:
    target = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "review_service.cli", "batch", str(archive), str(target)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and (not target.exists() or target.stat().st_size == 0):
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = target.read_bytes()
    assert 0 < len(done) < len(reference)
    target.write_bytes(done + b'{"place": "torn')
    subprocess.run(command, check=True, capture_output=True)
    assert target.read_bytes() == reference
    assert json.loads((tmp_path / "out.jsonl.summary.json").read_text(encoding="utf-8"))["reviewed"] == 398


def test_results_of_another_archive_are_not_mixed(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text('{"place": "other.jsonl:1", "error": "x"}\n', encoding="utf-8")
    with pytest.raises(ArchiveError, match="another archive"):
        run(archive, target)
    assert target.read_text(encoding="utf-8") == '{"place": "other.jsonl:1", "error": "x"}\n'


def test_a_csv_file(tmp_path: Path) -> None:
    path = tmp_path / "drafts.csv"
    path.write_text(
        'title,body,images\nA,"Tin, một.",\nB,Hai,[x\nC,Ba,"[{""caption"": ""c""}]"\n', encoding="utf-8-sig"
    )
    items = list(read_items(path))
    assert [item.request and item.request["body"] for item in items] == ["Tin, một.", None, "Ba"]
    assert items[1].problem.startswith("images")
    path.write_text("heading\nA\n", encoding="utf-8")
    with pytest.raises(ArchiveError, match="heading"):
        list(read_items(path))


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.html").write_text("<p>Tin</p>", encoding="utf-8")
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe")
    (tmp_path / "c.json").write_text('{"body": "Tin"}', encoding="utf-8")
    (tmp_path / "d.docx").write_bytes(b"PK")
    document = Document()
    document.add_paragraph("Tin")
    document.save(str(tmp_path / "e.docx"))
    (tmp_path / "skip.pdf").write_bytes(b"%PDF")
    items = list(read_items(tmp_path))
    assert [item.place for item in items] == ["a.txt", "b/x.html", "c.json", "d.docx", "e.docx"]
    assert items[0].problem.startswith("not UTF-8")
    assert items[1].request == {"body": "<p>Tin</p>", "format": "html"}
    assert items[3].problem.startswith("not a .docx file")
    assert items[4].request == {"body": "Tin", "format": "text"}


def test_hostile_items_are_named_and_skipped(tmp_path: Path) -> None:
    """Each once ended the run: JSON too deep, half a surrogate pair, a file's name that is not UTF-8."""
    folder = tmp_path / "site"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.txt")).write_text("Tin.", encoding="utf-8")
    (folder / "deep.json").write_text("[" * 200_000, encoding="utf-8")
    (folder / "half.json").write_text('{"body": "K\\ud800"}', encoding="utf-8")
    (folder / "name.json").write_text('{"body": "K", "\\udfff": 1}', encoding="utf-8")
    run(folder, tmp_path / "out.jsonl")
    found = {result["place"]: result.get("error") for result in results(tmp_path / "out.jsonl")}
    assert set(found) == {"?.txt", "deep.json", "half.json", "name.json"}
    assert found["?.txt"] is None
    assert str(found["deep.json"]).startswith("not JSON")
    assert str(found["half.json"]).startswith("body: ")
    assert found["name.json"]


def test_a_cell_of_json_too_deep_is_named(tmp_path: Path) -> None:
    path = tmp_path / "drafts.csv"
    path.write_text('body,images\nTin.,"' + "[" * 100_000 + '"\nHai.,\n', encoding="utf-8")
    items = list(read_items(path))
    assert [bool(item.problem) for item in items] == [True, False]


@pytest.mark.parametrize("name", ["none.jsonl", "drafts.docx"])
def test_what_is_no_archive_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "drafts.docx").write_bytes(b"PK")
    with pytest.raises(ArchiveError, match=name):
        list(read_items(tmp_path / name))


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Yield the address of a real Dask scheduler, and its two workers."""
    pytest.importorskip("distributed", reason="the cluster extra is not installed")
    file = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    dask = [sys.executable, "-m", "dask"]
    scheduler = subprocess.Popen(
        [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)],
        **quiet,  # type: ignore[call-overload]
    )
    while not file.exists() and scheduler.poll() is None:
        time.sleep(0.05)
    time.sleep(0.2)
    address = json.loads(file.read_text())["address"]
    workers = [
        subprocess.Popen([*dask, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"], **quiet)  # type: ignore[call-overload]
        for _ in range(2)
    ]
    yield address, workers
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


def test_a_cluster_that_loses_a_worker(
    archive: Path, tmp_path: Path, reference: bytes, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    target = tmp_path / "out.jsonl"
    summary = Summary()
    for number, _ in enumerate(review_archive(archive, target, Settings(), summary, dask=address)):
        if number == 40:
            workers[0].kill()
    assert target.read_bytes() == reference
