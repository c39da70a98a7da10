"""The report as a document, laid out as Nghị định 30/2020/NĐ-CP, Phụ lục I, lays out an administrative report.

A4, Times New Roman 13–14, margins 20/20/30/20 mm; the agency at the left, Quốc hiệu and Tiêu ngữ at the right; number,
place and date; title; sections; Nơi nhận and signature. What only people can say is left as dotted lines.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from review_service.pages.frame import grouped
from review_service.store.statistics import Contribution, Statistics
from review_service.themes import Plan

_FONT = "Times New Roman"
_MOST_ROWS = 15


def write_docx(figures: Statistics, plan: Plan) -> bytes:
    """Return the report on `figures` as a .docx file."""
    document = _blank()
    _heading(document)
    _title(document, figures)
    _results(document, figures, plan)
    _quality(document, figures)
    _units(document, figures)
    _proposals(document, figures, plan)
    _signature(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _blank() -> Any:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(6)
    document.core_properties.title = "Báo cáo kết quả công tác tuyên truyền"
    document.core_properties.author = "review-service"
    document.core_properties.language = "vi-VN"
    return document


def _heading(document: Any) -> None:
    table = document.add_table(rows=2, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    left, right = table.rows[0].cells
    _lines(left, [("VIỆN KIỂM SÁT NHÂN DÂN", 13, False), ("TỈNH TÂY NINH", 13, True)])
    _lines(right, [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True), ("Độc lập - Tự do - Hạnh phúc", 14, True)])
    left, right = table.rows[1].cells
    _lines(left, [("Số: ……/BC-VKS", 13, False)])
    today = datetime.date.today()
    _lines(right, [(f"Tây Ninh, ngày {today:%d} tháng {today:%m} năm {today.year}", 14, False)], italic=True)


def _lines(cell: Any, lines: Iterable[tuple[str, int, bool]], *, italic: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    for number, (text, size, bold) in enumerate(lines):
        if number:
            paragraph = cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _title(document: Any, figures: Statistics) -> None:
    for text in ("BÁO CÁO", "Kết quả thực hiện Kế hoạch công tác tuyên truyền", f"(từ ngày {figures.since:%d/%m/%Y} đến ngày {figures.until:%d/%m/%Y})"):  # fmt: skip
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(12 if text == "BÁO CÁO" else 0)
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(text).bold = True
    _say(document, "Thực hiện mục III.1 của Kế hoạch tiếp tục đổi mới, nâng cao chất lượng công tác tuyên truyền, đơn vị báo cáo kết quả như sau:")  # fmt: skip


def _results(document: Any, figures: Statistics, plan: Plan) -> None:
    _section(document, "I. KẾT QUẢ THEO CHỦ ĐỀ CỦA KẾ HOẠCH")
    _say(document, f"Trong kỳ có {_n(figures.items)} tin, bài được gửi; biên tập viên đã đọc xong {_n(figures.read)}; {_n(figures.off_plan)} tin, bài không thuộc chủ đề nào của Kế hoạch. Một tin, bài có thể thuộc nhiều chủ đề.")  # fmt: skip
    rows = [
        (theme.label.vi, ", ".join(theme.clauses), _n(figures.themes.get(theme.theme, 0)))
        for theme in sorted(plan.themes, key=lambda theme: -figures.themes.get(theme.theme, 0))
    ]
    _table(document, ("Chủ đề", "Mục", "Số tin, bài"), rows, (110, 20, 30))
    starved = figures.starved(plan.names)
    labels = {theme.theme: theme.label.vi for theme in plan.themes}
    if starved and figures.items:
        _say(document, "Các chủ đề còn ít tin, bài (dưới một phần ba mức trung bình): " + "; ".join(f"{labels[name]} ({_n(figures.themes.get(name, 0))})" for name in starved) + ".")  # fmt: skip


def _quality(document: Any, figures: Statistics) -> None:
    _section(document, "II. CHẤT LƯỢNG TIN, BÀI")
    _say(document, f"Có {_n(figures.raised)} điểm được đánh dấu để xem lại; {_n(figures.fixed)} điểm ({_share(figures.fixed, figures.raised)}) đã được sửa trước khi đăng, {_n(figures.dismissed)} điểm biên tập viên xét thấy không cần sửa.")  # fmt: skip
    rows = [
        (one.code, _n(one.raised), _n(one.fixed), _share(one.fixed, one.raised), _n(one.dismissed))
        for one in figures.issues[:_MOST_ROWS]
    ]
    _table(document, ("Mã", "Số lần", "Đã sửa", "Tỷ lệ", "Bỏ qua"), rows, (72, 22, 22, 22, 22))


def _units(document: Any, figures: Statistics) -> None:
    _section(document, "III. KẾT QUẢ CỦA CÁC ĐƠN VỊ")
    _table(document, ("Đơn vị", "Tin, bài", "Đã đọc", "Đạt từ đầu"), [(one.unit or "", *_contribution(one)) for one in figures.units[:_MOST_ROWS]], (85, 25, 25, 25))  # fmt: skip


def _proposals(document: Any, figures: Statistics, plan: Plan) -> None:
    _section(document, "IV. ĐỀ XUẤT BIỂU DƯƠNG, KHEN THƯỞNG (MỤC II.7)")
    units, authors = figures.commended_units(), figures.commended_authors()
    _say(document, "Căn cứ: ít nhất 3 tin, bài đã được đọc xong trong kỳ, và tỷ lệ tin, bài không có lỗi ngay từ lần gửi đầu không thấp hơn mức chung. Số liệu chỉ để tham khảo; việc xét do lãnh đạo quyết định.")  # fmt: skip
    if not units and not authors:
        _say(document, "Chưa có đơn vị, cá nhân nào đạt các điều kiện trên.")
    for label, found in (("Tập thể", units), ("Cá nhân", authors)):
        for one in found:
            name = f"{one.author} ({one.unit})" if one.author and one.unit else one.author or one.unit or ""
            _say(document, f"- {label}: {name}: {_n(one.read)} tin, bài đã đọc xong; {_n(one.right_first)}/{_n(one.items)} không có lỗi từ lần gửi đầu.")  # fmt: skip
    _section(document, "V. ĐÁNH GIÁ, KIẾN NGHỊ")
    for _ in range(3):
        _say(document, "…" * 44)


def _signature(document: Any) -> None:
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    for number, (text, bold) in enumerate((("Nơi nhận:", True), ("- ………………;", False), ("- Lưu: VT, …….", False))):
        paragraph = left.paragraphs[0] if not number else left.add_paragraph()
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = bold, bold, Pt(12 if bold else 11)
    _lines(right, [("VIỆN TRƯỞNG", 14, True), ("", 14, False), ("", 14, False), ("……………………", 14, True)])


def _section(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(10)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(text).bold = True


def _say(document: Any, text: str) -> None:
    paragraph = document.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(10)


def _table(document: Any, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    table = document.add_table(rows=1, cols=len(head))
    table.style = "Table Grid"
    table.autofit = False
    for number, values in enumerate([head, *rows]):
        cells = table.rows[0].cells if not number else table.add_row().cells
        for column, (cell, value) in enumerate(zip(cells, values, strict=True)):
            cell.width = Mm(widths[column])
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            run = paragraph.add_run(_printable(value))
            run.bold, run.font.size = not number, Pt(12)
            if column and not (len(head) == 3 and column == 1):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _contribution(one: Contribution) -> tuple[str, str, str]:
    return _n(one.items), _n(one.read), _share(one.right_first, one.items)


def _n(value: int) -> str:
    return grouped(value, "vi")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%".replace(".", ",") if whole else "–"


def _printable(text: str) -> str:
    """Return `text` without the control characters that a document cannot hold."""
    return "".join(letter for letter in text if letter.isprintable())
