"""Drafts as files: what is read of a .docx, and what is refused."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from hypothesis import given
from hypothesis import strategies as st

from review_service.draft_file import draft_fields
from review_service.errors import DraftError

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1).filter(str.strip)


def packed(inner: str, *, head: str = "", namespace: str = _NAMESPACE) -> bytes:
    """Return a .docx file with this inside its body."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        names = f'xmlns:w="{namespace}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        archive.writestr("word/document.xml", f"{head}<w:document {names}><w:body>{inner}</w:body></w:document>")
    return out.getvalue()


def body_of(inner: str) -> object:
    return draft_fields("tin.docx", packed(inner))["body"]


def test_a_document_of_word() -> None:
    document = Document()
    document.add_heading("Kiểm sát việc thi hành án", 0)
    document.add_paragraph("Ngày 10/3/2026, đoàn đã làm việc tại trại giam.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Số vụ", "12"
    document.add_paragraph("Kết luận được gửi đúng hạn.")
    out = BytesIO()
    document.save(out)
    assert draft_fields("Tin.DOCX", out.getvalue()) == {
        "title": "Kiểm sát việc thi hành án",
        "body": "Ngày 10/3/2026, đoàn đã làm việc tại trại giam.\nSố vụ\n12\nKết luận được gửi đúng hạn.",
        "format": "text",
    }


def test_leading_paragraphs_that_are_centred_are_the_title() -> None:
    document = Document()
    for line in ("Công bố quyết định", "về công tác cán bộ"):
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("Sáng nay, lễ công bố được tổ chức.")
    document.add_paragraph("Ảnh: Thu Hà").alignment = WD_ALIGN_PARAGRAPH.CENTER
    out = BytesIO()
    document.save(out)
    fields = draft_fields("tin.docx", out.getvalue())
    assert fields["title"] == "Công bố quyết định về công tác cán bộ"
    assert fields["body"] == "Sáng nay, lễ công bố được tổ chức.\nẢnh: Thu Hà"


@pytest.mark.parametrize(
    ("inner", "body"),
    [
        ("<w:p><w:r><w:t>Một</w:t><w:tab/><w:t>hai</w:t><w:br/><w:t>ba</w:t></w:r></w:p>", "Một\thai\nba"),
        ('<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>Một</w:t></w:r></w:p>', "Một"),
        (
            "<w:p><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del><w:ins><w:r><w:t>mới</w:t></w:r></w:ins></w:p>",
            "mới",
        ),
        (
            "<w:p><w:moveFrom><w:r><w:t>đi</w:t></w:r></w:moveFrom></w:p><w:p><w:moveTo><w:r><w:t>đến</w:t></w:r></w:moveTo></w:p>",
            "đến",
        ),
        (
            "<w:p><w:r><w:t>A</w:t><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>hộp</w:t></w:r></w:p></mc:Choice>"
            "<mc:Fallback><w:p><w:r><w:t>hộp</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            "hộp\nA",
        ),
        ('<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>Chỉ một dòng</w:t></w:r></w:p>', "Chỉ một dòng"),
        ("", ""),
    ],
    ids=["signs", "tab stops", "tracked changes", "moved text", "text box", "all centred", "empty"],
)  # fmt: skip
def test_what_a_reader_sees(inner: str, body: str) -> None:
    assert body_of(inner) == body


def test_a_file_saved_as_strict() -> None:
    strict = packed(
        "<w:p><w:r><w:t>Tin</w:t></w:r></w:p>", namespace="http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert draft_fields("tin.docx", strict)["body"] == "Tin"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("tin.docx", b"", "not a zip file"),
        ("tin.docx", packed("<w:p>"), "mismatched tag"),
        ("tin.docx", packed("", head='<!DOCTYPE a [<!ENTITY b "c">]>'), "a document type is declared"),
        ("tin.docx", packed(" " * 17_000_000), "unpacks to more than"),
        ("tin.docx", packed("")[:-30], "not a zip file"),
        ("tin.pdf", b"", "ends in one of .txt, .html, .htm, .md, .docx"),
        ("", b"", "ends in one of"),
        ("tin.txt", b"Tin \xff", "not UTF-8 text (byte 4)"),
    ],
)
def test_what_is_no_draft_is_refused(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(DraftError) as refused:
        draft_fields(name, content)
    ((field, said),) = refused.value.problems
    assert field == "file"
    assert reason in said


@given(lines=st.lists(_TEXT, min_size=1, max_size=5))
def test_every_word_is_read(lines: list[str]) -> None:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    assert draft_fields("tin.docx", out.getvalue()) == {"body": "\n".join(lines), "format": "text"}


@given(cut=st.integers(0, 400), put=st.binary(max_size=20))
def test_a_damaged_file_is_read_or_refused(cut: int, put: bytes) -> None:
    whole = packed("<w:p><w:r><w:t>Tin</w:t></w:r></w:p>")
    with suppress(DraftError):
        assert draft_fields("tin.docx", whole[:cut] + put + whole[cut + len(put) :])["format"] == "text"
