"""Every regular expression of the project takes time linear in the text, or is named here with what is known of it."""

from __future__ import annotations

import pytest

from tests.linear import problems
from tests.patterns import Found, patterns

FOUND = list(patterns())
# Put together at run time, of few and short parts.
AT_RUN_TIME = {
    "review_service/text/markup.py",  # the end of an element: no repeat
    "review_service/text/words.py",  # underthesea's own tokens, run on at most 512 characters without white space at once
    "benchmarks/service.py",
    "review_service/checklist/canon.py",
    "review_service/checklist/document_reference.py",
    "review_service/checklist/figures.py",
    "review_service/checklist/units.py",
}
# Not proven. How they grow is measured by `python -m benchmarks --only hostile`; the list may only become shorter.
UNPROVEN = {
    "review_service/checklist/byline.py ^\\W{0,3}(?:(?:theo|nguồn|trích|đăng trên|dẫn|tổng hợp từ|trí",
    "review_service/checklist/byline.py ^\\W{0,3}(?P<label>(?:tin|bài|ảnh|hình|clip|video|bài viết|ng",
    "review_service/checklist/byline.py ^\\W{0,3}(?P<names>(?!VKS|VSKND|Viện\\b|Phòng\\b|Báo\\b|Tòa\\b|TA",
    "review_service/checklist/citations.py \\b(?:(?:các )?điểm (?P<points>[a-zđ](?![\\w])(?:(?:,| và|;|,?",
    "review_service/checklist/citations.py ^[\\s,;]*(?:(?:của|và|theo|thuộc|các|điều|khoản|điểm|[a-zđ]|\\",
    "review_service/checklist/totals.py (?<![\\d/.,:-])(?<!năm )(?P<total>\\d{1,3}(?:\\.\\d{3}){1,4}|\\d{",
    "review_service/checklist/title_and_text.py (?P<of>[^\\W\\d_]+ [^\\W\\d_]+) (?:là |lên tới |lên đến |tới |đế",
    "review_service/checklist/dates.py (?P<years>\\d{1,3}) năm (?:ngày )?(?:thành lập|truyền thống|k",
    "review_service/checklist/dates.py \\b(?<!vụ )(?<!lần )(?<!đợt )(?<!kỳ )(?:thứ (hai|ba|tư|năm|sá",
    "review_service/checklist/language.py \\S+\\s*$",
    "review_service/checklist/legal.py (?:sinh (?:ngày|năm)?|năm sinh|sn|luật[^.;,:]{0,60}|bộ luật[",
    "review_service/checklist/objectivity.py \\b(?:là|trở thành|sở hữu|được coi là|đạt|có|được)\\b[^,;]*$",
    "review_service/checklist/persons.py [A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤ",
    "review_service/checklist/personal_data.py (?:căn cước(?: công dân)?|cccd|cmnd|chứng minh nhân dân|chứn",
    "review_service/checklist/personal_data.py (?:số tài khoản|tài khoản(?: ngân hàng)?(?: cá nhân)?(?: man",
    "review_service/checklist/secrecy.py \\((?:MẬT|TỐI MẬT|TUYỆT MẬT|Mật|Tối mật|Tuyệt mật)\\)|(?<![\\w]",
    "review_service/checklist/privacy.py ^(?:[A-ZĐÂÊÔƠƯ]\\.?\\s?)+$",
    "review_service/checklist/document_reference.py \\b(?:các|những|nhiều|mọi) (?:(?:chủ trương|đường lối|chính s",
    "review_service/checklist/figures.py \\b(?:của|do|bởi|thuộc|(?<!biệt )được|nhờ)(?: (?:các|hai|toàn",
    "review_service/checklist/figures.py \\b(?:tăng|giảm|(?<!cần )gấp|vượt|chiếm|đạt)(?: (?:thêm|tới|đ",
    "review_service/checklist/figures.py \\b(?:ở|tại|trong|trên|giữa|đến|tới|từ|về|với|cho|ngoài|khắp|",
    "review_service/checklist/document_reference.py ^(?: [^\\s.,;:]+,?){0,9}? (?:của|do|giữa) (?:(?:các |hai |ba ",
    "review_service/checklist/unit.py ^(?: (?:sở tại|địa phương|nơi đây|cùng cấp))?(?: (?:cùng|và|",
}


@pytest.mark.parametrize(
    "pattern",
    [r"\d+", r"\b\w+x", r"“[^“”]*”", r"a{0,5}b", r"^\s*x+y", r"(?<!\w)\w+(?!\w)", r"a(?:,\d)*", r"(?: \w+){1,12}x"],
)
def test_what_is_linear_passes(pattern: str) -> None:
    assert problems(pattern) == []


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+$", r"(?:a|aa)*b", r"\s*\s*x", r"\w+\d+x", r"“[^”]*”", r"\w+@", r".*x.*y", r"(?:\w+ ?)+\.", r"[^\s]+$",
     r"(?:[^\s()]+|\([^\s]+?\))+x", r"[.!?]+(?=\s)", r"(?:\w+ ?){1,12}x"],
)  # fmt: skip
def test_what_is_not_linear_is_refused(pattern: str) -> None:
    assert problems(pattern)


def test_tried_at_one_place_a_pattern_may_scan_to_the_end() -> None:
    assert problems(r"\w+@")
    assert not problems(r"\w+@", one_place=True)
    assert problems(r"(a+)+b", one_place=True)


def test_every_pattern_is_found() -> None:
    assert len(FOUND) > 250
    assert {found.place.rpartition(":")[0] for found in FOUND if found.pattern is None} == AT_RUN_TIME


def test_every_pattern_is_linear_or_named() -> None:
    assert {found.name for found in FOUND if _refused(found)} == UNPROVEN


def _refused(found: Found) -> bool:
    return found.pattern is not None and bool(problems(found.pattern, found.flags, one_place=found.one_place))
