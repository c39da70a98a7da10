"""A draft as a file, .docx, .html, .md or .txt: the fields of a draft that the file holds.

Of a .docx file (Office Open XML, ECMA-376) the words of the main text are read, as a reader sees them once tracked
changes are accepted: paragraphs, tables and text boxes in their order; no headers, footnotes or comments. Leading
paragraphs that are centred or in the style Title are the title.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePath
from typing import Any
from xml.etree.ElementTree import ParseError, XMLParser

from review_service.errors import DraftError

_MARKUP = {".txt": "text", ".html": "html", ".htm": "html", ".md": "markdown"}
ENDINGS = (*_MARKUP, ".docx")
_MAIN_TEXT = re.compile(r"word/document\d{0,3}\.xml")
_LARGEST_TEXT = 16 * 1_048_576  # bytes of XML; the marks around a long article's words come to a few million
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_NAMESPACE = "http://purl.oclc.org/ooxml/wordprocessingml/main"  # the same names, in files saved as Strict
_W = f"{{{_NAMESPACE}}}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_UNREAD = frozenset(
    {f"{_W}pPr", f"{_W}del", f"{_W}moveFrom", f"{_COMPATIBILITY}Fallback"}
)  # Fallback repeats a text box
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def draft_fields(name: str, content: bytes) -> dict[str, Any]:
    """Return the draft's fields that a file of this name and content gives: `body`, `format`, perhaps `title`.

    Raises:
        DraftError: the name's ending is none of `ENDINGS`, or the content is not what it says; the field is `file`.
    """
    ending = PurePath(name).suffix.lower()
    if ending == ".docx":
        return _docx_fields(content)
    if ending not in _MARKUP:
        raise DraftError([("file", f"a file's name ends in one of {', '.join(ENDINGS)}")])
    return {"body": utf8_text(content), "format": _MARKUP[ending]}


def utf8_text(content: bytes) -> str:
    """Return the text that `content` is; a byte order mark is no part of it.

    Raises:
        DraftError: it is not UTF-8; the field is `file`.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DraftError([("file", f"not UTF-8 text (byte {error.start})")]) from None


def _docx_fields(content: bytes) -> dict[str, Any]:
    main_text = _MainText()
    parser = XMLParser(target=main_text)  # noqa: S314 -- streamed, bounded, and a document type is refused
    try:
        parser.feed(_main_xml(content))
        parser.close()
    except (ParseError, ValueError, LookupError) as error:
        raise DraftError([("file", f"not a .docx file: {error}")]) from None
    title = " ".join(" ".join(main_text.title).split())
    body = "\n".join(main_text.paragraphs)
    if not title or not body:  # with nothing under it, what is centred is the text
        return {"body": title or body, "format": "text"}
    return {"title": title, "body": body, "format": "text"}


def _main_xml(content: bytes) -> bytes:
    """Return the XML of the main text.

    Raises:
        ValueError: there is none, or it is damaged, locked or too large.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entry = next((one for one in archive.infolist() if _MAIN_TEXT.fullmatch(one.filename)), None)
            if entry is None:
                raise ValueError("it holds no main text")
            if entry.file_size > _LARGEST_TEXT:  # what is read is never longer than what is declared
                raise ValueError(f"its text unpacks to more than {_LARGEST_TEXT} bytes")
            return archive.read(entry).replace(_STRICT_NAMESPACE.encode(), _NAMESPACE.encode())
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error) as error:
        raise ValueError(str(error) or "damaged") from None


class _MainText:
    """What the parser meets, gathered by paragraph; no tree is kept, whatever the file holds."""

    def __init__(self) -> None:
        self.title: list[str] = []
        self.paragraphs: list[str] = []
        self._open: list[list[str]] = []  # the paragraphs around this place: a text box has its own within one
        self._unread = 0  # how many elements around this place are not read
        self._in_words = False
        self._is_title = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Meet an element."""
        if tag in _UNREAD:
            self._unread += 1
        elif tag == f"{_W}p":
            self._open.append([])
            self._is_title = False
        elif tag in (f"{_W}pStyle", f"{_W}jc"):
            self._is_title |= attributes.get(f"{_W}val") in ("Title", "center")
        elif self._open and not self._unread:
            self._in_words = tag == f"{_W}t"
            self._open[-1].append(_SIGNS.get(tag, ""))

    def data(self, text: str) -> None:
        """Meet text; only that of runs is words."""
        if self._in_words and not self._unread:
            self._open[-1].append(text)

    def end(self, tag: str) -> None:
        """Leave an element."""
        self._in_words = False
        if tag in _UNREAD:
            self._unread -= 1
        elif tag == f"{_W}p" and not self._unread:
            self._keep("".join(self._open.pop()))
        elif tag == f"{_W}p":
            self._open.pop()

    def doctype(self, *_: object) -> None:
        """Refuse a document type: no .docx has one, and entities are declared in it."""
        raise ValueError("a document type is declared")

    def close(self) -> None:
        """Meet the end."""

    def _keep(self, text: str) -> None:
        if self._is_title and not self.paragraphs:
            self.title.append(text)
        elif text.strip() or self.paragraphs:
            self.paragraphs.append(text)
