"""Where an item and its statements come from (family `source`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review_service.checklist.findings import WHOLE_DRAFT, Check, Finding
from review_service.checklist.lexicon import Hit
from review_service.checklist.quotations import Quotation
from review_service.checklist.reading import Reading
from review_service.text import Sentence, Span, remembered


def missing(reading: Reading) -> Iterator[Finding]:
    """Neither an author nor a source is given, and no byline or source line stands in the text."""
    draft = reading.draft
    if not draft.author and not draft.source and not any(byline.covers_text for byline in reading.bylines):
        yield WHOLE_DRAFT


def hearsay(reading: Reading) -> Iterator[Finding]:
    """A claim rests on rumour or an unnamed source, and the draft does not refute it."""
    last: Hit | None = None
    for hit in reading.hits("hearsay"):
        sentence = hit.sentence
        if _is_refuted(reading, sentence) or _names_its_speaker(hit) or _is_testimony(reading, hit, sentence):
            continue
        if hit.entry.phrase.endswith("giấu tên") and not _something_is_told(reading, hit):
            continue
        if hit.entry.kind == "opening" and not _opens_unsourced(reading, hit):
            continue
        quotation = reading.quotation_at(hit.field, hit.start, hit.end)
        if quotation is not None and (quotation.looks_spoken or has_speaker(reading, quotation)):
            continue
        if _CONDITION.search(hit.field.folded, max(sentence.start, hit.start - 24), hit.start) or _is_question(hit):
            continue
        if _PARTICIPANTS.search(sentence.folded):
            continue  # "chị em trả lời rôm rả, có người nói …": those present speak
        if last is not None and last.sentence is sentence and hit.start - last.end <= _ONE_RUMOUR:
            continue  # "theo lời một người dân xin giấu tên": one source, one issue
        last = hit
        yield Finding(hit.span, hit.entry.replacements)


def _something_is_told(reading: Reading, hit: Hit) -> bool:
    """Whether whoever keeps the name back says something: a donor "giấu tên" spreads no rumour."""
    folded = hit.sentence.folded
    return (
        bool(reading.hits_in("speech_verbs", hit.sentence))
        or _TELLS.search(folded, hit.end - hit.sentence.start) is not None
        or "theo" in folded
    )


_TELLS = re.compile(
    r"\b(?:rêu rao|đồn|tiết lộ|rỉ tai|mách|xì xào|quả quyết|đoán|thì thầm|bảo|nói|kể|cho biết|cho hay)\b"
)


def _opens_unsourced(reading: Reading, hit: Hit) -> bool:
    """Whether "Được biết, …" opens its sentence, and the sentence names nobody from whom it is known."""
    sentence = hit.sentence
    told = reading.hits_in("attribution", sentence) or reading.hits_in("agents", sentence) or reports(reading, sentence)
    following = hit.field.folded[hit.end : hit.end + 12]
    return (
        hit.start == sentence.start
        and not told
        and not following.startswith((" báo", " nhắn", " vui", " mừng", " bài"))
    )


_CONDITION = re.compile(
    r"\b(?:nếu|dù|đừng|chớ|khi|hễ|sẽ)(?: (?:chỉ|có|cũng|lỡ|bạn|ai)){0,3} (?:[“\"][^”\"]{0,16})?$"
)  # "nếu chỉ nghe kể thì …"


def _is_question(hit: Hit) -> bool:
    """Whether the words stand in a reader's question ("Hỏi: … Hàng xóm bảo …"): told by the reader, and asked about."""
    start, _ = hit.field.paragraphs[hit.sentence.paragraph]
    return hit.field.folded.startswith("hỏi:", start)


_PARTICIPANTS = re.compile(
    r"\b(?:trả lời|thảo luận|giơ tay|phát biểu|trao đổi|bàn luận) (?:rôm rả|sôi nổi|hào hứng|thẳng thắn)"
)
_ONE_RUMOUR = 80  # code points between two expressions for one source


def _is_refuted(reading: Reading, sentence: Sentence) -> bool:
    """Whether this sentence, the next two or the one before say that the rumour is false or warn against it."""
    sentences = sentence.field.sentences
    near = sentences[max(0, sentence.index - 1) : sentence.index + 3]
    following = sentences[sentence.index + 1] if sentence.index + 1 < len(sentences) else None
    if following is not None and _SHORT_DENIAL.match(following.folded):
        return True
    return any(reading.hits_in("refutation", other) for other in near)


_SHORT_DENIAL = re.compile(
    r"\W*(?:(?:điều|chuyện|tin) (?:này|đó|ấy) )?(?:là )?(?:hoàn toàn )?(?:không đúng|không phải(?: vậy| thế)?|sai|nhầm)\W*$"
)


_NAMED_AFTER = re.compile(
    r"(?: (?:là|của|từ|do))? ?(?:vksnd|viện kiểm sát|công an|văn phòng|bộ |tòa án|tand|ubnd|ủy ban|sở|báo|đài|cơ quan)"
)


def _names_its_speaker(hit: Hit) -> bool:
    """Whether the source is named after all ("theo nguồn tin của Công an tỉnh"); "nghe nói công an …" names no source."""
    words = hit.field.folded[hit.start : hit.end]
    if not words.startswith("theo") and not words.endswith(("nguồn tin", "thông tin", "nguồn")):
        return False
    return _NAMED_AFTER.match(hit.field.folded, hit.end, hit.end + 60) is not None


def _is_testimony(reading: Reading, hit: Hit, sentence: Sentence) -> bool:
    """Whether a person of the case tells, or acts on, what they heard ("ông khai nghe đồn …", "ông Hai nghe nói … nên"):
    their knowledge, not the writer's claim."""
    folded = sentence.folded
    start = hit.start - sentence.start
    said = [verb for verb in reading.hits_in("speech_verbs", sentence) if verb.start < hit.start <= verb.end + 12]
    if said and (folded.startswith("nghe", start) or "khai" in folded[max(0, start - 16) : start]):
        return True
    hears = folded.startswith("nghe", start) and _HEARER.search(folded, max(0, start - 40), start) is not None
    return hears and (_HEARER_NAMED.search(folded, max(0, start - 40), start) is not None or _sees_person(reading, hit))


def _sees_person(reading: Reading, hit: Hit) -> bool:
    """Whether a person's name ends right before the words."""
    return any(person.end == hit.start - 1 for person in reading.persons_in(hit.sentence))


_HEARER = re.compile(r"[^\W\d_] $")
_HEARER_NAMED = re.compile(
    r"\b(?:anh|chị|ông|bà|em|cháu|cô|chú|bác|bị can|bị cáo|bị hại|nạn nhân|anh ta|chị ta|người này)(?: (?:này|đã|vì|do))? $"
)


# Statistics: a count over a period, a percentage, a comparison.
_COUNTED = (
    r"vụ|vụ án|vụ việc|bị can|bị cáo|bị hại|người|trường hợp|lượt|đơn|tin báo|tố giác|nguồn tin|kháng nghị|kiến nghị|việc|hồ sơ|"
    r"đối tượng|nạn nhân|phiên tòa|tin, bài|tin bài|bài|hộ|cuộc|văn bản|bản án|quyết định|phạm nhân|ca|cơ sở|doanh nghiệp|"
    r"học sinh|thanh niên|cán bộ|công chức|kg|tấn|lít|ha|héc-ta|tỷ đồng|triệu đồng|đồng|tỷ|usd|lần|vi phạm|thanh thiếu niên|"
    r"người dân|khách|du khách|lượt người|lượt truy cập|thông báo|yêu cầu|buổi|giao dịch|điểm|tụ điểm|băng nhóm|phương tiện|xe|tài khoản|cuộc gọi"
)
_NUMBER = r"\d{1,3}(?:\.\d{3}){1,4}|\d{1,12}(?:,\d{1,4})?"
_TIMES = r"(?:(?:nghìn|ngàn|vạn|triệu|tỷ) )?"  # "2,1 triệu lượt khách"
_SPELLED = r"một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|nửa"
_SPELLED_FRACTION = (
    r"(?:(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín) phần (?:hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)|nửa|một nửa|đa phần)"
)
_OF_MANY = (
    rf"(?:số |tổng số |các |dân số|lượng )?(?:{_COUNTED}|dân|hộ dân|gia đình|thanh niên|công nhân|phụ nữ|trẻ em|trẻ|nạn nhân|học sinh|sinh viên|"
    r"nông dân|lao động|người lao động|bà con|án|số án|số đơn|khách|thuê bao|tài xế|giáo viên|phạm nhân|bị án|nhân khẩu|dân số|trường)"
)
_SPELLED_PERCENT = rf"(?:{_SPELLED})(?: (?:mươi|mốt|lăm|rưỡi|{_SPELLED})){{0,5}} phần trăm"
_PERCENT = re.compile(rf"(?:{_NUMBER})\s?(?:%|phần trăm)|\b{_SPELLED_PERCENT}")
_CHANGE = re.compile(
    rf"\b(?:tăng|giảm|gấp|vượt|chiếm|đạt)(?: (?:thêm|tới|đến|khoảng|gần|hơn|trên|xuống còn|lên|mạnh|nhẹ|hơn))*\s(?:{_NUMBER})\s?(?:%|phần trăm|lần|(?:{_COUNTED})\b)"
)
# Fractions and multiples: of many, or of a measure that grew or shrank ("vơi đi gần một phần ba", "nay gấp ba").
_FRACTION = re.compile(
    rf"\b(?:tăng|giảm|chiếm|vơi|hụt|sụt|ít đi|thưa đi|nhiều lên)(?: \w+){{0,3}} (?:(?:đi |còn |chỉ còn )?{_SPELLED_FRACTION}\b|gấp (?:đôi|rưỡi|{_SPELLED}|\d{{1,9}})(?: lần)?|(?:{_SPELLED}) lần)"
    rf"|\bgấp (?:đôi|rưỡi|(?:{_SPELLED}|\d{{1,9}}) lần|(?:{_SPELLED})(?=[,.;]|$))"
    rf"|\b(?:(?:quá|hơn|gần|khoảng|chừng|non) )?{_SPELLED_FRACTION} (?!buổi|điểm|kg|tấn|lít|ha|héc|đồng|tỷ|triệu|lần|ca |bài){_OF_MANY}\b"
    rf"|\bcứ (?:{_SPELLED}|\d{{1,9}}) [^.;]{{1,40}} (?:thì )?(?:có |lại có )(?:đến |tới |khoảng |chừng )?(?:{_SPELLED}|\d{{1,9}}) \w+"
    rf"|\b(?:(?!một\b)(?:{_SPELLED})|\d{{1,3}}) (?:trong|trên) (?:số )?(?:{_SPELLED}|\d{{1,4}}) {_OF_MANY}\b"
)
_MEASURED = re.compile(
    rf"\b(?:số|số lượng|lượng|tỷ lệ|tỉ lệ|tổng số|mức|doanh thu|kim ngạch|tình hình|tình trạng|sản lượng|thiệt hại|dân số)\b|\b{_OF_MANY}\b"
)
# Begins with a digit, so that the search goes from number to number.
_COUNT = re.compile(
    rf"\d(?<![\d/.,].)(?:\d{{0,2}}(?:\.\d{{3}}){{1,4}}|\d{{0,11}}(?:,\d{{1,4}})?)\s{_TIMES}(?:{_COUNTED})\b(?:/\d[\d.]{{0,15}} (?:{_COUNTED})\b)?"
)
_ABOUT = re.compile(r"(?:hơn|trên|gần|khoảng|tới|đến|có|xảy ra|cả thảy|tổng cộng) $")
_COMPARISON = re.compile(
    r"(?:nhiều|ít|cao|thấp|tăng|giảm) hơn (?:cùng kỳ|năm|tháng|quý|kỳ)|so với (?:cùng kỳ|năm|tháng|quý|kỳ|giai đoạn|thời gian|6 tháng|sáu tháng|trước)|cùng kỳ(?: năm)?|tăng gấp|bình quân|trung bình mỗi|tỷ lệ|tỉ lệ"
)
_PERIOD = re.compile(
    r"\b(?:6|sáu|3|ba|9|chín|\d{1,2}) tháng(?: đầu| cuối| qua| gần)?|\bquý (?:i|ii|iii|iv|[1-4])\b|(?:hai|ba|\d) quý (?:đầu|qua|gần)|từ đầu năm|trong năm|(?:năm|tháng) (?:\d{1,2}/)?(?:19|20)\d\d\b|(?:mỗi|hằng|hàng|một) (?:năm|tháng|quý|tuần)|năm (?:qua|nay|ngoái)|thời gian qua|những năm|giai đoạn|từ năm|đến nay|nhiệm kỳ|\d{1,9} năm (?:qua|gần)|tháng qua|hai năm|ba năm|mười năm|năm năm|nhiều năm|trong kỳ|trên toàn (?:tỉnh|quốc|huyện|thành)|toàn (?:tỉnh|quốc|huyện|thành phố|xã|ngành)|cả nước|trên địa bàn"
)
_AGGREGATE = re.compile(
    r"cả (?:tỉnh|nước|huyện|thành phố)|toàn (?:tỉnh|quốc|huyện|ngành|thành phố)|(?:mỗi|hằng|hàng) (?:năm|tháng)|bình quân|(?:thiệt hại|số tiền|tài sản)[^.;]{0,30} do |năm ngoái|trên địa bàn[^.;]{0,20} xảy ra"
)
# The sums, ages and penalties of one case, audiences and prizes are no statistics.
_ONE_CASE = re.compile(
    r"năm tù|tháng tù|chung thân|phạt tù|tử hình|chiếm đoạt|trị giá|thiệt hại|bồi thường|cáo trạng|bị hại|nồng độ|thương tích|thương tật|tổn hại|tỷ lệ tổn thương|khoản \d|điều \d|tuyên phạt|xử phạt|bị cáo|lãi suất|hợp đồng|thửa đất|thu giữ|tang vật|đánh bạc|hành khách|gram|sinh năm|tăng nặng|giảm nhẹ|đấu giá|khởi điểm|thu hồi được|thời gian dành|nộp lại|nộp khắc phục|trả công|mức lương|hóa đơn|mái tôn|diện tích|độ ẩm|nhiệt độ|lượng mưa|bữa|giấc|chặng|quãng"
)
_SEVERAL_CASES = re.compile(r"\b(?:các|những|số|nhiều) (?:vụ|trường hợp|án|đơn|tội|hành vi)\b")
_AUDIENCE = re.compile(
    r"(?:tham gia|tham dự|dự|cho|với|thu hút|có mặt|chứng kiến|theo dõi|tiếp nhận|phát(?! hiện| sinh))[^.;]{0,40}?(?:hơn|trên|gần|khoảng)? ?\d[\d.]{0,15} (?:học sinh|người dân|người|đại biểu|cán bộ|lượt người|hội viên|đoàn viên|sinh viên|công nhân|phụ nữ|bạn trẻ|giáo viên|đảng viên|công chức|thanh niên|thành viên|khán giả|vận động viên)"
    r"|\d[\d.]{0,15} (?:học sinh|người dân|người|đại biểu|cán bộ|hội viên|đoàn viên|sinh viên|công nhân|em|bạn|giáo viên|đảng viên|công chức|thành viên|vận động viên|tờ rơi|suất quà|phần quà)[^.;,]{0,30} (?:tham gia|tham dự|dự|có mặt|đến dự|theo dõi|lắng nghe)"
    r"|số người (?:giơ tay|có mặt|dự|trong (?:phòng|hội trường|sân))|giơ tay"
    r"|giải (?:nhất|nhì|ba|thưởng|khuyến khích)|tiền thưởng|học bổng|suất quà|phần quà|trao tặng|ủng hộ|quyên góp|câu hỏi|tờ rơi"
)


def unattributed_figure(reading: Reading) -> Iterator[Finding]:
    """A statistic with no source in its sentence, the one before or its paragraph's opening, and no named agent."""
    for field in reading.document.prose:
        for sentence in field.sentences:
            figure = _statistic(sentence.folded) or _statistic_goes_on(sentence)
            if figure is None or reading.in_byline(field, sentence.start, sentence.end):
                continue
            if field.name == "title" and _body_repeats(reading, sentence, figure):
                continue
            if field.name == "summary" and _body_repeats(reading, sentence, figure):
                continue
            if _GOAL.search(sentence.folded[: figure[0]]) or _is_limit(sentence.folded, *figure):
                continue
            if any(hit.end <= sentence.start + figure[1] for hit in reading.hits_in("hearsay", sentence)):
                continue  # a figure that is rumoured: the rumour is the fault
            if not has_source(reading, sentence) and not _has_agent(reading, sentence, figure[0]):
                yield Finding(sentence.span(*figure))


# What is asked for or aimed at is no statistic yet.
_GOAL = re.compile(
    r"\b(?:phấn đấu|yêu cầu|mục tiêu|theo (?:thỏa thuận|quy chế|hợp đồng|cam kết)|đặt ra|cam kết|quyết tâm|khuyên|khuyến cáo|dự kiến)\b[^.;:]{0,80}$"
    r"|\bnếu\b[^.;]{0,120}$"
    r"|\b(?:giá|vay|lớp học|khóa học|trả công|tiền công|lương|thù lao|tiền thuê|học phí|lãi)(?: [^\s,.;]+){0,3} $"
    r"|\b(?:nên|cần|phải) (?:đạt|giảm|tăng|nâng|bảo đảm|đảm bảo|hoàn thành|giữ|duy trì|có|dành|giải quyết)\b[^.;:]{0,60}$"
)


def _may_count(folded: str) -> bool:
    """Whether a number, in figures or as a fraction, may stand in a sentence: a quick look."""
    return (
        _DIGIT.search(folded) is not None
        or any(word in folded for word in _FRACTIONS)
        or _SO_MANY_IN.search(folded) is not None
    )


_LIMIT = re.compile(
    r"(?:không (?:được )?(?:quá|vượt(?: quá)?)|tối đa|tối thiểu|mức trần|trần|giới hạn|ngưỡng|hạn mức|định mức|hoa hồng|mức đóng|mức phí|mức hưởng|giảm giá|đòi|đề nghị hoàn|trả thêm|hứa|dưới)(?: [^\s,.;]+){0,2} $"
)


_RATE_AFTER = re.compile(
    r" ?(?:(?:mỗi|một) (?:tháng|năm|ngày|kwh|người|suất|lít|kg|học sinh|phần)|/ ?\w+|lương cơ sở|mức lương|giá trị (?:hợp đồng|đơn hàng))\b"
)


def _is_limit(folded: str, start: int, end: int) -> bool:
    """Whether a figure is a rule's limit ("không quá 15%", "từ 50 triệu đồng trở lên"), which counts nothing."""
    return (
        _LIMIT.search(folded, max(0, start - 40), start) is not None
        or _RATE_AFTER.match(folded, end) is not None
        or folded.startswith((" trở lên", " trở xuống"), end)
    )


_VOTES = re.compile(r"\d{1,4}/\d{1,4} phiếu|\bphiếu (?:bầu|tán thành|thuận)\b")


@remembered
def _statistic(folded: str) -> tuple[int, int] | None:
    """Return where the statistic of a folded sentence stands, or None."""
    if not _may_count(folded):
        return None
    percent = _percentage(folded)
    count = _COUNT.search(folded)
    if not (percent or count) or _AUDIENCE.search(folded) or _VOTES.search(folded):
        return None
    compared = _COMPARISON.search(folded) is not None
    period = _PERIOD.search(folded) is not None
    several = _SEVERAL_CASES.search(folded) is not None
    if percent and (compared or period or several or not _ONE_CASE.search(folded)):
        if _bare_hundred(percent.group()) and not _CHANGE.search(folded):
            return None
        before = folded[max(0, percent.start() - 50) : percent.start()]
        if "lãi" in folded or "cổ phần" in folded or ("%" in percent.group() and _INJURY.search(before)):
            return None
        return percent.span()
    if count and (compared or period) and (_AGGREGATE.search(folded) or not _ONE_CASE.search(folded)):
        about = _ABOUT.search(folded, max(0, count.start() - 12), count.start())
        return (about or count).start(), count.end()
    return None


def _statistic_goes_on(sentence: Sentence) -> tuple[int, int] | None:
    """Return the count of many cases ("các vụ lừa đảo … lên tới 203 vụ") that goes on from the statistic before it."""
    before = sentence.field.sentences[sentence.index - 1] if sentence.index else None
    if before is None or before.paragraph != sentence.paragraph or _statistic(before.folded) is None:
        return None
    several = _SEVERAL_CASES.search(sentence.folded)
    count = _COUNT.search(sentence.folded) if several and not _AUDIENCE.search(sentence.folded) else None
    return count.span() if count and several and several.start() < count.start() else None


_INJURY = re.compile(
    r"(?:thương tích|thương tật|tổn thương|tổn hại|giám định)(?: (?:cơ thể|sức khỏe|là|với|khoảng|tỷ lệ|tỉ lệ|từ|đến|trên|dưới|tổng|của|nạn nhân|bị hại|qua giám định|chung|anh|chị|ông|bà|\w)){0,6} ?$"
)  # "thương tích 24%": one victim's
_CHANGES = ("tăng", "giảm", "gấp", "vượt", "chiếm", "đạt")
_DIGIT = re.compile(r"\d")
_FRACTIONS = ("nửa", "gấp", "phần", "lần", "cứ ")
_SO_MANY_IN = re.compile(rf" (?:trong|trên) (?:số )?(?:{_SPELLED}|\d)")


def _percentage(folded: str) -> re.Match[str] | None:
    """Return a change, a percentage or a fraction told in a folded sentence; the words first, the patterns after."""
    found = _CHANGE.search(folded) if any(word in folded for word in _CHANGES) else None
    if found is None and ("%" in folded or "phần trăm" in folded):
        found = _PERCENT.search(folded)
    if found is None and (any(word in folded for word in _FRACTIONS) or _SO_MANY_IN.search(folded)):
        found = _FRACTION.search(folded)
        if (
            found is not None
            and not found.group().startswith("cứ ")
            and not _MEASURED.search(folded, _clause_start(folded, found.start()), found.end())
        ):
            return None  # "rẻ hơn một nửa", "dày gần nửa gang tay": a thing, not a statistic
    return found


def _clause_start(folded: str, position: int) -> int:
    """Return where the clause around `position` begins."""
    return max(folded.rfind(mark, 0, position) for mark in ".;:") + 1


def _bare_hundred(text: str) -> bool:
    return re.fullmatch(r"\D*100\s?(?:%|phần trăm)", text) is not None


def _body_repeats(reading: Reading, sentence: Sentence, figure: tuple[int, int]) -> bool:
    """Whether the body gives the same figure: then it is judged there."""
    number = re.search(_NUMBER, sentence.folded[figure[0] : figure[1]])
    return (
        number is not None
        and re.search(rf"(?<![\d.,]){re.escape(number.group())}(?![\d])", reading.document.body.folded) is not None
    )


def has_source(reading: Reading, sentence: Sentence) -> bool:
    """Whether the sentence, the one before it or its paragraph's opening sentence says where the figure comes from."""
    sentences = sentence.field.sentences
    opening = next(other for other in sentences if other.paragraph == sentence.paragraph)
    if reading.hits_in("attribution", sentence) or reports(reading, sentence):
        return True
    before = [opening] if opening is not sentence else []
    before += _leading_up_to(sentence)
    if sentence.index and sentences[sentence.index - 1].paragraph == sentence.paragraph:
        before.append(sentences[sentence.index - 1])
    return any(_REPORT.search(other.folded) or reports(reading, other) for other in before)


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
    r"\b(?:theo|căn cứ|qua|thông qua|tại)(?: (?:các|những|bản|kết quả))* (?:báo cáo|thống kê|số liệu|tổng hợp|đánh giá|khảo sát|công bố|ghi nhận|thông tin|kết quả|rà soát|theo dõi|sổ|biên bản|hồ sơ|"
    r"công tác|kiểm sát|vksnd|viện kiểm sát|công an|tòa án|tand|sở|cục|chi cục|bộ|ubnd|ông|bà|đồng chí|đại diện|lãnh đạo|cơ quan|phòng|đơn vị|văn phòng)"
    r"|\b(?:báo cáo|số liệu|thống kê)(?: [^\s,.;]+){0,8} (?:nêu|cho thấy|cho biết|của|ghi nhận)\b|trình bày báo cáo|thông qua báo cáo|nghe báo cáo"
    r"|\bbáo cáo (?:tổng kết|sơ kết|chính trị|kết quả|kiểm điểm|công tác)\b"
)
_REPORTING = re.compile(
    r"\b(?:cho biết|cho hay|nêu rõ|công bố|khẳng định|nhận định|chia sẻ(?! lại| video| bài| clip| thông tin| lên| trên)|(?<!được )đánh giá|cho thấy|phát biểu|(?<!tiếng )nói(?! chung| riêng| trên| đến| tới| về| như| gì| không)|kể(?! từ| cả| trên| đến)|thông tin thêm|thông báo|khuyên|khuyến cáo)\b"
)


def reports(reading: Reading, sentence: Sentence) -> bool:
    """Whether somebody named reports in the sentence (`VKSND … cho biết`)."""
    if _DOCUMENT_TELLS.search(sentence.folded):
        return True
    return _REPORTING.search(sentence.folded) is not None and bool(
        reading.hits_in("agents", sentence) or reading.persons_in(sentence)
    )


_DOCUMENT_TELLS = re.compile(
    r"\b(?:kết luận|kết quả|văn bản|công văn|biên bản|báo cáo|bản tin|khảo sát)(?: [^\s.,;:]+){0,6} (?:nêu|chỉ rõ|chỉ ra|cho thấy|ghi nhận|ghi rõ|xác định)\b"
)


def _has_agent(reading: Reading, sentence: Sentence, figure: int) -> bool:
    """Whether whoever did what is counted is named: a unit, a body or a person, as subject before the figure or after "của", "do"."""
    if _TELLER.search(sentence.folded):
        return True
    agents = [
        hit.start - sentence.start
        for hit in reading.hits_in("agents", sentence)
        if not _NO_AGENT_BEFORE.search(sentence.folded, 0, hit.start - sentence.start)
    ]
    agents.extend(person.start - sentence.start for person in reading.persons_in(sentence))
    agents.extend(
        mention.start - sentence.start
        for mention in reading.units
        if mention.field.sentence_at(mention.start) is sentence
    )
    measured = _MEASURE_SUBJECT.search(sentence.folded)
    for start in agents:
        before = sentence.folded[max(0, start - 80) : start]
        if _OWNER_BEFORE.search(before) or (
            start < figure and not _PLACE_BEFORE.search(before) and (measured is None or start < measured.start())
        ):
            return True
    return False


# "45 cán bộ bị kỷ luật": counted, not telling; "Núi Bà Đen" is a mountain.
_NO_AGENT_BEFORE = re.compile(r"(?:\d(?:[\d.,]{0,14}\d)?|\b(?:núi|chùa|đền|miếu|hồ|chợ|cầu|kênh)) $")
_TELLER = re.compile(
    r"\b(?:tôi|chúng tôi)(?: (?:đã|mới|chỉ|cũng))? (?:đọc|kiểm sát|thụ lý|giải quyết|tiếp|làm|viết|xử|nhận|ký|nghiên cứu)\b"
)

# "Số vụ … tăng": the subject is the measure itself, and a body named after it is only where it was measured.
_MEASURE_SUBJECT = re.compile(
    r"(?:^|[,;:] |\b(?:và|nhưng|thì|khi) )(?:trong đó |đáng chú ý |riêng |hiện nay |hiện |cả nước |[^,;:]{0,30}, )?(?:số|số lượng|tỷ lệ|tỉ lệ|lượng|tổng số|con số|mức|lượt|doanh thu|kim ngạch|chỉ số)\b(?! (?:liệu|điện thoại|hiệu|máy|nhà))"
)
_OWNER_BEFORE = re.compile(r"\b(?:của|do|bởi|thuộc|được|nhờ)(?: (?:các|hai|toàn|cả|đồng chí|đại diện|lãnh đạo))* $")
_PLACE_BEFORE = re.compile(
    r"\b(?:ở|tại|trong|trên|giữa|đến|tới|từ|về|với|cho|ngoài|khắp|đối với|lực lượng|theo|gồm|nhiều)(?: (?:các|một số|nhiều|những|mọi|toàn|địa bàn|phạm vi))* $"
)


_SPOKEN_SYLLABLES = 8


def unattributed_quote(reading: Reading) -> Iterator[Finding]:
    """A spoken quotation of eight syllables or more with no speaker in its sentence, the one before or the one after."""
    for field in reading.document.prose:
        for quotation in reading.quotations[field.name]:
            if (
                quotation.syllables >= _SPOKEN_SYLLABLES
                and quotation.is_closed
                and _is_speech(reading, quotation)
                and not has_speaker(reading, quotation)
            ):
                yield Finding(quotation.span)


_FIRST_PERSON = re.compile(
    r"\b(?:tôi|chúng tôi|chúng ta|mình|tụi|em|cháu|con (?=(?:tôi|đã|không|xin|thấy|sợ|biết|sẽ))|tao|mày|bà con|tui)\b"
)


def _is_speech(reading: Reading, quotation: Quotation) -> bool:
    """Whether the quoted words are somebody's speech and not the name of a thing, a motto or a cited text."""
    field = quotation.field
    sentence = field.sentence_at(quotation.start)
    named = [
        hit
        for hit in reading.hits_in("quoted_names", sentence)
        if hit.end <= quotation.start and field.folded[hit.end : quotation.start].strip(' :,."“”') == ""
    ]
    before = field.folded[sentence.start : max(sentence.start, quotation.start)]
    if (named or _WRITTEN.search(before)) and not _FIRST_PERSON.search(quotation.words):
        return False
    if reading.knowledge.canon.holds(quotation.words):
        return False
    return quotation.looks_spoken or _FIRST_PERSON.search(quotation.words) is not None


# What is written, asked or hung up is nobody's speech: "treo một khung gỗ cũ: “…”", "câu hỏi chỉ có một dòng: “…”".
_WRITTEN = re.compile(
    r"\b(?:dòng|dòng chữ|hàng chữ|chữ|câu hỏi|câu đố|khẩu hiệu|băng rôn|biểu ngữ|pa nô|áp phích|tấm bảng|bảng|biển|khung|thông điệp|chủ đề|chuyên đề|tiêu đề|nhan đề|tựa đề|mục|"
    r"nội dung|tin nhắn|tờ giấy|mảnh giấy|bức thư|nội quy|phương châm|tiêu chí|quy tắc|điều luật|điều lệ|đề bài|tên gọi|tên)\b[^.!?“”]{0,40}:? ?$"
)


def has_speaker(reading: Reading, quotation: Quotation) -> bool:
    """Whether somebody is named as saying the quoted words, in the same sentence or in one beside it."""
    sentences = quotation.field.sentences
    first = quotation.field.sentence_at(quotation.start)
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

    voice = _VOICE.search(sentence.folded, 0, max(0, quotation.start - sentence.start))
    return (
        voice is not None
        or any(
            outside(mark.start, mark.end)
            for lexicon in ("speech_verbs", "attribution")
            for mark in reading.hits_in(lexicon, sentence)
        )
        or any(outside(person.start, person.end) for person in reading.persons_in(sentence))
    )


_VOICE = re.compile(r"\b(?:giọng|tiếng)(?: [^\s,.;:]+){0,8} ?: ?$")  # "Một giọng nam dõng dạc: “…”"
_NEAR_OPENING = 60  # code points: where a sentence's subject stands


def _introduces_speaker(reading: Reading, sentence: Sentence, quoted: Sentence) -> bool:
    """Whether the sentence before has the speaker as its subject, or leads up to the words with a colon."""
    ends_open = sentence.text.rstrip().endswith(":")
    if sentence.paragraph != quoted.paragraph and not ends_open:
        return False
    if ends_open or any(person.start - sentence.start < _NEAR_OPENING for person in reading.persons_in(sentence)):
        return True
    return _says(reading, sentence) and _has_speaker_noun(reading, sentence)


def _names_speaker_after(reading: Reading, sentence: Sentence, quoted: Sentence) -> bool:
    """Whether the sentence after says whose words they were."""
    if sentence.paragraph > quoted.paragraph + 1:
        return False
    if sentence.paragraph != quoted.paragraph and not (
        _THOSE_WORDS.match(sentence.folded)
        or any(person.start - sentence.start < _SUBJECT for person in reading.persons_in(sentence))
        or any(hit.start - sentence.start < _SUBJECT for hit in reading.hits_in("addresses", sentence))
    ):
        return False  # another paragraph, that begins with somebody else or with nobody
    if _GOES_ON.match(sentence.text) and _has_speaker_noun(reading, sentence):
        return True  # “…?” – câu hỏi của Kiểm sát viên …: the same sentence, for all its question mark
    if any(hit.start - sentence.start <= 2 for hit in reading.hits_in("addresses", sentence)) and _says(
        reading, sentence
    ):
        return True
    says = (
        any(
            verb.entry.kind == "say" and verb.start - sentence.start < _NEAR_OPENING
            for verb in reading.hits_in("speech_verbs", sentence)
        )
        or _THOSE_WORDS.match(sentence.folded) is not None
    )
    return says and _has_speaker_noun(reading, sentence)


_SUBJECT = 30  # code points: where a speaker who opens the next paragraph stands
_GOES_ON = re.compile(r"\s*[-–—,]")
_THOSE_WORDS = re.compile(
    r"(?:đó|đấy|ấy) (?:cũng |chính )?là (?:những )?(?:lời|điều|câu|chia sẻ|tâm sự|câu nói|khẳng định|phát biểu)|(?:lời|câu nói)[^.]{0,20} của"
)


def _says(reading: Reading, sentence: Sentence) -> bool:
    return any(verb.entry.kind == "say" for verb in reading.hits_in("speech_verbs", sentence))


def _has_speaker_noun(reading: Reading, sentence: Sentence) -> bool:
    return bool(
        reading.persons_in(sentence) or reading.hits_in("addresses", sentence) or reading.hits_in("agents", sentence)
    )


_DOCUMENT = re.compile(
    r"\b(?:thực hiện|căn cứ(?: vào)?|theo|quy định tại|trên tinh thần|hướng dẫn tại|nêu tại|hướng dẫn trong|triển khai|quán triệt|chấp hành|vận dụng|áp dụng|nằm trong|trong khuôn khổ|trên cơ sở|dựa (?:trên|vào)|tuân thủ|thi hành|cụ thể hóa|bám sát|sơ kết|tổng kết|hưởng ứng)"
    r"(?: (?:nội dung|tinh thần|các|những|nghiêm túc|nghiêm|có hiệu quả|tốt|đúng|đầy đủ|quy định|yêu cầu|việc|1 năm|thực hiện|triển khai|chỉ tiêu|chỉ đạo|tại|của|nhiệm vụ)){0,6}"
    r" (?P<type>nghị quyết|chỉ thị|quyết định|kế hoạch|thông tư liên (?:tịch|ngành)|thông tư|nghị định|công văn|hướng dẫn|quy chế phối hợp|quy chế|chương trình hành động|kết luận)"
    r"(?P<rest>(?: [^\s.,;:]+){1,40})"
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
    r"\b(?:thông qua|ban hành|dự thảo|xây dựng|soạn thảo|ký|ra|trình|góp ý|công bố|đề xuất|tham mưu|hoàn thiện|bàn|biểu quyết|sửa đổi|có|bằng|thành)(?: [^\s.,;:]+){0,4} $"
)
_OF_BODY = re.compile(
    r"^(?: [^\s.,;:]+){0,9}? (?:của|do|giữa) (?:(?:các |hai |ba |đồng chí |ban thường vụ |lãnh đạo |thường trực |liên ngành )*)(?:viện trưởng|vksnd|viện kiểm sát|vkstc|vks|bộ|bí thư|thường trực|chính phủ|thủ tướng|quốc hội|ủy ban|ubnd|hđnd|hội đồng|tỉnh ủy|huyện ủy|thành ủy|đảng ủy|bộ chính trị|ban bí thư|ban chấp hành|trung ương|tòa án|tand|công an|ngành|sở|chủ tịch|tổng|ban|chi bộ|đoàn(?= (?:thanh|tncs|trường|viện|vksnd|cơ|khối))|hội|viện|cấp trên|đảng|nhà nước|cơ quan|thường vụ|giám đốc|tư pháp|liên ngành)\b"
)
_IDENTIFIED = re.compile(
    r"\bsố[: ]?\s?\d|\d{1,9}\s?[-/]\s?(?:ct|kh|nq|qđ|tt|nđ|hd|cv|ttlt|qc|tw|vks|ubnd|qh|kl|\d)|\bngày \d{1,2}(?:[/.-]| tháng)|^ \d"
)
_KNOWN_BY_NAME = re.compile(
    r"^ (?:của )?(?:đại hội|hội nghị chi bộ)|đại hội (?:đảng bộ|đại biểu|lần thứ|đảng toàn quốc|[xvi]+\b)|hội nghị (?:lần thứ|trung ương)|nhiệm kỳ|^ (?:này|trên|nêu trên|đó|đã|công tác tuần)\b"
)
_PROCEDURAL = re.compile(
    r"quyết định (?:của (?:tòa|viện trưởng[^.;]{0,40} (?:về việc )?(?:khởi|phê|không|đình|hủy|kháng|truy|bắt|tạm)|hội đồng xét xử|hđxx|bản án|thẩm phán|cơ quan (?:cảnh sát )?điều tra|cơ quan điều tra)|(?:về )?(?:việc )?(?:khởi tố|không khởi tố|đình chỉ|tạm đình chỉ|phê chuẩn|kháng nghị|truy nã|đưa vụ án|thi hành án|áp dụng|gia hạn|tạm giam|tạm giữ|bắt|xử phạt|giải quyết|công nhận|ly hôn|sơ thẩm|phúc thẩm|giám đốc thẩm))"
)


def document_reference(reading: Reading) -> Iterator[Finding]:
    """A numbered document is leaned on with neither its number nor its date."""
    for field in reading.document.prose:
        if field.name == "title":
            continue
        for sentence in field.sentences:
            if not any(kind in sentence.folded for kind in _DOCUMENT_KINDS):
                continue
            for kind, start, end in _unidentified(sentence.folded):
                if reading.quoted(field, sentence.start + start, sentence.start + end):
                    continue
                if not (kind and _identified_elsewhere(reading, kind)):
                    yield Finding(sentence.span(start, end))


@remembered
def _unidentified(folded: str) -> tuple[tuple[str, int, int], ...]:
    """Return the documents that a folded sentence leans on without number or date: kind, start, end.

    The kind is left out where the sentence names several, so that the number of another one does not count.
    """
    matches = [match for match in _DOCUMENT.finditer(folded) if _leans_on_unidentified(match)]
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


# "theo Hướng dẫn số 12/HD-VKSTC … và Kế hoạch của Ban Thường vụ Tỉnh ủy …": each document of a list for itself.
_LEADS_LIST = re.compile(
    r"\b(?:thực hiện|căn cứ|theo|triển khai|quán triệt|chấp hành|học tập|nghiên cứu|phổ biến)\b[^.;]{0,80}"
    r"\b(?:nghị quyết|chỉ thị|quyết định|kế hoạch|thông tư|nghị định|công văn|hướng dẫn|quy chế|kết luận)\b"
)
_NEXT_IN_LIST = re.compile(
    r"(?:,| và| cùng) (?P<type>nghị quyết|chỉ thị|kế hoạch|thông tư|nghị định|hướng dẫn|kết luận)"
    r"(?P<rest> của (?!(?:đơn vị|cấp trên|địa phương)\b)(?: ?[^\s.,;:]+){1,30})"
)
_ARTICLE_OF = re.compile(
    r"\b(?:điều|khoản) \d{1,3}(?: của)? (?P<type>nghị quyết|thông tư|nghị định)(?P<rest>(?: [^\s.;:]+){1,30})"
)
# "các nghị quyết của Đảng", "các chỉ thị, nghị quyết" mean no one document
_IN_GENERAL = re.compile(
    r"\b(?:các|những|nhiều|mọi) (?:(?:chủ trương|đường lối|chính sách|văn bản|chỉ thị|nghị quyết|nghị định|thông tư|quyết định|quy định|"
    r"kết luận|kế hoạch|hướng dẫn|luật|pháp luật),? (?:và )?)*$"
)


def _leans_on_unidentified(match: re.Match[str]) -> bool:
    clause = match.group("rest")
    if _IN_GENERAL.search(match.string, max(0, match.start("type") - 40), match.start("type")):
        return False
    if _PROCEDURAL.match(match.group("type") + clause):
        return False
    following = match.string[match.end("rest") : match.end("rest") + 30]
    if (
        _IDENTIFIED.search(clause)
        or _KNOWN_BY_NAME.search(clause)
        or re.match(r", (?:ban hành )?(?:số \d|ngày \d[\d/.-]*(?![\d,]))", following)
    ):
        return False
    return _OF_BODY.match(clause) is not None or match.group("type").startswith("thông tư")


def _reference_end(match: re.Match[str]) -> int:
    """Return the length of the reference: type and issuing body."""
    body = _OF_BODY.match(match.group("rest"))
    return len(match.group("type")) + (body.end() if body else 0)


def _identified_elsewhere(reading: Reading, kind: str) -> bool:
    """Whether the draft gives the number or date of a document of this kind elsewhere."""
    return any(
        re.search(rf"{re.escape(kind)}(?: (?:này|trên|nêu trên)| (?:liên tịch )?số[: ]?\s?\d| \d)", field.folded)
        is not None
        for field in reading.document.prose
    )


_CREDIT_IN_CAPTION = re.compile(
    r"(?:\b(?:ảnh|hình ảnh|nguồn ảnh|nguồn|photo|hình)\s?:)|\(\s?(?:ảnh|nguồn|hình)\b|\bảnh (?:của|do|tư liệu|chụp từ|cắt từ|chụp màn hình)"
)


def image_credit(reading: Reading) -> Iterator[Finding]:
    """A picture with no credit, none in its caption, and no byline that covers the pictures."""
    covered = any(byline.covers_pictures for byline in reading.bylines) or _author_covers_pictures(reading)
    for number, image in enumerate(reading.draft.images):
        credited = bool(image.credit and image.credit.strip())
        in_caption = bool(image.caption and _CREDIT_IN_CAPTION.search(image.caption.lower()))
        if not (credited or in_caption or covered):
            yield Finding(Span(f"images[{number}].credit", 0, 0))


def _author_covers_pictures(reading: Reading) -> bool:
    return any("ảnh" in (value or "").lower() for value in (reading.draft.author, reading.draft.source))


def image_caption(reading: Reading) -> Iterator[Finding]:
    """A picture with no caption."""
    for number, image in enumerate(reading.draft.images):
        if not (image.caption and image.caption.strip()):
            yield Finding(Span(f"images[{number}].caption", 0, 0))


CHECKS = (
    Check("source.missing", missing),
    Check("source.hearsay", hearsay),
    Check("source.unattributed_figure", unattributed_figure),
    Check("source.unattributed_quote", unattributed_quote),
    Check("source.document_reference", document_reference),
    Check("source.image_credit", image_credit),
    Check("source.image_caption", image_caption),
)
