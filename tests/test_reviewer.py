"""A draft in, a review out, from Python."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_service import DraftError, Review, Reviewer
from tests.text.test_markup import MARKUP

DRAFT = {
    "draft_id": "a-1",
    "title": "Tòa tuyên phạt kẻ lừa đảo",
    "body": "<p>Ngày 22/9/2025, TAND khu vực 1 - Tây Ninh xét xử <b>Võ Thị Ngân</b> về tội Lừa đảo chiếm đoạt tài sản.</p>"
    "<p>Nghe nói bị cáo còn nợ nhiều người.</p>",
    "format": "html",
    "unit": "VKSND khu vực 1 - Tây Ninh",
    "date": "2025-09-23",
}


def spans(review: Review) -> Iterator[tuple[str, int, int, str]]:
    for issue in review.issues:
        if issue.field is not None:
            assert issue.start is not None
            assert issue.end is not None
            assert issue.text is not None
            yield issue.field, issue.start, issue.end, issue.text
    for theme in review.themes:
        for piece in theme.evidence:
            yield piece.field, piece.start, piece.end, piece.text


def test_it_works(reviewer: Reviewer) -> None:
    review = reviewer.review(DRAFT)
    codes = [issue.code for issue in review.issues]
    assert codes == ["source.missing", "objectivity.presumption", "source.hearsay"]
    assert review.status == "must_fix"
    assert review.issues[1].text == "kẻ lừa đảo"
    assert review.issues[1].replacements
    assert len(review.themes) == 15
    assert json.loads(json.dumps(review.to_dict()))["draft_id"] == "a-1"


def test_the_same_draft_gives_the_same_review(reviewer: Reviewer) -> None:
    assert reviewer.review(DRAFT) == reviewer.review(DRAFT)


def test_content_hash_is_of_the_content(reviewer: Reviewer) -> None:
    one = reviewer.review(DRAFT)
    assert reviewer.review({**DRAFT, "draft_id": "b"}).content_hash == one.content_hash
    assert reviewer.review({**DRAFT, "title": "Khác"}).content_hash != one.content_hash


def test_a_fingerprint_survives_an_edit_elsewhere(reviewer: Reviewer) -> None:
    edited = {**DRAFT, "body": "<p>Thêm một đoạn mở đầu.</p>" + str(DRAFT["body"])}
    before = {issue.code: issue.fingerprint for issue in reviewer.review(DRAFT).issues}
    after = {issue.code: issue.fingerprint for issue in reviewer.review(edited).issues}
    assert before == after


def test_issue_ids_are_unique(reviewer: Reviewer) -> None:
    review = reviewer.review({"body": "Nghe nói vậy. " * 5, "date": "2026-01-01"})
    assert len({issue.id for issue in review.issues}) == len(review.issues) > 5


def test_messages_in_english(reviewer: Reviewer) -> None:
    review = reviewer.review({**DRAFT, "language": "en"})
    assert review.issues[0].message == "The draft names neither an author nor a source."


def test_without_a_date_the_day_of_the_review_counts(reviewer: Reviewer) -> None:
    draft = {"body": "VKSND huyện Tân Châu tổ chức hội nghị sơ kết.", "author": "Thu Hà"}
    before = reviewer.review(draft, datetime.date(2024, 1, 1))
    after = reviewer.review(draft, datetime.date(2026, 1, 1))
    assert "unit.outdated" not in [issue.code for issue in before.issues]
    assert "unit.outdated" in [issue.code for issue in after.issues]
    assert before.review_id != after.review_id


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        ({}, "body"),
        ({"body": 1}, "body"),
        ({"body": "a", "format": "pdf"}, "format"),
        ({"body": "a", "date": "hôm qua"}, "date"),
        ({"body": "a", "genre": "poem"}, "genre"),
        ({"body": "a", "colour": "red"}, "colour"),
        ({"body": "a", "images": [{"link": "x"}]}, "images.0.link"),
        ({"body": "Nghe nói \ud800 vậy."}, "body"),
        ({"body": "a", "draft_id": "\udfff"}, "draft_id"),
        ({"body": "a", "images": [{"caption": "\ud83d"}]}, "images.0.caption"),
    ],
)
def test_a_bad_draft_is_refused_by_field(reviewer: Reviewer, draft: dict[str, object], field: str) -> None:
    with pytest.raises(DraftError) as refused:
        reviewer.review(draft)
    assert field in [name for name, _ in refused.value.problems]


WORDS = st.sampled_from(
    ["nghe nói ", "tên trộm ", "VKSND huyện Tân Châu ", "Viện kiểm sát ", "rõ ràng là ", "tăng 18% so với cùng kỳ ", "“", "”", "100% ", "man rợ. ",
     "Thực hiện Kế hoạch của Viện trưởng, ", "Nguyễn Văn A ", "bị cáo ", "hắn đã ", "tốt nhất cả nước. ", "\n\n", "Nguồn: Báo Tây Ninh", "– VKSND khu vực 3"]
)  # fmt: skip


@given(
    body=st.lists(st.one_of(WORDS, MARKUP), max_size=14).map("".join),
    title=st.one_of(st.none(), st.text(max_size=40), WORDS),
    format=st.sampled_from(["text", "html", "markdown"]),
    caption=st.one_of(st.none(), st.text(max_size=20), WORDS),
)
@settings(max_examples=150)
def test_every_span_of_every_review_is_the_text_it_says(
    reviewer: Reviewer, body: str, title: str | None, format: str, caption: str | None
) -> None:
    draft = {
        "body": body,
        "title": title,
        "summary": body[:60],
        "format": format,
        "images": [{"caption": caption}],
        "date": "2026-03-10",
    }
    for field, start, end, text in spans(reviewer.review(draft)):
        source = caption if field == "images[0].caption" else None if field.startswith("images") else draft[field]
        assert text == (str(source)[start:end] if source is not None else "")


def test_the_engine_needs_no_web_framework_and_no_database() -> None:
    program = (
        "import sys; from review_service import Reviewer; Reviewer.load().review({'body': 'Tin.'}); "
        "print({'flask', 'werkzeug', 'sqlalchemy', 'alembic', 'psycopg', 'limits'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
