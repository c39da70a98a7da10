"""Minors of a case, who must not be recognised (`privacy.minor`); see also `victims`, `personal_data`, `secrecy`.

Two ages count: a child is under 16 (Law on Children 2016), a person under 18 is protected in proceedings (Criminal
Procedure Code 2015, Article 414; Law 59/2024/QH15, Article 134). Identity is also indirect: school and class, parents'
names, the hamlet. What may be published of whom is listed in Decree 56/2017/NĐ-CP, Article 33.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice, takewhile
from operator import attrgetter

from review_service.checklist.findings import Check, Finding
from review_service.checklist.persons import Person
from review_service.checklist.reading import Reading
from review_service.text import Field, Sentence, Span, remembered, tells
from review_service.text.numerals import numerals

ADULT = 18
AGE = re.compile(r"\b(\d{1,2})(?: |-)tuổi")
_BORN = re.compile(
    r"\b(?:sinh (?:năm|ngày \d{1,2}[/.-]\d{1,2}[/.-]|tháng \d{1,2}(?:[/.-]| năm))|sn|sinh ngày[^,;.]{0,16}?năm) ?((?:19|20)\d\d)"
)
_BIRTHDAY = re.compile(r"sinh ngày (?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-]")
_PUPIL = re.compile(
    r"\b(?:học sinh|nữ sinh|nam sinh|trẻ em|cháu bé|bé (?:gái|trai)|thiếu nữ|thiếu niên|vị thành niên|chưa thành niên|lớp \d{1,2}[a-z]?\d{0,2})\b(?! (?:viên|viên trường đại))"
)
_AFTER_NAME = re.compile(r"[^\w]{0,3}(?:[^\s,.;]{1,8} tuổi[,)]* ?|sinh năm \d{4}[,)]* ?)?")


def _is_called_pupil(said: str) -> bool:
    """Whether the words right after a name call its bearer a pupil, not whoever is told of next ("bữa ăn của học sinh")."""
    led_up_to = _AFTER_NAME.match(said)
    start = led_up_to.end() if led_up_to else 0
    pupil = _PUPIL.search(said, start)
    return (
        pupil is not None
        and len(said[start : pupil.start()].split()) <= _PUPIL_WITHIN
        and not _CLAUSE.search(said, start, pupil.start())
    )


_PUPIL_WITHIN = 5  # words
_CLAUSE = re.compile(r"[,.;]")
# A school's name ends at a mark or where the sentence goes on.
_SCHOOL_NAME = (
    r"[^,.;()]{2,50}?(?=[,.;()]|$| (?:tham gia|tham dự|dự|bị|đã|đang|cho|là|và|trong|khi|đến|về|được|cùng|có|phát hiện|kể|khai|"
    r"trên|thì|vào|ở|tại|với|do|ngày|sáng|chiều|tối|sau|trước|lúc|vì|nên|để|không|còn|cũng|vừa|từng|sẽ)\b)"
)
_SCHOOL = re.compile(
    r"(?:(?:đang )?(?:là )?học sinh |đang học |học )?lớp \d{1,2}[a-z]?\d{0,2}(?:[/.]\d{1,2})?(?:,? (?:của )?(?:tại )?trường (?:thcs|thpt|tiểu học|trung học cơ sở|trung học phổ thông|mầm non|phổ thông)"
    + _SCHOOL_NAME
    + r")?"
    r"|(?:học sinh )?trường (?:thcs|thpt|tiểu học|trung học cơ sở|trung học phổ thông|mầm non)" + _SCHOOL_NAME
)
_PARENT = re.compile(
    r"(?:con(?: (?:trai|gái|ruột|riêng|nuôi|út|cả|đầu|thứ \w+|chung)){0,2}(?: (?:duy nhất|độc nhất|một))? (?:của )?(?:vợ chồng |anh |chị )?(?:ông|bà|anh|chị)(?:(?: [^\s,;]+){1,5} và (?:ông|bà|anh|chị))?|(?:mẹ|cha|bố|(?<!thứ )(?<!người )ba|má)(?: ruột| đẻ| em| cháu| của (?:em|cháu|bé)| bé)?(?: là| tên|,)?(?: (?:ông|bà|anh|chị))?) "
)
BELOW_COMMUNE = re.compile(
    r"\b(?:ngụ|trú|thường trú|tạm trú|cư trú|quê|nhà|ở|sống|sinh sống|hộ khẩu)?\s?(?:tại |ở )?(?:ấp|thôn|xóm|bản|buôn|khu phố|kp|tổ dân phố|tổ|khóm|làng|hẻm|số nhà|nhà số)\s?\.? ?(?:số )?(?:[A-ZĐÂÊÔƠƯÁÀẢÃẠ0-9][\w/-]*)(?: [A-ZĐÂÊÔƠƯÁÀẢÃẠ0-9][\w/-]*){0,3}(?:, (?:ấp|thôn|khu phố|xã|phường|thị trấn) (?:[A-ZĐÂÊÔƠƯÁÀẢÃẠ0-9][\w]*)(?: [A-ZĐÂÊÔƠƯÁÀẢÃẠ0-9][\w]*){0,3})?"
)
_INVOLVED = re.compile(
    r"bị hại|nạn nhân|bị can|bị cáo|nhân chứng|người làm chứng|làm chứng|chứng kiến|tin báo|trình báo|vết bầm|trêu chọc|bị (?:đẩy|đánh|đâm|chém|xâm hại|hiếp|dâm ô|bạo hành|hành hạ|bắt cóc|lừa|dụ|ép|sát hại|cướp|trộm|giật|bắt nạt|người quen dụ|người lạ dụ|người quen rủ|quay|tông|va chạm|đuối nước|tạm giữ|khởi tố|bắt|hành hung|bỏng|chặn|tổn thương (?:cơ thể|sức khỏe)|dọa|đầu độc|ngất|quấy rối|giao cấu|bán|thương|nhóm|bạn|một)|tử vong|thiệt mạng|đuối nước|bị thương|giao cấu|dâm ô|hiếp dâm|xâm hại|sàm sỡ|sờ soạng|quan hệ tình dục|vụ (?:án|việc|đánh|nổ|cháy|tai nạn)|tai nạn|va chạm|tống tiền|cưỡng đoạt|bị đòi|khâu (?:\w+ ){1,2}mũi|gãy (?:tay|chân)|thương vong|quay clip|phát tán|ngộ độc|thuốc mê|cấp cứu|nhập viện|tỉnh lại|chặn đánh|tung ảnh|bị (?:người lạ|ba bạn|hai bạn|các bạn|kẻ lạ)|đánh hội đồng|trộm cắp|gây thương tích|gây án|cướp|khởi tố|truy tố|xét xử|đối tượng|\bkhai(?! (?:giảng|mạc|trương|thác|sinh|trường|hội|báo y tế))|tố giác|tố cáo|bỏ nhà|mất tích|mang thai|trình báo|cáo trạng|(?:đã|vừa) tạm (?:giữ|giam)|vi phạm|tàng trữ|đua xe|bảo lãnh|kết luận điều tra|rủ rê|gây rối|lạng lách|công an[^.;,]{0,12} mời|làm việc với (?:cơ quan )?(?:công an|điều tra)|mời (?:lên )?làm việc|triệu tập|tự rạch|tự sát|tự tử|buồng giam|buồng tạm giữ|nhà tạm giữ|nhìn thấy|bắt gặp|kể lại|chưa đủ tuổi chịu trách nhiệm|bị (?:lấy|mất)|mất (?:xe|tiền|tài sản)|\bgiật (?:lấy )?(?:điện thoại|túi|dây|ví|giỏ|xe)"
)
_INITIALS = re.compile(r"^(?:[A-ZĐÂÊÔƠƯ]\.?\s?){1,12}$")
OFFICIAL_ADDRESS = frozenset(
    "đồng chí|đ/c|luật sư|kiểm sát viên|ksv|kiểm tra viên|điều tra viên|thẩm phán|hội thẩm|thư ký|chấp hành viên|viện trưởng|phó viện trưởng|"
    "trưởng phòng|phó trưởng phòng|chánh án|chủ tọa|giám đốc|phó giám đốc|chủ tịch|bí thư|thượng tá|đại tá|thiếu tá|trung tá|đại úy|thượng úy|thiếu tướng|"
    "bác sĩ|nhà báo|phóng viên|hiệu trưởng|thầy|cô|người làm chứng|nhân chứng".split("|")
)
_ABOUT_MINORS = re.compile(
    _PUPIL.pattern
    + r"|\bhọc trò\b|dưới 1[3468] tuổi|chưa đủ 1[3468] tuổi|(?:người đại diện hợp pháp|người giám hộ) của|\b(?:cháu|bé|em)(?: gái| trai)?,? (?:mới |chỉ |khi ấy )?(?:1[0-7]|[1-9]) tuổi\b"
)
tells_of_minors = tells(_ABOUT_MINORS)


def _age(reading: Reading, text: str) -> int | None:
    """Return the age that `text` tells, from an age or a year of birth; None when it tells none."""
    age = AGE.search(text)
    if age:
        return int(age.group(1))
    told = next((number for number, _, end in numerals(text) if text.startswith(" tuổi", end)), None)
    if told is not None:
        return told
    born = _BORN.search(text)
    if born is None:
        return None
    day = _BIRTHDAY.search(text, born.start())
    not_yet = day is not None and (int(day["month"]), int(day["day"])) > (reading.date.month, reading.date.day)
    return reading.date.year - int(born.group(1)) - not_yet


def said_of(sentence: Sentence, person: Person, people: list[Person]) -> str:
    """Return the folded words said of `person`: from the name to the next person's name or the sentence's end."""
    after = bisect_right(people, person.start, key=attrgetter("start"))
    following = (other.start for other in islice(people, after, None) if not other.address.startswith("con"))
    end = min(next(following, sentence.end), sentence.end)
    return person.field.folded[person.end : min(end, person.end + 120)]


_ANOTHER = re.compile(r"\b(?:một|cô gái|bé|em|cháu|nữ sinh|nam sinh|người|nạn nhân|bị hại|con) ")
_OFFICE = re.compile(
    r"\b(?:kiểm sát viên|kiểm tra viên|điều tra viên|thẩm phán|luật sư|báo cáo viên|phóng viên|nhà báo|giáo viên|bác sĩ|cán bộ|chuyên gia|chuyên viên|(?:phó )?viện trưởng|"
    r"(?:phó )?hiệu|(?:phó )?chánh án|thư ký|trợ giúp viên)(?: [^\s,.;:]+){0,3} $"
)


_OFFICE_AFTER = re.compile(
    r",? (?:là |hiện là )?(?:(?:phó )?(?:chủ tịch|giám đốc|bí thư|hiệu trưởng|viện trưởng|trưởng (?:phòng|ban|công an))|kiểm sát viên|luật sư|thẩm phán|điều tra viên|trợ giúp viên)\b"
    r"| (?:dẫn đầu|làm trưởng đoàn|chủ trì)\b"
)


def is_official(sentence: Sentence, person: Person) -> bool:
    """Whether an office stands before the name, or the "name" is itself the head of one ("Phó Hiệu trưởng")."""
    before = sentence.field.folded[max(sentence.start, person.start - 60) : person.start]
    return (
        _OFFICE.search(before) is not None
        or (not person.address and person.name.startswith(("Phó ", "Trưởng ")))
        or _OFFICE_AFTER.match(sentence.field.folded, person.end) is not None
    )


# A place or a school is named, and nobody: "trường Đại học Luật Hà Nội".
_OF_A_PLACE = re.compile(
    r" (?:ở|tại|phổ thông|cơ sở|tiểu học|mầm non|thpt|thcs|trường|(?:đại học|cao đẳng|học viện)(?: [^\s,.;]{1,12}){0,3}) $"
)


_PLACE_WITHIN = 56  # code points before a name


def is_minor(reading: Reading, sentence: Sentence, person: Person, people: list[Person]) -> bool:
    """Whether the person is told to be under 18: by age, year of birth, school class, or being called em, cháu, bé."""
    if person.address in OFFICIAL_ADDRESS or is_official(sentence, person):
        return False
    if not person.address and _OF_A_PLACE.search(
        person.field.folded, max(sentence.start, person.start - _PLACE_WITHIN), person.start
    ):
        return False  # "vụ xâm hại trẻ em ở Dương Minh Châu": a district
    if is_parent(person.field, person, sentence):
        return False
    said = said_of(sentence, person, people)
    before = person.field.folded[max(sentence.start, person.start - 40) : person.start]
    another = _ANOTHER.search(said)
    own = said[: another.start()][:60] if another else said[:60]
    age = _age(reading, own)
    if age is not None:
        return age < ADULT
    if _PUPIL.search(before) or _is_called_pupil(own):
        return "sinh viên" not in before + own
    if _CHILD_OF.match(said) and _among_minors(sentence):
        return True
    if _PEER_OF.match(said) or (_ALONG_WITH.search(before) and _among_minors(sentence)):
        return True
    if person.address in ("cháu", "bé"):
        return True
    return person.address == "em" and tells_of_minors(sentence.field.folded)


# Introduced as somebody's child, where children are told of: "Lê Gia Khiêm, con trai duy nhất của vợ chồng anh …".
_CHILD_OF = re.compile(
    r",? ?(?:là )?con(?: (?:trai|gái|ruột|riêng|nuôi|út|cả|đầu lòng|duy nhất|một)){0,3} (?:của )?(?:vợ chồng |anh |chị |ông |bà )"
)


_ALONG_WITH = re.compile(
    r"\bcùng (?:đi|bị|tham gia|nhóm)(?: [^\s,.;]+){0,3} $"
)  # "Cùng đi có …", after two of 16 and 17
_PEER_OF = re.compile(
    r",? ?(?:là )?bạn (?:cùng (?:lứa|lớp|trường|tuổi)|học)(?: với| của)? (?:em|cháu|bé|bị hại|nạn nhân)\b"
)


def _among_minors(sentence: Sentence) -> bool:
    """Whether the sentence or one of the two before it, in its paragraph, tells of pupils or children."""
    near = sentence.beside(before=2)
    return any(
        sentence.goes_on_from(other) and (tells_of_minors(other.folded) or _MINORS_AGE.search(other.folded))
        for other in near
    )


_MINORS_AGE = re.compile(r"(?<!\d)(?:1[0-7]|[1-9]) tuổi")


_ACTED = re.compile(
    r"\b(?:trong|theo) kịch bản\b[^.;]{0,60}$|\b(?:(?:trong|đóng|thủ|nhận|sắm|vào|phân|các|nhập|với) vai|vai (?:diễn|bị|chủ|thẩm|luật|kiểm|nạn)|nhân vật)\b[^.;]{0,40}$|[“\"](?:bị cáo|bị hại|bị can|nạn nhân|luật sư|thẩm phán|kiểm sát viên|chủ tọa|thư ký|hội thẩm)[”\"] $"
)


_ACTS = re.compile(
    r"\b(?:đóng|vào|nhận|thủ|sắm|trong) vai\b|[,(] (?:trong )?vai [“\"]?(?:thẩm phán|chủ tọa|hội thẩm|kiểm sát viên|luật sư|thư ký|bị cáo|bị hại|nạn nhân|nhân chứng|người (?:làm chứng|bào chữa))\b|\blàm (?:luật sư|thẩm phán|chủ tọa|thư ký|kiểm sát viên|hội thẩm|bị cáo|bị hại)\b"
)


# One of several parts, shared out in the sentence: "Em Châu vào vai Kiểm sát viên; em Tân, lớp 12A1, đóng bị cáo".
_CAST = re.compile(r"\b(?:vào|đóng|thủ|sắm|nhập) vai\b|\bđóng (?:bị cáo|bị hại|luật sư|thẩm phán|nạn nhân)\b")
_shares_out_parts = tells(_CAST)
# A pupil who speaks up at a session of legal education is no party to a case.
_ASKS = re.compile(
    r"(?:(?!\bbị\b)[^.;“”]){0,90}?\b(?:hỏi|thắc mắc|đặt câu hỏi|giơ tay|xung phong|phát biểu|chia sẻ|bày tỏ|trả lời|(?:giành|đoạt|đạt|nhận) (?:giải|quà|phần thưởng)|được (?:tặng|tuyên dương)|trình bày|luận tội|tranh luận|nhập vai)\b"
)
_SESSION = re.compile(
    r"phiên tòa giả định|buổi (?:tuyên truyền|nói chuyện|ngoại khóa|sinh hoạt)|hỏi đáp|phần giao lưu|câu hỏi"
)
_tells_of_a_session = tells(_SESSION)


_ANSWERED = re.compile(
    r"\b(?:trả lời|đáp|giải đáp) (?:câu hỏi|thắc mắc)(?: của)?(?: [^\s,.;]+){0,2} $"
)  # "Trả lời câu hỏi của em …"


def _plays_a_part(sentence: Sentence, person: Person) -> bool:
    """Whether the person is, or plays, a part in a mock trial or a sketch ("trong vai bị cáo là em Nam")."""
    folded = sentence.field.folded
    return (
        _ACTED.search(folded[max(sentence.start, person.start - 60) : person.start]) is not None
        or _ANSWERED.search(folded[max(sentence.start, person.start - 60) : person.start]) is not None
        or (_ASKS.match(folded, person.end) is not None and _tells_of_a_session(folded))
        or _ACTS.search(folded[person.end : min(sentence.end, person.end + 120)]) is not None
        or _shares_out_parts(sentence.folded)
    )


def minor(reading: Reading) -> Iterator[Finding]:
    """Something that identifies a person under 18 who is victim, witness, suspect or defendant; once a person and sentence."""
    players: set[str] = set()
    children: set[str] = set()  # given names of the minors told of so far
    of_a_case = _is_of_a_case(reading)
    hidden = _initials_of_minors(reading)
    for sentence in reading.document.sentences():
        people = reading.persons_in(sentence)
        minors = [person for person in people if is_minor(reading, sentence, person, people)]
        players.update(person.name for person in minors if _plays_a_part(sentence, person))
        children.update(person.given.lower() for person in minors)
        for person in minors:
            named_in_full = person.is_full and initials_of(person)[0] in hidden
            if not (named_in_full or _is_involved(of_a_case, sentence)) or person.name in players:
                continue
            if _WINS.search(sentence.folded, max(0, person.end - sentence.start)):
                continue  # a pupil who answered best
            details = list(_identifying(sentence, person, people, minors))
            if _identify(details, sentence):
                span = Span(sentence.field.name, min(a for a, _ in details), max(b for _, b in details))
                yield Finding(span, initials_of(person) if person.is_full else ())
        if not minors:
            yield from _parent_of_minor(of_a_case, sentence, people, children)
        home = None if people else _home_of_a_minor(sentence)
        if home and _is_involved(of_a_case, sentence):
            yield Finding(sentence.span(*home))
        unnamed = None if people else _unnamed_minor(sentence.folded)
        if unnamed and _is_involved(of_a_case, sentence):
            yield Finding(sentence.span(*unnamed))


_MINORS_HOME = re.compile(r"\b(?:nhà|gia đình) (?:của )?(?:cháu|em|bé)(?: (?:ấy|này))? (?:nằm )?(?:ở|tại|trong) ")


def _home_of_a_minor(sentence: Sentence) -> tuple[int, int] | None:
    """Return where a sentence tells the hamlet or lane of a child's home ("Nhà cháu ở hẻm số 7, khu phố 3"), or None."""
    home = _minors_home(sentence.folded)
    if home is None:
        return None
    place = BELOW_COMMUNE.match(sentence.field.standard[sentence.start : sentence.end], home)
    return place.span() if place else None


@remembered
def _minors_home(folded: str) -> int | None:
    """Return where the place of a child's home begins in a folded sentence, or None."""
    lead = _MINORS_HOME.search(folded)
    return lead.end() if lead else None


_CHILD_BEFORE = re.compile(
    r"\b(?:em|cháu|bé|con gái|con trai|thiếu niên|thiếu nữ|nam sinh|nữ sinh|nạn nhân|bị hại)\b|\b(?:người đại diện hợp pháp|người giám hộ) của \w"
)


_CHILD_INITIAL = re.compile(
    r"(?<![\w.])(?:[A-ZĐ]\.){0,4}([A-ZĐ])\.(?:,| \() ?(?:[1-9]|1[0-7]) tuổi\b|\b(?:[Cc]háu|[Bb]é|[Ee]m)(?: [^\s,.;]+){0,2}(?:, (?:tên )?(?:viết )?(?:tắt|tên)(?: là)?)? (?:[A-ZĐ]\.)*([A-ZĐ][gh]?)\.|(?<![\w.])([A-ZĐ])\., con (?:của )?(?:ông|bà|anh|chị|vợ chồng)\b"
)


_WINS = re.compile(r"\b(?:trả lời đúng|đoạt giải|giành giải|nhận (?:phần )?(?:thưởng|quà)|được tặng quà)\b")


def _initials_of_minors(reading: Reading) -> set[str]:
    """Return the initials under which the draft keeps minors of a case back ("P.G.H." of "Cháu P. G. H.", a victim)."""
    found = set()
    for sentence in reading.document.sentences():
        people = reading.persons_in(sentence)
        hidden = [person for person in people if person.has_initials and "." in person.name]
        found |= {
            ".".join(filter(str.isalpha, person.name)) + "."
            for person in hidden
            if _is_involved(False, sentence) and is_minor(reading, sentence, person, people)
        }
    return found


_OF_CHILD = re.compile(
    r",? (?:là )?(?:cha mẹ|ba mẹ|bố mẹ|cha|mẹ|bố|ba|má)(?: ruột| đẻ)? (?:của )?(?:(?:cháu|bé|em) )?(?P<child>[^\s,.;]+)"
)


def _parent_of_minor(
    of_a_case: bool, sentence: Sentence, people: list[Person], children: set[str]
) -> Iterator[Finding]:
    """Yield a parent's full name by which a minor of the case is known: "Mẹ bé, chị Lê Thị Cầm ở tổ 7"; `children` are the
    given names of those named before ("bà Huỳnh Thị Thắm, mẹ của Hân")."""
    for person in people:
        of_child = _OF_CHILD.match(person.field.folded, person.end) if children and person.is_full else None
        if of_child and of_child["child"] in children:
            yield Finding(Span(sentence.field.name, person.start, person.end), initials_of(person))
            return
        if not person.is_full or not is_parent(person.field, person, sentence):
            continue
        near = sentence.beside(before=3, after=1)
        told = [other for other in near if other.paragraph == sentence.paragraph]
        is_child = _IS_CHILD_OF.match(sentence.folded)
        if is_child or _OF_INITIALS.match(person.field.folded, person.end):  # "mẹ của T.V.", who may be told of before
            told = sentence.beside(before=_CHILD_WITHIN)
        initial = next(filter(None, (_CHILD_INITIAL.search(other.text) for other in told)), None)
        of_a_minor = initial or any(tells_of_minors(other.folded) for other in told)
        named = (
            is_child
            or _CHILD_BEFORE.search(sentence.folded)
            or (initial and f"{initial[initial.lastindex or 1]}." in sentence.text)
        )
        if of_a_minor and named and _is_involved(of_a_case, sentence):
            end = person.end
            for match in BELOW_COMMUNE.finditer(person.field.standard, person.end, min(sentence.end, person.end + 80)):
                end = match.end()
            yield Finding(Span(sentence.field.name, person.start, end), initials_of(person))
            return


_CHILD_WITHIN = 12  # sentences before
_IS_CHILD_OF = re.compile(r"(?:[a-zđ]\.){1,4} là con\b")  # "K. là con ông …"
_OF_INITIALS = re.compile(r",? (?:là )?(?:cha mẹ|ba mẹ|bố mẹ|cha|mẹ|bố)(?: ruột| đẻ)? (?:của )?(?:[a-zđ]{1,2}\.){1,4}")


def _identify(details: list[tuple[int, int]], sentence: Sentence) -> bool:
    """Whether the details tell who it is: a class without its school does not."""
    return any(
        not re.fullmatch(
            r"(?:(?:đang )?(?:là )?học sinh |đang học |học )?lớp \d{1,2}\w{0,4}(?:[/.]\d{1,9})?\s*",
            sentence.field.folded[start:end],
        )
        for start, end in details
    )


@remembered
def _tells_of_a_case(folded: str) -> bool:
    return _INVOLVED.search(folded) is not None


def _is_involved(of_a_case: bool, sentence: Sentence) -> bool:
    """Whether this sentence, one of the two before or the one after tells of a case that the person is part of."""
    near = sentence.beside(before=2, after=1)
    return of_a_case or any(_tells_of_a_case(other.folded) for other in near if sentence.goes_on_from(other))


_PROCEEDINGS = ("khởi tố", "bị can", "bị cáo", "cáo trạng", "truy tố", "bắt quả tang", "tạm giữ")
_NO_CASE = re.compile(
    r"phần quà|học bổng|trao quà|tặng quà|tặng (?:tập|vở|xe đạp|sách)|phiên tòa giả định|tuyên truyền|ngoại khóa|(?:buổi|giờ) (?:nói chuyện|sinh hoạt)|sinh hoạt (?:chuyên đề|chi đoàn|dưới cờ)|giao lưu|cuộc thi|hội thi|"
    r"tiểu phẩm|hỏi[ –-]+đáp|bạn đọc|câu lạc bộ|đoàn viên|hiến máu|tập huấn|gặp mặt|tấm gương|gương (?:sáng|mẫu|người)|thăm(?: hỏi|,)|đến thăm"
)


_is_no_case = tells(_NO_CASE)


def _is_of_a_case(reading: Reading) -> bool:
    """Whether the draft reports one case and nothing else in which children have a part: no school visit, no charity."""
    fields = reading.document.prose
    sentences = (sentence.folded for field in fields for sentence in field.sentences)
    return any(word in field.folded for field in fields for word in _PROCEEDINGS) and not any(
        map(_is_no_case, sentences)
    )


def _identifying(
    sentence: Sentence, person: Person, people: list[Person], minors: list[Person]
) -> Iterator[tuple[int, int]]:
    """Yield the field spans of what identifies a minor in the sentence: name, school and class, parents, hamlet.

    What stands between the minor told of before and the one told of next is this one's.
    """
    field = sentence.field
    if person.is_full:
        yield person.start, person.end
    place = bisect_right(minors, person.start, key=attrgetter("start"))
    limit = minors[place].start if place < len(minors) else sentence.end
    since = minors[place - 2].start + 1 if place > 1 else sentence.start
    first = bisect_left(people, person.start, key=attrgetter("start")) == 0
    for match in _SCHOOL.finditer(field.folded, sentence.start if first else person.start, limit):
        yield match.span()
    for match in BELOW_COMMUNE.finditer(field.standard, person.start, limit):
        yield trim(field, *match.span())
    beside = islice(people, bisect_left(people, since, key=attrgetter("start")), None)
    for other in takewhile(lambda other: other.start < limit, beside):
        if other.is_full and other is not person and is_parent(field, other, sentence):
            yield other.start, other.end


def is_parent(field: Field, other: Person, sentence: Sentence) -> bool:
    """Whether the words beside the name make its bearer the parent of a child that is told of."""
    before = field.folded[max(sentence.start, other.start - 40) : other.start]
    return _PARENT_AFTER.match(field.folded, other.end) is not None or any(
        match.end() == len(before) for match in _PARENT.finditer(before)
    )


_PARENT_AFTER = re.compile(  # "Ông Trần Văn Đẹt và bà Lê Thị Nguyệt, cha mẹ cháu"
    r"(?: và (?:ông|bà|anh|chị)(?: [^\s,;.]+){2,5})?,? (?:là )?(?:cha mẹ|ba mẹ|bố mẹ|cha|mẹ|bố)(?: ruột| đẻ)? (?:của )?(?:(?:cháu|bé|em|nạn nhân|bị hại)\b|(?:[a-zđ]{1,2}\.){1,4}(?!\w))"
)


def trim(field: Field, start: int, end: int) -> tuple[int, int]:
    """Return [start, end) of `field` without white space at its start."""
    while start < end and field.text[start].isspace():
        start += 1
    return start, end


_WHOLE_CLASS = re.compile(
    r"\bcác (?:em|cháu|học sinh)|\d{1,9} học sinh|học sinh (?:các|toàn)|cho học sinh"
    r"|buổi (?:tuyên truyền|sinh hoạt|nói chuyện|ngoại khóa)|phiên tòa giả định|(?:cuộc|hội) thi|đoạt giải|đặt câu hỏi"
)


@remembered
def _unnamed_minor(folded: str) -> tuple[int, int] | None:
    """Return where a folded sentence identifies a pupil by school and class together, though unnamed."""
    if not re.search(r"\b(?:em|cháu|bé|nữ sinh|nam sinh|học sinh|nạn nhân|bị hại|thiếu niên)\b", folded):
        return None
    match = _SCHOOL.search(folded)
    if match is None or "lớp" not in match.group() or "trường" not in match.group() or _WHOLE_CLASS.search(folded):
        return None
    return match.span()


def initials_of(person: Person) -> tuple[str, ...]:
    """Return the name cut to its initials, as the sector's own items do."""
    return (".".join(part[0] for part in person.name.split()) + ".",)


CHECKS = (Check("privacy.minor", minor),)
