"""Clean text and positions, through markup and Unicode."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_service.text import Field

VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ .,“”\n"
)
PIECES = st.one_of(
    VIETNAMESE,
    st.text(max_size=8),
    st.sampled_from(
        ["<p>", "</p>", "<br/>", "<b class='x>y'>", "</b>", "&nbsp;", "&#x1EA1;", "&amp", "&lt;", "<!-- a -->", "<script>x<p></script>",
         "<style>p{}</style>", "<![if !supportLists]>", "<o:p>", "**", "_", "# ", "> ", "- ", "[a](b)", "```\n", "|", "\\*", "<", ">", "&",
         "\r\n", "\u200b", "\u00ad", "\ufeff", "e\u0302\u0301", "o\u031b\u0323", "😀", "\u202e", "\u00d0", "\t", "Th.S ", "TP. ", "1.245 "]
    ),
)  # fmt: skip
MARKUP = st.lists(PIECES, max_size=14).map("".join)


def clean(source: str, format: str = "html") -> str:
    return Field("body", source, format).text  # type: ignore[arg-type]


def quoted(source: str, words: str, format: str = "html") -> str:
    """The stretch of `source` that the clean words came from."""
    field = Field("body", source, format)  # type: ignore[arg-type]
    start = field.text.index(words)
    begin, end = field.source_span(start, start + len(words))
    return source[begin:end]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Tòa&nbsp;án</p>", "Tòa án"),
        ("Tr&#7847;n V&acirc;n", "Trần Vân"),
        ("a<!-- b -->c", "ac"),
        ("<script>alert('<p>x</p>')</script>y", "y"),
        ("<style>p {color: red}</style>y", "y"),
        ('<p title="a > b">x</p>', "x"),
        ("5 < 6 và 7 > 3", "5 < 6 và 7 > 3"),
        ("<p class=MsoNormal><o:p></o:p><span lang=VI>Tin</span></p>", "Tin"),
        ("<!--[if gte mso 9]><xml><w:x>1</w:x></xml><![endif]-->Tin", "Tin"),
        ("<xml><w:WordDocument>Normal</w:WordDocument></xml>Tin", "Tin"),
        ("một\n   hai", "một hai"),
        ("AT&T &unknown; &", "AT&T &unknown; &"),
    ],
)
def test_html_reads_as_in_a_browser(source: str, text: str) -> None:
    assert clean(source).strip() == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# Tiêu đề", "Tiêu đề"),
        ("một **hai** _ba_ ~~bốn~~", "một hai ba bốn"),
        ("snake_case và 3 * 4", "snake_case và 3 * 4"),
        ('[liên kết](http://a.vn/x_y "t") và ![ảnh](b.jpg)', "liên kết và ảnh"),
        ("> trích", "trích"),
        ("\\*giữ nguyên\\*", "*giữ nguyên*"),
        ("a &amp; b", "a & b"),
        ("x <b>đậm</b> <!-- bỏ --> y", "x đậm  y"),
        ("theo [sic] nguyên văn", "theo [sic] nguyên văn"),
    ],
)
def test_markdown_marks_are_not_words(source: str, text: str) -> None:
    assert clean(source, "markdown").strip() == text


def test_markdown_fences_and_rules_are_skipped() -> None:
    assert clean("trên\n```\nmã\n```\n---\ndưới", "markdown").split() == ["trên", "dưới"]


def test_positions_lead_through_entities_tags_and_composition() -> None:
    source = "<p>Bị c&#225;o <b>Tr<i>ầ</i>n</b> Va\u0306n</p>"
    assert quoted(source, "cáo") == "c&#225;o"
    assert quoted(source, "Trần") == "Tr<i>ầ</i>n"
    assert quoted(source, "Văn") == "Va\u0306n"


def test_the_second_occurrence_is_found_where_it_stands() -> None:
    source = "<p>tên trộm</p><p>tên <em>trộm</em></p>"
    field = Field("body", source, "html")
    second = field.text.rindex("trộm")
    assert field.source_span(second, second + 4)[0] == source.rindex("trộm")


def test_invisible_characters_and_crlf_do_not_shift_positions() -> None:
    source = "\ufeffmột\r\nh\u200bai\u00ad ba"
    field = Field("body", source)
    assert field.text == "một\nhai ba"
    assert quoted(source, "hai", "text") == "h\u200bai"


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_a_line_break_before_a_mark_parts_words(format: str) -> None:
    for source in ("a\r\u0301", "a\r\u200b\u0301", "a\r \u0301", "a\r\n\u0301", "a\n\u0301"):
        assert clean(source, format).split() == ["a", "\u0301"]


def test_a_letter_whose_marks_change_places_is_one_place() -> None:
    assert quoted("nh\u00e0\u0323 anh", "nhạ", "text") == "nh\u00e0\u0323"  # both forms have two characters


def test_a_letter_with_marks_without_end_is_read_in_time() -> None:
    start = time.monotonic()
    field = Field("body", "a" + "\u0301\u0323" * 100_000 + " Va\u0306n.")
    assert field.text.endswith(" Văn.")
    assert time.monotonic() - start < 10  # it was more than a minute


def test_a_long_row_of_full_stops_is_read_in_time() -> None:
    start = time.monotonic()
    assert len(Field("body", "." * 100_000 + "x").sentences) == 1
    assert time.monotonic() - start < 10  # it was more than a minute


def test_old_and_new_tone_placement_fold_alike() -> None:
    for old, new in (("hoà", "hòa"), ("khoẻ", "khỏe"), ("thuỷ", "thủy"), ("HOÀ", "HÒA"), ("Uỷ", "Ủy")):
        assert Field("body", old).folded == Field("body", new).folded
    assert Field("body", "quý hoàn").folded == "quý hoàn"


@given(MARKUP, st.sampled_from(["text", "html", "markdown"]))
def test_every_clean_span_lies_in_the_source(source: str, format: str) -> None:
    field = Field("body", source, format)  # type: ignore[arg-type]
    previous = 0
    for position in range(len(field.text)):
        start, end = field.source_span(position, position + 1)
        assert 0 <= start < end <= len(source)
        assert start >= previous or field.text[position] == "\n"
        previous = min(start, previous) if field.text[position] == "\n" else start
    assert len(field.folded) == len(field.standard) == len(field.text)


@given(st.text())
def test_plain_text_keeps_every_visible_character(source: str) -> None:
    field = Field("body", source)
    for position, character in enumerate(field.text):
        start, end = field.source_span(position, position + 1)
        origin = source[start:end]
        if character.isalnum() and len(origin) == 1 and unicodedata.is_normalized("NFC", origin) and origin not in "Ðð":
            assert origin == character


@given(MARKUP)
def test_sentences_and_paragraphs_are_ordered_and_disjoint(source: str) -> None:
    field = Field("body", source, "html")
    end = 0
    for sentence in field.sentences:
        assert end <= sentence.start < sentence.end <= len(field.text)
        end = sentence.end
    for start, stop in field.paragraphs:
        assert field.text[start:stop] == field.text[start:stop].strip()


@pytest.mark.parametrize(
    "piece",
    ["<", "<!--", "<a b='", "&", "&#", "[", "](", "![a](", "<script>", "**", "|", "“", "a\u0301", "\u200b", "(", "<p>"],
)
def test_hostile_repetition_is_read_to_the_end(piece: str) -> None:
    for format in ("text", "html", "markdown"):
        field = Field("body", piece * 20_000 + " hết.", format)  # type: ignore[arg-type]
        list(field.sentences)
