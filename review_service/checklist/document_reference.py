"""Documents leaned on with neither number nor date (`source.document_reference`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from review_service.checklist.findings import Check, Finding
from review_service.checklist.reading import Reading
from review_service.text import remembered

_DOCUMENT = re.compile(
    r"\b(?:thực hiện|căn cứ(?: vào)?|theo|quy định (?:tại|trong|ở)|trên tinh thần|hướng dẫn tại|nêu tại|nêu trong|ghi trong|đề ra trong|hướng dẫn trong|triển khai|phổ biến|viện dẫn|quán triệt|chấp hành|vận dụng|áp dụng|nằm trong|trong khuôn khổ|trên cơ sở|dựa (?:trên|vào)|tuân thủ|thi hành|cụ thể hóa|bám sát|sơ kết|tổng kết|hưởng ứng|phù hợp với|trái với|đối chiếu với|không đúng|lồng ghép)"
    r"(?: (?:nội dung|tinh thần|các|những|nghiêm túc|nghiêm|có hiệu quả|tốt|đúng|đầy đủ|quy định|yêu cầu|việc|1 năm|thực hiện|triển khai|chỉ tiêu|chỉ đạo|tại|của|nhiệm vụ)){0,6}"
    r" (?P<type>nghị quyết|chỉ thị|quyết định|kế hoạch|thông tư liên (?:tịch|ngành)|thông tư|nghị định|công văn|hướng dẫn|quy chế phối hợp|quy chế|chương trình hành động|kết luận)"
    r"(?P<rest>(?: [^\s.,;:]+(?:(?<=phổ biến),|(?<=đào tạo),|(?<=kiểm tra),|(?<=tuyên truyền),(?= (?:phổ biến|giáo dục|vận động))|(?<=phòng),|(?<=sửa đổi),)?){1,40})"
)
_DOCUMENT_KINDS = (
    *("nghị quyết", "chỉ thị", "quyết định", "kế hoạch", "thông tư", "nghị định", "công văn", "hướng dẫn", "quy chế"),
    *("chương trình hành động", "kết luận"),
)
# These speak for themselves: named with the body that issued them, they are leaned on whatever the verb.
_NORM = re.compile(
    r"\b(?P<type>nghị quyết|chỉ thị|thông tư liên (?:tịch|ngành)|thông tư|nghị định|quyết định(?= của (?:viện trưởng|thủ tướng|bộ trưởng|ban bí thư|bộ chính trị) [^.;:]{0,30}(?:ban hành|phê duyệt|quy định|về (?!việc (?:khởi|không|đình|hủy|kháng|truy|bắt|tạm|phân công)))))(?P<rest>(?: [^\s.,;:]+){1,40})"
)
_BY_BODY = re.compile(
    r"^(?: (?!của\b|sẽ|đã|theo|là|để|và|có)[^\s.,;:]+){0,6} của (?!(?:đảng|nhà nước|cấp trên|địa phương|đơn vị)\b)"
)
_MAKING = re.compile(
    r"\b(?:thông qua(?! ngày)|đưa vào|ban hành|dự thảo|xây dựng|soạn thảo|ký|ra|trình(?! bày)|góp ý|công bố|trao|đón nhận|đề xuất|tham mưu|hoàn thiện|bàn|biểu quyết|sửa đổi|có|bằng|thành)(?: [^\s.,;:]+){0,4} $"
)
_OF_BODY = re.compile(
    r"^(?: [^\s.,;:]+,?){0,9}? (?:của|do|giữa) (?:(?:các |hai |ba |đồng chí |ban thường vụ |lãnh đạo |thường trực |liên ngành ){0,6})(?:viện trưởng|vksnd|viện kiểm sát|vkstc|vks|bộ|bí thư|thường trực|chính phủ|thủ tướng|quốc hội|ủy ban|ubnd|hđnd|hội đồng|tỉnh ủy|huyện ủy|thành ủy|đảng ủy|bộ chính trị|ban bí thư|ban chấp hành|trung ương|tòa án|tand|công an|ngành|sở|chủ tịch|tổng|ban|chi bộ|đoàn(?= (?:thanh|tncs|trường|viện|vksnd|cơ|khối))|hội|viện|tổ|tiểu ban|văn phòng|đơn vị|cấp trên|đảng|nhà nước|cơ quan|thường vụ|giám đốc|tư pháp|liên ngành|lđlđ|liên đoàn|mttq|mặt trận|công đoàn|cục|chi cục|nhà trường|tỉnh đoàn|huyện đoàn|thành đoàn|xã đoàn)\b|^(?: phối hợp)? (?:liên ngành|liên tịch) về\b"
)
_IDENTIFIED = re.compile(
    r"\bsố[: ]?\s?\d|\d{1,9}\s?[-/]\s?(?:ct|kh|nq|qđ|tt|nđ|hd|cv|ttlt|qc|tw|vks|ubnd|qh|kl|\d)|\bngày \d{1,2}(?:[/.-]| tháng)|^ \d"
)
_KNOWN_BY_NAME = re.compile(
    r"^ (?:của )?(?:đại hội|hội nghị chi bộ)|(?<!về )đại hội (?:đảng bộ|đại biểu|lần thứ|đảng toàn quốc|[xvi]+\b)|hội nghị (?:lần thứ|trung ương)|nhiệm kỳ|^ (?:này|trên|nêu trên|đó|đã|công tác tuần)\b"
)
_PROCEDURAL = re.compile(
    r"quyết định của cơ quan có thẩm quyền|quy chế chi tiêu nội bộ\b|quy chế phối hợp giữa các (?:cơ quan|ngành|đơn vị)\b(?! (?:số|ngày|ký))|quyết định (?:của (?:tòa|viện trưởng(?! [^.;]{0,40}(?:trực tiếp kiểm sát|thành lập|thanh tra))[^.;]{0,40} (?:về việc )?(?:khởi|phê|không|đình|hủy|kháng|truy|bắt|tạm)|hội đồng xét xử|hđxx|bản án|thẩm phán|cơ quan (?:cảnh sát )?điều tra|cơ quan điều tra|cơ quan thi hành án|chi cục thi hành án|cục thi hành án)|(?:về )?(?:việc )?(?:khởi tố|không khởi tố|đình chỉ|tạm đình chỉ|phê chuẩn|kháng nghị|truy nã|đưa vụ án|thi hành án|áp dụng|gia hạn|tạm giam|tạm giữ|bắt|xử phạt|giải quyết|công nhận|ly hôn|sơ thẩm|phúc thẩm|giám đốc thẩm))"
)


def document_reference(reading: Reading) -> Iterator[Finding]:
    """A numbered document is leaned on with neither its number nor its date."""
    numbered = cache(lambda kind: list(_numbered(reading, kind)))
    for field in reading.document.prose:
        if field.name == "title":
            continue
        for sentence in field.sentences:
            for kind, start, end in _unidentified(sentence.folded):
                if reading.quoted(field, sentence.start + start, sentence.start + end):
                    continue
                if sentence.text[start].islower() and _is_plain(sentence.folded[start:end]):
                    continue  # "theo hướng dẫn của Kiểm sát viên": advice, no document
                if not (kind and _is_among(numbered(kind), sentence.folded[start : end + _ISSUER_WITHIN])):
                    yield Finding(sentence.span(start, end))


def _is_plain(reference: str) -> bool:
    """Whether words in small letters name no one document: advice, or whatever rules the unit has."""
    return reference.startswith(("hướng dẫn", "kết luận", "công văn")) or reference.endswith("đơn vị")


@remembered
def _unidentified(folded: str) -> tuple[tuple[str, int, int], ...]:
    """Return the documents that a folded sentence leans on without number or date: kind, start, end.

    The kind is left out where the sentence names several, so that the number of another one does not count.
    """
    if not any(kind in folded for kind in _DOCUMENT_KINDS):
        return ()
    matches = [match for match in _overlapping(_DOCUMENT, folded) if _leans_on_unidentified(match)]
    leaned = {match.start("type") for match in matches}
    matches += [
        match
        for match in _NORM.finditer(folded)
        if match.start() not in leaned
        and _BY_BODY.match(match.group("rest"))
        and not _MAKING.search(folded, max(0, match.start() - 60), match.start())
        and _leans_on_unidentified(match)
    ]
    known = {match.start("type") for match in matches}
    listed = [match for match in _NEXT_IN_LIST.finditer(folded) if _LEADS_LIST.search(folded, 0, match.start())]
    listed = [match for match in listed if match.start("type") not in known and _leans_on_unidentified(match)]
    matches += [match for match in _ARTICLE_OF.finditer(folded) if not _IDENTIFIED.search(match.group("rest"))]
    return tuple(
        (
            "" if match in listed else match.group("type"),
            match.start("type"),
            match.start("type") + _reference_end(match),
        )
        for match in (*matches, *listed)
    )


def _overlapping(pattern: re.Pattern[str], folded: str) -> Iterator[re.Match[str]]:
    """Yield the matches, also those within what another one tells of its document."""
    match = pattern.search(folded)
    while match:
        yield match
        match = pattern.search(folded, match.end("type"))


# "theo Hướng dẫn số 12/HD-VKSTC … và Kế hoạch của Ban Thường vụ Tỉnh ủy …": each document of a list for itself.
_LEADS_LIST = re.compile(
    r"\b(?:thực hiện|căn cứ|theo|triển khai|quán triệt|chấp hành|học tập|nghiên cứu|phổ biến|cụ thể hóa|bám sát)\b[^.;]{0,80}"
    r"\b(?:nghị quyết|chỉ thị|quyết định|kế hoạch|thông tư|nghị định|công văn|hướng dẫn|quy chế|kết luận|bộ luật|luật)\b"
)
_NEXT_IN_LIST = re.compile(
    r"(?:,| và| cùng) (?P<type>nghị quyết|chỉ thị|kế hoạch|thông tư liên (?:tịch|ngành)|thông tư|nghị định|hướng dẫn|kết luận)"
    r"(?P<rest>(?:(?<=tịch)|(?<=ngành)) (?:quy định|hướng dẫn)(?: [^\s.,;:]+){1,30}|(?<=kế hoạch) liên ngành(?: [^\s.,;:]+){1,20}|(?: (?!của\b|số \d|ngày\b)[^\s.,;:]+){0,7} của (?!(?:đơn vị|cấp trên|địa phương)\b)[^\s.,;:]+(?: [^\s.,;:]+){0,29})"
)
_ARTICLE_OF = re.compile(
    r"\b(?:điều|khoản) \d{1,3}(?: của)? (?P<type>nghị quyết|thông tư|nghị định)(?P<rest>(?: [^\s.;:]+){1,30})"
)
# "các nghị quyết của Đảng", "các chỉ thị, nghị quyết" mean no one document
_IN_GENERAL = re.compile(
    r"\b(?:các|những|nhiều|mọi) (?:(?:chủ trương|đường lối|chính sách|văn bản|chỉ thị|nghị quyết|nghị định|thông tư|quyết định|quy định|"
    r"kết luận|kế hoạch|hướng dẫn|luật|pháp luật),? (?:và )?){0,8}$"
)


# The number of the next document is not this one's: "theo Hướng dẫn của Ban Tổ chức Trung ương và Quy định số 144-QĐ/TW".
_NEXT_NUMBERED = re.compile(
    r"(?:,| và| cùng) (?:nghị quyết|chỉ thị|kế hoạch|thông tư|nghị định|hướng dẫn|kết luận|quy định|quyết định|công văn|quy chế|luật|bộ luật) (?:liên tịch )?số "
)


# "theo quyết định của Chủ tịch UBND cấp xã": whichever decision it is
_WHICHEVER_BODY = re.compile(
    r" của (?:chủ tịch |trưởng )?(?:ubnd|ủy ban nhân dân|ủy ban|công an|cơ quan(?: nhà nước)?) (?:cấp (?:xã|huyện|tỉnh)|có thẩm quyền)\b"
)
_UNTIL_A_DAY = re.compile(  # a term set under it, or a feast on which it was made
    r" (?:trước|đến|từ|sau) ngày \d[\d/.-]*| (?:nhân dịp|dịp|nhân ngày|chào mừng|kỷ niệm) [^,.;]{2,30}\d{1,2}[/.-]\d{1,2}"
)


def _leans_on_unidentified(match: re.Match[str]) -> bool:
    clause = _UNTIL_A_DAY.sub("", _NEXT_NUMBERED.split(match.group("rest"), maxsplit=1)[0])
    if _IN_GENERAL.search(match.string, max(0, match.start("type") - 40), match.start("type")):
        return False
    if _PROCEDURAL.match(match.group("type") + clause):
        return False
    if match.group("type") == "quyết định" and _WHICHEVER_BODY.match(clause):
        return False
    following = match.string[match.end("rest") : match.end("rest") + 30]
    if (
        _IDENTIFIED.search(clause)
        or _KNOWN_BY_NAME.search(clause)
        or re.match(r", (?:ban hành )?(?:số \d|ngày \d[\d/.-]*(?![\d/.,-]))", following)
    ):
        return False
    return (
        _OF_BODY.match(clause) is not None
        or match.group("type").startswith("thông tư")
        or clause.startswith((" phối hợp liên ngành", " phối hợp hai ngành", " phối hợp ba ngành"))
    )


def _reference_end(match: re.Match[str]) -> int:
    """Return the length of the reference: type and issuing body."""
    body = _OF_BODY.match(match.group("rest"))
    return len(match.group("type")) + (body.end() if body else 0)


_ISSUER = re.compile(
    r"(?P<supreme>tối cao|vkstc|vksndtc|tandtc)|(?P<party>bộ chính trị|ban bí thư|trung ương|[-/]tw\b)|"
    r"(?P<assembly>quốc hội|qh\d\d)|(?P<government>chính phủ|-cp\b|thủ tướng|-ttg\b)|(?P<province>\btỉnh\b)|"
    r"(?P<district>\bhuyện\b|\bkhu vực\b)"
)
_ISSUER_WITHIN = 24  # code points after the reference in which the rest of the issuer's name stands


def _issuer(text: str) -> str | None:
    """Return the level that issued a document, as far as `text` tells: "vksnd tối cao" is `supreme`."""
    found = _ISSUER.search(text)
    return found.lastgroup if found else None


_BODY = re.compile(
    r"(?P<procuracy>vks|viện trưởng|viện kiểm sát)|(?P<committee>ubnd|ủy ban nhân dân)|(?P<court>\btòa|tand)|(?P<police>công an)|(?P<party>ủy\b)"
)


def _is_by(told: str, issuer: str | None, body: str | None) -> bool:
    """Whether what is told around a number may be the issuer: of the same level and body, as far as either is told."""
    other = _BODY.search(told)
    return (not issuer or _issuer(told) in (None, issuer)) and (not (body and other) or other.lastgroup == body)


def _numbered(reading: Reading, kind: str) -> Iterator[str]:
    """Yield what is told around each document of this kind that the draft gives a number: by whom it may be."""
    numbered = re.compile(
        rf"{re.escape(kind)}(?: (?:này|trên|nêu trên)| (?:liên tịch )?số[: ]?\s?\d| \d)(?P<rest>[^.;\n]{{0,80}})"
    )
    for field in reading.document.prose:
        for match in numbered.finditer(field.folded):
            yield match.group("rest") if _issuer(match.group("rest")) else _before(field.folded, match)


def _is_among(numbered: list[str], reference: str) -> bool:
    """Whether one of the numbered documents may be the one referred to, by no other issuer."""
    issuer, named = _issuer(reference), _BODY.search(reference)
    body = named.lastgroup if named else None
    return any(_is_by(told, issuer, body) for told in numbered)


def _before(text: str, match: re.Match[str]) -> str:
    """Return the words before a document within which its issuer may stand ("UBND huyện ban hành Quyết định số …")."""
    start = max(0, match.start() - 2 * _ISSUER_WITHIN)
    return text[start : match.start()].rpartition(".")[2]


CHECKS = (Check("source.document_reference", document_reference),)
