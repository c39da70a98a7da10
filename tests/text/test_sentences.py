"""Where sentences end."""

from __future__ import annotations

import pytest

from review_service.text import Field


def split(text: str) -> list[str]:
    return [sentence.text for sentence in Field("body", text).sentences]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ngày 08/6/2021, VKSND TP. Tây Ninh thực hiện Chỉ thị số 05/CT-VKSTC.",
        "Đ/c Lan và Th.S Hùng dự hội nghị tại TX. Hòa Thành.",
        "Ông P. lấy xe của bà N.T.H. rồi bỏ đi.",
        "Tổng số tiền là 1.245.000 đồng, bằng 12.5% của năm 2020.",
        "PGS.TS Nguyễn Văn A trình bày tham luận.",
        "“Tôi đã hỏi anh chưa?” là câu anh ấy nhớ.",
        "Gồm hồ sơ, sổ sách, v.v. và các tài liệu khác.",
        "Số điện thoại 0918.222.333 là của cơ quan.",
    ],
)
def test_abbreviations_and_numbers_do_not_end_a_sentence(sentence: str) -> None:
    assert split(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Một. Hai! Ba? Bốn…", ["Một.", "Hai!", "Ba?", "Bốn…"]),
        ("Anh nói: “Được.” Rồi đi.", ["Anh nói: “Được.”", "Rồi đi."]),
        ("Xe của ông P. Sau đó ông đi.", ["Xe của ông P.", "Sau đó ông đi."]),
        ("Dòng một\nDòng hai", ["Dòng một", "Dòng hai"]),
        ("Câu này bị ngắt\ngiữa chừng.", ["Câu này bị ngắt\ngiữa chừng."]),
        ("Câu này xong.\nvà câu này", ["Câu này xong.", "và câu này"]),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, parts: list[str]) -> None:
    assert split(text) == parts
