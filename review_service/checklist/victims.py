"""Adult victims of sexual offences and of trafficking, who must not be recognised (`privacy.victim`).

Neighbours recognise a person by the name, and no less by the hamlet, the kin, the stall at the market. What may be
published of them is limited by the Criminal Procedure Code 2015, Article 12, and the Civil Code 2015, Article 38.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review_service.checklist.findings import Check, Finding
from review_service.checklist.persons import Person
from review_service.checklist.privacy import (
    ADULT,
    AGE,
    BELOW_COMMUNE,
    OFFICIAL_ADDRESS,
    initials_of,
    is_minor,
    is_official,
    is_parent,
    said_of,
    tells_of_minors,
    trim,
)
from review_service.checklist.reading import Reading
from review_service.text import Sentence, Span, remembered

_SEXUAL_OR_TRAFFICKING = (
    *("hiếp dâm", "cưỡng dâm", "giao cấu", "dâm ô", "xâm hại tình dục", "mại dâm", "quan hệ tình dục", "khiêu dâm"),
    *("quấy rối tình dục", "mua bán người", "buôn người", "buôn bán người", "mua bán trẻ em", "mua bán phụ nữ"),
    *("bán sang campuchia", "bán sang trung quốc", "bán sang nước", "bán sang bên", "bán sang biên", "bán sang casino"),
    *("bị lừa bán", "lừa bán sang", "lừa bán qua", "lừa bán người", "lừa bán phụ nữ", "lừa bán cô", "lừa bán chị"),
    *("bị bán sang", "bị bán qua", "bị bán vào", "bị bán cho", "bị bán đi", "cưỡng bức lao động"),
)


@remembered
def _tells_of_abuse(folded: str) -> bool:
    """Whether a folded sentence names a sexual offence or trafficking."""
    return any(offence in folded for offence in _SEXUAL_OR_TRAFFICKING)


_VICTIM = re.compile(
    r"bị hại|nạn nhân|bị (?:bán|lừa bán|hiếp|cưỡng|xâm hại|sàm sỡ|khống chế|ép|đưa sang|dụ|giam lỏng|quấy rối)|giải cứu|được đưa (?:con )?về|trốn (?:được|thoát|về)|trong số (?:này|đó|các nạn nhân)|tiền chuộc|tố cáo|trình báo|đã bán|trao trả|được trợ giúp|bỏ trốn|bị (?:giữ|thu) (?:điện thoại|giấy tờ|hộ chiếu|căn cước)|chống cự|kêu cứu|lẻn vào phòng"
)
_ACCUSED_ADDRESS = frozenset(
    ("bị can", "bị cáo", "đối tượng", "nghi phạm", "nghi can", "phạm nhân", "tên", "gã", "hắn", "mụ", "thằng")
)


def victim(reading: Reading) -> Iterator[Finding]:
    """Something that identifies an adult victim of a sexual offence or of trafficking; once a person and sentence."""
    sentences = (sentence for field in reading.document.prose for sentence in field.sentences)
    if not any(_tells_of_abuse(sentence.folded) for sentence in sentences):
        return
    accused, officials = _accused(reading), _officials(reading)
    known: set[str] = set()
    for sentence in reading.document.sentences():
        found = list(_named(reading, sentence, accused, officials, known))
        yield from found or _unnamed(reading, sentence)


def _named(
    reading: Reading, sentence: Sentence, accused: set[str], officials: set[str], known: set[str]
) -> Iterator[Finding]:
    """Yield what identifies the victims named in the sentence; their full names join those `known`."""
    people = reading.persons_in(sentence)
    for person in people:
        if (
            person.given.lower() in accused
            or person.name in officials
            or not (person.name in known or _is_victim(reading, sentence, person))
        ):
            continue
        if is_minor(reading, sentence, person, people):
            continue
        if person.name not in known and is_parent(person.field, person, sentence):
            continue
        if reading.in_byline(person.field, person.start, person.end) or _asks(sentence, person):
            continue
        details = list(_victim_details(sentence, person, people))
        if details and person.is_full:
            known.add(person.name)
        if details:
            yield Finding(
                Span(sentence.field.name, min(a for a, _ in details), max(b for _, b in details)),
                initials_of(person) if person.is_full else (),
            )


_ASKER = re.compile(r"\b(?:bạn đọc|độc giả|người hỏi|người gửi)(?: [^\s,.;]+)? $")


def _asks(sentence: Sentence, person: Person) -> bool:
    """Whether the person is a reader who asks."""
    return _ASKER.search(_before_address(sentence, person)) is not None


_LED_UP_TO = re.compile(
    r"(?:vụ án đối với|xét xử|bị can|bị cáo|khởi tố|truy tố|tạm giam|tạm giữ|bắt|tuyên phạt|đối tượng)[^.;]{0,30}$"
)


_ITS_TERM = re.compile(
    r"(?: \([^()]{1,40}\))?(?: cùng)?(?: mức án| bị phạt| lĩnh| lãnh| nhận)? \d{1,2} (?:năm|tháng)(?: \d{1,2} tháng)? tù\b"
)


def _accused(reading: Reading) -> set[str]:
    """Return the given names (lower case) of those the draft calls accused."""
    names = set()
    for people in reading.persons.values():
        for person in people:
            before = person.field.folded[max(0, person.start - 40) : person.start]
            led_up_to = person.address not in ("chị", "cô", "em", "cháu") and _LED_UP_TO.search(before)
            if person.address in _ACCUSED_ADDRESS or led_up_to or _ITS_TERM.match(person.field.folded, person.end):
                names.add(person.given.lower())
            listed = re.search(
                r"(?:bị can|bị cáo|đối tượng)[^.;]{0,120}$",
                person.field.folded[max(0, person.start - 140) : person.start],
            )
            if listed and person.is_full and not person.address:
                names.add(person.given.lower())
    return names


def _officials(reading: Reading) -> set[str]:
    """Return the names that stand somewhere in the draft with an office before them."""
    return {
        person.name
        for people in reading.persons.values()
        for person in people
        if _holds_office(person.field.sentence_at(person.start), person)
    }


def _holds_office(sentence: Sentence, person: Person) -> bool:
    """Whether an office stands before the name; "cô" may be a teacher, and any woman."""
    return (person.address in OFFICIAL_ADDRESS and person.address != "cô") or is_official(sentence, person)


_KEEPS_A_PLACE = r"(?<!con )chủ (?:nhà|quán|(?:khu |dãy |phòng )?trọ|tiệm|xưởng|cơ sở|cửa hàng|khách sạn)"
_BYSTANDER = re.compile(
    rf"cán bộ|luật sư|kiểm sát viên|điều tra viên|hàng xóm|nhân chứng|làm chứng|{_KEEPS_A_PLACE}|mẹ của|vợ của|giáo viên|bác sĩ"
)


_CALLED_VICTIM = re.compile(
    r"\b(?:bị hại|nạn nhân|người (?:tố giác|tố cáo|trình báo|bị xâm hại|làm đơn|gửi đơn|viết đơn))(?: khác| thứ (?:hai|ba)| còn lại| nữa)?(?:,| là) $"
)
_PRIVATE_ADDRESS = frozenset(("chị", "cô", "em", "cháu", "anh", "bà", "ông"))
# What was done to somebody, as a charge tells it: "theo chân chị …", "đưa chị … về phòng".
_DONE_TO = re.compile(
    r"\b(?:theo chân|chặn đường|kéo|lôi|đẩy|đè|khống chế|bóp cổ|trói|ép|ép buộc|dụ|dụ dỗ|rủ|rủ rê|lừa|đưa|chở|dẫn|ôm|sàm sỡ|cưỡng ép|bán|chuốc|"
    r"đe dọa|đánh|nhốt|giam|hứa|môi giới|tìm|gạ|gạ gẫm|quen|tiếp cận|nhắn tin cho|giao|lợi dụng|biết|vào (?:phòng|nhà)(?: trọ)? của)(?: [^\s,.;]+){0,3} $"
)


def _suffers(sentence: Sentence, person: Person) -> bool:
    """Whether the sentence tells what was done to the person."""
    return _DONE_TO.search(_before_address(sentence, person)) is not None


def _before_address(sentence: Sentence, person: Person) -> str:
    """Return the folded words before the person's form of address."""
    end = person.start - len(person.address) - 1 if person.address else person.start
    return person.field.folded[max(sentence.start, end - 60) : max(sentence.start, end)]


_SPEAKS_FOR = re.compile(r"\bthay mặt [^.;,]{1,50}, $")  # whoever had somebody speak for them


def _is_bystander(reading: Reading, sentence: Sentence, person: Person) -> bool:
    """Whether the words beside the name make the person a witness or another who only stood by."""
    said = said_of(sentence, person, reading.persons_in(sentence))
    before = _before_address(sentence, person)
    return any((_STOOD_BY.search(said), _STOOD_BY.search(before[-24:]), _SPEAKS_FOR.search(before)))


_STOOD_BY = re.compile(
    rf"làm chứng|nhân chứng|tình nguyện viên|{_KEEPS_A_PLACE}|hàng xóm|người thuê|(?:mẹ|cha|vợ|chồng|em gái|chị gái) của|bạn học|giáo viên|bác sĩ|cán bộ|"
    r"đại diện|giám hộ|bào chữa|bảo vệ quyền"
)


_KIN = r"(?:mẹ|cha|bố|ba|má|chồng|anh trai|chị gái|em gái|em trai|con gái|con trai)(?: ruột| đẻ)?(?: của)? (?:chị|cô|nạn nhân|bị hại)\b"
_KIN_OF = re.compile(r"\blà (?:vợ|chồng|con(?: gái| trai)?(?: út| cả)?|con dâu|em (?:gái|trai)|chị gái) (?:của )?$")
_KIN_BEFORE = re.compile(_KIN + r"(?: [^\s,.;]+){0,2},? (?:là )?(?:ông |bà |anh |chị )?$")
_KIN_AFTER = re.compile(r",? ?(?:[-–—(]|là)? ?" + _KIN)


def _is_kin_of_victim(sentence: Sentence, person: Person) -> bool:
    """Whether a name in full is that of the victim's kin, by whom she is known: "chồng chị, anh Phạm Gia Huấn"."""
    before = person.field.folded[max(sentence.start, person.start - 60) : person.start]
    after = person.field.folded[person.end : min(sentence.end, person.end + 60)]
    return _KIN_BEFORE.search(before) is not None or _KIN_AFTER.match(after) is not None


def _near_the_offence(sentence: Sentence) -> bool:
    """Whether the sentence, the eight before it or the three after tell of what the victim suffered, or of the offence."""
    near = sentence.beside(before=8, after=3)
    return any(_VICTIM.search(other.folded) or _tells_of_abuse(other.folded) for other in near)


def _is_about_victims(reading: Reading) -> bool:
    """Whether title or summary tell of victims: then whoever the text begins with is one, long before it says so."""
    return any(_VICTIM.search(field.folded) for field in reading.document.prose if field.name != "body")


def _has_particulars(sentence: Sentence, person: Person) -> bool:
    """Whether an age or a hamlet follows the name, as where a person is introduced to be recognised."""
    end = min(sentence.end, person.end + 60)
    return bool(
        AGE.search(person.field.folded, person.end, end) or BELOW_COMMUNE.search(person.field.standard, person.end, end)
    )


_BY_TURN = re.compile(r"\bngười (?:thứ (?:nhất|hai|ba|tư)|đầu tiên|còn lại)(?: là|,)? $")


def _is_victim(reading: Reading, sentence: Sentence, person: Person) -> bool:
    """Whether the sentence, or the one before, says that the person suffered the offence."""
    if person.address in ("bị hại", "nạn nhân", "người bị hại"):
        return True
    if person.address and _CALLED_VICTIM.search(_before_address(sentence, person)):
        return True
    if person.is_full and _INTRODUCED.search(_before_address(sentence, person)):
        return _near_the_offence(sentence) or (sentence.paragraph == 0 and _is_about_victims(reading))
    if person.is_full and not person.address and _suffers(sentence, person) and _has_particulars(sentence, person):
        return _near_the_offence(sentence)
    if person.is_full and _BY_TURN.search(_before_address(sentence, person)):
        return _near_the_offence(sentence)
    if person.is_full and _is_kin_of_victim(sentence, person):
        return _near_the_offence(sentence)
    if (not person.is_full and not person.address) or _is_bystander(reading, sentence, person):
        return False
    if _KIN_OF.search(_before_address(sentence, person)):
        return False  # who is known by this name stands before it (see `_unnamed`)
    if person.address in _PRIVATE_ADDRESS and person.is_full:
        if person.address in ("chị", "cô", "em") and _has_particulars(sentence, person):
            return _BYSTANDER.search(said_of(sentence, person, reading.persons_in(sentence))) is None
        if _suffers(sentence, person):
            return True
    if _SUFFERED.match(person.field.folded, person.end, min(sentence.end, person.end + 160)):
        return True
    near = sentence.beside(before=2)
    if any(_VICTIM.search(other.folded) for other in near if sentence.goes_on_from(other)):
        return True
    follows = sentence.field.sentences[sentence.index + 1 : sentence.index + 2]
    return (
        person.address in ("chị", "cô")
        and person.is_full
        and any(other.paragraph == sentence.paragraph and _ATTACKED.search(other.folded) for other in follows)
    )


_ATTACKED = re.compile(
    r"\b(?:bị [^.;,]{1,16} (?:chặn|kéo|đè|ôm|lôi)|chặn (?:đường|xe|chị|cô)|khống chế|hiếp|cưỡng hiếp|giở trò|xâm hại|(?:kéo|đè|lôi|ôm|trói|vật ngã) (?:chị|cô|nạn nhân))\b"
)


# "Chị là Danh Thị Sa Mét": who was told of without a name is given one.
_INTRODUCED = re.compile(
    r"(?:^|, )(?:chị|cô|nạn nhân|bị hại|người phụ nữ|cô gái)(?: ấy| này| đó)? (?:là|tên|tên là|tên thật là) $"
)
_SUFFERED = re.compile(
    r"[^.;]{0,90}?\b(?:mới|đã|vừa) (?:thoát khỏi|được giải cứu|trốn (?:thoát|về|được)|được trao trả)\b"
    r"|[^.;]{0,90}?\bbị (?:(?:một |hai |ba )?(?:người|kẻ|nhóm|đối tượng|thanh niên|gã|tên)(?: [^\s,.;]+){0,3} )?"
    r"(?:chặn|khống chế|kéo|lôi|đè|ép|sàm sỡ|hiếp|tấn công|bóp cổ|ôm|theo dõi|xâm hại|giở trò|khóa trái)"
)


def _victim_details(sentence: Sentence, person: Person, people: list[Person]) -> Iterator[tuple[int, int]]:
    field = sentence.field
    if person.is_full:
        yield person.start, person.end
    following = [other.start for other in people if other.start > person.start]
    for match in BELOW_COMMUNE.finditer(field.standard, person.end, min([*following, sentence.end])):
        yield trim(field, *match.span())


# Whom a sentence tells of without a name: "Bị hại là …", "Nữ công nhân này là …", "Chị hai mươi ba tuổi, con gái út …".
_UNNAMED = re.compile(
    r"^(?:(?P<victim>(?:người )?bị hại|nạn nhân|(?:một )?người (?:[^\s,.;:]+ ){0,4}(?:trình báo|tố giác|tố cáo|được giải cứu|trốn (?:thoát|được|về)|(?:gửi|viết|làm) đơn))"
    r"|chị|cô(?: gái)?|nữ [^\s,.;:]+(?: [^\s,.;:]+)?|người (?:phụ nữ|đàn bà|con gái)"
    # "Người mở cửa là nữ hộ sinh …"; who called for help or stood by is another.
    r"|người (?!phát hiện|báo|can|đưa|chở|chạy|cứu|giúp|chứng kiến|nghe|giữ|đứng ra|bảo vệ|bào chữa|đại diện|cùng|ở|bên)(?:[^\s,.;:]+ ){0,4}[^\s,.;:]+(?= là (?:nữ|cô|chị) ))"
    r"(?: (?:này|ấy|đó))?(?:,? (?:năm )?nay)?(?:,? (?:mới )?(?:\d{1,2}|(?:mười|(?:hai|ba|bốn|năm|sáu) mươi)(?: (?:mốt|một|hai|ba|bốn|tư|lăm|năm|sáu|bảy|tám|chín))?) tuổi)?"
    r"(?: tên(?: thường gọi)?| đầu tiên| thứ (?:nhất|hai|ba|tư)| còn lại| vốn| hiện)?"
    r"(?: là|,(?= (?:là|con|vợ|em|chị|cháu|dâu|chủ|thợ|công nhân|nhân viên|giáo viên|quê|ngụ|nhà|bán|người duy nhất) )) "
)
_KIN_TOLD = re.compile(
    r"\b(?:con(?: (?:gái|trai|dâu|ruột|nuôi|út|cả|đầu|một|duy nhất|thứ [^\s,.;]+)){0,3}|vợ|em (?:gái|ruột|dâu)|chị (?:gái|ruột|dâu)|cháu (?:nội|ngoại|gái|họ))"
    r" (?:của )?(?:vợ chồng )?(?:ông|bà|anh|chị|thầy|cô) (?!ta\b|ấy\b)[^\s,.;]+(?: [^\s,.;]+)*"
)
# A place with a name where few live or work: "cổng chợ Long Chữ", "lò bánh mì Phát Lợi".
_SPOT = re.compile(
    r"\b(?:chợ|cầu|ngã (?:ba|tư)|dãy (?:trọ|nhà)|nhà trọ|quán|tiệm|lò|bến|miếu|chùa|đình|sạp|[Tt]rạm [Yy] tế|[Tt]rường|[Hh]ợp tác xã|cửa hàng|khách sạn)"
    r"(?: [a-zđà-ỹ]+){0,3}(?: [A-ZĐÀ-Ỹ][^\s,.;]*)+"
)
_PLACE_OF_WORK = re.compile(
    r"\b(?:tổ trưởng|trưởng|phó|kế toán|thủ quỹ|thủ kho|chuyền|tổ) (?:[^\s,.;]+ ){0,6}(?:công ty|xưởng|nhà máy)\b[^,.;]*"
)
_ONLY = re.compile("duy nhất")
_NOT_SHE = re.compile(
    r"cán bộ|luật sư|kiểm sát viên|điều tra viên|chuyên gia|báo cáo viên|chi hội|trợ giúp viên|(?:người|nhân) (?:bảo vệ|bào chữa|đại diện|chứng|làm chứng)"
)
_HOME = re.compile(
    r"\b(?:nhà|gia đình)(?: [^\s,.;]+){0,2}? (?:của )?(?:mẹ con |vợ chồng )?(?:chị|cô|nạn nhân|bị hại) (?:(?:ấy|này) )?(?:nằm )?(?:ở|tại|trong) "
)


def _unnamed(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """Yield what identifies a victim whose name the sentence keeps back: kin, hamlet, the place where few work."""
    told = _UNNAMED.match(sentence.folded)
    home = None if told else _HOME.search(sentence.folded)
    lead = told or home
    if lead is None or _speaks_of_a_child(sentence) or not _near_the_offence(sentence):
        return
    is_called_victim = told is not None and told["victim"] is not None
    if not is_called_victim and (_NOT_SHE.search(sentence.folded) or _another_was_told_of(reading, sentence)):
        return
    field, start = sentence.field, sentence.start + lead.end()
    sought = [(BELOW_COMMUNE, field.standard)]
    if told:
        sought += [
            (_SPOT, field.standard),
            *((pattern, field.folded) for pattern in (_KIN_TOLD, _PLACE_OF_WORK, _ONLY)),
        ]
    ends = [detail.end() for pattern, text in sought for detail in pattern.finditer(text, start, sentence.end)]
    if ends:
        yield Finding(Span(field.name, start, max(ends)))


def _speaks_of_a_child(sentence: Sentence) -> bool:
    age = AGE.search(sentence.folded)
    return tells_of_minors(sentence.folded) or (age is not None and int(age.group(1)) < ADULT)


def _another_was_told_of(reading: Reading, sentence: Sentence) -> bool:
    """Whether the sentence before names a woman or an official in full: "chị" may then be that person."""
    before = sentence.previous
    return before is not None and any(
        person.is_full and (person.address in ("chị", "cô", "bà") or _holds_office(before, person))
        for person in reading.persons_in(before)
    )


CHECKS = (Check("privacy.victim", victim),)
