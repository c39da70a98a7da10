"""Who says so: the source of a statement, and the speaker of quoted words."""

from __future__ import annotations

import re

from review_service.checklist.quotations import Quotation
from review_service.checklist.reading import Reading
from review_service.text import Sentence, tells


def has_source(reading: Reading, sentence: Sentence) -> bool:
    """Whether the sentence, the one before it or its paragraph's opening sentence says where the figure comes from."""
    if reading.in_turn(sentence):
        return True
    opening = next(other for other in sentence.field.sentences if other.paragraph == sentence.paragraph)
    told = _SOMEBODY_TELLS.search(sentence.folded) is not None
    if told or reading.hits_in("attribution", sentence) or reports(reading, sentence):
        return True
    before = [opening] if opening is not sentence else []
    before += _leading_up_to(sentence)
    if sentence.previous is not None:
        before.append(sentence.previous)
    return any(
        (_REPORT.search(other.folded) or reports(reading, other)) and not passes_on_talk(reading, other)
        for other in before
    )


def passes_on_talk(reading: Reading, sentence: Sentence) -> bool:
    """Whether the sentence is of what people say, which is no source of the figures that follow."""
    return any(
        hit.entry.kind != "opening" or hit.start == sentence.start for hit in reading.hits_in("hearsay", sentence)
    )


_LONGEST_LIST = 12  # items


def _leading_up_to(sentence: Sentence) -> list[Sentence]:
    """Return the sentence with a colon that the sentence's paragraph, an item of a list, stands under; or none."""
    field = sentence.field
    for paragraph in range(sentence.paragraph - 1, max(-1, sentence.paragraph - 1 - _LONGEST_LIST), -1):
        start, end = field.paragraphs[paragraph]
        last = field.text[start:end].rstrip()[-1:]
        if last == ":":
            return [field.sentence_at(end - 1)]
        if last != ";":
            break
    return []


# What, in an earlier sentence, is the source of the figures that follow: a report or a body, not any "theo".
_REPORT = re.compile(
    r"\b(?:theo|căn cứ|qua|thông qua|tại)(?: (?:các|những|bản|kết quả))* (?:báo cáo|dự thảo|bảng|biểu|nội dung (?:kiến nghị|báo cáo|kháng nghị|văn bản)|kiến nghị|kết luận|tham luận|thống kê|số liệu|tổng hợp|đánh giá|khảo sát|công bố|ghi nhận|thông tin|kết quả|rà soát|theo dõi|sổ|biên bản|hồ sơ|"
    r"công tác|kiểm sát|vksnd|viện kiểm sát|công an|tòa án|tand|sở|cục|chi cục|bộ|ubnd|ông|bà|đồng chí|đại diện|lãnh đạo|cơ quan|phòng|đơn vị|văn phòng|đơn(?: (?:tố giác|tố cáo|khởi kiện|trình báo|khiếu nại))?,|cáo trạng|bản án)"
    r"|\b(?:báo cáo|số liệu|thống kê)(?: [^\s,.;]+){0,12} (?:nêu|cho thấy|cho biết|của|ghi nhận)\b|trình bày báo cáo|thông qua báo cáo|nghe báo cáo(?! án)"
    r"|\bbáo cáo (?:tổng kết|sơ kết|chính trị|kết quả|kiểm điểm|công tác)\b"
    r"|^theo (?:hãng|báo|tờ|trang|đài|chủ đầu tư|ban (?:quản lý|tổ chức|chỉ đạo|giám)|nhà thầu|công ty|doanh nghiệp|ngân hàng|bệnh viện|trường|trung tâm|trạm|hợp tác xã|hội|liên đoàn|tổ chức|tập đoàn|viện|giới chức|nhà chức trách)[^.;]{0,60}, "
)
_REPORTING = re.compile(
    r"\b(?<!phải )(?<!cần )(?:cho biết|cho hay|nhìn nhận|nêu rõ|công bố|khẳng định|nhận định|(?<!được )chia sẻ(?! lại| video| bài| clip| thông tin| lên| trên)|(?<!được )(?<!nhằm )(?<!để )đánh giá|cho thấy|phát biểu|(?<!tiếng )(?<!câu )(?<!giọng )nói(?! chuyện| cùng lúc| sai| dối| năng| suông| chung| riêng| trên| đến| tới| về| như| gì| không)|kể(?! từ| cả| trên| đến)|thông tin thêm|thông báo|khuyên|khuyến cáo)\b"
)
_reporting = tells(_REPORTING)


def reports(reading: Reading, sentence: Sentence) -> bool:
    """Whether somebody named reports in the sentence (`VKSND … cho biết`)."""
    if _document_tells(sentence.folded):
        return True
    return _reporting(sentence.folded) and bool(reading.hits_in("agents", sentence) or reading.persons_in(sentence))


_DOCUMENT_TELLS = re.compile(
    r"\b(?:kết luận|kết quả|văn bản|công văn|biên bản|báo cáo|bản tin|khảo sát|hội nghị|hội thảo|đại hội|phiên họp)(?: [^\s.,;:]+){0,6} (?:nêu|chỉ rõ|chỉ ra|cho thấy|ghi nhận|ghi rõ|xác định)\b"
    r"|\b(?:nhóm|tổ|đội|bộ phận|ban|đoàn|đơn vị)(?: [^\s.,;:]+){0,4} (?:tính được|thống kê được|đếm được|ghi nhận được)\b"
    r"|^theo (?:danh sách|bảng|biểu|sổ|lịch) "
    r"|\b(?:sổ tay|cuốn sổ|sổ theo dõi)(?: [^\s.,;:]+){0,12} ghi\b"
)
_document_tells = tells(_DOCUMENT_TELLS)


_SOMEBODY_TELLS = re.compile(r"[^\W\d_] (?:cho biết|cho hay)\b")  # "Hòa thượng trụ trì cho biết": whoever it is


def in_readers_question(sentence: Sentence) -> bool:
    """Whether the sentence is of a reader's question ("Hỏi: … Hàng xóm bảo …"): told by the reader, and asked about."""
    start, _ = sentence.field.paragraphs[sentence.paragraph]
    return _QUESTION.match(sentence.field.folded, start) is not None


_QUESTION = re.compile(
    r"\W{0,4}(?:(?:câu |bạn đọc |độc giả )?hỏi|tình huống|(?:bạn đọc|độc giả|bạn|ông|bà|anh|chị) [^:;\n]{1,60} hỏi) ?:"
)


def has_speaker(reading: Reading, quotation: Quotation) -> bool:
    """Whether somebody is named as saying the quoted words, in the same sentence or in one beside it."""
    sentences = quotation.field.sentences
    first = quotation.field.sentence_at(quotation.start)
    if reading.in_turn(first):
        return True
    last = quotation.field.sentence_at(max(quotation.start, quotation.end - 1))
    if any(_tells_speaker(reading, sentence, quotation) for sentence in sentences[first.index : last.index + 1]):
        return True
    if first.index > 0 and _introduces_speaker(reading, sentences[first.index - 1], first):
        return True
    return last.index + 1 < len(sentences) and _names_speaker_after(reading, sentences[last.index + 1], last)


def _tells_speaker(reading: Reading, sentence: Sentence, quotation: Quotation) -> bool:
    """Whether, outside the quotation, the sentence has a verb of saying or names a person or a source."""

    def outside(start: int, end: int) -> bool:
        return end <= quotation.start or start >= quotation.end

    opens, closes = max(0, quotation.start - sentence.start), max(0, quotation.end - sentence.start)
    voice = _VOICE.search(sentence.folded, max(0, opens - _VOICE_WITHIN), opens)
    return (
        voice is not None
        or _SOMEBODY_THEN.fullmatch(sentence.folded, 0, opens) is not None
        or _WORDS_OF.match(sentence.folded, closes) is not None
        or any(
            outside(mark.start, mark.end)
            for lexicon in ("speech_verbs", "attribution")
            for mark in reading.hits_in(lexicon, sentence)
        )
        or any(outside(person.start, person.end) for person in reading.persons_in(sentence))
        or any(0 <= hit.start - quotation.end <= len(", ") for hit in reading.hits_in("addresses", sentence))
    )


_VOICE = re.compile(  # "Một giọng nam dõng dạc: “…”", "bài viết của tài khoản Gió Đồng Bưng: “…”"
    r"\b(?:giọng|tiếng)(?: [^\s,.;:]+){0,8} ?: ?$|\b(?:tài khoản|(?<!nghiêm )trang)(?: [^\s,.;:“”\"]+){0,8} ?: ?$|"
    r"\b(?:tài khoản|trang)(?: [^\s,.;:“”\"]+){0,4} [“\"][^“”\"]{1,40}[”\"](?: [^\s,.;:“”\"]+){0,4} ?: ?$"
)
_SOMEBODY_THEN = re.compile(  # "Chị quay lại nhìn, như người vừa khóa cửa nhà mình: “…”"
    r"(?:rồi |và )?(?:anh|chị|ông|bà|cô|chú|bác|cụ|em|cháu|thầy)(?! (?:em|chị|con|bác)\b)(?: ấy)? [^.;:“”\"]{1,150}: ?"
)
_WORDS_OF = re.compile(  # "“…”, câu thoại của nhân vật bị cáo khiến sân trường lặng đi"
    r",? ?(?:[–-] )?(?:câu thoại|lời thoại|câu nói|lời nói|câu hỏi|câu trả lời|lời nhắn|lời dặn|lời kể|tâm sự|chia sẻ) (?:[^\s,.;]+ ){0,2}của "
)
_VOICE_WITHIN = 200  # code points before the words
_NEAR_OPENING = 60  # code points: where a sentence's subject stands


def _introduces_speaker(reading: Reading, sentence: Sentence, quoted: Sentence) -> bool:
    """Whether the sentence before has the speaker as its subject, or leads up to the words with a colon."""
    ends_open = sentence.text.rstrip().endswith(":")
    if sentence.paragraph != quoted.paragraph and not ends_open:
        return False
    if ends_open or any(person.start - sentence.start < _NEAR_OPENING for person in reading.persons_in(sentence)):
        return True
    return (
        (_says(reading, sentence) or _SPEAKS_ON.match(sentence.folded) is not None)
        and _has_speaker_noun(reading, sentence)
        and not reading.hits_in("hearsay", sentence)
        and not _body_speaks(reading, sentence, quoted)
    )


_SPEAKS_ON = re.compile(  # "Anh nói điều làm anh nghĩ nhiều …. “…”"
    r"(?:anh|chị|ông|bà|cô|chú|bác|cụ|em)(?: ấy)? (?:nói|kể|bảo|nhớ lại)\b"
)
_A_BODY = re.compile(r"(?:hội đồng xét xử|hđxx|tòa án|tand|tòa|viện kiểm sát|vksnd|cơ quan|công an|ubnd)\b")
_OWN_LIFE = re.compile(
    r"\b(?:cha|mẹ|má|ba|vợ|chồng|con|nhà|anh|em|chị|gia đình|ruộng|đất) (?:của )?tôi\b|\btôi (?:chỉ )?(?:tiếc|mừng|khóc|thương|nhớ)\b"
)


def _body_speaks(reading: Reading, sentence: Sentence, quoted: Sentence) -> bool:
    """Whether the speaker before is a court or an office, and the words are of somebody's own life: another's, then."""
    by_body = _A_BODY.match(sentence.folded) is not None and not reading.persons_in(sentence)
    return by_body and _OWN_LIFE.search(quoted.folded) is not None


def _names_speaker_after(reading: Reading, sentence: Sentence, quoted: Sentence) -> bool:
    """Whether the sentence after says whose words they were."""
    if sentence.paragraph > quoted.paragraph + 1 or _TAKES_UP.match(sentence.folded):
        return False
    if _ASKS_FOR.match(sentence.folded) and not reading.persons_in(sentence):
        return False
    if sentence.paragraph != quoted.paragraph and not (
        _THOSE_WORDS.match(sentence.folded)
        or any(person.start - sentence.start < _SUBJECT for person in reading.persons_in(sentence))
        or any(hit.start - sentence.start < _SUBJECT for hit in reading.hits_in("addresses", sentence))
    ):
        return False  # another paragraph, that begins with somebody else or with nobody
    if sentence.paragraph != quoted.paragraph and _SAYS_ANOTHER.search(sentence.folded):
        return False
    if _GOES_ON.match(sentence.text) and _has_speaker_noun(reading, sentence):
        return True  # “…?” – câu hỏi của Kiểm sát viên …: the same sentence, for all its question mark
    opens = any(hit.start - sentence.start <= 2 for hit in reading.hits_in("addresses", sentence))
    if opens and (_says(reading, sentence) or _smiles(reading, sentence) or _THAT_FAR.match(sentence.folded)):
        return True
    if _WHOSE_WORDS_THEY_WERE.match(sentence.folded):
        return True
    says = (
        any(
            verb.entry.kind == "say"
            and verb.start - sentence.start < _NEAR_OPENING
            and not _ASKED_IN.search(sentence.field.folded, max(sentence.start, verb.start - _ASKED_WITHIN), verb.start)
            for verb in reading.hits_in("speech_verbs", sentence)
        )
        or _THOSE_WORDS.match(sentence.folded) is not None
    )
    return says and _has_speaker_noun(reading, sentence)


_THAT_FAR = re.compile(r"[^,.;]{1,40} (?:nói|kể|đọc) (?:đến|tới) (?:đó|đây|đấy)\b")  # "Ông D. nói đến đó thì ngừng lại"
_TAKES_UP = re.compile(r"từ (?:phản ánh|ý kiến|câu hỏi|băn khoăn|lời) (?:đó|ấy|này|trên)\b")  # by whoever heard it
_SAYS_ANOTHER = re.compile(  # "Kiểm sát viên lưu ý, việc đánh người trộm chó …": words of their own
    r"^(?:(?!lời|câu|ý kiến)[^,.:;“”]){0,60} (?:lưu ý|khuyến cáo|cảnh báo|nhấn mạnh|cho biết|giải thích|thông tin)(?:,| rằng|:) [^.;“”]{30}"
)
_ASKS_FOR = re.compile(  # "Kiểm sát viên đã đề nghị bố trí người hỗ trợ": what an office did, not what it said
    r"(?:kiểm sát viên|viện kiểm sát|vksnd|công an|cơ quan)[^,.:;“”]{0,30} đã (?:đề nghị|yêu cầu|kiến nghị) [^.;“”]{12}"
)
_ASKED_IN = re.compile(r"\b(?:phần|mục|chuyên mục|buổi|hộp thư|góc) (?:hỏi )?$")  # "Phần hỏi đáp …": nobody speaks
_ASKED_WITHIN = 24  # code points before "hỏi đáp"
_SUBJECT = 30  # code points: where a speaker who opens the next paragraph stands
_GOES_ON = re.compile(r"\s*[-–—,]")
_WHOSE_WORDS_THEY_WERE = re.compile(
    r"[^.;]{3,60} (?:mở đầu|mở lời|kết thúc|khép lại|nhắn nhủ|dặn)\b[^.;]{0,160} (?:như thế|như vậy)\b|(?:câu hỏi|câu nói|lời nhắc|lời dặn|ý kiến)(?: (?:ấy|này|đó|trên))? được [^.;]{3,80} (?:đặt ra|nêu ra|nêu|nói|nhắc)\b|(?:đó|đấy) là (?:lời|lời nhắn|tin nhắn|câu nói) của (?:người|kẻ|nhóm|đối tượng) (?:tự xưng|xưng|giả danh|mạo danh) |(?:tin nhắn|lời nhắn|câu hỏi|câu nói|lời nói|lời(?! khai)) (?:[^\s,.;]+ ){0,2}của "
)
_THOSE_WORDS = re.compile(
    r"(?:mở đầu|mở lời|kết thúc|khép lại)(?: [^\s,.;]+){0,3} bằng (?:câu|lời)\b[^,.;]{0,12}, |(?:ý kiến|nhận xét|tin nhắn|lời nhắn|chia sẻ|câu|lời|tâm sự|đề xuất|góp ý|câu nói|phát biểu) (?:ấy |này |đó |trên )?(?:là )?của\b|(?:tác giả|chủ nhân) (?:của )?(?:câu|lời|những lời|phát biểu)\b|(?:đó|đấy|ấy) (?:cũng |chính )?là (?:những )?(?:lời|điều|câu|chia sẻ|tâm sự|câu nói|khẳng định|phát biểu|nhận định|nhận xét|ý kiến|đánh giá|phân tích|trăn trở)\b|(?:lời(?! khai)|câu nói)[^.]{0,20} của"
)


def _says(reading: Reading, sentence: Sentence) -> bool:
    return any(verb.entry.kind == "say" for verb in reading.hits_in("speech_verbs", sentence))


_SMILES = re.compile(r" (?:mỉm |nhoẻn |bật )?(?:cười|lắc đầu|gật đầu|thở dài|xua tay|trầm ngâm|rơm rớm|nghẹn)\b")


def _smiles(reading: Reading, sentence: Sentence) -> bool:
    """Whether somebody named first does what goes with speaking: "Cô Lương Thị Trâm cười, tay vẫn giữ chồng phiếu"."""
    return any(_SMILES.match(person.field.folded, person.end) for person in reading.persons_in(sentence))


def _has_speaker_noun(reading: Reading, sentence: Sentence) -> bool:
    return bool(
        reading.persons_in(sentence) or reading.hits_in("addresses", sentence) or reading.hits_in("agents", sentence)
    )
