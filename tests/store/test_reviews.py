"""Reviews kept with their drafts."""

from __future__ import annotations

import threading
from typing import Any

from review_service import Reviewer
from review_service.reviewer import parse_draft
from review_service.store import Database
from review_service.store.decisions import decide, find_issue, find_review_to_change
from review_service.store.drafts import delete_draft, find_draft, history_of
from review_service.store.queue import Filters, list_reviews
from review_service.store.records import read_record
from review_service.store.reviews import Kept, keep_review, recall_review

DRAFT = {
    "draft_id": "cms/1",
    "title": "Bắt giữ đối tượng trộm cắp",
    "body": "Nghe nói tên trộm đã bị bắt giữ. Ai cũng biết điều đó.",
    "author": "Thu Hà",
    "unit": "VKSND tỉnh Tây Ninh",
    "date": "2026-03-10",
}


def keep(database: Database, reviewer: Reviewer, **changes: Any) -> tuple[str, Kept]:
    draft = parse_draft({**DRAFT, **changes})
    review = reviewer.review(draft)
    with database.writing() as session:
        return review.review_id, keep_review(session, draft, review)


def dismiss(database: Database, review_id: str, code: str) -> None:
    with database.writing() as session:
        review = find_review_to_change(session, review_id)
        assert review
        issue = next(issue for issue in review.issues if issue.code == code)
        assert find_issue(review, issue.issue_id) is issue
        decide(session, review, issue, "dismiss", "trích lời nhân chứng", "Lan")


def test_it_is_kept_whole(database: Database, reviewer: Reviewer) -> None:
    review_id, kept = keep(database, reviewer)
    assert kept == Kept(1, frozenset())
    with database.reading() as session:
        record = read_record(session, review_id)
    assert record
    assert record.draft == parse_draft(DRAFT)
    made = reviewer.review(DRAFT)
    assert record.review
    assert record.review.issues == made.issues
    assert record.review.themes == made.themes
    assert record.review.stored
    assert record.current


def test_the_same_content_is_the_same_row(database: Database, reviewer: Reviewer) -> None:
    first, _ = keep(database, reviewer)
    again, kept = keep(database, reviewer)
    assert (again, kept.revision) == (first, 1)
    with database.reading() as session:
        page = list_reviews(session, Filters())
        history = history_of(session, "cms/1")
        assert recall_review(session.connection(), reviewer.review(DRAFT)) == Kept(1, frozenset())
    assert page.total == 1
    assert history
    assert len(history.revisions) == 1


def test_without_an_id_the_content_names_the_draft(database: Database, reviewer: Reviewer) -> None:
    keep(database, reviewer, draft_id=None)
    keep(database, reviewer, draft_id=None)
    keep(database, reviewer, draft_id=None, body="Tin khác.")
    with database.reading() as session:
        assert list_reviews(session, Filters()).total == 2


def test_revisions_tell_what_was_fixed_what_is_new_what_remains(database: Database, reviewer: Reviewer) -> None:
    keep(database, reviewer)
    keep(database, reviewer, body="Theo Công an tỉnh, tên trộm đã bị bắt giữ. Ai cũng biết điều đó. Thật kinh hoàng.")
    with database.reading() as session:
        history = history_of(session, "cms/1")
    assert history
    first, second = history.revisions
    assert (first.revision, second.revision) == (1, 2)
    assert (first.current, second.current) == (False, True)
    assert {issue.code for issue in first.new} >= {"source.hearsay", "objectivity.presumption", "objectivity.opinion"}
    assert "source.hearsay" in {issue.code for issue in second.fixed}
    assert "objectivity.loaded_language" in {issue.code for issue in second.new}
    assert "objectivity.opinion" in {issue.code for issue in second.remaining}


def test_an_earlier_content_again_is_that_revision_again(database: Database, reviewer: Reviewer) -> None:
    first, _ = keep(database, reviewer)
    keep(database, reviewer, title="Tin mới")
    again, kept = keep(database, reviewer)
    assert (again, kept.revision) == (first, 1)
    with database.reading() as session:
        page = list_reviews(session, Filters())
    assert [summary.review_id for summary in page.reviews] == [first]
    assert page.reviews[0].title == DRAFT["title"]


def test_a_dismissal_sticks_in_later_revisions_and_is_listed(database: Database, reviewer: Reviewer) -> None:
    first, _ = keep(database, reviewer)
    dismiss(database, first, "source.hearsay")
    second, kept = keep(database, reviewer, title="Tin mới")
    assert len(kept.dismissed) == 1
    with database.reading() as session:
        record = read_record(session, second)
        history = history_of(session, "cms/1")
    assert record
    assert record.review
    assert [issue.code for issue in record.review.dismissed] == ["source.hearsay"]
    assert "source.hearsay" not in {issue.code for issue in record.review.issues}
    counted = next(item for item in record.review.checklist if item.item == "source")
    assert (counted.errors, counted.status) == (0, "pass")
    assert [(one.decision, one.reason, one.revision) for one in record.decisions] == [
        ("dismiss", "trích lời nhân chứng", 1)
    ]
    assert history
    assert [[issue.code for issue in revision.dismissed] for revision in history.revisions] == [["source.hearsay"]] * 2


def test_the_status_leaves_dismissed_issues_out(database: Database, reviewer: Reviewer) -> None:
    review_id, _ = keep(database, reviewer, body="Nghe nói trời sắp mưa.")
    with database.reading() as session:
        assert list_reviews(session, Filters(status="must_fix")).total == 1
    dismiss(database, review_id, "source.hearsay")
    with database.reading() as session:
        assert list_reviews(session, Filters(status="must_fix")).total == 0
        assert list_reviews(session, Filters(code="source.hearsay")).total == 0
        record = read_record(session, review_id)
    assert record
    assert record.review
    assert record.review.status == "clean"


def test_deleting_a_draft_leaves_nothing_of_it(database: Database, reviewer: Reviewer) -> None:
    review_id, _ = keep(database, reviewer)
    dismiss(database, review_id, "source.hearsay")
    with database.writing() as session:
        draft = find_draft(session, "cms/1")
        assert draft
        delete_draft(session, draft, "Lan")
    with database.reading() as session:
        assert read_record(session, review_id) is None
        assert history_of(session, "cms/1") is None
        tables = ("drafts", "revisions", "reviews", "issues", "decisions", "draft_themes", "theme_corrections")
        for table in tables:
            assert session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0, table


def test_hostile_text_is_kept_as_it_came(database: Database, reviewer: Reviewer) -> None:
    hostile = "<script>alert(1)</script>\x00 \u202e% _ ' \" \\ 😀 " + "Z" * 5000
    review_id, _ = keep(
        database, reviewer, title=hostile, body=hostile, author=hostile, unit=hostile, draft_id="\x00'; --"
    )
    with database.reading() as session:
        record = read_record(session, review_id)
        assert list_reviews(session, Filters(search="100%")).total == 0
        assert list_reviews(session, Filters(search="SCRIPT>ALERT")).total == 1
    assert record
    assert record.draft
    assert record.draft.body == hostile


def test_many_at_once_make_one_row_a_content(database: Database, reviewer: Reviewer) -> None:
    numbers: list[int] = []
    drafts = [parse_draft({**DRAFT, "title": f"Tin {number % 4}"}) for number in range(16)]
    reviews = [reviewer.review(draft) for draft in drafts]

    def work(start: int) -> None:
        for draft, review in list(zip(drafts, reviews, strict=True))[start::4]:
            with database.writing() as session:
                numbers.append(keep_review(session, draft, review).revision)

    threads = [threading.Thread(target=work, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(set(numbers)) == [1, 2, 3, 4]
    assert len(numbers) == 16
    with database.reading() as session:
        history = history_of(session, "cms/1")
        assert history
        assert [revision.revision for revision in history.revisions] == [1, 2, 3, 4]
        assert sum(revision.current for revision in history.revisions) == 1


def test_decisions_taken_at_once_are_all_counted(database: Database, reviewer: Reviewer) -> None:
    words = "Nghe nói tên trộm đã bị bắt. Ai cũng biết điều đó. Thật kinh hoàng. Hắn là kẻ máu lạnh. Theo dư luận, hung thủ là ả."
    review_id, _ = keep(database, reviewer, body=words)
    with database.reading() as session:
        record = read_record(session, review_id)
        assert record
        assert record.review
        issues = [issue.id for issue in record.review.issues]
    assert len(issues) >= 6
    ready = threading.Barrier(len(issues))

    def work(issue_id: str) -> None:
        ready.wait()
        with database.writing() as session:
            review = find_review_to_change(session, review_id)
            assert review
            issue = find_issue(review, issue_id)
            assert issue
            decide(session, review, issue, "dismiss", "thử", "Lan")

    threads = [threading.Thread(target=work, args=(issue_id,)) for issue_id in issues]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        summary = list_reviews(session, Filters()).reviews[0]
    assert (summary.status, summary.errors, summary.warnings, summary.undecided) == ("clean", 0, 0, 0)
