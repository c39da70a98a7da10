"""Statistics and where they come from (`source.unattributed_figure`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review_service.checklist.attribution import has_source, in_readers_question
from review_service.checklist.figured import FIGURE, ONE_WORD, in_figures
from review_service.checklist.findings import Check, Finding
from review_service.checklist.reading import Reading
from review_service.text import Sentence, remembered, tells
from review_service.text.numerals import numerals

# Statistics: a count over a period, a percentage, a comparison.
_COUNTED = (
    r"phiên|báo cáo|vụ|vụ án|vụ việc|bị can|bị cáo|bị hại|người|trường hợp|lượt|đơn(?! vị)|tin báo|tố giác|nguồn tin|kháng nghị|kiến nghị|việc|hồ sơ|"
    r"đối tượng|nạn nhân|phiên tòa|tin, bài|tin bài|bài|hộ|cuộc|văn bản|bản án|quyết định|phạm nhân|ca|cơ sở|doanh nghiệp|"
    r"học sinh|thanh niên|công nhân|sinh viên|cán bộ|công chức|kg|tấn|lít|ha|héc-ta|tỷ đồng|triệu đồng|đồng|tỷ|usd|lần|vi phạm|thanh thiếu niên|"
    r"người dân|khách|du khách|lượt người|lượt truy cập|thông báo|yêu cầu|buổi|giao dịch|điểm|tụ điểm|băng nhóm|phương tiện|(?:chiếc )?xe|tài khoản|cuộc gọi"
)
_NUMBER = r"\d{1,3}(?:\.\d{3}){1,4}|\d{1,12}(?:,\d{1,4})?"
_TIMES = r"(?:(?:nghìn|ngàn|vạn|triệu|tỷ) )?"  # "2,1 triệu lượt khách"
_SPELLED = r"một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|nửa"
_SPELLED_FRACTION = r"(?:(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín) phần (?:hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)|nửa|một nửa|phân nửa|đa phần)"
_OF_MANY = (
    rf"(?:số |tổng số |các |dân số|lượng )?(?:{_COUNTED}|dân|hộ dân|gia đình|thanh niên|công nhân|phụ nữ|trẻ em|trẻ|nạn nhân|học sinh|sinh viên|"
    r"nông dân|lao động|người lao động|bà con|án|số án|số đơn|khách|thuê bao|tài xế|giáo viên|phạm nhân|bị án|nhân khẩu|dân số|trường|chiều dài)"
)
_SPELLED_PERCENT = rf"(?:{_SPELLED})(?: (?:mươi|mốt|lăm|rưỡi|{_SPELLED})){{0,5}} phần trăm"
_PERCENT = re.compile(rf"(?:{_NUMBER})\s?(?:%|phần trăm)|\b{_SPELLED_PERCENT}")
_FROM_TO = r"(?:tăng|giảm) từ \d[\d.,]{0,12}(?: [^\W\d_]{1,7}){0,3} \d(?:[\d.,]{0,10}\d)?(?! (?:phút|giờ|ngày|giây))"  # "giảm từ 21 vụ xuống 13 vụ"
_CHANGE = re.compile(
    rf"\b(?:tăng|giảm|(?<!cần )gấp|vượt|chiếm|đạt)(?: (?:thêm|tới|đến|khoảng|gần|hơn|trên|xuống còn|lên|mạnh|nhẹ)){{0,6}}\s(?:{_NUMBER})\s?(?:%|phần trăm|lần|(?:{_COUNTED})\b)"
    rf"|\b{_FROM_TO}|\b(?:tăng|giảm|tiết kiệm)(?: (?:được|thêm|hơn|gần|khoảng|trên)){{0,2}} (?:{_SPELLED}) (?:tỷ|triệu|trăm triệu)(?: đồng)?\b|\b(?:vượt|đạt)(?: [^\W\d_]+)? (?:con số|mốc) (?:{_NUMBER})(?!\d|[/.,]\d)"
)
# Fractions and multiples: of many, or of a measure that grew or shrank ("vơi đi gần một phần ba", "nay gấp ba").
_FRACTION = re.compile(
    rf"\b(?:tăng|giảm|bớt|chiếm|rút ngắn|vơi|hụt|sụt|ít đi|thưa đi|nhiều lên)(?: \w+){{0,3}} (?:(?:đi |còn |chỉ còn )?{_SPELLED_FRACTION}\b|gấp (?:đôi|rưỡi|{_SPELLED}|\d{{1,9}})(?: lần)?|(?:{_SPELLED}) lần)"
    rf"|\b(?<!trả )(?<!đền )(?<!thường )(?<!phạt )(?<!hoàn tiền )(?<!hoàn )(?<!trả tiền )gấp (?:đôi|rưỡi|(?:{_SPELLED}|\d{{1,9}}) lần|(?:{_SPELLED})(?=[,.;]|$| (?:trong|so|sau|chỉ|năm|cùng kỳ|tháng|quý)\b))"
    rf"|\bnhân (?:đôi|ba) (?:so với|sau|trong|chỉ|cùng kỳ)"
    rf"|\bchỉ (?:còn bằng|còn|bằng)(?: (?:chừng|khoảng|gần|hơn|non))? {_SPELLED_FRACTION} (?:so với|của|cùng kỳ|năm)\b"
    rf"|\b(?:chưa|không) (?:tới|đến|đầy|được|quá) {_SPELLED_FRACTION}(?=[,.;]|$)"
    rf"|\b(?:(?:quá|hơn|gần|khoảng|chừng|non) )?{_SPELLED_FRACTION} (?!buổi|điểm|kg|tấn|lít|ha|héc|đồng|tỷ|triệu|lần|ca |bài){_OF_MANY}\b"
    rf"|\bcứ (?:{_SPELLED}|\d{{1,9}}) [^.;]{{1,40}} (?:thì (?:có |lại có )?|có |lại có )(?:đến |tới |khoảng |chừng |gần |hơn |non )?(?:{_SPELLED}|\d{{1,9}}) \w+"
    rf"|\b(?<!thứ )(?:(?!một\b)(?:{_SPELLED})|\d{{1,3}}) (?:trong|trên) (?:số )?(?:{_SPELLED}|\d{{1,4}}) {_OF_MANY}\b"
)
_MEASURED = re.compile(
    rf"\b(?:số|số lượng|lượng|tỷ lệ|tỉ lệ|tổng số|mức|doanh thu|kim ngạch|tình hình|tình trạng|thời gian|sản lượng|thiệt hại|dân số|tranh chấp|vi phạm|tội phạm|khiếu kiện|khiếu nại|tai nạn|tệ nạn|nạn|(?:nạn )?(?:trộm|cướp|lừa đảo|ma túy|đánh bạc|cho vay))\b|\b{_OF_MANY}\b"
)
# Begins with a digit, so that the search goes from number to number.
_COUNT = re.compile(
    rf"(?:hàng|vài|mấy) (?:chục|trăm|nghìn|ngàn|vạn)(?: (?:nghìn|ngàn|triệu))? (?:tỷ đồng|vụ|bị can|nạn nhân|trường hợp|người)\b|\d(?<![\d/.,].)(?<!năm .)(?:\d{{0,2}}(?:\.\d{{3}}){{1,4}}|\d{{0,11}}(?:,\d{{1,4}})?)\s{_TIMES}(?:{_COUNTED})\b(?:/\d[\d.]{{0,15}} (?:{_COUNTED})\b)?"
)
_ABOUT = re.compile(r"(?:hơn|trên|gần|khoảng|tới|đến|có|xảy ra|cả thảy|tổng cộng) $")
_COMPARISON = re.compile(
    r"(?:nhiều|ít|cao|thấp|tăng|giảm) hơn (?:cùng kỳ|năm|tháng|quý|kỳ)|so với (?:cùng kỳ|năm|tháng|quý|kỳ|mùa|vụ (?:trước|mùa)|giai đoạn|thời gian|6 tháng|sáu tháng|trước)|cùng kỳ(?: năm)?|tăng gấp|bình quân|trung bình mỗi|tỷ lệ|tỉ lệ"
)
_PERIOD = re.compile(
    r"\b(?:6|sáu|3|ba|9|chín|\d{1,2}) tháng(?: đầu| cuối| qua| gần)?|(?:hai|bốn|năm|bảy|tám|mười) tháng (?:đầu|cuối|qua|gần)|\bquý (?:i|ii|iii|iv|[1-4])\b|(?:hai|ba|\d) quý (?:đầu|qua|gần)|từ đầu năm|trong năm|(?:năm|tháng) (?:\d{1,2}/)?(?:19|20)\d\d\b|(?:mỗi|hằng|hàng|một) (?:năm|tháng|quý|tuần)|mỗi (?:mùa|vụ)\b|năm (?:qua|nay|ngoái)|thời gian qua|những năm|giai đoạn|từ năm|đến nay|nhiệm kỳ|\d{1,9} năm (?:qua|gần)|tháng qua|hai năm|ba năm|mười năm|năm năm|nhiều năm|sau (?:một|hai|ba|\d{1,2}) (?:năm|tháng|quý)|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mốt) (?:tháng|năm|quý|tuần) (?:qua|gần đây|trở lại đây|vừa rồi)|trong kỳ|trên toàn (?:tỉnh|quốc|huyện|thành)|toàn (?:tỉnh|quốc|huyện|thành phố|xã|ngành)|cả nước|trên địa bàn"
)
_WITHIN = re.compile(r"\btrong (?:vòng )?(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,2}) (?:năm|tháng|quý|tuần)\b")
_AGGREGATE = re.compile(
    r"cả (?:tỉnh|nước|huyện|thành phố)|người dân (?:trong|ở|của) (?:các )?(?:tỉnh|huyện|xã|vùng|phường|ấp)|toàn (?:tỉnh|quốc|huyện|ngành|thành phố)|(?:mỗi|hằng|hàng) (?:năm|tháng)|bình quân|(?:thiệt hại|số tiền|tài sản)[^.;]{0,30} do |năm ngoái|trên địa bàn[^.;]{0,20} xảy ra|\bxảy ra (?:hơn |gần |khoảng |trên )?\d[\d.]{0,15} vụ|(?:khu vực|phía) [^.;]{3,30} (?:đã )?xảy ra"
)
# The sums, ages and penalties of one case, audiences and prizes are no statistics.
_ONE_CASE = re.compile(
    r"mỗi (?:suất|phần quà|người được)|tiền mặt|trình báo mất|\d (?:người|bị hại|nạn nhân)(?: vay| mua| bị hại)? (?:đã |đến )?(?:trình báo|tố cáo|tố giác|làm đơn)|báo mất|mất trộm|bị mất|năm tù|tháng tù|chung thân|phạt tù|tử hình|chiếm đoạt|trị giá|hàm lượng|kiểm nghiệm|mỗi gia đình|thiệt hại|bồi thường|cáo trạng|bị hại|nồng độ|thương tích|thương tật|tổn hại|tỷ lệ tổn thương|khoản \d|điều \d|bản án (?:buộc|tuyên|giao|xác định)|tuyên phạt|xử phạt|bị cáo|hợp đồng|\bđã khai\b|\bkhai (?:rõ|nhận|rằng)|thửa đất|thu giữ|tang vật|đánh bạc|hành khách|gram|sinh năm|tăng nặng|giảm nhẹ|đấu giá|khởi điểm|thu hồi được|thời gian dành|nộp lại|nộp khắc phục|nộp đủ|trả công|mức lương|án phí|lệ phí|hóa đơn|mái tôn|diện tích|độ ẩm|nhiệt độ|lượng mưa|số tiền (?:thiếu|hụt|thất thoát|chênh lệch)|tổng mức đầu tư|bữa|giấc|chặng|quãng|kinh phí|nhà tình nghĩa|nhà tình thương|mái ấm"
)
# "mất trộm xe máy đã giảm 37%": what is measured is the crime, wherever it happens.
_OF_MANY_CRIMES = re.compile(
    r"\b(?:mất trộm|chiếm đoạt|đánh bạc|thiệt hại)(?=[^.;,]{0,60} (?:tăng|giảm) [^.;,]{0,12}\d)"
)
_SEVERAL_CASES = re.compile(r"\b(?:các|những|số|nhiều) (?:vụ|trường hợp|án|đơn|tội|hành vi)\b")
_AUDIENCE = re.compile(
    r"(?:tham gia|tham dự|dự|cho|với|thu hút|có mặt|chứng kiến|theo dõi|tiếp nhận|phát(?! hiện| sinh))[^.;]{0,40}?(?:hơn|trên|gần|khoảng)? ?\d[\d.]{0,15} (?:học sinh|người dân|người|đại biểu|cán bộ|lượt người|hội viên|đoàn viên|sinh viên|công nhân|phụ nữ|bạn trẻ|giáo viên|đảng viên|công chức|thanh niên|thành viên|khán giả|vận động viên)"
    r"|\d[\d.]{0,15} (?:lượt )?(?:học sinh|người dân|người|đại biểu|cán bộ|hội viên|đoàn viên|sinh viên|công nhân|em|bạn|giáo viên|đảng viên|công chức|thành viên|vận động viên|tờ rơi|suất quà|phần quà)[^.;,]{0,30} (?:tham gia|tham dự|dự|có mặt|đến dự|theo dõi|lắng nghe|nghe)\b"
    r"|\d (?:công chức|đoàn viên|hội viên|đảng viên|cán bộ|người lao động|học sinh|sinh viên|chiến sĩ|vận động viên)\b[^.;]{0,160}? (?:tham gia|tham dự|có mặt|hưởng ứng) "
    r"|số người (?:giơ tay|có mặt|dự|trong (?:phòng|hội trường|sân))|giơ tay"
    r"|\d[\d.,]{0,15}(?: nghìn| ngàn| vạn| triệu)? lượt (?:xem|nghe|thích|chia sẻ|tương tác|bình luận)"
    r"|giải (?:nhất|nhì|ba|thưởng|khuyến khích)|tiền thưởng|học bổng|suất quà|phần quà|trao tặng|ủng hộ|quyên góp|\d (?:câu hỏi|tờ rơi)"
)


_CODE = "source.unattributed_figure"
_of_many_or_over_time = tells(  # "Ly nước chưa tới một nửa" counts nothing
    re.compile(
        r"\b(?:người|gia đình|hộ|em|dân|đơn|án|tin|việc|trường hợp|tài sản|tháng|năm|quý|tuần|mùa|tỉnh|xã|phường|huyện|địa bàn|vùng|"
        r"chợ|toàn|cả nước|diện tích|sản lượng|tỷ lệ|số)\b"
    )
)


def unattributed_figure(reading: Reading) -> Iterator[Finding]:
    """A statistic with no source in its sentence, the one before or its paragraph's opening, and no named agent."""
    unworded = {
        sentence: hit for sentence, hit in reading.judged(_CODE).items() if _of_many_or_over_time(sentence.folded)
    }
    for field in reading.document.prose:
        for sentence in field.sentences:
            figure = _statistic(sentence.folded) or _statistic_goes_on(sentence)
            if figure is None and sentence in unworded:
                hit = unworded[sentence]
                figure = (hit.start - sentence.start, hit.end - sentence.start)
            if figure is None or reading.is_doubted(_CODE, sentence):
                continue
            if reading.in_byline(field, sentence.start, sentence.end):
                continue
            if in_readers_question(sentence):
                continue
            if field.name in ("title", "summary") and _body_repeats(reading, sentence, figure):
                continue
            if _is_heading(sentence) and _is_told_under(sentence, figure):
                continue  # it is judged where it is told
            if _GOAL.search(sentence.folded[: figure[0]]) or _is_limit(sentence.folded, *figure):
                continue
            if (
                _is_price(sentence.folded, figure[0])
                or _is_reckoned_for_an_example(sentence)
                or _takes_up(sentence, figure[0])
            ):
                continue
            if any(hit.end <= sentence.start + figure[1] for hit in reading.hits_in("hearsay", sentence)):
                continue  # a figure that is rumoured: the rumour is the fault
            if _goes_on(reading, sentence) or _its_doer_is_told(reading, sentence):
                continue
            if not has_source(reading, sentence) and not _has_agent(reading, sentence, figure[0]):
                yield Finding(sentence.span(*figure))


_NOBODY_NAMED = re.compile(
    r"(?:đã|đến nay đã|hiện đã) có \d[\d.]{0,9} [^.;,]{1,40}? được\b|(?:đã|cũng đã|hiện đã) (?:giải quyết|xử lý|ban hành|thụ lý|kiểm sát|trả lời|xác minh|thi hành)\b"
)


def _its_doer_is_told(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence that names nobody ("Đã giải quyết 11/12 đơn …") goes on from one of its paragraph that names who did it."""
    if not _NOBODY_NAMED.match(sentence.folded):
        return False
    for before in reversed(sentence.field.sentences[max(0, sentence.index - _DOER_WITHIN) : sentence.index]):
        if before.paragraph != sentence.paragraph:
            return False
        if reading.hits_in("agents", before):
            return _has_agent(reading, before, len(before.folded))
    return False


_DOER_WITHIN = 6  # sentences


_OF_THESE = re.compile(r"(?:riêng|trong đó|trong số (?:này|đó)|số này|con số này|tỷ lệ này|số (?:mới|cũ|còn lại))\b")


def _goes_on(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence goes on from the statistic of the one before, whose agent or source is named: "Riêng số mới tăng 92 vụ"."""
    if not _OF_THESE.match(sentence.folded):
        return False
    before = sentence.previous or next(
        iter(sentence.field.sentences[max(0, sentence.index - 1) : sentence.index]), None
    )
    if before is None or _statistic(before.folded) is None:
        return False
    return _has_agent(reading, before, len(before.folded)) or has_source(reading, before)


# What is asked for or aimed at is no statistic yet.
_GOAL = re.compile(
    r"\b(?:phấn đấu|yêu cầu|mục tiêu|chỉ tiêu (?:giảm|tăng|nâng|hạ|kéo)|theo (?:thỏa thuận|quy chế|hợp đồng|cam kết)|đặt ra|cam kết|quyết tâm|khuyên|khuyến cáo|dự kiến)\b[^.;:]{0,80}$"
    r"|\bnếu\b[^.;]{0,120}$"
    r"|\b(?:điểm thi|điểm số|thang điểm|cơ cấu điểm|trọng số|tiêu chí chấm)\b[^.;]{0,80}$"
    r"|\b(?:nên|cần|phải) (?:đạt|giảm|tăng|nâng|bảo đảm|đảm bảo|hoàn thành|giữ|duy trì|có|dành|giải quyết)\b[^.;:]{0,60}$"
)


_ALL = re.compile(r"\bcả $")
_TOLD_WITHIN = 2_000  # code points before what takes a figure up
_OF_THEM_TOLD = re.compile(
    rf"trong (?:tổng )?số (?P<number>{_NUMBER}) [^.;,]{{2,40}}, có (?:một|01|1) "
)  # "Trong số 37 người được hỏi, có một …"
_FROM_WHAT_WAS_TOLD = re.compile(r"(?:đến nay|tính đến nay|hiện),? \d|tính ra\b")


def _takes_up(sentence: Sentence, start: int) -> bool:
    """Whether a figure is of what was counted just before ("22 tập thể và 37 cá nhân …, cả 59 trường hợp", "Đến nay 8
    văn bản đã được trả lời", "Tính ra, cứ mười vụ thì hơn sáu vụ …"): the first count is the one to be judged."""
    of_them = _OF_THEM_TOLD.match(sentence.folded)
    near = max(0, sentence.start - _TOLD_WITHIN)
    if of_them and sentence.field.folded.find(f" {of_them['number']} ", near, sentence.start) >= 0:
        return True
    if _ALL.search(sentence.folded, 0, start) and FIGURE.search(in_figures(sentence.folded), 0, start):
        return True
    before = sentence.previous
    follows = _FROM_WHAT_WAS_TOLD.match(sentence.folded) or _WORKED_OUT.search(sentence.folded, 0, start)
    return before is not None and follows is not None and FIGURE.search(in_figures(before.folded)) is not None


_WORKED_OUT = re.compile(
    r"\b(?:vì thế|vì vậy|như vậy|do đó|tức là|nghĩa là)(?: (?:vào|là|chiếm|khoảng|ở mức)){1,2} $"
)  # from the numbers just told
# "Giả sử hai vợ chồng có tài sản chung 1,2 tỷ đồng …": made up, to show how it is reckoned
_EXAMPLE = re.compile(r"(?:^|[,:;(] )(?:giả sử|ví dụ|thí dụ|chẳng hạn)(?= |,|:)")
_OF_THE_WORLD = re.compile(
    r"\bsố (?:vụ|người|ca|đơn|lượt|hộ|em|học sinh|nạn nhân|tiền thu hồi)\b|\b(?:trên địa bàn|toàn|cả nước|cả tỉnh|năm ngoái|cùng kỳ)\b"
)
_for_an_example = tells(_EXAMPLE)
_EXAMPLE_WITHIN = 3  # sentences


def _is_reckoned_for_an_example(sentence: Sentence) -> bool:
    """Whether the sentence, or one just before it in the paragraph, makes up a case to reckon with."""
    if _OF_THE_WORLD.search(sentence.folded):
        return False
    near = sentence.beside(before=_EXAMPLE_WITHIN)
    return any(other.paragraph == sentence.paragraph and _for_an_example(other.folded) for other in near)


_PRICE = re.compile(
    r"\b(?:giá|vay|chào bán[^.;]{0,40}|lớp học|khóa học|trả công|tiền công|lương|thù lao|tiền thuê|học phí|lãi|(?:chuyển|trả|ứng|thanh toán|đặt cọc) trước|đặt cọc|giảm giá|chiết khấu|hoa hồng)(?: [^\s,.;]+){0,3} $"
)


def _is_price(folded: str, start: int) -> bool:
    """Whether a figure is what something costs ("vay 20 triệu đồng"), and not how it grew."""
    return _PRICE.search(folded, 0, start) is not None and not folded.startswith(_CHANGES, start)


def _may_count(folded: str) -> bool:
    """Whether a number, in figures or as a fraction, may stand in a sentence: a quick look."""
    return (
        _DIGIT.search(folded) is not None
        or any(word in folded for word in (*_FRACTIONS, *_TENS, "hàng ", "vài ", "mấy "))
        or _SO_MANY_IN.search(folded) is not None
    )


_LIMIT = re.compile(
    r"(?:không (?:được )?(?:quá|vượt(?: quá)?)|mức phạt có thể lên|phạt tiền|tối đa|tối thiểu|mức trần|trần|giới hạn|ngưỡng|hạn mức|định mức|hoa hồng|mức đóng|mức phí|mức hưởng|giảm giá|đòi|đề nghị hoàn|trả thêm|hứa|(?<!xuống )(?<!còn )dưới(?! \d{1,3} tuổi))(?: [^\s,.;]+){0,2} $"
)


_RATE_AFTER = re.compile(
    r" ?(?:(?:mỗi|một) (?:tháng|năm|ngày|kwh|người|suất|lít|kg|học sinh|phần)|/ ?\w+|lương cơ sở|mức lương|giá trị (?:hợp đồng|đơn hàng))\b"
)


def _is_limit(folded: str, start: int, end: int) -> bool:
    """Whether a figure is a rule's limit ("không quá 15%", "từ 50 triệu đồng trở lên"), which counts nothing."""
    return (
        _LIMIT.search(folded, max(0, start - 40), start) is not None
        or (_RATE_AFTER.match(folded, end) is not None and not folded.startswith(_CHANGES, start))
        or folded.startswith((" trở lên", " trở xuống", " mức "), end)
    )


_VOTES = re.compile(
    r"\d{1,4}/\d{1,4} phiếu|\bsố phiếu (?:bầu |tán thành |tín nhiệm )?\d|\bphiếu (?:bầu|tán thành|thuận)\b|\bbiểu quyết\b|\d{1,4}/\d{1,4} (?:học viên|đảng viên|đại biểu|đồng chí|công chức|đoàn viên)\b"
)


@remembered
def _statistic(folded: str) -> tuple[int, int] | None:
    """Return where the statistic of a folded sentence stands, or None."""
    if not _may_count(folded):
        return None
    percent = _percentage(folded)
    count = _COUNT.search(folded) or _count_in_words(folded)
    if not (percent or count) or _AUDIENCE.search(folded) or _VOTES.search(folded):
        return None
    compared = _COMPARISON.search(folded) is not None
    period = _PERIOD.search(folded) is not None or (
        _WITHIN.search(folded) is not None and _AGGREGATE.search(folded) is not None
    )
    several = _SEVERAL_CASES.search(folded) is not None
    one_case = _ONE_CASE.search(_OF_MANY_CRIMES.sub(" ", folded)) is not None
    if percent and count and count.end() < percent.start() and (compared or period) and not one_case:
        return count.span()
    if percent and (compared or period or several or not one_case):
        if _bare_hundred(percent.group()) and not _CHANGE.search(folded):
            return None
        before = folded[max(0, percent.start() - 50) : percent.start()]
        if (
            _DISABLED.match(folded, percent.end())
            or _INTEREST.search(before)
            or "cổ phần" in folded
            or ("%" in percent.group() and _INJURY.search(before))
        ):
            return None
        return percent.span()
    if count and (compared or period) and (_AGGREGATE.search(folded) or (compared and period) or not one_case):
        about = _ABOUT.search(folded, max(0, count.start() - 12), count.start())
        return (about or count).start(), count.end()
    return None


_DISABLED = re.compile(r" ?(?:thương tật|sức khỏe|khả năng lao động)\b")  # how badly somebody was hurt
_INTEREST = re.compile(r"\blãi\b(?! nặng)")  # lending at usury is a crime, and counted
_OF_THEM = re.compile(r"(?:đã có|trong đó|trong số (?:đó|này)|số còn lại)\b")  # "Đã có 1.043 tin được giải quyết"


def _count_in_words(folded: str) -> re.Match[str] | None:
    """Return the first count of more than ten that is spelled out ("hơn sáu mươi hộ")."""
    if not any(word in folded for word in _TENS):
        return None
    spelled = (match for match in _COUNT.finditer(in_figures(folded)) if not folded[match.start()].isdigit())
    return next((match for match in spelled if "đồng" not in match[0] and int(match[0].split(" ")[0]) > ONE_WORD), None)


def _statistic_goes_on(sentence: Sentence) -> tuple[int, int] | None:
    """Return the count of many cases ("các vụ lừa đảo … lên tới 203 vụ") that goes on from the statistic before it."""
    before = sentence.previous
    if before is None or _statistic(before.folded) is None:
        return None
    several = _SEVERAL_CASES.search(sentence.folded) or _OF_THEM.match(sentence.folded)
    count = _COUNT.search(sentence.folded) if several and not _AUDIENCE.search(sentence.folded) else None
    return count.span() if count and several and several.start() < count.start() else None


_INJURY = re.compile(
    r"(?:thương tích|thương tật|tổn thương|tổn hại|giám định)(?: (?:cơ thể|sức khỏe|lần lượt|đều|là|với|khoảng|tỷ lệ|tỉ lệ|từ|đến|trên|dưới|tổng|của|nạn nhân|bị hại|qua giám định|chung|anh|chị|ông|bà|\w)){0,6} ?:? ?$"
)  # "thương tích 24%": one victim's
_CHANGES = ("tăng", "giảm", "gấp", "vượt", "chiếm", "đạt")
_DIGIT = re.compile(r"\d")
_TENS = ("mười", "mươi", "trăm", "nghìn", "ngàn")
_FRACTIONS = ("nửa", "gấp", "nhân ", "phần", "lần", "cứ ", " tỷ đồng", " triệu đồng")
_SO_MANY_IN = re.compile(rf" (?:trong|trên) (?:số )?(?:{_SPELLED}|\d)")


def _percentage(folded: str) -> re.Match[str] | None:
    """Return a change, a percentage or a fraction told in a folded sentence; the words first, the patterns after."""
    changes = _CHANGE.finditer(folded) if any(word in folded for word in _CHANGES) else iter(())
    found = next((change for change in changes if not _URGENT_SUM.match(change.group())), None)
    if found is None and ("%" in folded or "phần trăm" in folded):
        found = _PERCENT.search(folded)
    if found is None and (any(word in folded for word in _FRACTIONS) or _SO_MANY_IN.search(folded)):
        found = _FRACTION.search(folded)
        if (
            found is not None
            and not found.group().startswith("cứ ")
            and not _THAN_BEFORE.match(folded, found.end())
            and not _MEASURED.search(folded, _clause_start(folded, found.start()), found.end())
            and not (found.group().startswith(("tăng", "giảm")) and folded.startswith((" số ", " lượng "), found.end()))
        ):
            return None  # "rẻ hơn một nửa", "dày gần nửa gang tay": a thing, not a statistic
    return found


_URGENT_SUM = re.compile(r"gấp \d[\d.,]{0,12} (?:tỷ|triệu|nghìn|ngàn|đồng)\b")  # "chuyển gấp 45 triệu đồng": at once
_THAN_BEFORE = re.compile(
    r" (?:mọi năm|các năm|năm (?:trước|ngoái|\d)|(?:quý|tháng|kỳ) (?:trước|liền)|cùng kỳ)"
)  # "nhiều gấp rưỡi mọi năm"


def _clause_start(folded: str, position: int) -> int:
    """Return where the clause around `position` begins."""
    return max(folded.rfind(mark, 0, position) for mark in ".;:") + 1


def _bare_hundred(text: str) -> bool:
    return re.fullmatch(r"\D*100\s?(?:%|phần trăm)", text) is not None


def _is_heading(sentence: Sentence) -> bool:
    """Whether the sentence is a short paragraph of its own that ends in no mark, within the text."""
    start, end = sentence.field.paragraphs[sentence.paragraph]
    alone = sentence.field.text[start:end].strip() == sentence.text.strip()
    return alone and sentence.text.strip()[-1:].isalnum() and len(sentence.text.split()) <= _HEADING


_HEADING = 12  # syllables


def _is_told_under(heading: Sentence, figure: tuple[int, int]) -> bool:
    """Whether the text under a heading tells its number again, in digits."""
    number = re.search(r"[1-9]\d*", in_figures(heading.folded)[slice(*figure)])
    below = heading.field.folded[heading.end : heading.end + _SECTION]
    return number is not None and re.search(rf"(?<![\d.,])0?{number.group()}(?![\d])", below) is not None


_SECTION = 4_000  # code points under a heading


def _body_repeats(reading: Reading, sentence: Sentence, figure: tuple[int, int]) -> bool:
    """Whether the body gives the same figure, in digits or spelled out: then it is judged there."""
    number = re.search(_NUMBER, sentence.folded[figure[0] : figure[1]])
    body = reading.document.body
    if number is None:  # a fraction: the body gives the figures behind it
        return any(_statistic(other.folded) and has_source(reading, other) for other in body.sentences)
    if re.search(rf"(?<![\d.,]){re.escape(number.group())}(?![\d])", body.folded):
        return True
    return any(number.group() == str(told) for other in body.sentences for told, _, _ in numerals(other.folded))


def _has_agent(reading: Reading, sentence: Sentence, figure: int) -> bool:
    """Whether whoever did what is counted is named: a unit, a body or a person, as subject before the figure or after "của", "do"."""
    if _TELLER.search(sentence.folded):
        return True
    if _SHARE_OF_MANY.match(sentence.folded):
        return False
    on_average = "bình quân" in sentence.folded or "trung bình" in sentence.folded  # "một Kiểm sát viên": any of them
    agents = [
        hit.start - sentence.start
        for hit in reading.hits_in("agents", sentence)
        if not _NO_AGENT_BEFORE.search(sentence.folded, *_just_before(hit.start - sentence.start))
        and not (on_average and sentence.folded.endswith("một ", 0, hit.start - sentence.start))
        and not (
            hit.entry.phrase in _WHICHEVER and _GENERAL_OWNER.search(sentence.folded, 0, hit.start - sentence.start)
        )
    ]
    measured = _MEASURE_SUBJECT.search(sentence.folded)
    topic = _TOPIC.match(sentence.folded)
    agents = [
        start
        for start in agents
        if not (topic and start < topic.end())
        and not (measured and measured.end() <= start < figure and not _owns(sentence.folded, start))
    ]  # "khoảng cách … đến trụ sở cơ quan … rút ngắn 12%": what is measured, not who tells it
    agents.extend(person.start - sentence.start for person in reading.persons_in(sentence))
    agents.extend(
        mention.start - sentence.start
        for mention in reading.units
        if mention.field.sentence_at(mention.start) is sentence
    )
    for start in agents:
        before = sentence.folded[max(0, start - 80) : start]
        if start > figure and _OF_WHOM.match(sentence.folded[figure:start]):
            return True
        if start > figure and _DOING.match(sentence.folded) and sentence.folded[figure:start].endswith(", "):
            return True
        if (_OWNER_BEFORE.search(before) and not (measured and start < figure and before.endswith("được "))) or (
            start < figure and not _PLACE_BEFORE.search(before) and (measured is None or start < measured.start())
        ):
            return True
    return False


# "Khoảng 65% phiên đối thoại trên cả nước …": the many are the subject, whoever is named after them.
_SHARE_OF_MANY = re.compile(
    rf"(?:(?:có đến|có tới|có|chỉ) )?(?:(?:hơn|gần|khoảng|trên|chừng|quá) )?(?:{_NUMBER})\s?(?:%|phần trăm) (?:số |các )?(?:{_OF_MANY}|phiên|vụ|hộ|ca)\b"
)


def _owns(folded: str, start: int) -> bool:
    """Whether what is measured is somebody's in particular ("của đơn vị"), not of a whole sector."""
    return folded.endswith(("của ", "do "), 0, start) and not folded.startswith("ngành", start)


_TOPIC = re.compile(r"về [^,;:.]{1,60}, ")  # "Về công tác cán bộ, …"
_WHICHEVER = ("đơn vị", "ngành", "cơ quan", "địa phương")
_GENERAL_OWNER = re.compile(
    r"^(?:số|lượng|tỷ lệ|tỉ lệ|mức)\b[^.;,]{0,60}\b(?:của|ở) (?:các )?$"
)  # "Lượng tin bài của các đơn vị … tăng": no one tells it


def _just_before(position: int) -> tuple[int, int]:
    return max(0, position - 24), position


# "45 cán bộ bị kỷ luật": counted, not telling; "Núi Bà Đen" is a mountain.
_NO_AGENT_BEFORE = re.compile(
    r"(?:(?<!năm )(?<!tháng )(?<!quý )(?<![\d/.,])\d(?:[\d.,]{0,14}\d)?|\b(?:núi|chùa|đền|miếu|hồ|chợ|cầu|kênh|mỗi|án tín dụng,|án tín dụng)) $"
)
_TELLER = re.compile(
    r"\b(?:tôi|chúng tôi)(?: (?:đã|mới|chỉ|cũng))? (?:đọc|kiểm sát|thụ lý|giải quyết|tiếp|làm|viết|xử|nhận|ký|nghiên cứu)\b"
)

# "Số vụ … tăng": the subject is the measure itself, and a body named after it is only where it was measured.
_MEASURE_SUBJECT = re.compile(
    r"(?:^|[,;:] |\b(?:và|nhưng|thì|khi) )(?:trong đó |đáng chú ý |riêng |hiện nay |hiện |cả nước |[^,;:]{0,30}, )?(?:số|số lượng|tỷ lệ|tỉ lệ|lượng|tổng số|con số|mức|lượt|doanh thu|kim ngạch|chỉ số|thời gian|khoảng cách)\b(?! (?:qua|tới|gần|vừa|liệu|điện thoại|hiệu|máy|nhà))"
)
_OF_WHOM = re.compile(r"\d{1,6} [^\W\d_]+(?: án| việc)? (?:mà )?$")  # "trong số 04 vụ VKSND tỉnh báo cáo"
_DOING = re.compile(r"(?:qua|sau khi|khi|trong quá trình|trong lúc) ")  # "Qua xem xét 150 hồ sơ, Đoàn ghi nhận …"
_OWNER_BEFORE = re.compile(
    r"\b(?:của|do|bởi|thuộc|(?<!biệt )được|nhờ)(?: (?:các|hai|toàn|cả|đồng chí|đại diện|lãnh đạo)){0,6} $"
)
_PLACE_BEFORE = re.compile(
    r"\b(?:ở|tại|trong|trên|giữa|đến|tới|từ|về|với|cho|ngoài|khắp|đối với|lực lượng|theo|gồm|nhiều)(?: (?:các|một số|nhiều|những|mọi|toàn|địa bàn|phạm vi|khu vực|lĩnh vực|khối)){0,6} $"
)

CHECKS = (Check(_CODE, unattributed_figure),)
