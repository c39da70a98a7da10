"""The report's figures as a workbook: a sheet for each table. No cell is ever a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from review_service.store.statistics import Statistics
from review_service.themes import Plan

Value = str | int | float | None


def write_xlsx(figures: Statistics, plan: Plan) -> bytes:
    """Return `figures` as an .xlsx file."""
    book = Workbook(write_only=True)
    _sheet(book, "Tổng hợp", ("Chỉ tiêu", "Số liệu"), _summary(figures))
    _sheet(
        book,
        "Chủ đề",
        ("Chủ đề", "Mục của kế hoạch", "Số tin, bài"),
        [(theme.label.vi, ", ".join(theme.clauses), figures.themes.get(theme.theme, 0)) for theme in plan.themes],
    )
    contribution = ("Tin, bài", "Đã đọc xong", "Không lỗi từ lần gửi đầu")
    _sheet(
        book,
        "Đơn vị",
        ("Đơn vị", *contribution),
        [(one.unit, one.items, one.read, one.right_first) for one in figures.units],
    )
    _sheet(
        book,
        "Cộng tác viên",
        ("Tác giả", "Đơn vị", *contribution),
        [(one.author, one.unit, one.items, one.read, one.right_first) for one in figures.authors],
    )
    months = figures.months
    _sheet(
        book,
        "Điểm đánh dấu",
        ("Mã", "Số lần", "Đã sửa", "Bỏ qua", *(f"{month:02}/{year}" for year, month in months)),
        [
            (one.code, one.raised, one.fixed, one.dismissed, *(one.by_month.get(month, 0) for month in months))
            for one in figures.issues
        ],
    )
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _summary(figures: Statistics) -> list[tuple[str, Value]]:
    return [
        ("Từ ngày", figures.since.strftime("%d/%m/%Y")),
        ("Đến ngày", figures.until.strftime("%d/%m/%Y")),
        ("Tin, bài", figures.items),
        ("Đã đọc xong", figures.read),
        ("Ngoài kế hoạch", figures.off_plan),
        ("Chủ đề do biên tập viên xác nhận", figures.confirmed),
        ("Điểm được đánh dấu", figures.raised),
        ("Đã sửa trước khi đăng", figures.fixed),
        ("Biên tập viên bỏ qua", figures.dismissed),
    ]


def _sheet(book: Workbook, title: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for column in range(1, len(head) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 44 if column == 1 else 18
    sheet.append([_cell(sheet, name, bold=True) for name in head])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Any, value: Value, *, bold: bool = False) -> Any:
    if isinstance(value, str):
        value = "".join(letter for letter in value if letter.isprintable())
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # also when it begins with "=": a name that a contributor typed is no formula
    if bold:
        cell.font = Font(bold=True)
    return cell
