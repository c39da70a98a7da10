"""Presumption of innocence (`objectivity.presumption`): words that state the guilt of whom no judgment has convicted.

Constitution 2013, Article 31; Criminal Procedure Code 2015, Article 13. See `proceedings` for where the case stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from review_service.checklist.attribution import has_speaker, in_readers_question
from review_service.checklist.findings import Check, Finding, one_each
from review_service.checklist.lexicon import Hit
from review_service.checklist.persons import Person
from review_service.checklist.quotations import Quotation
from review_service.checklist.reading import Reading
from review_service.checklist.things import said_of_a_thing
from review_service.text import UPPER, Sentence, Span, remembered, tells

_NEAR = 300  # code points beside a word that its meaning may depend on
_VERB_AFTER_PRONOUN = re.compile(
    r" (?:đã|đang|sẽ|bị|còn|không|liền|lấy|dùng|bỏ|thừa nhận|nhận|có|là|mang|đến|vào|ra|rút|cầm|vung|đâm|đánh|chém|khai|"
    r"thú nhận|trốn|chạy|tẩu thoát|lại|tiếp tục|cho|nói|thường|giả|tự|rủ|bàn|lên|xuống|đi|về|mới|vẫn|cũng|ta|này|kia|lợi dụng|lừa|"
    r"chiếm đoạt|ném|giấu|mua|bán|thuê|xông|lao|quay|thấy|biết|nghĩ|tìm|gọi|yêu cầu|đe dọa|khống chế|cướp|giật|trộm|hành hạ|ngồi|đứng|sinh|vay|nhằm|để|phải|được|ấy|đó|đổi|cưới|mở|sống|quen|trở|làm|kể|gửi|đập|nằm|hẹn|chở|ép|kéo|dọa|gặp|tới|mượn|nhờ|hứa|bịa|dụ|bế|ôm|xin|thề|im|cúi|cười|khóc|gật|lắc|kêu|hỏi|đòi|trả|ăn|uống|ngủ|leo|trèo|phá|cạy|cắt|đốt)\b"
)
_PARTICULAR_CASE = (
    *("bị can", "bị cáo", "nghi phạm", "nghi can", "đối tượng", "nạn nhân", "bị hại", "vụ án", "vụ việc", "khởi tố"),
    *("truy tố", "cáo trạng", "xét xử", "tuyên phạt", "phiên tòa", "hầu tòa", "tạm giữ", "tạm giam", "bị bắt"),
    *("bắt giữ", "bắt được", "bắt khẩn cấp", "tóm", "khống chế", "truy nã", "hiện trường", "khai nhận"),
    *("đã bắt", "vừa bắt", "cơ quan điều tra", "cơ quan cảnh sát điều tra", "đầu thú", "áp giải", "di lý", "khám xét"),
)
_ACCUSED_OF = re.compile(
    r"\b(?:cáo buộc|(?:khởi tố|truy tố|bị bắt) (?:vì|về)|bị nghi|nghi vấn|theo cáo trạng|cáo trạng (?:nêu|xác định|thể hiện|quy kết)|theo kết luận điều tra|làm rõ vai trò|quy kết|tố cáo|bị tố|(?:vks|vksnd|viện kiểm sát|kiểm sát viên) (?:khẳng định|xác định|cho rằng)|cho rằng)\b[^.;]{0,120}$"
)
_SEARCHED = re.compile(
    r"(?:truy tìm|tìm ra|tìm|xác định(?: được)?|chưa rõ|chưa xác định(?: được)?|truy bắt|ai là|(?:không|chẳng|chả|đâu|nào|hổng)(?: có)? phải(?: là)?(?: (?:một|hạng|phường))?|nghi(?: ngờ)?(?: là)?|bị nghi(?: là)?|bị coi là|bị cho là|(?:tin|ngỡ|tưởng|nghĩ)(?: chắc)? là|như|truy lùng|săn lùng|danh tính|(?:lời đồn|tiếng đồn|tin đồn|mang tiếng|điều tiếng)(?: [^ ]+){0,6} là|(?:gọi|coi|xem|trêu|trêu chọc|chế giễu|mắng|chửi|vu)(?: [^ ]+){0,5} là) [“\"]?$"
)
# "bọn" is contempt for a gang, unless children or the speaker's own circle follow.
_GANG = re.compile(r"(?! (?:trẻ|tôi|tui|mình|em|con|cháu|nhỏ|họ|ta|ấy)\b)")
_FOUND_OUT = re.compile(r"\bđã (?:nhanh chóng |kịp thời |sớm )?(?:tìm|truy|lần) ra $")
_RULED = re.compile(
    r" (?:\d|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|sẵn|thẳng|đều|nhau|thì|lại|vạch|đôi|ngang|dọc|ô|bảng|sơ đồ|đường|dòng|khung|tay)\b"
)  # "mỗi trang kẻ năm cột"
_IS_SOMEONE = re.compile(r" [^\W\d_]")  # "cột tự kẻ:" is a verb
_UNKNOWN = re.compile(
    r" (?:thật|thực|thực sự|là ai)\b|[^.;]{0,60}\b(?:không (?:hề |rốt cuộc )?(?:tồn tại|có thật))\b"
)  # "thủ phạm thật ra đầu thú" clears whoever was accused, and names nobody
_NAMED_AS = re.compile(r" (?:thật|thực)(?: sự)? (?:chính )?là (?:(?:bị can|bị cáo|tên|ông|bà|anh|chị|cô|em) )?")
_WAS_FOUND = re.compile(
    r"\bđã (?:được )?(?:tìm ra|tìm thấy|lộ diện|bị bắt|bị lôi ra)\b"
)  # whoever was told of just before
_WHOEVER = re.compile(r"\b(?:kẻ|người|thủ phạm|hung thủ) (?:thật|thực)(?: sự)? (?:đã )?$")  # somebody nobody knows yet
_FIXED_CRIME = re.compile(
    r"^ (?:quả tang|chưa đạt|lần đầu|về|khác|nói chung|và|của|này|đó|trên|tham nhũng|ma túy|hình sự|kinh tế|xâm phạm)\b"
)


_SPEAKER_FIRST = re.compile(
    r"(?:vks|vksnd|viện kiểm sát|kiểm sát viên|luật sư|hđxx|hội đồng xét xử|tòa|bị hại|bị cáo)(?: [^\s:,.;“”]+){0,2}: "
)


def told_by_another(reading: Reading, hit: Hit) -> bool:
    """Whether the words stand in a quotation of another's words, or in a sentence or a paragraph that is another's ("VKS: Cách
    bị cáo ra tay đã …")."""
    if _SPEAKER_FIRST.match(hit.sentence.folded):
        return True
    return reading.in_turn(hit.sentence) or is_anothers(reading, reading.quotation_at(hit.field, hit.start, hit.end))


def is_anothers(reading: Reading, quotation: Quotation | None) -> bool:
    """Whether a quotation is somebody's speech, named or not (that is another issue), or attributed words."""
    if quotation is None or _is_scare(quotation):
        return False
    spoken = quotation.syllables >= _SPOKEN_SYLLABLES and quotation.looks_spoken
    return spoken or has_speaker(reading, quotation)


def _is_scare(quotation: Quotation) -> bool:
    """Whether a word or two are quoted by the way, of somebody told of ("“hung thần” ấy còn chạy thêm"): the writer's own."""
    after = quotation.field.folded[quotation.end : quotation.end + _POINTED_WITHIN]
    called = quotation.field.folded.endswith(_CALLED, 0, quotation.start)
    return quotation.syllables <= _SCARE_SYLLABLES and (called or _POINTED.match(after) is not None)


_CALLED = ("tay ", "kẻ ", "gã ", "ả ", "mụ ", "tên ", "cặp ", "hai ", "ba ", "bốn ")
_SCARE_SYLLABLES = 2
_POINTED_WITHIN = 10  # code points
_POINTED = re.compile(r" (?:ấy|này|kia|đó|bất ngờ|đã|vẫn|liền|lao|bị)\b")
_SPOKEN_SYLLABLES = 8
_ACTED = re.compile(
    r"\bnhân vật [^.;]{0,80}\b(?:đóng|kịch bản|tiểu phẩm|vở kịch)\b|\b(?:thủ|sắm|nhập|đóng) vai\b|\b(?:tình huống|nhân vật) hư cấu\b|\bnhân vật (?:kiểm sát viên|thẩm phán|bị cáo|bị hại|luật sư|chủ tọa)\b"
)


_STORY_WITHIN = 8  # sentences before and after
_STORY = re.compile(
    r"\b(?:truyện|tiểu thuyết|trinh thám|vở kịch|tiểu phẩm|bộ phim|phim truyện|kịch bản (?:phim|ban đầu|tiểu phẩm|kể)|nhân vật (?!này|ấy|đó|cộm|số|trên))\b"
)
_tells_a_story = tells(_STORY)


def _in_a_story(reading: Reading, sentence: Sentence) -> bool:
    """Whether the paragraph (for a title: the text) is of a book, a play or a film, and the sentence names nobody."""
    if sentence.field.name == "title":
        told = reading.document.body.sentences
    else:
        beside = sentence.beside(before=_STORY_WITHIN, after=_STORY_WITHIN - 1)
        told = [other for other in beside if other.paragraph == sentence.paragraph]
    return not reading.persons_in(sentence) and any(_tells_a_story(other.folded) for other in told)


def _general(reading: Reading, sentence: Sentence) -> bool:
    """Whether the sentence speaks of crime in general, in the writer's own words."""
    return any(not reading.quoted(hit.field, hit.start, hit.end) for hit in reading.hits_in("general_crime", sentence))


def _about_a_case(reading: Reading) -> bool:
    """Whether the draft tells of a particular case: somebody is accused in it."""
    return any(word in field.folded for field in reading.document.prose for word in _PARTICULAR_CASE)


def presumed_innocent(reading: Reading, sentence: Sentence) -> bool:
    """Whether nobody the sentence may mean has been convicted by a judgment in effect."""
    proceedings = reading.proceedings
    if not proceedings.in_effect:
        return True
    named = _meant(reading, sentence)
    return (
        bool(proceedings.convicted)
        and bool(named)
        and named.isdisjoint(proceedings.convicted)
        and proceedings.open_stage
    )


def _meant(reading: Reading, sentence: Sentence) -> set[str]:
    """Return the given names of those a sentence may mean: whom it names, or whom the last one before it in its paragraph
    says to be held; not those whose names are kept back out of respect (chị L.), who are mostly victims."""
    own = _given_names(reading, sentence)
    before = sentence.previous
    while not own and before is not None:
        own = _given_names(reading, before)
        if own and _HELD.search(before.folded) is None:
            return set()
        before = before.previous
    return own


def _given_names(reading: Reading, sentence: Sentence) -> set[str]:
    people = reading.persons_in(sentence)
    return {
        one.given.lower()
        for one in people
        if not (one.address in _RESPECT and (one.has_initials or _is_of_family(one)))
    }


def _is_of_family(person: Person) -> bool:
    """Whether a couple or a family is told of by the person ("vợ chồng chị Mười"): those whom the accused lived beside."""
    return person.field.folded.endswith(("vợ chồng ", "gia đình "), 0, person.start - len(person.address) - 1)


_RESPECT = frozenset("anh chị ông bà em cháu cô chú bác cụ".split())
_HELD = re.compile(r"\bbị (?:bắt|tạm giữ|tạm giam|khởi tố)\b")


def presumption(reading: Reading) -> Iterator[Finding]:
    """Words that state the guilt of a person whom no judgment in legal effect has convicted."""
    yield from one_each(_guilt(reading))


def _guilt(reading: Reading) -> Iterator[Finding]:
    if not _about_a_case(reading):
        return
    for hit in reading.hits("guilt"):
        sentence = hit.sentence
        if told_by_another(reading, hit) or not presumed_innocent(reading, sentence):
            continue
        if _ACTED.search(hit.field.folded, *sentence.around(hit.start, hit.end, _NEAR)):
            continue  # a part in a play or a mock trial: nobody is accused
        whoever = hit.field.folded.startswith("nhóm ", hit.start) or hit.field.folded.endswith(" có ", 0, hit.start)
        if whoever and reading.hits_in("hearsay", sentence):
            continue  # "Nghe đâu nhóm lừa đảo này …", "… giấu tên quả quyết có kẻ đốt chợ": the rumour is the fault
        quotation = reading.quotation_at(hit.field, hit.start, hit.end)
        if quotation is not None and quotation.is_spoken_of:
            continue
        if in_readers_question(sentence):
            continue  # "Nếu bắt được kẻ trộm …": whoever it may be
        if _in_a_story(reading, sentence) or said_of_a_thing(reading, hit, sentence):
            continue
        if _states_guilt(reading, hit, sentence):
            yield _with_its_epithet(reading, hit)
    yield from _numbered(reading)
    yield from _called_ten(reading)
    yield from _named_in_quotes(reading)
    for hit in reading.hits("captures"):
        captured = next((person for person in reading.persons[hit.field.name] if person.start == hit.end + 1), None)
        if captured and presumed_innocent(reading, hit.sentence) and not told_by_another(reading, hit):
            yield Finding(Span(hit.field.name, hit.end - len("tên"), captured.end))


_WHOEVER_HE_IS = re.compile(  # what a "gã" is called before it is said what he is like
    r" (?:hàng xóm|láng giềng|thanh niên|trai|đàn ông|chồng|dượng|cha dượng|bố dượng|bảo vệ|tài xế|thầy|chủ [^\s.,;]+|thợ [^\s.,;]+|người [^\s.,;]+|bạn [^\s.,;]+) (?:rất |quá )?"
)


def _with_its_epithet(reading: Reading, hit: Hit) -> Finding:
    """Return the words, with the loaded one that tells what he is like: "gã hàng xóm đồi bại" is one slip."""
    called = _WHOEVER_HE_IS.match(hit.field.folded, hit.end) if hit.entry.kind == "pronoun" else None
    if called:
        loaded = reading.hits_in("loaded", hit.sentence)
        place = bisect_left(loaded, called.end(), key=attrgetter("start"))
        if place < len(loaded) and loaded[place].start == called.end():
            return Finding(Span(hit.field.name, hit.start, loaded[place].end))
    return Finding(hit.span, hit.entry.replacements)


_NUMBERED = re.compile(
    r"(?<!\w)(?:\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|những|mấy|các) "
    r"(tên (?!tuổi|gọi|riêng|miền|họ|đường|đệm|sách|khác|người|nạn nhân|của|này|đó|thật|giả|chung|cây|loài|thuốc|nước|xã|ấp|bài|"
    r"phim|món|công ty|hàng|cơ quan|đơn vị|trong|trên|được|mới|cũ)[^\W\d_]+(?: [^\W\d_]+)?)"
)


def _numbered(reading: Reading) -> Iterator[Finding]:
    """Yield "hai tên cướp", "những tên cẩu tặc": people counted as "tên", whatever the word that follows."""
    known = [hit.span for hit in reading.hits("guilt")]
    for sentence in reading.document.sentences():
        field = sentence.field
        for match in _NUMBERED.finditer(sentence.folded) if " tên " in sentence.folded else ():
            span = sentence.span(*match.span(1))
            if not field.text[span.start + len("tên ")].islower() or any(span.overlaps(other) for other in known):
                continue
            if reading.quoted(field, span.start, span.end) or _general(reading, sentence):
                continue
            if presumed_innocent(reading, sentence):
                yield Finding(span)


_TEN = re.compile(
    rf"(?:^|[.,;:–-]\s|\b(?:bắt|giữ|với|cùng|do|của|và|khi) )(?P<ten>[Tt]ên (?P<name>[{UPPER}][^\W\d_]*))(?! [{UPPER}])",
)


def _called_ten(reading: Reading) -> Iterator[Finding]:
    """Yield "tên Út" for somebody whom the draft names in full (Cao Văn Út): the title is one for criminals."""
    known = [hit.span for hit in reading.hits("guilt")]
    for field in reading.document.prose:
        sentences = [sentence for sentence in field.sentences if "tên " in sentence.folded]
        given = {person.given for person in reading.persons[field.name] if person.is_full} if sentences else set()
        for sentence in sentences:
            for match in _TEN.finditer(sentence.text):
                span = sentence.span(*match.span("ten"))
                if match.group("name") not in given or any(span.overlaps(other) for other in known):
                    continue
                if presumed_innocent(reading, sentence) and not reading.quoted(field, span.start, span.end):
                    yield Finding(span)


_NAMED_IN_QUOTES = re.compile(
    r"\b(?:(?P<few>hai|ba|bốn|năm|những|mấy|\d{1,2}) tên|kẻ|gã|ả|mụ|bọn|lũ|trùm) [“\"](?P<word>[^“”\"\n]{2,24})[”\"]"
)


def _named_in_quotes(reading: Reading) -> Iterator[Finding]:
    """Yield "kẻ “rút ruột”", "hai tên “cẩu tặc”": contempt that the quotation marks do not take back."""
    for sentence in reading.document.sentences():
        for match in (
            _NAMED_IN_QUOTES.finditer(sentence.folded) if "“" in sentence.folded or '"' in sentence.folded else ()
        ):
            small = sentence.text[match.start("word") :][:1].islower()
            general = match["few"] is None and _general(reading, sentence)
            if small and presumed_innocent(reading, sentence) and not general:
                yield Finding(sentence.span(*match.span()))


def _states_guilt(reading: Reading, hit: Hit, sentence: Sentence) -> bool:
    """Whether the words point at a particular person, by the kind of the entry."""
    kind = hit.entry.kind
    if kind == "pronoun":
        return is_contempt(reading, hit)
    # Marks around a word by the way ("hai “cẩu tặc” trong đêm") change nothing.
    before = hit.field.folded[max(sentence.start, hit.start - _NEAR) : hit.start].rstrip("“")
    after = hit.field.folded[hit.end : min(sentence.end, hit.end + _NEAR)].lstrip("”")
    if before.endswith(_BEARS) and hit.field.folded.startswith("tên ", hit.start):
        return False  # "tài khoản mang tên chồng bị can"
    if hit.field.folded.startswith("tên ", hit.start) and hit.field.text[hit.start + len("tên ")].isupper():
        return hit.field.text[hit.start : hit.end].isupper() and kind == "person"  # "khai tên Hacker là biệt danh"
    if kind == "person" and _SWINDLER.match(hit.field.folded, hit.start) and not _somebody_accused(reading, sentence):
        return False
    if kind == "person":
        searched = _SEARCHED.search(before) is not None and _FOUND_OUT.search(before) is None
        named = before in ("là ", "là tên ", "là kẻ ") and bool(reading.persons_in(sentence))  # "Là đầu sỏ …, Cường …"
        this_one = _THIS_ONE.match(after) or hit.field.folded.endswith(" này", hit.start, hit.end) or named
        called = any(
            person.start == hit.end + 1 for person in reading.persons_in(sentence)
        )  # "thủ phạm Châu Ngọc Thạnh"
        this_one = this_one or called or _COUNTED.search(before) is not None or _DID.match(after) is not None
        general = (_general(reading, sentence) or _NOWADAYS.match(after) is not None) and not this_one
        return not ((searched and not this_one) or general or _names_nobody(reading, hit, sentence))
    if _PAIR_OF_ANY.match(hit.field.folded, hit.start) or (
        hit.field.folded.startswith("đối tượng ", hit.start) and _DONE_TO.search(before) and _IS_SOMEONE.match(after)
    ):
        return False  # "kẻ khóc, người cười"; "bị một đối tượng trộm cắp bàn ghế": a verb
    if kind in ("epithet", "deedname"):
        pointed = _POINTED_NAME.match(after) is not None
        general = (_general(reading, sentence) or _WHOEVER_IT_IS.search(before) is not None) and not pointed
        told = any(pattern.search(before) for pattern in (_TOLD_AS_A_DEED, _ACCUSED_OF)) or _AS_TOLD.search(after)
        name = pointed or (_DOES_NEXT if kind == "epithet" else _GOES_ON).match(after) is not None
        by_name = kind == "epithet" or sentence.field.name == "title"
        held = by_name and _HELD_ONE.search(before) is not None
        return (name or held) and not (general or told)
    if kind == "trade":
        return not _SEARCHED.search(before) and _is_pointed_at(reading, hit, sentence, before, after)
    if kind == "someone":
        if before == "có ":
            return False  # "Có kẻ còn lén sơn lên cổng nhà": nobody knows who
        general = _general(reading, sentence) and _THIS_ONE.match(after) is None
        return _IS_SOMEONE.match(after) is not None and not (
            _SEARCHED.search(before) or _UNKNOWN.match(after) or _RULED.match(after) or general
        )
    if kind == "gang":
        return _GANG.match(after) is not None and not _general(reading, sentence)
    if _NOT_PROVEN.search(before):
        return False
    if kind in ("suspect", "act") and (_ACCUSED_OF.search(before) or _WHOEVER.search(before)):
        return False  # "cáo buộc ông Huy cầm đầu": the accusation is told as one
    if kind == "suspect":
        return bool(reading.persons_in(sentence)) and not _general(reading, sentence)
    if kind == "crime":
        return _crime_of_a_person(reading, hit, sentence, before, after)
    return not _general(reading, sentence) and not _speaks_of_motive(before)


# "Nữ kế toán rút ruột tiền viện phí vẫn …": a person called by the crime, of whom something else is then told. "Nữ kế toán
# rút ruột tiền viện phí suốt ba năm" only tells the deed.
_OBJECT = (
    r"(?: (?!(?:rồi|để|và|nhằm|sau|khi|bằng|vì|do|trong|mà|từ|đến|lên|suốt|nhiều|cho|thì|là|nên|lúc|với|hoặc|hay|nếu)\b)"
    r"[^\s.,;:!?“”\"()]+){0,8}?"
)
_POINTED_NAME = re.compile(_OBJECT + r" (?:ấy|nói trên|này(?= [^\W\d_]))(?!\w)")
_BY_THE_LAW = (
    r"(?:đã |vừa |hiện |đang )?bị (?:bắt|khởi tố|tạm giữ|tạm giam|truy tố|dẫn giải|áp giải|dẫn|đưa|còng|tóm|khống chế|giải|"
    r"lập biên bản|đình chỉ)"
)
_STANDS_THERE = (
    r"vẫn|từng là|từng được|từng có|từng làm|ngồi|cúi (?:đầu|mặt|gằm)|bước (?:xuống|lên|ra|vào)|đứng|im lặng|lặng lẽ|thản nhiên|bình thản|"
    r"dửng dưng|lạnh lùng|bật khóc|gục|run rẩy|tỏ ra|đổ lỗi|khai|thừa nhận|phủ nhận|quanh co|nay (?:đã|phải|lại|tra|ngồi)|hầu tòa|ra tòa|ra đầu thú|"
    r"đầu thú|giả (?:bệnh|điên|vờ)|không (?:nói|dám|hề|rơi|tỏ|một|chịu|thể ngờ)|ngủ (?:ngon|yên)|ăn ngon|trốn về|sống (?:trong|ở|bằng)"
)
_GOES_ON = re.compile(_OBJECT + rf"(?: (?:{_STANDS_THERE}|{_BY_THE_LAW})|, {_BY_THE_LAW})\b")
_DOES_NEXT = re.compile(
    _OBJECT + rf" (?:{_STANDS_THERE}|{_BY_THE_LAW}|từng(?! (?:đồng|ngày|tháng|chút|người|khoản|lần))|"
    r"chưa|còn (?:thách|đòi|mạnh|lớn|được|sống)|biến mất|chuẩn bị|xin|"
    r"đã (?:chuẩn|từng|thuê|về|dọn|bỏ|cao|khai|trốn|xin|nộp|ra|sắm|mua|xây|có mặt|ngồi))\b"
)
_WHOEVER_IT_IS = re.compile(r"\b(?:nhiều|những|các|mọi|một số|không ít|mỗi|bất kỳ|bất cứ|nếu|hễ|như|kiểu|là) $")
_TOLD_AS_A_DEED = re.compile(
    r"\b(?:việc|vụ|vụ việc|vụ án|chuyện|nghi|nghi vấn|rằng|tố|tố cáo|tố giác|phát hiện|khi|lúc|hành vi|tin|cảnh|thấy|về|tình trạng|"
    r"do|vì|bị can|bị cáo|nghi phạm|nghi can|để|không để|nạn|bị|được) (?:(?:một|hai|ba) )?$"
)
_AS_TOLD = re.compile(r", theo (?:lời|tố giác|đơn|cáo trạng|cáo buộc|kết luận|hồ sơ)\b")
_PAIR_OF_ANY = re.compile(r"kẻ [^\s.,;]+, người [^\s.,;]+")
_DONE_TO = re.compile(r"\bbị (?:(?:một|\d{1,2}|các|những|nhóm) )?$")
_HELD_ONE = re.compile(
    r"\b(?:bắt|bắt giữ|bắt khẩn cấp|tạm giữ|tạm giam|khởi tố|truy tố|xét xử|áp giải|dẫn giải|khống chế|đưa|tuyên phạt|tóm|lời khai của|"
    r"đối với|chân dung|bộ mặt|mặt nạ|lật mặt|vạch mặt|lộ mặt|lộ diện) $"
)

_PICKED_OUT = re.compile(
    r"(?:\b(?:bắt|bắt giữ|bắt được|bắt gọn|bắt nóng|bắt khẩn cấp|bắt quả tang|bắt tận tay|tóm|tóm gọn|tóm được|khống chế|khống chế được|"
    r"vây bắt|khởi tố|truy tố|xét xử|áp giải|dẫn giải|di lý|tạm giữ|tạm giam|lời khai của|đối tượng|bị can|bị cáo|nghi phạm|nghi can) "
    r"(?:các |những |một |nhiều |thêm )?(?:(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mấy|\d{1,3}) )?|"
    r"\b(?:(?:hai|ba|bốn|sáu|bảy|tám|chín|mấy|\d{1,2}|tên|gã|tay|nữ|nam|cặp|bộ đôi|bộ ba) ))$"
)
_A_NAME = re.compile(rf" (?:[{UPPER}][^\W\d_]*|“[^”]{{2,12}}”) [{UPPER}(]")
_ENDS = re.compile(
    r" ?(?:$|[.,;:!?”\"]| (?:khét tiếng|liên tỉnh|xuyên quốc gia|chuyên nghiệp|cộm cán|sau)\b)"
)  # "nhóm làm giả sổ đỏ" tells what they did
_IS_ONE = re.compile(r"\b(?:là|là một|là những|là một trong những|thành|nghề) $")
_MET_THE_LAW = re.compile(
    r" (?:này|ấy|nói trên)\b| (?:đã |vừa |vẫn |cũng |liền |lập tức |phải |hiện |đang )?(?:bị (?:bắt|khởi tố|tạm giữ|tạm giam|truy tố|xét xử|"
    r"khống chế|tóm|áp giải|dẫn giải|đưa ra)|khai|thừa nhận|cúi đầu|sa lưới|sa lưới pháp luật|lĩnh án|lãnh án|hầu tòa|ra tòa|đầu thú|"
    r"ra đầu thú|tra tay vào còng)\b"
)


def _is_pointed_at(reading: Reading, hit: Hit, sentence: Sentence, before: str, after: str) -> bool:
    """Whether the name of a trade of crime ("lâm tặc", "đầu nậu") is somebody's of the case: caught, named, pointed at."""
    people = reading.persons_in(sentence)
    group = hit.field.folded.startswith("nhóm ", hit.start)
    if group and people and after.startswith((" của ", " do ", " gồm ")):
        return True
    if not group and (_A_NAME.match(hit.field.text, hit.end) or (people and _IS_ONE.search(before))):
        return True
    picked_out = _PICKED_OUT.search(before) is not None and (not group or _ENDS.match(after) is not None)
    return (picked_out or _MET_THE_LAW.match(after) is not None) and not _general(reading, sentence)


_DID = re.compile(
    r"(?: [^\s,.;]+){0,2} (?:ra đầu thú|khai nhận|đã đánh|đã đâm|đã giết|đã chém|đã bị bắt)\b"
)  # what one did, once
_COUNTED = re.compile(r"(?<!nhóm )\b(?:hai|ba|bốn|sáu|bảy|tám|chín|\d{1,2}) $")  # "hai kẻ buôn …" are somebody
_NOWADAYS = re.compile(
    r" (?:nay|ngày nay|thường|hay|bây giờ|luôn|không bao giờ)\b| (?:có|là) [^,.;]{1,30} hay không\b"
)  # "kẻ buôn người nay không cần đến tận nhà"


def _names_nobody(reading: Reading, hit: Hit, sentence: Sentence) -> bool:
    """Whether "thủ phạm thật (sự)" is whoever it may be: nobody is named as the one."""
    folded = hit.field.folded
    if _UNKNOWN.match(folded, hit.end, sentence.end) is None:
        return False
    named = _NAMED_AS.match(folded, hit.end, sentence.end)
    if named and any(person.start == named.end() for person in reading.persons_in(sentence)):
        return False
    return sentence.previous is None or _WAS_FOUND.search(folded, hit.end, sentence.end) is None


# "những kẻ phạm tội choai choai này": those of the case, whatever else marks a general sentence.
_THIS_ONE = re.compile(
    r"(?: (?!kiểu|loại|dạng|chiêu|trò|cách|như|hạng|thủ|bằng|theo|từ|trên|qua|lợi|dùng|thường|là|có|với|nói)[^\W\d_]+){0,2} (?:này|ấy|nói trên)\b"
)
_NOT_PROVEN = re.compile(
    r"\b(?:không (?:thể )?chứng minh|không đủ (?:căn cứ|chứng cứ)|không có (?:căn cứ|dấu hiệu)|chưa đủ căn cứ)\b[^.;]{0,60}$"
)
_BEARS = (
    *("mang ", "đứng ", "lấy ", "ghi ", "ký ", "mượn ", "dùng ", "nêu ", "giấu ", "đặt ", "khai "),
    *("đổi ", "họ ", "trùng ", "lưu ", "xóa ", "gạch ", "viết "),
)
_SWINDLER = re.compile(r"kẻ (?:giả danh|giả mạo|mạo danh|lừa đảo|gian|xấu)|tội phạm")


_CAUGHT = re.compile(
    r"\b(?:bắt|bị bắt|tóm|khởi tố|truy tố|xét xử|tạm giữ|tạm giam|tuyên phạt|lĩnh án|hầu tòa|khai nhận|khai)\b"
)


@remembered
def _tells_of_a_capture(folded: str) -> bool:
    return _CAUGHT.search(folded) is not None


def _somebody_accused(reading: Reading, sentence: Sentence) -> bool:
    """Whether somebody is caught in the sentence, or named in its paragraph: else "kẻ giả danh" is whoever calls."""
    return _tells_of_a_capture(sentence.folded) or any(
        person.field is sentence.field and person.field.sentence_at(person.start).paragraph == sentence.paragraph
        for person in reading.persons[sentence.field.name]
    )


def _speaks_of_motive(before: str) -> bool:
    return (
        re.search(
            r"(?:phương thức|thủ đoạn|hành vi|công cụ|phương tiện|động cơ|thời điểm|hiện trường|dấu vết|cách thức|địa điểm|hung khí|về|nghi) $",
            before,
        )
        is not None
    )


_COMMITTED = re.compile(
    r"(?:đã|đang|từng|tiếp tục|cố tình|cùng|lại|trót|lỡ) (?:thực hiện hành vi |thực hiện tội phạm |có hành vi )?$"
)


_WHEN_OR_WHY = re.compile(
    r" (?:từ (?:bao giờ|khi|lúc|năm|tháng|đầu|cuối)|nhiều lần|một mình|vì|do |để |rồi|trót lọt|liên tục)"
)
_SUPPOSED = re.compile(  # "nếu Lợi phạm tội", "chứng minh Lợi phạm tội": no statement
    r"\b(?:nếu|nghi|nghi ngờ|chứng minh|xác định|cho rằng|cho là|không|chưa|liệu|việc|khi|trường hợp|căn cứ|dấu hiệu|cáo buộc|quy kết|thời điểm|lúc|lý do|vì sao)\b[^.;:,]{0,40}$"
)
_IS_CALLED = re.compile(r"(?:là|tên|kẻ|trở thành) (?:một )?(?:tên )?$")
_IS_NAMELY = re.compile(r"(?: chính)? là (?:ông |bà |anh |chị |bị can |bị cáo |đối tượng )?")
_REGARDED = re.compile(r"\b(?:coi|xem|cho|hành vi|quy định|xác định) (?:là|thế nào là) $")


def _crime_of_a_person(reading: Reading, hit: Hit, sentence: Sentence, before: str, after: str) -> bool:
    """`tội phạm` and `phạm tội` are ordinary terms; they state guilt only when said of a person as a fact."""
    people = reading.persons_in(sentence)
    if _general(reading, sentence):
        return False
    if before.endswith("việc ") and after.startswith(" của ") and hit.entry.phrase == "phạm tội":
        return any(0 < person.start - hit.end <= len(" của bị can ") for person in people)
    if before.endswith("người ") and hit.entry.phrase == "phạm tội":
        told = _IS_NAMELY.match(after)  # "Người phạm tội là Lê Văn Tèo"
        return told is not None and any(person.start == hit.end + told.end() for person in people)
    if _FIXED_CRIME.match(after):
        return False
    if hit.entry.phrase == "tội phạm":
        named = any(person.start == hit.end + 1 for person in people)  # "tội phạm Hoàng A Dế"
        called = _REGARDED.search(before) is None and _IS_CALLED.search(before) is not None
        return bool(people) and (named or called)
    said_of = any(person.end == hit.start - 1 for person in people) and _SUPPOSED.search(before) is None
    return bool(people) and (
        _COMMITTED.search(before) is not None or (said_of and _WHEN_OR_WHY.match(after) is not None)
    )


def is_contempt(reading: Reading, hit: Hit) -> bool:
    """Whether a contemptuous pronoun (hắn, y, thị …) is one: it stands alone and is followed by what the person does."""
    field = hit.field
    if reading.in_name(field, hit.start, hit.start + 1):
        return False
    if not reading.begins_word(field, hit.start):
        return False  # "khiếm thị", "đô thị"
    word = field.text[hit.start : hit.end]
    previous = field.text[max(0, hit.start - 8) : hit.start].rstrip()[-1:]
    if word[0].isupper() and previous and previous not in '.!?…:;\n“"-–—':
        return False
    if hit.entry.phrase in ("hắn",):
        return True
    if hit.entry.phrase in ("gã", "ả", "mụ", "thằng"):
        return True
    return _VERB_AFTER_PRONOUN.match(field.folded, hit.end) is not None


CHECKS = (Check("objectivity.presumption", presumption),)
