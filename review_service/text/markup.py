"""From a field as it was sent (text, HTML or Markdown) to the words a reader sees, with positions kept.

Nothing is ever searched for again: each output character knows its place in the source from the moment it is read.
Tag, comment and character-reference syntax follows the WHATWG HTML standard, section 13.2.5 (tokenization), so that a
draft reads here as it does in a browser. Markdown follows CommonMark's marks. One pass, linear in the length.
"""

from __future__ import annotations

import html
import re
from typing import Literal

from review_service.text.normalize import compose
from review_service.text.offsets import OffsetMap, Rewriter

Format = Literal["text", "html", "markdown"]

_BLOCKS = frozenset(
    (
        "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section select summary "
        "table tbody td tfoot th thead tr ul"
    ).split()
)
_UNSEEN = frozenset(
    ("head iframe math noembed noframes noscript object script style svg template textarea title xml").split()
)
_TAG_NAME = re.compile(r"/?([a-zA-Z][^\s/>]*)")
_TAG_REST = re.compile(r"""[^>"'=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']*+)|["'=])?+""")
_CHARACTER_REFERENCE = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[a-zA-Z][a-zA-Z0-9]{1,31};?)")
_SPACE_RUN = re.compile(r"[ \t\n\r\f]{2,}+|[\t\n\r\f]")


def clean(source: str, format: Format) -> tuple[str, list[OffsetMap]]:
    """Return the visible text of `source`, composed, lines broken at blocks, and the maps back to `source`.

    The maps are to be applied in order: the first takes spans of the returned text.
    """
    maps: list[OffsetMap] = []
    text = source
    if format == "html":
        text, offsets = _clean_html(text)
        maps.append(offsets)
    elif format == "markdown":
        text, offsets = _clean_markdown(text)
        maps.append(offsets)
    text, composing = compose(text)
    if composing is not None:
        maps.insert(0, composing)
    return text, maps


def _clean_html(source: str) -> tuple[str, OffsetMap]:
    rewriter = Rewriter(source)
    _scan_html(source, rewriter, 0, len(source))
    return rewriter.finish()


def _scan_html(source: str, rewriter: Rewriter, position: int, limit: int) -> None:
    """Write the visible text of source[position:limit]."""
    no_close: set[str] = set()
    while position < limit:
        angle = source.find("<", position, limit)
        if angle < 0:
            angle = limit
        _copy_html_text(source, rewriter, position, angle)
        if angle == limit:
            return
        position = _skip_markup(source, rewriter, angle, limit, no_close)


def _copy_html_text(source: str, rewriter: Rewriter, start: int, end: int) -> None:
    """Copy character data, decoding references and collapsing white space as a browser does."""
    position = start
    while position < end:
        ampersand = source.find("&", position, end)
        stop = end if ampersand < 0 else ampersand
        for match in _SPACE_RUN.finditer(source, position, stop):
            rewriter.copy(position, match.start())
            rewriter.replace(match.start(), match.end(), " ")
            position = match.end()
        rewriter.copy(position, stop)
        if ampersand < 0:
            return
        reference = _CHARACTER_REFERENCE.match(source, ampersand, end)
        if reference:
            rewriter.replace(ampersand, reference.end(), html.unescape(reference.group()))
            position = reference.end()
        else:
            rewriter.copy(ampersand, ampersand + 1)
            position = ampersand + 1


def _skip_markup(source: str, rewriter: Rewriter, angle: int, limit: int, no_close: set[str]) -> int:
    """Pass over the markup that opens at `angle`; return where text goes on."""
    if source.startswith("<!--", angle):
        end = source.find("-->", angle + 2, limit)
        return limit if end < 0 else end + 3
    if source.startswith(("<!", "<?"), angle):
        end = source.find(">", angle, limit)
        return limit if end < 0 else end + 1
    name_match = _TAG_NAME.match(source, angle + 1, limit)
    if name_match is None:
        rewriter.copy(angle, angle + 1)
        return angle + 1
    end = _tag_end(source, name_match.end(), limit)
    name = name_match.group(1).lower()
    opening = source[angle + 1] != "/"
    if name in _UNSEEN and opening and source[end - 2] != "/" and name not in no_close:
        close = re.compile(rf"</{name}\b", re.IGNORECASE).search(source, end, limit)
        if close:
            return _tag_end(source, close.end(), limit)
        no_close.add(name)
        if name in ("script", "style"):
            return limit
    if name in _BLOCKS:
        rewriter.replace(angle, end, "\n")
    return end


def _tag_end(source: str, position: int, limit: int) -> int:
    """Return the offset after the `>` of a tag, stepping over quoted attribute values."""
    while position < limit:
        if source[position] == ">":
            return position + 1
        match = _TAG_REST.match(source, position, limit)
        position = max(position + 1, match.end() if match else 0)
    return limit


_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_LINE_MARKS = re.compile(r"(?:[ \t]*+(?:>|#{1,6}+(?=[ \t]|$)|[-+*](?=[ \t])))*+[ \t]*")
_RULE = re.compile(r"[ \t]*(?:[-*_=][ \t]*){3,}|[-: \t]*\|[-:| \t]*+")
_INLINE = re.compile(
    r"\\[!-/:-@\[-`{-~]"  # an escaped mark
    r"|`+"  # code
    r"|!?\[(?=[^\[\]\n]*\][(\[])|\]\([^()\s]*(?:\s+\"[^\"\n]*\")?\)|\]\[[^\[\]\n]*\]"  # links and images
    r"|[*_]{1,3}|~~"
    r"|</?[a-zA-Z][^<>\n]*>|<!--|<(?:https?|mailto):[^<>\s]*>"
    r"|&#?\w{2,32};"
    r"|\|"
)


def _clean_markdown(source: str) -> tuple[str, OffsetMap]:
    rewriter = Rewriter(source)
    fence = ""
    position = 0
    for line in source.splitlines(keepends=True):
        end = position + len(line.rstrip("\r\n"))
        mark = _FENCE.match(line)
        if mark and (not fence or mark.group(1).startswith(fence)):
            fence = "" if fence else mark.group(1)
        elif not fence and not _RULE.fullmatch(source, position, end):
            _clean_markdown_line(source, rewriter, position, end)
        rewriter.copy(end, position + len(line))
        position += len(line)
    return rewriter.finish()


def _clean_markdown_line(source: str, rewriter: Rewriter, start: int, end: int) -> None:
    """Write a line without its block marks (heading, quotation, list) and inline marks."""
    marks = _LINE_MARKS.match(source, start, end)
    position = marks.end() if marks else start
    if source[start:position].strip():
        rewriter.replace(start, position, "\n")  # a marked line is a paragraph of its own
    is_table = source.startswith("|", position)
    last_comment_end = source.rfind("-->", position, end)
    for match in _INLINE.finditer(source, position, end):
        mark = match.group()
        if match.start() < position or (mark == "|" and not is_table):
            continue
        if mark[0] in "*_~" and not _emphasis(source, match.start(), match.end(), start, end):
            continue
        if mark == "<!--" and last_comment_end < match.start():
            continue
        rewriter.copy(position, match.start())
        position = match.end()
        if mark[0] == "\\":
            rewriter.copy(match.start() + 1, match.end())
        elif mark[0] == "&":
            rewriter.replace(match.start(), match.end(), html.unescape(mark))
        elif mark == "|" or mark.lower().startswith("<br"):
            rewriter.replace(match.start(), match.end(), "\n")
        elif mark == "<!--":
            position = source.find("-->", match.start()) + 3
    rewriter.copy(position, end)


def _emphasis(source: str, start: int, end: int, line_start: int, line_end: int) -> bool:
    """Whether a run of emphasis marks touches a word on one side, and is not inside a word when made of `_`."""
    before = source[start - 1] if start > line_start else " "
    after = source[end] if end < line_end else " "
    if source[start] == "_" and before.isalnum() and after.isalnum():
        return False
    return not (before.isspace() and after.isspace())
