"""Near-duplicates: known in every process, after a restart, and forgotten with the draft."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from review_service import Reviewer, Settings, create_app
from review_service.checklist.duplicates import DraftsInMemory, EarlierDrafts, Signature, signature_of
from review_service.reviewer import parse_draft, read_document
from review_service.store import Database, open_database
from review_service.store.columns import now
from review_service.store.retention import reduce_some
from review_service.store.reviews import keep_review
from review_service.store.signatures import DraftsInStore
from review_service.text import load_segmenter

ROOT = Path(__file__).parent.parent.parent
SEGMENTER = load_segmenter("underthesea")
PATROL = (
    "Sáng thứ Hai, đoàn kiểm sát có mặt tại nhà tạm giữ từ rất sớm. Từng buồng được mở ra, từng chiếc khóa được thử lại. "
    "Người bị tạm giữ trả lời về bữa ăn, chăn màn, lịch gặp thân nhân. Cuối buổi, đoàn lập biên bản, nêu hai điểm cần sửa "
    "về ánh sáng và sổ theo dõi, đề nghị báo cáo kết quả khắc phục trước cuối tháng."
)
LESSON = (
    "Bốn cán bộ trẻ của phòng nghiệp vụ vừa hoàn thành lớp học tiếng dân tộc kéo dài ba tháng. Họ học vào buổi tối, sau "
    "giờ làm, trong căn phòng nhỏ cạnh thư viện. Bài kiểm tra cuối khóa là một cuộc trò chuyện với già làng về chuyện mùa "
    "màng, con cái, đường sá. Ai cũng hồi hộp, rồi ai cũng bật cười."
)
See = Callable[[str, str], str | None]


def signature(text: str) -> Signature:
    made = signature_of(read_document(parse_draft({"body": text}), SEGMENTER))
    assert made is not None
    return made


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def see(request: pytest.FixtureRequest, reviewer: Reviewer, tmp_path: Path) -> Iterator[See]:
    """Looks a draft up among the earlier ones, and joins it to them."""
    if request.param == "memory":
        drafts = DraftsInMemory()
        yield lambda draft_id, text: look_up(drafts, draft_id, text)
        return
    url = None if request.param == "sqlite" else request.getfixturevalue("postgresql").new_database()
    with open_database(Settings(data=tmp_path, database_url=url)) as database:
        yield lambda draft_id, text: look_up_and_keep(database, reviewer, draft_id, text)


def look_up_and_keep(database: Database, reviewer: Reviewer, draft_id: str, text: str) -> str | None:
    earlier = DraftsInStore(database)
    found = look_up(earlier, draft_id, text)
    draft = parse_draft({"draft_id": draft_id, "body": text})
    with database.writing() as session:
        keep_review(session, draft, reviewer.review(draft), signature=earlier.signatures[draft_id])
    return found


def look_up(drafts: EarlierDrafts, draft_id: str, text: str) -> str | None:
    sign = signature(text)
    found = drafts.nearest(sign, draft_id)
    drafts.remember(sign, draft_id)
    return found


def test_the_later_of_two_drafts_is_the_duplicate(see: See) -> None:
    assert see("a", PATROL) is None
    assert see("b", LESSON) is None
    assert see("c", PATROL.replace("thứ Hai", "thứ Ba")) == "a"
    assert see("a", PATROL + " Đoàn rời đi lúc 11 giờ.") is None, "the first one, saved again"
    assert see("c", PATROL) == "a"


def test_a_draft_that_takes_over_another_text_is_later_than_it(see: See) -> None:
    assert see("a", PATROL) is None
    assert see("b", LESSON) is None
    assert see("a", LESSON) == "b"
    assert see("b", LESSON) is None


def test_a_revision_takes_the_place_of_the_text_before(see: See) -> None:
    assert see("a", PATROL) is None
    assert see("a", LESSON) is None
    assert see("b", PATROL) is None


def test_memory_is_bounded() -> None:
    drafts = DraftsInMemory(limit=1)
    assert look_up(drafts, "a", PATROL) is None
    assert look_up(drafts, "b", LESSON) is None
    assert look_up(drafts, "c", PATROL) is None


@given(st.integers(0, 2), st.integers(0, 60))
def test_a_text_with_a_word_more_is_nearly_the_same(which: int, place: int) -> None:
    text = (PATROL, LESSON, PATROL + " " + LESSON)[which]
    words = text.split()
    drafts = DraftsInMemory()
    drafts.remember(signature(text), "a")
    assert drafts.nearest(signature(" ".join([*words[:place], "cũng", *words[place:]])), "b") == "a"


@pytest.fixture
def workers(reviewer: Reviewer, database_url: str) -> Iterator[list[FlaskClient]]:
    """Two workers of one service."""
    settings = Settings(models=ROOT / "models", access="open", database_url=database_url)
    with open_database(settings) as one, open_database(settings) as other:
        yield [create_app(settings, reviewer, database).test_client() for database in (one, other)]


def is_duplicate(review: dict[str, Any]) -> bool:
    return "duplicate.text" in {issue["code"] for issue in review["issues"]}


def test_every_worker_knows_what_any_has_kept(workers: list[FlaskClient]) -> None:
    one, other = workers
    assert not is_duplicate(one.post("/review?store=no", json={"draft_id": "a", "body": PATROL}).get_json())
    assert not is_duplicate(other.post("/review", json={"draft_id": "b", "body": PATROL}).get_json())
    assert is_duplicate(one.post("/review", json={"draft_id": "c", "body": PATROL}).get_json())
    assert not is_duplicate(one.post("/review", json={"draft_id": "b", "body": PATROL}).get_json())
    other.delete("/drafts/b")
    other.delete("/drafts/c")
    assert not is_duplicate(one.post("/review", json={"draft_id": "d", "body": PATROL}).get_json())


def test_drafts_of_one_batch_know_each_other(workers: list[FlaskClient]) -> None:
    batch = [{"draft_id": "a", "body": PATROL}, {"draft_id": "b", "body": LESSON}, {"draft_id": "c", "body": PATROL}]
    for drafts in (batch, [batch[2], *batch[:2]]):  # a second time, in another order
        reviews = workers[0].post("/review/batch", json={"drafts": drafts}).get_json()["reviews"]
        assert {review["draft_id"] for review in reviews if is_duplicate(review)} == {"c"}


def test_a_store_that_does_not_answer_costs_no_review(reviewer: Reviewer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with open_database(Settings(data=tmp_path / "file")) as database:
        client = create_app(Settings(models=ROOT / "models", access="open"), reviewer, database).test_client()
        for draft_id in "ab":
            review = client.post("/review", json={"draft_id": draft_id, "body": PATROL}).get_json()
            assert not review["stored"]
            assert not is_duplicate(review)


def test_a_reduced_draft_is_no_longer_compared(database: Database, reviewer: Reviewer) -> None:
    earlier = DraftsInStore(database)
    draft = parse_draft({"draft_id": "a", "body": PATROL})
    review = reviewer.review(draft, earlier=earlier)
    with database.writing() as session:
        keep_review(session, draft, review, now() - datetime.timedelta(days=800), earlier.signatures["a"])
    with database.reading() as session:
        assert DraftsInStore(database).nearest(signature(PATROL), "b") == "a"
    with database.writing() as session:
        assert reduce_some(session, now() - datetime.timedelta(days=700), "test") == 1
    assert DraftsInStore(database).nearest(signature(PATROL), "b") is None
