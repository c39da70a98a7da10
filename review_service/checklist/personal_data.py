"""Numbers, addresses, plates and health of private persons (`privacy.personal_data`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review_service.checklist.findings import Check, Finding
from review_service.checklist.reading import Reading
from review_service.text import UPPER, Sentence, Span, fold, remembered

# Personal data by shape.
_PHONE = re.compile(r"(?<![\d.,/-])(?:\+84|0)[ .-]?(?:\d[ .-]?){8}\d(?![\d]|[ .-]?x)", re.IGNORECASE)
_MASKED = re.compile(r"[x*•]{2,}", re.IGNORECASE)
_AGENCY_NUMBER = re.compile(
    r"đường dây nóng|hotline|tổng đài|trực ban|trực hình sự|số máy trực|liên hệ (?:cơ quan|công an|viện|vksnd|đơn vị|phòng|tòa|ban|văn phòng)|điện thoại (?:của )?(?:cơ quan|công an|viện|vksnd|đơn vị|phòng|tòa|ban|văn phòng|công ty|trung tâm|trường|bệnh viện)|công ty|trung tâm|bệnh viện|fax|văn phòng|bộ phận|zalo (?:oa|chính thức)|số trực"
)
_IDENTITY_WORD = (
    r"(?:căn cước(?: công dân)?|cccd|cmnd|chứng minh nhân dân|chứng minh thư|định danh(?: cá nhân)?|số định danh)"
)
_IDENTITY = re.compile(
    rf"{_IDENTITY_WORD}(?:[\s:,]{{1,4}}[^\W\d_]{{1,12}}){{0,8}}?[\s:,]{{0,4}}((?:\d[ .]?){{8,11}}\d)(?!\d|[x*])",
    re.IGNORECASE,
)
_BARE_IDENTITY = re.compile(r"(?<![\d.,/-])0(?:0[1-9]|[1-9]\d)[0-3]\d{8}(?!\d)")
_PASSPORT = re.compile(r"hộ chiếu(?:[\s:]*(?:số|mang số))?[\s:]*([a-z]\d{7,8})(?!\d)", re.IGNORECASE)
_ACCOUNT = re.compile(
    r"(?:số tài khoản|tài khoản(?: ngân hàng)?(?: cá nhân)?(?: mang)?(?:,? số)?|stk|số thẻ)(?:[\s:]{0,4}(?:của (?:(?!của )[^\d,.;]){2,30}|mà [^\d,.;]{2,60},|ngân hàng|(?:tại )?[^\W\d_]{2,14}(?= số)|là|số)){0,4}[\s:]{0,4}((?:\d[ .-]?){7,18}\d)(?!\d|[ .-]?[x*])",
    re.IGNORECASE,
)
_AGENCY_ACCOUNT = re.compile(
    r"\b(?:của|tại|chủ tài khoản:?|tên tài khoản:?|đứng tên)(?<!không phải của) (?:văn phòng|kho bạc|đơn vị|viện|vksnd|cơ quan|công ty|quỹ|ủy ban|ubnd|mặt trận|hội|ban|sở|chi cục|cục|trung tâm|báo|bệnh viện|trường|công đoàn|liên đoàn|đoàn|chi đoàn|câu lạc bộ|hợp tác xã|nhóm thiện nguyện)\b"
)
_PLATE = re.compile(r"(?<![\w/.-])\d{2}[ -]?(?:[A-Z]{1,2}\d?|[A-Z]\d)[ -]{1,3}(?:\d{3}\.\d{2}|\d{4,5})(?![\w])")
_AGENCY_VEHICLE = re.compile(
    r"công vụ|tài sản công|thanh lý|xe công|xe (?:của )?(?:công an|viện|cơ quan|quân đội|cảnh sát)|biển xanh|biển số xanh|xe buýt|xe (?:khách|tải|đầu kéo|ô tô|container) (?:của )?(?:công ty|hãng|nhà xe|doanh nghiệp|hợp tác xã)"
)
_OF_A_FIRM = re.compile(
    r",? (?:thuộc (?:sở hữu )?(?:của )?|của )(?:công ty|hãng|nhà xe|doanh nghiệp|hợp tác xã|tập đoàn|cơ quan|công an(?! viên)|viện(?! (?:trưởng|phó))|ubnd)\b"
)
_EMAIL = re.compile(
    r"[\w.+-]{1,64}@(?:gmail|yahoo|hotmail|outlook|icloud|ymail|live|protonmail|zoho)\.com(?:\.vn)?", re.IGNORECASE
)
_SOMEBODY = "(?:bị can|bị cáo|bị hại|nạn nhân|đương sự|nguyên đơn|bị đơn|ông|bà|anh|chị|em|cháu|cụ|cô|chú|bác)"
_HOUSE = re.compile(
    r"(?:(?:căn )?nhà (?:(?:riêng|mướn|thuê|trọ|ở trọ|cấp bốn) )?(?:số|(?:của [^,.;]{1,24} )?ở số)|số nhà|(?:trú|ngụ|cư trú|thường trú|tạm trú|sống)(?: tại| ở)? (?:căn (?:nhà|hộ) )?(?:số |hẻm )|nhà riêng,? (?:tại |ở )?(?:số )?|(?P<family>(?:gia đình|vợ chồng) (?:[^\s,.;]+ ){1,4}ở )số |địa chỉ(?: nhà)?:? (?:số )?|hẻm (?:số )?(?=\d{1,4}/)|"
    rf"(?P<of>\bnhà (?:của |riêng của )?{_SOMEBODY}(?: [^\s,;]+){{0,4}}(?:,| ở|, ở) )số |"
    rf"(?P<named>\b(?:ông|bà|anh|chị|em|cháu)(?-i:(?: [{UPPER}]\w*){{2,4}})(?:, \d{{1,2}} tuổi)?,? )số (?=\d{{1,4}}[a-z]?(?:/\d{{1,4}}[a-z]?)*,? (?:đường|phố|ấp|khu phố|tổ|hẻm) )|"
    r"(?<!dãy )(?<!khu )(?<!tòa )\bnhà(?! (?:làm việc|xe|văn hóa|hát|thờ|máy|trường|nghỉ|hàng|thi đấu|nước|sách|thuốc|khách|thiếu nhi|tang lễ|xưởng))(?: [^\s,.;]+){0,5}(?:,| tại| ở) số (?=\d{1,4}[a-z]?(?:/\d{1,4}[a-z]?)?,? (?:đường|phố|ấp|khu phố|tổ|hẻm) )|căn hộ (?:số )?) ?"
    r"\d{1,4}(?!\d|/(?:19|20)\d\d/)[a-z]?(?:[/-]\d{1,4}[a-z]?)*(?:,? (?:đường|phố|ấp|khu phố|hẻm|tổ|thôn|khóm|kp|quốc lộ|tỉnh lộ|chung cư|tầng|lô)[^,.;()]{1,40})?(?:, (?:ấp|khu phố|kp|tổ|thôn|khóm|đường)(?-i:(?: [A-ZĐÂÊÔƠƯÀ-Ỹ0-9][\w/]*){1,4}))?",
    re.IGNORECASE,
)
_AGENCY_ADDRESS = re.compile(
    r"trụ sở|cơ quan|công ty|gửi (?:thư|đơn|về|bài|hồ sơ)|liên hệ|bạn đọc|phản ánh|địa điểm kinh doanh|cửa hàng|nhà hàng|khách sạn|quán|trung tâm|tiệm|văn phòng|chi nhánh|hội trường|đơn vị|trường |ngân hàng|kho |nơi tiếp (?:nhận|công dân|dân)|bộ phận|chùa|cơ sở"
)
# "Cơ quan điều tra đã kê biên căn nhà số …": the office acts, the house is somebody's.
_OFFICE_COMES_TO = re.compile(r"\b(?:kê biên|khám xét|phong tỏa|thu giữ tại|ập vào|khám nghiệm|bắt quả tang)\b")
_THEIR_HOME = re.compile(rf"\bcủa {_SOMEBODY}\b")  # "gửi về nhà riêng của bà Sang ở số 58"
_AFTER_A_NAME = re.compile(
    rf"\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Ee]m|[Cc]háu)(?: [{UPPER}][^\W\d_]*){{2,4}}(?: ?\(|, (?:ở |ngụ )?)$"
)  # "ông Hồ Văn Lượm (số nhà 45/2 …)"
_NAME_WITHIN = 90  # code points before a house
_CASES = re.compile(
    r"\b(?:kíp|kỹ thuật|chuyên|thực hiện ca|ai bị|ai|ca|số ca|ca nghi|số người|nhiều người|dịch|phòng|chống|phòng, chống) (?:mắc|nhiễm|bệnh)? ?$"
)
_ILLNESS_LEAD = re.compile(
    r"(?:mắc|mang|bị|nhiễm|có|mổ|uống thuốc|dùng thuốc|phẫu thuật|xạ trị|hóa trị|tiền sử|điều trị|chữa|dương tính với|chẩn đoán|phát hiện|di chứng)(?: (?:bệnh|chứng|tiền sử|bệnh lý|căn bệnh|hội chứng|mãn tính|nền|với|là|mắc|bị|nhiễm|virus|vi rút|điều trị|rối loạn)){0,4} $"
)


_MAY_HOLD_DATA = re.compile(r"[\d@](?:(?<=@)|\d\d|[ ./-]\d|(?<=số \d)|(?<=hẻm \d)|(?<=nhà \d))")


def personal_data(reading: Reading) -> Iterator[Finding]:
    """Numbers, addresses, plates and health data of private persons."""
    for field in reading.document.fields.values():
        if field.name == "title":
            continue
        for sentence in field.sentences:
            for start, end in _numbers(sentence.text):
                if not (_PLATE.fullmatch(sentence.text, start, end) and _is_sold(sentence)):
                    yield Finding(sentence.span(start, end))
    yield from _health(reading)


_SOLD = re.compile(r"\b(?:thanh lý|tài sản công|bán đấu giá|xe công)\b")


def _is_sold(sentence: Sentence) -> bool:
    """Whether the sentence before tells of an office's things to be sold ("thông báo thanh lý tài sản công: …")."""
    before = sentence.field.sentences[max(0, sentence.index - 1) : sentence.index]
    return any(_SOLD.search(other.folded) for other in before)


# What must stand in a sentence for a pattern to be worth trying.
_NUMBER_WORDS = ("căn cước", "cccd", "cmnd", "chứng minh", "định danh", "hộ chiếu", "tài khoản", "stk", "số thẻ")
_HOUSE_WORDS = ("nhà", "số ", "hẻm", "địa chỉ", "căn hộ")
_LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){8}")


@remembered
def _numbers(text: str) -> tuple[tuple[int, int], ...]:
    """Return where numbers and addresses of private persons stand in a sentence."""
    return tuple(_find_numbers(text)) if _MAY_HOLD_DATA.search(text) else ()


def _find_numbers(text: str) -> Iterator[tuple[int, int]]:
    folded = fold(text)
    taken: list[tuple[int, int]] = []

    def fresh(start: int, end: int) -> bool:
        if any(a < end and start < b for a, b in taken) or _MASKED.search(text[start : end + 3]):
            return False
        taken.append((start, end))
        return True

    for pattern in (_IDENTITY, _PASSPORT, _ACCOUNT) if any(word in folded for word in _NUMBER_WORDS) else ():
        for match in pattern.finditer(text):
            if pattern is _ACCOUNT and _AGENCY_ACCOUNT.search(folded, match.start(), match.end() + 60):
                continue
            if fresh(*match.span(1)):
                yield match.span(1)
    long = _LONG_NUMBER.search(text) is not None
    for pattern in (*((_BARE_IDENTITY,) if long else ()), *((_EMAIL,) if "@" in text else ())):
        for match in pattern.finditer(text):
            if fresh(*match.span()):
                yield match.span()
    for match in _PHONE.finditer(text) if long else ():
        if not _is_agency_phone(folded, match) and fresh(*match.span()):
            yield match.span()
    for match in _PLATE.finditer(text):
        official = _AGENCY_VEHICLE.search(folded[max(0, match.start() - 90) : match.start()])
        if not (official or _OF_A_FIRM.match(folded, match.end())) and fresh(*match.span()):
            yield match.span()
    for match in _HOUSE.finditer(text) if any(word in folded for word in _HOUSE_WORDS) else ():
        before = folded[max(0, match.start() - 60) : match.start()]
        theirs = (
            match.group().lower().startswith(("ngụ", "trú", "cư trú", "thường trú", "tạm trú")),
            _THEIR_HOME.search(match.group()),
            _OFFICE_COMES_TO.search(before),
            _AFTER_A_NAME.search(text, max(0, match.start() - _NAME_WITHIN), match.start()),
        )
        agency = _AGENCY_ADDRESS.search(before) and not any(theirs)
        start = max(match.start(), *(match.end(whose) for whose in ("family", "of", "named")))
        if not agency and fresh(start, match.end()):
            yield start, match.end()


def _is_agency_phone(folded: str, match: re.Match[str]) -> bool:
    """Whether a number is an agency's: said so nearby, or a landline that nobody is said to own."""
    before = folded[max(0, match.start() - 90) : match.start()]
    if _PRIVATE_NUMBER.search(before) or (
        not match.group().startswith(("02", "069")) and _SOMEBODYS_MOBILE.search(before)
    ):
        return False
    if _AGENCY_NUMBER.search(before) or _OF_AGENCY.match(folded, match.end()) or match.group().startswith("069"):
        return True  # 069: the forces' own numbers
    return match.group().startswith("02") and not re.search(r"nhà riêng|(?:của|ông|bà|anh|chị) [^,;]{0,20}$", before)


_PRIVATE_NUMBER = re.compile(
    r"\bsố (?:điện thoại |máy )?(?:(?:riêng|cá nhân|di động riêng)\b|của (?:con|vợ|chồng|mẹ|cha|anh|chị|em|ông|bà|cháu)\b)[^\d]{0,60}$"
)
_SOMEBODYS_MOBILE = re.compile(  # "hoặc đồng chí Đặng Văn Tám, Tổ trưởng Tổ bảo vệ, số điện thoại 09…"
    r"\b(?:ông|bà|anh|chị|đồng chí)(?! (?:con|em|chị)\b)(?: [^\s,.;:]+){2,5}(?:, [^.;:,\d]{1,40})?,? (?:số điện thoại|điện thoại|sđt|đt|số máy):? $"
)
_OF_AGENCY = re.compile(
    r"(?:\)|,)? (?:của |là số (?:của )?|\()(?:cơ quan|công an|đội|phòng|viện|vksnd|ubnd|trung tâm|văn phòng|đồn|tổng đài|bệnh viện|trạm|đơn vị|lực lượng|ban)\b"
)
_PRONOUN = re.compile(
    r"^mẹ\b|\b(?:người này|người ấy|thân chủ|nguyên đơn|bị đơn|cụ|anh|chị|ông|bà|cô|chú|em|cháu|anh ấy|chị ấy|bị can|bị cáo)\b(?! (?:em|chị|con)\b)"
)


_ACCUSED = re.compile(r"\b(?:bị can|bị cáo)\b")


def _means_somebody(reading: Reading, sentence: Sentence) -> bool:
    """Whether the sentence speaks of somebody named: here, or before by a pronoun that takes the name up."""
    people = reading.persons_in(sentence)
    if people:
        return any(not person.has_initials for person in people)
    if not _PRONOUN.search(sentence.folded):
        return False
    before = [person for person in reading.persons[sentence.field.name] if person.end <= sentence.start]
    if _ACCUSED.search(sentence.folded):
        return any(not person.has_initials for person in before)  # an accused who was named, whoever came after
    return bool(before) and not before[-1].has_initials


def _health(reading: Reading) -> Iterator[Finding]:
    """Yield what tells the illness of a person named in the sentence; a hurt that is the event told is no health data."""
    for hit in reading.hits("illnesses"):
        sentence = hit.sentence
        before = hit.field.folded[max(sentence.start, hit.start - 50) : hit.start]
        if hit.field.name == "title" or _CASES.search(before) or not _means_somebody(reading, sentence):
            continue  # "địa bàn có ca nhiễm COVID-19"
        lead = _ILLNESS_LEAD.search(before)
        if lead:
            yield Finding(Span(hit.field.name, hit.start - len(before) + lead.start(), hit.end))
        elif hit.entry.kind == "treatment":  # "chị phải chạy thận": it tells the illness by itself
            yield Finding(hit.span)


CHECKS = (Check("privacy.personal_data", personal_data),)
