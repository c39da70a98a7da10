"""Secrecy marks and files not yet public (`privacy.secrecy`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review_service.checklist.findings import Check, Finding
from review_service.checklist.reading import Reading
from review_service.text import remembered

_SECRET = re.compile(
    r"(?:(?:đóng dấu|dấu|(?:mang|có|ở|xếp|thuộc) (?:mức )?độ|\((?:mức )?độ|(?<=, )(?:mức )?độ|tài liệu|văn bản|công văn|báo cáo|kế hoạch|hồ sơ|thông báo|tờ trình|chuyên án|chỉ thị|ký hiệu|phiếu|điện) (?:chỉ |độ |dấu |có |đóng |mang |chế độ |loại |xếp |ở |mức ){0,4}[“\"(]?)(?:tuyệt mật|tối mật|mật)\b(?! (?:khẩu|thiết|danh|độ|mã|vụ|thư|phục|ngữ|ong|gấu|mía|trình|lệnh))"
    r"|(?:hồ sơ|tài liệu|kết quả|bản kết luận|thông tin|nội dung|biên bản|bản yêu cầu|kế hoạch|báo cáo|công văn)(?: [^\s,.;]+){0,6}? (?:điều tra|vụ án|chuyên án|hỏi cung|giám định|lời khai|đối chất|khám nghiệm|mật)(?: [^\s,.;]+){0,5}?,? (?:hiện |vẫn |hiện vẫn |còn |đến nay )?(?:chưa (?:được )?(?:công (?:bố|khai)|phép công bố)|không (?:được )?(?:công (?:bố|khai)|phổ biến))"
    r"|(?:bản ghi|bản tự khai|lời khai|bút lục|biên bản|tài liệu|sơ đồ|bản ảnh|đoạn ghi âm)(?: [^\s,.;]+){0,5}?(?: (?:trong |thuộc )?hồ sơ(?: [^\s,.;]+){0,4},?)? (?:bản |phần |điều )?chưa (?:được |ai |từng |từng được |cơ quan nào |nơi nào )?(?:công (?:bố|khai)|phép công bố)"
    r"|(?:bút lục|bản tường trình|biên bản|bản kết luận|lời khai|tài liệu)(?: [^\s,.;]+){0,6} hồ sơ(?: [^\s,.;]+){0,3} mà (?:người viết|chúng tôi|phóng viên|tôi) (?:được xem|được đọc|tiếp cận|có được|có trong tay|thu thập)"
    r"|(?:chưa (?:được )?công (?:bố|khai))[^,.;]{0,30}(?:hồ sơ|tài liệu|kết luận(?! giám định)|biên bản)"
)
_EXPOSED = re.compile(
    r"\b(?:(?:văn bản|tài liệu|công văn|con dấu|lệnh|quyết định|giấy)(?: [^\s,.;]+){0,2} giả|giả mạo|mạo danh|lừa|nếu|giả sử|chưa chắc|coi chừng|cảnh giác|cảnh báo|hỏi:|đáp:|thế nào là)(?!\w)"
)
_LEANED_ON = re.compile(r"\b(?:theo|trích|dẫn số liệu) (?:[^\s,.;]+ ){1,3}đóng dấu\b")
_SECRECY_WORDS = ("mật", "công bố", "công khai", "phổ biến", "hồ sơ")
_SECRECY_MARK = re.compile(
    r"\((?:MẬT|TỐI MẬT|TUYỆT MẬT|Mật|Tối mật|Tuyệt mật)\)|(?<![\w])(?:TUYỆT MẬT|TỐI MẬT|Tuyệt mật|Tối mật)(?![\w])|(?:^|\n)[^\S\n]{0,40}MẬT[^\S\n]{0,40}(?:$|\n)"
)
_ABOUT_SECRECY = re.compile(
    r"quy định|\bmật thì\b|(?:các|hai|ba|bốn|\d) tình huống|nội quy|phân quyền|không kết nối mạng|an toàn thông tin|luật|phân loại|gồm (?:ba|3|các)|ba độ|ba cấp|cấp độ|bảo vệ bí mật|nghiêm cấm|không được|danh mục|tập huấn|quản lý (?:tài liệu|văn bản|hồ sơ|con dấu|bí mật|nhà nước)|lưu trữ|thế nào|giải mật|phải đóng|tội (?:làm lộ|cố ý)|tuyệt đối điện mật|làm công tác|bảo mật|không (?:được )?(?:đưa|số hóa|dùng|đăng|sử dụng|phát tán|thuộc diện|sao chụp)"
)


# "mà chúng tôi tiếp cận được": the writer has seen what is secret.
_LEAKED = re.compile(
    r"\b(?:chúng tôi|tôi|phóng viên|tòa soạn)(?: [^\s,.;]+){0,3} (?:tiếp cận|có được|thu thập|có trong tay|đọc được|xem được|nắm được|dịp xem|dịp đọc)\b"
)


def secrecy(reading: Reading) -> Iterator[Finding]:
    """A secrecy mark, or contents said to be from a secret document or an investigation file not yet public."""
    if reading.draft.genre == "legal_education":
        return
    for sentence in reading.document.sentences():
        told = _told(sentence.folded)
        if told is None:
            continue
        marks = [match.span() for match in _SECRECY_MARK.finditer(sentence.text)]
        marks = [mark for mark in marks if not any(a < mark[1] and mark[0] < b for a, b in told)]
        for start, end in (*told, *marks):
            yield Finding(sentence.span(start, end))


@remembered
def _told(folded: str) -> tuple[tuple[int, int], ...] | None:
    """Return where a folded sentence tells what is secret; None when it cannot, or speaks of secrecy itself."""
    if not any(word in folded for word in _SECRECY_WORDS) or (
        _EXPOSED.search(folded) and not _LEANED_ON.search(folded)
    ):
        return None
    if _ABOUT_SECRECY.search(folded) and not _LEAKED.search(folded):
        return None
    return tuple(match.span() for match in _SECRET.finditer(folded))


CHECKS = (Check("privacy.secrecy", secrecy),)
