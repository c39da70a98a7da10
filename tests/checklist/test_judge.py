"""The judge of sentences: what it adds to the rules and takes from them, and that nothing but a sound file makes one."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from review_service.checklist import Knowledge, Reading, check_draft, load_knowledge
from review_service.checklist.judge import CODES, FILE, Bounds, Judge, Weights, load_judge, save_judge
from review_service.checklist.knowledge import KNOWLEDGE
from review_service.errors import KnowledgeError
from review_service.reviewer import parse_draft, read_document
from review_service.text import fold, load_segmenter
from training import train_judge

JUDGE = load_judge(KNOWLEDGE / FILE)
SEGMENTER = load_segmenter("underthesea")
JUDGED = load_knowledge()
BY_RULES = load_knowledge(judge=Judge.undecided())
CODE = "source.hearsay"


def found(body: str, knowledge: Knowledge) -> list[tuple[str, str]]:
    """Return what is found in a body under the judge's codes, as (code, words)."""
    draft = parse_draft({"title": "Tin", "body": body, "author": "Thu Hà", "unit": "VKSND tỉnh Tây Ninh"})
    document = read_document(draft, SEGMENTER)
    findings, _ = check_draft(Reading(draft, document, knowledge, datetime.date(2026, 3, 10)))
    return [
        (code, document.body.text[finding.span.start : finding.span.end])
        for code, finding in findings
        if code in CODES and finding.span
    ]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("Người buôn bán quanh bến đò quả quyết rằng nhóm này có người chống lưng.", "source.hearsay"),
        ("Chẳng cần chứng minh thêm, sự thờ ơ của người lớn là gốc của mọi chuyện.", "objectivity.opinion"),
    ],
)
def test_takes_up_what_no_rule_has_words_for(body: str, code: str) -> None:
    assert found(body, BY_RULES) == []
    assert [one for one, _ in found(body, JUDGED)] == [code]


def test_lets_go_what_a_rule_finds_in_a_plain_sentence() -> None:
    body = "Hội nghị trực tuyến kết nối 12 điểm cầu khu vực, nhìn lại một năm nhiều thay đổi về tổ chức bộ máy."
    assert [code for code, _ in found(body, BY_RULES)] == ["source.unattributed_figure"]
    assert found(body, JUDGED) == []


def test_words_of_another_stay_silent_whatever_the_judge_says() -> None:
    said = "Chẳng cần chứng minh thêm, sự thờ ơ của người lớn là gốc của mọi chuyện."
    assert found(f"“{said}”, ông Lê Văn Tư, giáo viên, nói.", JUDGED) == []


@given(st.lists(st.text(alphabet="aăâbcđeê 1,.“”", max_size=40), max_size=6))
def test_says_the_same_of_a_sentence_whichever_stand_beside_it(texts: list[str]) -> None:
    together = JUDGE.likelihoods(texts)
    alone = [load_alone(text) for text in texts]
    for one, other in zip(together, alone, strict=True):
        assert one == pytest.approx(other)
        assert all(0 <= likelihood <= 1 for likelihood in one)


def load_alone(text: str) -> tuple[float, ...]:
    return FRESH.likelihoods([text])[0]


FRESH = load_judge(KNOWLEDGE / FILE)  # remembers nothing that JUDGE was asked


@given(st.text(min_size=1, max_size=80), st.sampled_from(CODES))
def test_the_telling_words_begin_and_end_with_words(text: str, code: str) -> None:
    folded = fold(text)
    if not re.search(r"[^\W_]|[^\w\s]", folded):
        return
    start, end = JUDGE.telling(code, folded)
    assert 0 <= start < end <= len(folded)
    assert folded[start:end].strip() == folded[start:end]


def small() -> Weights:
    """Return a judge's numbers: one word, under which everything is likely."""
    return Weights(
        ("đồn",), np.array([1]), np.ones(1, np.float32), np.full((1, 4), 9, np.float32), np.zeros(4, np.float32)
    )


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    bounds = [Bounds(0.1, 0.9)] * len(CODES)
    save_judge(tmp_path / FILE, small(), bounds)
    judge = load_judge(tmp_path / FILE)
    said = judge.likelihoods(["nghe đồn vậy thì biết vậy", "đồn", "hôm nay trời nắng và gió"])
    assert [judge.is_sure(CODE, one) for one in said] == [True, False, False]
    assert judge.telling(CODE, "hôm qua, nghe đồn vậy, rồi thôi") == (len("hôm qua, "), len("hôm qua, nghe đồn vậy"))
    assert [judge.doubts(CODE, one) for one in said] == [False, False, False]


def test_of_two_codes_of_one_family_the_likelier_is_taken_up() -> None:
    weights = small()._replace(weights=np.array([[8, 9, 7, 7]], np.float32))
    judge = Judge(weights, [Bounds(0.1, 0.9)] * len(CODES))
    said = judge.likelihoods(["nghe đồn vậy thì biết vậy"])[0]
    assert [code for code in CODES if judge.is_sure(code, said)] == [
        "objectivity.opinion",
        "source.hearsay",
        "source.unattributed_figure",
    ]


def test_undecided_neither_doubts_nor_is_sure() -> None:
    judge = Judge.undecided()
    said = judge.likelihoods(["bà con rỉ tai nhau rằng ông ấy giàu"])[0]
    assert not judge.doubts(CODE, said)
    assert not judge.is_sure(CODE, said)


def test_a_missing_or_damaged_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="train_judge"):
        load_judge(tmp_path / FILE)
    content = (KNOWLEDGE / FILE).read_bytes()
    for damaged in (b"", b"PK", content[: len(content) // 2], content[:1000] + bytes(1000) + content[2000:]):
        (tmp_path / FILE).write_bytes(damaged)
        with pytest.raises(KnowledgeError, match=r"is no judge.*train_judge"):
            load_judge(tmp_path / FILE)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("codes", np.array(["other.code"]), "other codes"),
        ("idf", np.ones(2, np.float32), "do not fit"),
        ("bounds", np.ones((1, 2)), "do not fit"),
        ("words", np.array([object()]), "pickle"),
        ("words", np.zeros(70_000_000, np.uint8), "too large"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, name: str, value: object, message: str) -> None:
    save_judge(tmp_path / FILE, small(), [Bounds(0, 1)] * len(CODES))
    arrays = {**np.load(tmp_path / FILE, allow_pickle=False), name: value}
    np.savez_compressed(tmp_path / FILE, **arrays)  # type: ignore[arg-type]
    with pytest.raises(KnowledgeError, match=message):
        load_judge(tmp_path / FILE)


def test_training_writes_a_judge_that_has_learnt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))
    lines = (train_judge.LABELLED[0]).read_text(encoding="utf-8").splitlines(keepends=True)
    drafts = tmp_path / "drafts.jsonl"
    drafts.write_text("".join(lines[:200]), encoding="utf-8")
    monkeypatch.setattr(train_judge, "UNLABELLED", [train_judge.UNLABELLED[-1].with_name("b.jsonl")])
    sentences = tmp_path / "sentences.yaml"
    sentences.write_text(
        f'{CODE}:\n  flagged: ["Trong xóm đồn rằng ông ấy đã nhận tiền."]\n  plain: ["Theo cáo trạng, bị cáo đã nhận tiền."]\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(train_judge, "SENTENCES", [sentences])
    result = CliRunner().invoke(train_judge.main, [str(drafts), "--knowledge", str(folder)])
    assert result.exit_code == 0, result.output
    assert "source.hearsay: " in result.output
    judge = load_judge(folder / FILE)
    rumour, plain = judge.likelihoods(["bà con trong xóm đồn rằng ông ấy đã nhận tiền của nhiều người", "tòa án nhân dân tỉnh mở phiên tòa xét xử sơ thẩm"])  # fmt: skip
    column = CODES.index(CODE)
    assert rumour[column] > plain[column]
    assert load_knowledge(folder).version != JUDGED.version
