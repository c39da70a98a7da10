"""Bylines and source lines: who wrote an item, who took the pictures, where it comes from.

Forms seen in published items: "Nguyễn Thu Hà", "Thu Hà – VKSND khu vực 3", "Tin, ảnh: …", "Bài và ảnh: …", "Nguồn: …",
"Theo Báo …" as a line of its own, "PV", "Ban Biên tập", names in capitals, "(kiemsat.vn) -" before the lead, and a name
run on after the last full stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from review_service.text import SYLLABLE, UPPER, Field, Span

_WORD = rf"(?!VKS|VSKND|Viện\b|Phòng\b|Báo\b|Tòa\b|TAND\b|UBND\b|Văn phòng|Chi đoàn|Công đoàn|Đảng ủy|Đảng bộ|Tổ \w|Ban \w|Thanh tra|Kiểm sát viên|Kiểm tra viên|Chuyên viên|Phóng viên|Cộng tác viên|Viện trưởng|Phó \w)[{UPPER}][\w.’']{{0,24}}"
_NAME = rf"{_WORD}(?: {_WORD}){{0,4}}"
_NAMES = rf"{_NAME}(?:(?: ?[-–—,&] ?| và | \+ ){_NAME}){{0,3}}"
_ROLE = r"(?:(?:kiểm sát viên(?: (?:sơ|trung|cao) cấp)?|kiểm tra viên|ksv|ktv|chuyên viên|phóng viên|đ/c|đồng chí|cộng tác viên|ctv|pv|th\.?s|ts|gs\.ts|pgs\.ts|luật sư|luật gia|ls)\.?:? )?"
_LABEL = re.compile(
    r"^\W{0,3}(?P<label>(?:tin|bài|ảnh|hình|clip|video|bài viết|người viết|viết bài|tác giả|thực hiện|người thực hiện|biên tập|"
    r"tổng hợp|biên soạn|người đưa tin|người gửi tin|người gửi|người gửi bài|người ghi|đưa tin|cộng tác viên|ctv|pv|phóng viên|nhóm pv|nguồn|nguồn tin|theo|sưu tầm|photo)"
    r"(?:(?:,| và| &|/| -|;|\+) ?(?:tin|bài|ảnh|hình|hình ảnh|clip|video|biên tập|bài viết|viết)){0,6}(?: (?:ảnh|bài))?)\s{0,4}[:：]\s{0,4}\S"
)
_SOURCE_LINE = re.compile(
    r"^\W{0,3}(?:(?:theo|nguồn|trích|đăng trên|dẫn|tổng hợp từ|trích nguồn) (?:từ )?(?:báo|tạp chí|trang|cổng|đài|hãng|ttxvn|vov|vtv|vnews|bản tin|website|phòng \d|văn phòng|ban biên tập|vksnd|viện kiểm sát|vkstc|truyền hình|công lý|kiemsat|baovephapluat|thông tấn xã|[\w.-]+\.vn|[\w.-]+\.com)"
    r"|https?://\S+$|(?:www\.)?[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}\.(?:vn|com|net|org)(?:/\S{0,300})?\W{0,8}$)"
)
_COLLECTIVE = re.compile(
    r"^\W{0,3}(?:p\.?v\.?|bbt|b\.b\.t|ban biên tập|nhóm (?:pv|phóng viên|tác giả|cộng tác viên)|tổ (?:công tác )?tuyên truyền|ctv|btv|tòa soạn|phóng viên|cộng tác viên|ban tuyên truyền|văn phòng tổng hợp)"
    r"(?:(?:\W| của ).{0,60})?$"
)
# An office that signs alone, as notices are signed: "Văn phòng VKSND tỉnh Tây Ninh".
_OFFICE_LINE = re.compile(
    r"^\W{0,3}(?:(?:văn phòng,?|phòng(?: (?!vksnd|viện|[-–] )[^\s.,;:!?]+,?){1,5}|(?:ban|bộ phận|tổ|đội|nhóm|câu lạc bộ|chi đoàn|công đoàn)(?: (?!vksnd|viện|[-–] )[^\s.,;:!?]+,?){1,8})(?: [-–])? )?(?:vksnd|viện kiểm sát nhân dân|viện ksnd)"
    r"(?: (?!đã|sẽ|và|là|trong|cho|có|tại|ngày|được)[^\s.,;:!?]+){0,9}\W{0,3}$"
)
_NAME_LINE = re.compile(rf"^\W{{0,3}}(?P<names>{_NAMES})\W{{0,4}}$")
_NAME_UNIT = re.compile(rf"^\W{{0,3}}(?P<names>{_NAMES})\s{{0,4}}(?:[-–—,(/|:;]|\s)\s{{0,4}}(?P<unit>.{{3,110}})$")
_UNIT_WORD = re.compile(
    r"\b(?:vksnd|vks\b|viện kiểm sát|viện ksnd|phòng \d|phòng nghiệp vụ|văn phòng|kiểm sát viên|kiểm tra viên|ksv|ktv|chuyên viên|cộng tác viên|ctv|pv\b|phóng viên|chi đoàn|đoàn thanh niên|công đoàn|công an|tòa án|tand|trường|báo|tổ tuyên truyền|tổ công tác|viện trưởng|phó viện trưởng|thanh tra|khu vực \d|vkskv\d|biên tập|tổng hợp|sưu tầm|ttxvn)"
)
_LEAD_TAG = re.compile(
    r"\W?\(?(?:[\w]+\.(?:vn|com(?:\.vn)?)|bvpl|kiemsat\.vn|ttxvn|vov|vtv|ksol|tcks|plo|nld|baotayninh\.vn|btno|vksnd\w*)\)?\s?[-–—:)]",
    re.IGNORECASE,
)
_TRAILER = re.compile(r"(?:\./\.|[.!?…”\"])\s*(?P<rest>[^.!?…]{3,90})$")
_NOT_A_BYLINE = re.compile(
    r"\b(?:là|đã|được|bị|cho|trong|với|của|các|những|này|đó|không|có|về|một|ngày|năm|tháng|nơi nhận|trân trọng|cộng hòa|độc lập|kết luận|ghi chú|lưu ý|liên hệ|hotline|điện thoại|địa chỉ)\b"
)
_GENERIC_HEAD = re.compile(
    r"^(?:viện|vksnd|trường (?:thcs|thpt|tiểu|trung|mầm|mẫu|đại|cao|chính|phổ|nghiệp|dạy|cán)|tòa|công an|ủy ban|bộ luật|luật|điều|nghị|quyết định|chỉ thị|thông tư|kế hoạch|hội nghị|kết quả|phần|mục|chương|bước|ảnh)\b"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline or source line; `unit_text` is the part that follows the name (in the line as written)."""

    field: Field
    start: int
    end: int
    covers_pictures: bool = False
    covers_text: bool = True
    unit_start: int = -1

    @property
    def span(self) -> Span:
        """The line."""
        return Span(self.field.name, self.start, self.end)


def bylines(field: Field) -> Iterator[Byline]:
    """Yield the bylines and source lines among the first and last lines of `field` and in its lead."""
    spans = field.paragraphs
    if not spans:
        return
    if _LEAD_TAG.match(field.standard, spans[0][0], spans[0][1]):
        yield Byline(field, spans[0][0], min(spans[0][1], spans[0][0] + 20))
    edges = sorted({*range(min(2, len(spans))), *range(max(0, len(spans) - 5), len(spans))})
    for index in edges:
        start, end = spans[index]
        found = None
        for line_start, line_end in _lines(field, start, end):
            found = _byline(field, line_start, line_end)
            if not found and index == len(spans) - 1 > 0 and _OFFICE_LINE.match(field.folded[line_start:line_end]):
                found = Byline(field, line_start, line_end, unit_start=line_start)
            if found:
                yield found
        if (not found and index == len(spans) - 1 and index > 0) or len(spans) == 1:
            trailer = _TRAILER.search(field.text, max(start, end - 140), end)
            if trailer and trailer.start() > start + 40:
                found = _byline(field, trailer.start("rest"), end)
                if found:
                    yield found


def _lines(field: Field, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for line in field.text[start:end].split("\n"):
        stripped = line.strip()
        if stripped:
            first = position + line.index(stripped[0])
            yield first, first + len(stripped)
        position += len(line) + 1


def _byline(field: Field, start: int, end: int) -> Byline | None:
    """Return the byline that the line text[start:end] is, or None."""
    if end - start > 160:
        return None
    folded = field.folded[start:end]
    line = field.standard[start:end]
    label = _LABEL.match(folded)
    if label:
        return _labelled(field, start, end, label.group("label"))
    if (
        _SOURCE_LINE.match(folded)
        and not folded.rstrip(" )").endswith((".", ":", ",", ";"))
        and len(folded.split()) <= 16
    ):
        return Byline(field, start, end)
    if _COLLECTIVE.match(folded):
        return Byline(field, start, end)
    return _signed(field, start, end, line, folded)


_PICTURES = re.compile(r"\b(?:ảnh|hình ảnh|hình|photo)\s?:")  # "Thực hiện: Bích Thảo; Ảnh: Duy Khang"


def _labelled(field: Field, start: int, end: int, label: str) -> Byline | None:
    pictures = "ảnh" in label or "hình" in label or "photo" in label or "clip" in label
    words = "tin" in label or "bài" in label or not pictures
    pictures = pictures or _PICTURES.search(field.folded, start, end) is not None
    if sum(1 for _ in SYLLABLE.finditer(field.text, start, end)) > 22:
        return None
    if label == "theo" and ":" not in field.text[start:end]:
        return None
    return Byline(field, start, end, covers_pictures=pictures, covers_text=words, unit_start=start)


def _signed(field: Field, start: int, end: int, line: str, folded: str) -> Byline | None:
    """A signature: names alone, or names with a unit or role."""
    role = re.match(r"\W{0,3}" + _ROLE, folded)
    offset = role.end() if role else 0
    body = line[offset:]
    if folded.rstrip().endswith(("?", ":", ";", ",")):
        return None
    body = _WHAT_WAS_DONE.sub("", body)
    alone = _NAME_LINE.match(body)
    if alone and not _GENERIC_HEAD.match(folded[offset:].lstrip("(–- ")) and not _PLACE_HEAD.match(folded):
        syllables = sum(1 for _ in SYLLABLE.finditer(alone.group("names")))
        ends_plainly = not body.rstrip().endswith(".") or bool(re.search(r"(?:^|\W)\w\.\s*$", body))
        if (2 <= syllables <= 16 and ends_plainly) or (
            re.fullmatch(rf"(?:[{UPPER}]\.?){{1,4}}|[{UPPER}]\.[{UPPER}]\w+|[{UPPER}]\w+", body.strip("() "))
            and ends_plainly
            and len(body) < 14
        ):
            return Byline(field, start, end)
    signed = _NAME_UNIT.match(body)
    if signed and not _GENERIC_HEAD.match(folded[offset:].lstrip("(–- ")):
        unit_offset = offset + signed.start("unit")
        unit_folded = folded[unit_offset:]
        spaced = line[offset + signed.end("names") : unit_offset].isspace()
        if (
            (_UNIT_WORD.match(unit_folded) if spaced else _UNIT_WORD.search(unit_folded))
            and ". " not in unit_folded
            and not re.search(r"[^./]\.$", unit_folded)
            and (not spaced or " " in signed.group("names"))
            and not _NOT_A_BYLINE.search(re.sub(r"của|các|và", " ", unit_folded))
            and len(folded.split()) <= 24
        ):
            return Byline(field, start, end, unit_start=start + unit_offset)
    return None


_DONE = r"(?:ghi|lược ghi|tổng hợp|thực hiện|biên tập|sưu tầm|biên soạn|ghi chép)"
_WHAT_WAS_DONE = re.compile(rf"(?: ?\({_DONE}\)| {_DONE})\W{{0,3}}$")
_PLACE_HEAD = re.compile(r"^\W{0,3}(?:tây ninh|long an|hà nội|việt nam|bác hồ|đảng)\b")
