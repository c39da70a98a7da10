"""Text in the encodings from before Unicode: what is offered in its place."""

from __future__ import annotations

from review_service import Reviewer

READABLE = "Hồ sơ đã được chuyển đi."
LEGACY = "C«ng an ph­êng ®ang x¸c minh nguån gèc c¸c ®å vËt t¹m gi÷ vµ mêi thªm ng­êi lµm chøng."
CONVERTED = "Công an phường đang xác minh nguồn gốc các đồ vật tạm giữ và mời thêm người làm chứng."


def test_only_the_sentence_that_is_legacy_is_converted(reviewer: Reviewer) -> None:
    review = reviewer.review({"body": f"{READABLE} {LEGACY} Hàng xóm đã biết cả.\n\n{READABLE}"})
    (issue,) = [issue for issue in review.issues if issue.code == "language.encoding"]
    assert issue.replacements == (f"{READABLE} {CONVERTED} Hàng xóm đã biết cả.\n\n{READABLE}",)
