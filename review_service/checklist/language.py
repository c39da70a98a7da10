"""Spelling and presentation (family `language`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from operator import eq

from review_service.checklist import encodings
from review_service.checklist.encodings import LEGACY, may_be_legacy
from review_service.checklist.findings import Check, Finding, Taken
from review_service.checklist.lexicon import Hit
from review_service.checklist.reading import Reading
from review_service.text import UPPER, Field, Span, fold, remembered, tells
from review_service.text.syllables import is_syllable

BY_NEIGHBOUR = "neighbour"  # the kind of a misspelling that the words beside it tell, and they do so whatever follows


def spelling(reading: Reading) -> Iterator[Finding]:
    """A syllable that is not Vietnamese, or a known misspelling; names, foreign words and abbreviations are fine."""
    taken = Taken()
    for span in _told_as_slips(reading):
        taken.take(span)
    known = [(hit, True) for hit in reading.hits("misspellings")]
    for hit, is_known in (*known, *((hit, False) for hit in reading.hits("confusions"))):
        span = hit.span
        if reading.in_name(hit.field, hit.start, hit.end) or not taken.is_free(span):
            continue
        if hit.entry.kind != BY_NEIGHBOUR and _straddles(reading, hit.field, hit.start, hit.end):
            continue
        begins_word = is_known and (reading.begins_word(hit.field, hit.start) or _run_together(reading, hit))
        if begins_word or reading.at_word_edges(hit.field, hit.start, hit.end):
            taken.take(span)
            yield Finding(span, hit.entry.replacements)
    for field, first, last in _readable(reading):
        for start, end, meant in reading.knowledge.compounds.slips(field.folded[first:last]):
            span = Span(field.name, first + start, first + end)
            if _is_slip(reading, field, span.start, span.end) and taken.take(span):
                yield Finding(span, (meant,))
        for start, end in reading.knowledge.syllabary.strange_words(field.text[first:last]):
            span = Span(field.name, first + start, first + end)
            if not _is_common(field, span.start, span.end) or _part_of_code(field, span.start, span.end):
                continue
            if taken.is_free(span):
                yield Finding(span)


_A_SLIP = re.compile(r"\b(?:(?:nghe|viết|ghi|gõ|đọc|đánh máy|in) (?:nhầm|sai)|lỗi chính tả|sai chính tả)\b")
_tells_of_a_slip = tells(_A_SLIP)
_WORD = 4  # syllables, at most


def _told_as_slips(reading: Reading) -> Iterator[Span]:
    """Yield the words quoted as what another is often taken for: "những từ hay nghe nhầm như “bị can” thành “bị cang”"."""
    for field in reading.document.prose:
        for quotation in reading.quotations[field.name]:
            taken_for = field.folded.endswith("thành ", 0, quotation.start)
            corrected = field.folded.endswith(("sửa thành ", "chữa thành "), 0, quotation.start)
            if not taken_for or corrected or quotation.syllables > _WORD:
                continue
            if _tells_of_a_slip(field.sentence_at(quotation.start).folded):
                yield quotation.span


def _readable(reading: Reading) -> Iterator[tuple[Field, int, int]]:
    """Yield the paragraphs, each with its field; of a draft in an encoding from before Unicode, the sentences that are not."""
    for field in reading.document.fields.values():
        if reading.encoding not in LEGACY:
            yield from ((field, first, last) for first, last in field.paragraphs)
            continue
        for sentence in field.sentences:
            if not may_be_legacy(sentence.text):
                yield field, sentence.start, sentence.end


def _is_slip(reading: Reading, field: Field, start: int, end: int) -> bool:
    """Whether two syllables that look like a slip are a word for themselves: no name, no other words' parts, nor two words
    that only meet."""
    return (
        _is_common(field, start, end)
        and (
            reading.word_at(field, start) == (start, end)
            or not reading.knowledge.compounds.may_only_meet(field.folded[start:end])
        )
        and not reading.in_name(field, start, end)
        and reading.at_word_edges(field, start, end)
        and not _straddles(reading, field, start, end)
    )


def _straddles(reading: Reading, field: Field, start: int, end: int) -> bool:
    """Whether the last of several syllables makes a word with the next one ("điều hàng xóm", "có ánh đèn")."""
    words = field.folded[start:end].split(" ")
    following = _SYLLABLE_AFTER.match(field.folded, end)
    return len(words) > 1 and following is not None and reading.knowledge.compounds.has(f"{words[-1]} {following[1]}")


_SYLLABLE_AFTER = re.compile(r" ([^\W\d_]+)")


def _run_together(reading: Reading, hit: Hit) -> bool:
    """Whether the word that goes on over the slip's beginning is hardly one: of three syllables or more ("cam kết bổ|xung"),
    or, where neighbours tell the slip, of two that make none ("không xát|với thực tế")."""
    word = reading.word_at(hit.field, hit.start)
    if word is None:
        return False
    folded = hit.field.folded[word[0] : word[1]]
    syllables = len(folded.split())
    if syllables > 2:
        return word[1] < hit.end
    return hit.entry.kind == BY_NEIGHBOUR and syllables == 2 and not reading.knowledge.compounds.has(folded)


def _is_common(field: Field, start: int, end: int) -> bool:
    """Whether a word is written as a common word: small letters, or a capital only because its sentence begins."""
    word = field.text[start:end]
    if word.islower():
        return True
    if not word[1:].islower() or len(word) < 2:
        return False
    sentence = field.sentence_at(start)
    following = field.text[end : end + 2].strip()
    return field.text[max(sentence.start, start - 12) : start].strip("“\"'(‘-– ") == "" and not following[:1].isupper()


def _part_of_code(field: Field, start: int, end: int) -> bool:
    """Whether a word is joined to digits, slashes or dots, as in addresses and document numbers."""
    before, after = field.text[max(0, start - 1) : start], field.text[end : end + 1]
    return bool(re.match(r"[\d/@_#²³]", before) or re.match(r"[\d/@_²³]", after))


# Names in wrong capitals. Each alternative begins with a letter itself, so that the search goes from one such to the next; what stands before
# a name is looked at afterwards.
_AFTER_AGENCY = re.compile(
    r"(?P<name>Tối [Cc]ao|TỐI CAO|Cấp [Cc]ao|Khu [Vv]ực|Huyện|Tỉnh|Thị [Xx]ã|Quận|Xã|Phường)(?:(?<=ao)|(?<=AO)|(?= [A-ZĐÂÊÔƠƯ])|(?<=ực)(?= \d))(?!\w)"
)
_AGENCY = re.compile(r"(?:VKSND|TAND|VKS|UBND|Công an|(?:Viện kiểm sát|T(?:òa|oà) án) nhân dân) $")
_PLACE = re.compile(
    r"(?P<name>Tỉnh|Huyện|Thị xã|Thị trấn|Quận|Xã|Phường)(?= [A-ZĐÂÊÔƠƯ][a-zà-ỹ]+ [A-ZĐÂÊÔƠƯ][a-zà-ỹ]+)"
)
_PARTY_OR_MEMBER = re.compile(
    r"(?P<name>Bị [Cc]áo|Bị [Cc]an|Bị [Hh]ại|Bị [Đđ]ơn|Nguyên [Đđ]ơn|Đương [Ss]ự|Phạm [Nn]hân|Đảng [Vv]iên|Đoàn [Vv]iên|Hội [Vv]iên|Đồng [Cc]hí)(?!\w)"
)
_NAME = re.compile(
    r"(?P<name>Kiểm Sát Viên|Kiểm sát Viên|Viện Trưởng|Phó Viện Trưởng|Thẩm Phán|Điều Tra Viên|Chánh Án|Chi cục Trưởng|Chi Cục [Tt]rưởng|Cục Trưởng|Trưởng Phòng(?! [\dA-ZĐ])|Phó Trưởng Phòng(?! [\dA-ZĐ])|Giám Đốc|Phó Giám Đốc|Phó giám Đốc|Bí Thư|Phó Bí Thư|Hiệu Trưởng|Phó Hiệu Trưởng|Giám Thị|Đội Trưởng|Tổ Trưởng|Chủ Nhiệm|Kiểm Tra Viên|Chấp Hành Viên|Hội Thẩm|Kế Toán(?: Trưởng)?|Chánh Thanh Tra|Chánh Văn Phòng|"
    r"Viện Kiểm [Ss]át|Viện kiểm Sát|Viện kiểm sát Nhân dân|Viện kiểm sát nhân Dân|Viện Kiểm sát Nhân dân|T(?:òa|oà) Án(?: [Nn]hân [Dd]ân)?|T(?:òa|oà) án Nhân dân|"
    r"Quốc Hội|Chính Phủ|Công An(?= (?:nhân|tỉnh|huyện|xã|phường|thành|thị|khu))|Ủy [Bb]an Nhân [Dd]ân|Ủy Ban nhân dân|Uỷ [Bb]an Nhân [Dd]ân|Uỷ Ban nhân dân|Hội Đồng [Nn]hân [Dd]ân|Hội đồng Nhân [Dd]ân|Bộ Chính Trị|Ban Bí Thư|Ban Chấp Hành|Ban Thường Vụ|"
    r"Cấp Ủy|Tỉnh Ủy|Huyện Ủy|Thành Ủy|Đảng Ủy|Hội Đồng [Xx]ét [Xx]ử|Hội đồng Xét [Xx]ử|Cơ Quan [Đđ]iều [Tt]ra|Cơ quan Điều [Tt]ra|Cơ Quan [Cc]ảnh [Ss]át|Chủ Tịch(?= (?:nước|Quốc|UBND|Ủy))|Thủ Tướng|Chi Bộ|Đảng Bộ|Công Đoàn(?= (?:VKSND|Viện|cơ))|Đoàn Thanh Niên|Đoàn thanh Niên|"
    r"Ban Chấp hành trung ương|Phó viện trưởng(?= (?:VKSND|[Tt]hường trực|phụ trách))|Quân Sự|Kiểm Sát|Tư Pháp|Hình Sự|Dân Sự|Tuyên Giáo|Nội Chính|Chỉ Huy|Liên đoàn [Ll]ao Động|Liên Đoàn [Ll]ao động|Hội [Pp]hụ Nữ|Hội cựu Chiến [Bb]inh|Mặt [Tt]rận tổ Quốc|Mặt trận Tổ Quốc|"
    r"Đại Hội|Hội Nghị|Đại Biểu|Hội Thảo|Quy Chế|Kế Hoạch|Nghị Quyết|Chỉ Thị|Thông Tư|Hướng Dẫn(?= số)|Kết Luận(?= số)|Quyết Định(?= (?:số|của))|Nghị Định|"
    r"Sở (?:lao động|tư pháp|y tế|giáo dục|nội vụ|tài chính|xây dựng|công thương|nông nghiệp|văn hóa|thông tin|khoa học|tài nguyên|giao thông|kế hoạch)|"
    r"Ngân hàng nhà nước|"
    r"Việt nam|Hồ chí Minh|Hồ Chí minh|Tây ninh|Hà nội)(?![\w])"
)
_SMALL_NAME = re.compile(
    r"(?P<name>(?:vksnd|tand|ubnd|hđnd)(?= (?:tỉnh|khu vực|tối cao|cấp|huyện|xã|phường)\b)|viện kiểm sát nhân dân|t(?:òa|oà) án nhân dân|ủy ban nhân dân(?! (?:cấp|cùng cấp|nơi))|uỷ ban nhân dân(?! (?:cấp|cùng cấp|nơi))|sở (?:tư pháp|tài chính|nội vụ|xây dựng|y tế|công thương)(?= tỉnh)|phòng thi hành án dân sự(?= (?:khu vực|tỉnh))|cục thi hành án dân sự(?= tỉnh)|việt nam|hồ chí minh|tây ninh|long an(?= (?:cũ|trước))|hà nội|liên đoàn [Ll]ao Động|ủy Ban(?: [Nn]hân [Dd]ân)?|ủy ban Nhân [Dd]ân|hội Đồng(?: (?:[Nn]hân [Dd]ân|[Xx]ét [Xx]ử))?|viện Kiểm [Ss]át|tòa Án|quốc Hội|chính Phủ|công An|đoàn Thanh [Nn]iên|viện Trưởng|chủ Tịch|chủ tịch(?= Hồ Chí Minh)|quốc hội(?! [A-ZĐÂÊÔƠƯ])|bộ chính trị|ban bí thư|bộ công an(?<![Cc]án bộ công an)|bộ tư pháp(?<![Cc]án bộ tư pháp)|bộ quốc phòng(?<![Cc]án bộ quốc phòng)|bộ nội vụ(?<![Cc]án bộ nội vụ)|thủ tướng(?= [Cc]hính phủ)|thành phố(?= Hồ Chí Minh)|huân chương(?= (?:[Ll]ao động|[Kk]háng chiến|[Cc]hiến công|[Đđ]ộc lập|[Ss]ao vàng|[Qq]uân công|[Dd]ũng cảm))|Huân chương lao động|chủ tịch(?= Quốc hội| nước)|"
    r"đài phát thanh(?= (?:và|-) [Tt]ruyền hình [A-ZĐÂÊÔƠƯ])|đài truyền hình(?= [A-ZĐÂÊÔƠƯ])|đài tiếng nói Việt Nam|mặt trận [Tt]ổ quốc|hội đồng nhân dân(?= (?:tỉnh|huyện|xã|phường|thành phố|thị xã|các cấp))|tỉnh ủy(?= [A-ZĐÂÊÔƠƯ])|huyện ủy(?= [A-ZĐÂÊÔƠƯ])|đảng ủy(?= (?:(?:xã|phường|thị trấn) [A-ZĐÂÊÔƠƯ]|VKSND|Công an|Quân sự)))(?![\w])"
)
# A document named with its number.
_SMALL_DOCUMENT = re.compile(
    r"(?P<name>nghị quyết|chỉ thị|nghị định|thông tư(?: liên tịch)?|kết luận|quy định|kế hoạch|quyết định)(?= số \d{1,4}[-/][A-ZĐ0-9])"
)
# An article cited of a law (Appendix II, V.7), and a numbered department.
_SMALL_ARTICLE = re.compile(
    r"(?P<name>điều(?= \d{1,3}[a-z]?,? (?:của )?(?:Bộ luật|Luật|Nghị (?:quyết|định)|Thông tư|Hiến pháp|BL[A-Z]{2,4})\b)"
    r"|phòng(?= (?:1[0-5]|[1-9]) (?:(?:của )?VKSND|chủ trì|theo dõi|tham mưu|phối hợp)\b))"
)
# An office before a person's name.
_SMALL_OFFICES = (
    re.compile(
        r"(?<=[^\W\d_] )(?<![Ủủ]y )(?<![Uu]ỷ )(?<!rưởng )(?P<name>ban)(?= (?:Tuyên giáo|Dân vận|Tổ chức|Nội chính|Chỉ đạo|Thường vụ|Chấp hành|Bí thư|Cán sự|Kinh tế)\b)"
    ),
    re.compile(
        r"(?P<name>(?:phó (?:viện trưởng|chánh án|chánh văn phòng|trưởng phòng)|viện trưởng|chánh án|chánh văn phòng|trưởng phòng|kiểm sát viên))"
        r"(?= [A-ZĐÂÊÔƠƯ]\w* [A-ZĐÂÊÔƠƯ])"
    ),
    re.compile(r"(?<=ồng chí )(?P<name>(?:phó )?viện trưởng|(?:phó )?chánh án)(?= (?:VKSND|TAND))"),
)
_INSIDE_SENTENCE = re.compile(r"[^\W_,;] $|[a-zà-ỹđ,;] $")


def capitalization(reading: Reading) -> Iterator[Finding]:
    """Agency names, titles and document names against Decree 30/2020/NĐ-CP, Appendix II."""
    for field in reading.document.fields.values():
        if field.text.isupper():
            continue
        spans = _wrong_statute_names(reading, field)
        for first, last in field.paragraphs:
            spans += [(first + start, first + end) for start, end in _wrong_capitals(field.text[first:last])]
        last = -1
        for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
            if start >= last and not field.text[start:end].isupper():
                last = end
                yield Finding(Span(field.name, start, end), (_right_case(reading, field.text[start:end]),))


@remembered
def _wrong_capitals(text: str) -> tuple[tuple[int, int], ...]:
    """Return where names stand in wrong capitals in a paragraph."""
    return tuple(
        match.span("name")
        for pattern in (
            _NAME,
            _SMALL_NAME,
            _SMALL_DOCUMENT,
            _SMALL_ARTICLE,
            _AFTER_AGENCY,
            _PLACE,
            _PARTY_OR_MEMBER,
            *_SMALL_OFFICES,
        )
        for match in pattern.finditer(text)
        if _is_wrong(pattern, match)
    )


def _is_wrong(pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    """Whether a name found stands where it ought to be written otherwise."""
    before = match.string[max(0, match.start() - 24) : match.start()]
    if pattern is _AFTER_AGENCY:
        return _AGENCY.search(before) is not None
    if pattern in (_PLACE, _PARTY_OR_MEMBER):  # its capital must not be due to its sentence's beginning
        return _INSIDE_SENTENCE.search(before[-2:]) is not None
    return not (before[-1:].isalnum() or before.endswith("_"))


_ARTICLE_BEFORE = re.compile(r"\bđiều \d{1,3}[a-z]?,? (?:của )?$")


def _wrong_statute_names(reading: Reading, field: Field) -> list[tuple[int, int]]:
    """Return the statutes' names that are not in their capitals, as "Luật đất đai năm 2013" for "Luật Đất đai"."""
    wrong = []
    for mention in reading.statute_mentions.get(field.name, ()):
        name = mention.statutes[0].name
        written = field.standard[mention.start : mention.start + len(name)]
        cited = mention.year or not written.islower() or name.startswith("Bộ luật")
        cited = cited or _ARTICLE_BEFORE.search(field.folded[max(0, mention.start - 16) : mention.start]) is not None
        if (
            fold(written) == fold(name)
            and written != name
            and cited
            and not field.folded[: mention.start].endswith("pháp ")
        ):
            wrong.append((mention.start, mention.start + len(name)))
    return wrong


_PROPER = {
    "huân chương lao động": "Huân chương Lao động",
    "việt nam": "Việt Nam",
    "hồ chí minh": "Hồ Chí Minh",
    "tây ninh": "Tây Ninh",
    "hà nội": "Hà Nội",
    "đài tiếng nói việt nam": "Đài Tiếng nói Việt Nam",
    "mặt trận tổ quốc": "Mặt trận Tổ quốc",
    "bộ chính trị": "Bộ Chính trị",
    "ban bí thư": "Ban Bí thư",
    "bộ công an": "Bộ Công an",
    "bộ tư pháp": "Bộ Tư pháp",
    "bộ quốc phòng": "Bộ Quốc phòng",
    "bộ nội vụ": "Bộ Nội vụ",
    "đài phát thanh": "Đài Phát thanh",
    "đài truyền hình": "Đài Truyền hình",
    "long an": "Long An",
    "vksnd": "VKSND",
    "tand": "TAND",
    "ubnd": "UBND",
    "hđnd": "HĐND",
}


_SMALL = (
    "bị ",
    "nguyên đơn",
    "đương sự",
    "phạm nhân",
    "đồng chí",
    "đảng viên",
    "đoàn viên",
    "hội viên",
    "tối cao",
    "cấp cao",
    "khu vực",
    "huyện",
    "tỉnh",
    "thị xã",
    "quận",
    "xã",
    "phường",
)


def _right_case(reading: Reading, words: str) -> str:
    """Return the words in their right capitals."""
    lower = words.lower()
    if lower in _PROPER:
        return _PROPER[lower]
    statute = reading.knowledge.statutes.right_case.get(fold(words))
    if statute:
        return statute
    return lower if lower.startswith(_SMALL) else lower.capitalize()


_ABBREVIATION = re.compile(
    r"P[ACX]\d\d(?<![\w./-]....)(?![\w]|[./-]\w)|[A-ZĐÂÊÔƠƯ](?<![\w./&-].)[A-ZĐÂÊÔƠƯ&]{1,9}(?:-[A-ZĐ]{2,6})?(?![\w]|[./-]\w|\.\w)"
)
_ROMAN = re.compile(r"[IVXLCDM]+$")


def abbreviation(reading: Reading) -> Iterator[Finding]:
    """An abbreviation that is neither well known nor spelled out at its first use; the first mention of each."""
    known = reading.knowledge.abbreviations
    found = [
        (field, first + start, first + end)
        for field in reading.document.prose
        for first, last in field.paragraphs
        for start, end in _abbreviations(field.text[first:last])
    ]
    unknown = [
        (field, start, end)
        for field, start, end in found
        if not (_ROMAN.match(field.text, start, end) or known.issuperset(field.text[start:end].split("-")))
    ]
    seen = (
        {field.text[start:end] for field, start, end in found if _is_introduced(field, start, end)}
        if unknown
        else set()
    )
    for field, start, end in unknown:
        short = field.text[start:end]
        if short in seen or _in_capitals(field, start, end):
            continue
        if _AGENCY_MARK.match(field.text) and start < _AGENCY_MARK_WITHIN:
            continue  # "(BVPL) - …", "TTO - …": the agency's own mark before the lead
        credited = _CREDITED.search(field.folded, max(0, start - _CREDIT_WITHIN), start)
        if credited or _OF_A_NUMBER.search(field.text, max(0, start - _NUMBER_WITHIN), start):
            continue
        if _FIRM.search(field.folded[max(0, start - 20) : start]) or field.folded.endswith(_BLOOD, 0, start):
            continue
        seen.add(short)
        yield Finding(Span(field.name, start, end))


_AGENCY_MARK = re.compile(rf"\W{{0,3}}[{UPPER}]{{2,8}}\)?(?: (?:News|Online|Plus))?\W{{0,2}}(?:\)| ?[-–—])")
_AGENCY_MARK_WITHIN = 12  # code points
_CREDITED = re.compile(r"\b(?:ảnh|nguồn|clip|tin|bài|photo): ?[^.;:\n]{0,24}$")
_CREDIT_WITHIN = 40  # code points
_OF_A_NUMBER = re.compile(r"\d ?/ ?$")  # "kiến nghị số 124/ KSTHADS-KN"
_NUMBER_WITHIN = 4  # code points
_BLOOD = ("nhóm ", "nhóm máu ", "máu ")  # the group AB
_FIRM = re.compile(r"\b(?:công ty|tnhh|cổ phần|cp|doanh nghiệp|tập đoàn|mtv) $")


@remembered
def _abbreviations(text: str) -> tuple[tuple[int, int], ...]:
    """Return where words in capitals stand in a paragraph."""
    return tuple(match.span() for match in _ABBREVIATION.finditer(text))


@remembered
def _mostly_capitals(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 3 and sum(map(str.isupper, letters)) > 0.7 * len(letters)


_CAPITALS_BEFORE = re.compile(rf"[{UPPER}]{{2}} $")
_CAPITALS_AFTER = re.compile(rf" [{UPPER}]{{2,}}(?!\w)")


def _in_capitals(field: Field, start: int, end: int) -> bool:
    """Whether the word stands in a stretch of capitals, such as a heading or a name in capitals."""
    if _mostly_capitals(field.sentence_at(start).text):
        return True
    text = field.text
    around = re.findall(r"[^\W\d_]{2,}", text[max(0, start - 16) : end + 16])
    others = [word for word in around if word not in text[start:end]]
    beside = _CAPITALS_BEFORE.search(text[max(0, start - 24) : start]) or _CAPITALS_AFTER.match(text[end : end + 24])
    named = all(len(word) > _SHORT and is_syllable(fold(word)) for word in (*others[-1:], text[start:end]))
    return beside is not None and (sum(map(str.isupper, others)) >= 2 or named)


_SHORT = 2  # letters: words in capitals that are longer, two side by side, may be a name ("PHẠM HƠN")


# What stands before and after an abbreviation where it is introduced.
_WORDS_BEFORE = re.compile(
    r"[^\W\d_]{2}[ ”\"]{0,4}\(\s?(?:sau đây )?(?:viết tắt(?: là)?|gọi tắt(?: là)?|gọi là)?:? ?[“\"]?(?:(?:Bộ )?[Ll]uật )?$"
)
_CLOSED = re.compile(r"[”\"]?\s?\)")
_WORDS_AFTER = re.compile(r"\s?\([^\W\d_]{2,}(?: [^\W\d_]+)")
_CALLED = re.compile(r"(?:gọi|viết) tắt(?: là)?:? ?[“\"]?$")
_INTRODUCED_WITHIN = 60  # code points


def _is_introduced(field: Field, start: int, end: int) -> bool:
    """Whether an abbreviation stands where its words are given: "Hội đồng xét xử (HĐXX)", "HĐXX (Hội đồng xét xử)" or
    "gọi tắt là HĐXX"."""
    text, near = field.text, max(0, start - _INTRODUCED_WITHIN)
    return bool(
        (_CLOSED.match(text, end) and _WORDS_BEFORE.search(text, near, start))
        or _WORDS_AFTER.match(text, end)
        or _CALLED.search(text, near, start)
    )


_FUNCTION = frozenset(
    "của và là các những trong được đã với cho tại theo để về do có không một này khi thì vào bị đến từ bởi như nhưng mà nên cũng sẽ "
    "đang trên dưới giữa sau trước cùng tới hoặc rằng việc sự ở".split()
)
_DOUBLED = re.compile(r"(?<![\w-])([^\W\d_]+) +(\1)(?![\w-])")
_DOUBLED_PAIR = re.compile(r"(?<![\w-])([^\W\d_]+ [^\W\d_]+) +(\1)(?![\w-])")


def repetition(reading: Reading) -> Iterator[Finding]:
    """A word doubled by mistake; reduplication (xa xa, ngày ngày) is fine."""
    allowed = reading.knowledge.reduplications
    for field in reading.document.fields.values():
        for first, last in field.paragraphs:
            if not _may_double(field.folded[first:last]):
                continue
            for words, *places in _doubled(field.text[first:last]):
                start, second, end = (first + place for place in places)
                if (
                    (
                        words in allowed
                        and not _FROM_A_TIME.match(field.folded, start)
                        and not _OR_NOT.match(field.folded, start)
                    )
                    or _only_meet(field, end, words)
                    or _flies_low(field, start, words)
                    or _SOUNDS.search(field.folded, max(0, start - _BESIDE), start) is not None
                    or _ends_of_two_words(reading, field, start, second, end)
                    or _with_another(field, start, end)
                    or words.startswith("từng ")  # "lật từng tờ từng tờ"
                ):
                    continue
                yield Finding(Span(field.name, start, end), (field.text[start : start + len(words)],))


_SOUNDS = re.compile(r"\b(?:tiếng|kêu|nghe|gõ|nổ|rung) $")  # "nghe tiếng tạch tạch"
_OR_NOT = re.compile(r"hay hay (?:không|chưa)\b")  # "có hay hay không"


def _with_another(field: Field, start: int, end: int) -> bool:
    """Whether another doubled word stands beside it: "ngồi xếp xếp, ghi ghi" tells of a habit."""
    before = field.folded[max(0, start - _BESIDE) : start].replace(",", " ").split()[-2:]
    after = field.folded[end : end + _BESIDE].replace(",", " ").replace(".", " ").split()[:2]
    return any(len(pair) == 2 and pair[0] == pair[1] for pair in (before, after))


_BESIDE = 20  # code points in which two short words stand
_PARTY = re.compile(r" (?:can|cáo|hại|đơn)\b")


def _only_meet(field: Field, end: int, words: str) -> bool:
    """Whether the words only meet: "bị bị can đe dọa", "bị cáo bị cáo buộc", "Viện kiểm sát kiểm sát việc …"."""
    if words in ("bị cáo", "bị"):
        return _PARTY.match(field.folded, end) is not None or field.folded.startswith(" buộc", end)
    if words == "từ":
        return _HOLDS_WORDS.search(field.folded, 0, end) is not None  # "kiểm tra chứng từ từ tháng 3"
    if words == "theo":
        return field.folded.startswith(" dõi", end)  # "Theo theo dõi của Viện, …"
    if words == "có":
        return field.folded.endswith("mà có có", 0, end)  # "tài sản do phạm tội mà có có thể bị thu hồi"
    if words == "trình":
        return field.folded.endswith(("quy trình trình", "chương trình trình"), 0, end)  # "quy trình trình ký"
    if words == "kéo":
        return field.folded.endswith("đầu kéo kéo", 0, end)  # "xe đầu kéo kéo rơ moóc"
    if words == "mới":
        return _SOMETHING_NEW.search(field.folded, max(0, end - 2 * _BESIDE), end) is not None
    if words == "nhân":
        return _ON_OCCASION.match(field.folded, end) is not None
    return words == "kiểm sát" and field.folded.endswith("viện kiểm sát kiểm sát", 0, end)


_HOLDS_WORDS = re.compile(r"\b(?:chứng|đơn|thư|ngôn|danh|ca|nhân) từ từ$")
_SOMETHING_NEW = re.compile(  # "chỉ án mới mới phân công lại"
    r"\b(?:án|luật|người|việc|hồ sơ|máy|xe|nhà|đơn vị|quy định|cách) mới mới$"
)
_ON_OCCASION = re.compile(
    r" (?:kỷ niệm|dịp|ngày|lễ|tháng|sự kiện|chuyến|\d{1,3} năm)\b"
)  # "khen thưởng 11 cá nhân nhân kỷ niệm …"


_FROM_A_TIME = re.compile(
    r"từ từ (?:ngày|tháng|năm|đầu|khi|lúc|việc|nguồn|các|\d)"
)  # "hỏng từ từ ngày 30/8": not slowly
_LOW = re.compile(r"\b(?:bay|lượn|sà|trôi|lướt|tỏa|lan|khói|sương|mây|thấp)(?: [^\s,.;]+){0,2} $")


def _flies_low(field: Field, start: int, words: str) -> bool:
    """Whether "là là" is the word for close to the ground ("khói bay là là mặt ruộng") and not the verb written twice."""
    return words == "là" and _LOW.search(field.folded, max(0, start - 40), start) is not None


@remembered
def _may_double(folded: str) -> bool:
    """Whether a word of a folded paragraph begins with the one before it, or is the last but one: a quick look."""
    words = folded.split()
    return any(map(str.startswith, words[1:], words)) or any(map(eq, words, words[2:]))


@remembered
def _doubled(text: str) -> tuple[tuple[str, int, int, int], ...]:
    """Return the words, or pairs of words, that stand twice running in a paragraph: folded, start, second start, end."""
    folded = fold(text)
    found: list[tuple[str, int, int, int]] = []
    covered: set[int] = set()
    for pattern in (_DOUBLED_PAIR, _DOUBLED):
        for match in pattern.finditer(folded):
            word = match.group(1)
            if pattern is _DOUBLED and word not in _FUNCTION and not is_syllable(word):
                continue
            if (
                match.start() not in covered
                and "\n" not in text[match.start() : match.end()]
                and not _begins_name(text, match)
            ):
                found.append((word, match.start(), match.start(2), match.end()))
                covered.update(range(*match.span()))
    return tuple(found)


def _begins_name(text: str, match: re.Match[str]) -> bool:
    """Whether one of the words is a name: the second has a capital ("từ Từ Liêm"), or the first has one within a sentence
    ("anh Sang sang nhà")."""
    first, second = text[match.start(1)], text[match.start(2)]
    if first.isupper() and not second.isupper():
        return text[: match.start()].rstrip()[-1:] not in ("", *".!?…:;“")
    return second.isupper() and (first.isupper() or match.start() > 0)


def _ends_of_two_words(reading: Reading, field: Field, start: int, second: int, end: int) -> bool:
    """Whether the syllable ends one word and begins the next ("xét xử xử phạt")."""
    first_word = reading.word_at(field, start)
    next_word = reading.word_at(field, second)
    if first_word is None or next_word is None:
        return _joins_compounds(reading, field, start, second, end)  # a caption, whose words are not told apart
    if _joins_compounds(reading, field, start, second, end):
        return True  # "hòa giải giải quyết", however the words are told apart
    if first_word == next_word:
        return False
    ends_one, begins_other = first_word[0] < start, next_word[1] > end
    word = field.folded[start : first_word[1]]
    return (
        (ends_one and begins_other)
        or (ends_one and word in _VERBS)
        or (
            begins_other
            and word not in _FUNCTION
            and _AMOUNT.search(field.folded, max(0, start - 12), start) is not None
        )
    )


def _joins_compounds(reading: Reading, field: Field, start: int, second: int, end: int) -> bool:
    """Whether the syllable makes a word with the one before, and another with the one after."""
    syllable = field.folded[start : second - 1]
    before = field.folded[max(0, start - _BESIDE) : start].split()[-1:]
    after = [word.rstrip(".,;:!?”") for word in field.folded[end : end + _BESIDE].split()[:1]]
    has = reading.knowledge.compounds.has
    return any(map(has, (f"{one} {syllable}" for one in before))) and any(
        map(has, (f"{syllable} {one}" for one in after))
    )


# Verbs that end one word and stand alone as the next: "thừa nhận nhận tiền", "trao đổi đổi ca".
_VERBS = frozenset(
    "nhận xử trả giao bán hỏi nói báo bắt giữ đưa gửi đòi khai lấy mang đổi kiểm xét đánh học làm tiếp vụ tố cáo dân công phục bộ".split()
)
_AMOUNT = re.compile(r"\b(?:triệu|tỷ|tỉ|nghìn|ngàn|trăm|\d) $")  # "100 triệu đồng đồng thời …"


# Each pattern begins with the marks themselves, so that the search goes from mark to mark; what stands before them is
# looked at last.
_SPACE_BEFORE = re.compile(
    r"[,;:](?=[^\W\d_])(?<=[\w”\")%] .)|\.(?=[A-ZĐÀ-Ỹ][a-zà-ỹ])(?<=[\w”\")%] .)|[,.;:!?…](?=\s|$|[”\"])(?!\.\.)(?<=[\w”\")%] .)|[,.;:!?…](?=\s|$|[”\"])(?!\.\.)(?<=  .)"
)
_NO_SPACE_AFTER = re.compile(
    r"[,;!?](?=[^\W\d_])(?<=[^\W\d_].)|\.(?=[A-ZĐÀ-Ỹ][a-zà-ỹ])(?<=[a-zà-ỹđ].)|:(?=[A-ZĐÀ-Ỹ][a-zà-ỹ])(?<=[a-zà-ỹđ].)|,(?=[^\W\d_]{2})(?<=\d.)|,(?=[^\W\d_])(?<=[”\"].)"
)
_DOUBLED_MARK = re.compile(
    r",\s?,|;\s?;|:\s?:|\.\.(?![./])(?<![.…]..)|,\.(?!\.\.)|\.,(?! ?tr)(?<!\.\.,)(?<![A-ZĐÀ-Ỹ]..)(?<![A-ZĐ][a-zà-ỹ]..)|;\.|\. \.(?![.\d])(?<![A-ZĐ]..)|\.;(?<![A-ZĐ]..)|;,|,;|!{2,}|\?{2,}|…\.|:\.|\.:(?<![A-ZĐ]..)(?<![A-ZĐ][a-zà-ỹ]..)"
)
_BRACKET_SPACE = re.compile(r"[(“] +(?=\w)|[)”](?<=\w .)|[)”](?<=  .)")
_MISSING_BEFORE_BRACKET = re.compile(r"\((?=[^\W\d_]{2,} )(?<=[^\W\d_].)|\)(?=[^\W\d_])")
_URL = re.compile(
    r"(?:https?://|www\.)\S{1,500}|[\w.+-]{1,64}@[\w.-]{1,100}|[\w-]{1,40}(?:\.[\w-]{1,40}){0,3}\.(?:vn|com|net|org)\b\S{0,200}"
)


def _addresses(text: str) -> Iterable[re.Match[str]]:
    """Return the web and mail addresses in `text`."""
    may_have = "@" in text or "www." in text or "://" in text or _DOMAIN.search(text)
    return _URL.finditer(text) if may_have else ()


_DOMAIN = re.compile(r"\.(?:vn|com|net|org)\b")


def typography(reading: Reading) -> Iterator[Finding]:
    """Spacing around punctuation, doubled punctuation, unbalanced quotation marks or brackets."""
    found: list[tuple[Field, int, int]] = []
    if reading.encoding not in LEGACY:  # there, what would be letters are marks
        found += [(field, *span) for field in reading.document.fields.values() for span in _unbalanced(field)]
    for field, first, last in _readable(reading):
        found += [(field, first + start, first + end) for start, end in _misplaced_marks(field.text[first:last])]
    for field in reading.document.prose if reading.draft.format == "text" else ():  # in markup, no reader sees them
        spaces = _TWO_SPACES.finditer(field.text) if "  " in field.text else ()
        found += [(field, *match.span()) for match in spaces]
    told: Span | None = None
    for field, start, end in sorted(found, key=lambda mark: mark[1:]):
        span = Span(field.name, *_with_neighbours(field, start, end))
        if told is None or not (field.text[start:end].isspace() and span.overlaps(told)):
            yield Finding(span)
        told = span


_TWO_SPACES = re.compile(r"(?<=[^\W\d_]{2})[ \t]{2,3}(?=[^\W\d_])")


# What all of them have in common, at one look: a mark beside a mark, after a space, before a letter, or inside brackets.
_MAY_BE_MISPLACED = re.compile(
    r"[,.;:!?…()“”](?:(?<=[,.;:!?…])(?=\s?[,.;:!?…])|(?<=[^(“])(?<=\s.)|(?<=[^(“])(?=[^\W\d_])|(?<=[(“])(?= )|(?<=[^\W\d_]\())"
)


@remembered
def _misplaced_marks(text: str) -> tuple[tuple[int, int], ...]:
    """Return where marks are doubled, or spaced wrongly, in a paragraph; addresses apart."""
    if _MAY_BE_MISPLACED.search(text) is None:
        return ()
    taken = {position for match in _addresses(text) for position in range(*match.span())}
    found: list[tuple[int, int]] = []
    for pattern in (_DOUBLED_MARK, _SPACE_BEFORE, _NO_SPACE_AFTER, _BRACKET_SPACE, _MISSING_BEFORE_BRACKET):
        for match in pattern.finditer(text):
            start, end = match.span()
            if taken.isdisjoint(range(start, end)) and "\n" not in match.group():
                found.append((start, end))
                taken.update(range(start, end))
    return tuple(found)


def _with_neighbours(field: Field, start: int, end: int) -> tuple[int, int]:
    """Return the span widened to the words it touches, so that an editor sees the place."""
    text = field.text
    while start > 0 and not text[start - 1].isspace() and end - start < 40:
        start -= 1
    if text[start:end].strip() and not text[start].isalnum():
        before = re.search(r"\S{1,30}\s{0,30}$", text[max(0, start - 30) : start])
        start = start - len(before.group()) if before and text[start - 1 : start] != "\n" else start
    while end < len(text) and not text[end].isspace() and end - start < 60:
        end += 1
    return start, end


_PAIRS = {"“": "”", "(": ")", "[": "]", "«": "»"}
_LIST_MARK = re.compile(r"(?:^|[\s(;,])(?:\d{1,2}|[a-zđ]|[ivx]{1,4})\)$", re.IGNORECASE)


_PAIRED = re.compile('[“”()\\[\\]«»"]')


@remembered
def _pairing_marks(text: str) -> tuple[tuple[str, int], ...]:
    """Return the quotation marks and brackets of a paragraph, each with its place."""
    return tuple((found.group(), found.start()) for found in _PAIRED.finditer(text))


def _unbalanced(field: Field) -> list[tuple[int, int]]:
    """Return the quotation marks and brackets that lack their partner, paragraph by paragraph."""
    alone: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(field.paragraphs):
        opened: list[int] = []
        straight: list[int] = []
        for mark, place in _pairing_marks(field.text[start:end]):
            position = start + place
            if mark in _PAIRS:
                opened.append(position)
            elif mark == '"':
                straight.append(position)
            elif opened and _PAIRS[field.text[opened[-1]]] == mark:
                opened.pop()
            elif not _close_outer(field, opened, mark) and not _LIST_MARK.search(
                field.text[max(start, position - 6) : position + 1]
            ):
                alone.append((position, position + 1))
        if len(straight) % 2:  # 14" is a size, unless that leaves a mark without its partner
            straight = [place for place in straight if not field.text[max(0, place - 1) : place].isdigit()]
        if len(straight) % 2:
            alone.append((straight[-1], straight[-1] + 1))
            if opened and field.text[opened[-1]] == "“":
                opened.pop()  # “…": two marks of one pair, one slip
        alone.extend((place, place + 1) for place in opened if not _quotes_on(field, number, place))
    return alone


def _close_outer(field: Field, opened: list[int], mark: str) -> bool:
    """Close the nearest mark that `mark` pairs with, past ones left open; whether there was one among the last few."""
    for depth, place in enumerate(reversed(opened[-8:]), 1):
        if _PAIRS[field.text[place]] == mark:
            del opened[len(opened) - depth]
            return True
    return False


def _quotes_on(field: Field, number: int, place: int) -> bool:
    """Whether a quotation left open goes on in the next paragraph, which opens with a mark of its own."""
    following = field.paragraphs[number + 1] if number + 1 < len(field.paragraphs) else None
    return field.text[place] in "“«" and following is not None and field.text[following[0]] in "“«"


_SHOWN = 80


def encoding(reading: Reading) -> Iterator[Finding]:
    """Text in a legacy encoding, or mixed composed and decomposed Unicode; the converted body is offered."""
    found = reading.encoding
    if not found:
        return
    source = reading.document.body.source
    converted = encodings.to_unicode(source, found)
    shown = converted[:_SHOWN].replace("\n", " ")
    yield Finding(None, (converted,), {"hint": f"“{shown}…”"})


CHECKS = (
    Check("language.spelling", spelling),
    Check("language.capitalization", capitalization),
    Check("language.abbreviation", abbreviation),
    Check("language.repetition", repetition),
    Check("language.typography", typography),
    Check("language.encoding", encoding),
)
