"""Objective wording (family `objectivity`): plain words, no absolutes, no opinion; guilt is told in `presumption`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review_service.checklist.attribution import has_source, in_readers_question, passes_on_talk, reports
from review_service.checklist.findings import Check, Finding, one_each
from review_service.checklist.lexicon import Hit, last_up_to
from review_service.checklist.presumption import is_anothers, is_contempt, presumed_innocent, told_by_another
from review_service.checklist.reading import Reading
from review_service.text import Field, Sentence, Span, remembered, tells

_NEAR = 300  # code points beside a word that its meaning may depend on
# Narrower: words that tell of crime whatever the draft is about ("bắt được" may be said of fish).
_CRIMINAL_CASE = (
    *("bị can", "bị cáo", "nghi phạm", "nghi can", "vụ án", "khởi tố", "truy tố", "cáo trạng", "xét xử", "phiên tòa"),
    *("tạm giữ", "tạm giam", "giữ người", "bị bắt giữ", "truy nã", "hầu tòa", "khai nhận", "cơ quan điều tra"),
    *("phạm tội", "tội phạm", "bị hại"),
)


def loaded_language(reading: Reading) -> Iterator[Finding]:
    """Emotive or sensational wording in the writer's own voice; contempt for a person even after conviction."""
    yield from one_each(_loaded(reading))


def _loaded(reading: Reading) -> Iterator[Finding]:
    prose = reading.document.prose
    played = any("phiên tòa giả định" in field.folded for field in prose)
    case = not played and any(word in field.folded for field in prose for word in _CRIMINAL_CASE)
    for hit in reading.hits("loaded"):
        if hit.entry.kind in ("case", "grief") and not case:
            continue  # "cá sa lưới", "trận đấu gay cấn": said of no crime, it is plain
        if hit.entry.kind == "grief" and (
            reading.draft.genre in _STORIES
            or _SAYS_WEEPING.match(hit.field.folded, hit.end)
            or "”" in hit.field.folded[max(0, hit.start - _AFTER_A_QUOTE) : hit.start]
        ):
            continue  # how people weep belongs to a story about them, and to how they said what is quoted
        if _is_of_nature(hit):
            continue  # a storm may rage
        if not (_is_told_of(reading, hit) or _is_about_words(hit) or _is_judged_already(reading, hit)):
            yield Finding(hit.span, hit.entry.replacements)
    for hit in reading.hits("guilt"):
        may_scorn = hit.entry.kind == "pronoun" or (
            hit.entry.kind == "person" and _SCORN.match(hit.field.folded, hit.start) is not None
        )
        if not may_scorn or presumed_innocent(reading, hit.sentence) or told_by_another(reading, hit):
            continue
        if hit.entry.kind == "person" or is_contempt(reading, hit):
            yield Finding(hit.span)


_SCORN = re.compile(r"(?:gã|ả|mụ|thằng|con mụ) ")  # "kẻ giết người" is plain once a judgment says so; "gã" never is


_AFTER_A_QUOTE = 20  # code points: "“…”, chị nghẹn giọng"
_SAYS_WEEPING = re.compile(r" (?:kể|nói|nhớ lại|chia sẻ|cho biết|tâm sự|bộc bạch)(?: [^\s,.;:“”]+){0,4} ?[:,]? ?[“\"]")
_STORIES = ("feature", "profile", "legal_education")
_NATURE = re.compile(
    r"\b(?:động đất|vết lốp|trăn(?! trở)|rắn(?! rỏi)|đỉa|dòng xoáy|mũi khoan|sóng|mưa|gió|nước(?! mắt)|bão|giông|nắng|trời|lúa|hoa|điên điển|rừng|sông|biển|rạch|kênh|đường(?! dây)|cầu(?! thủ)|ruộng|"
    r"trăng|sương|cá|chim|muỗi|mối|chuột|sấm|sét|tiếng (?:phanh|còi|máy|động cơ|xe|súng|trống|chuông|ve|ếch|gà|chó))\b"
)
_PEOPLE = re.compile(
    r"\b(?:bị|người|ông|bà|anh|chị|em|cháu|hắn|y|ả|thị|kẻ|tên|gã|nhóm|bị can|bị cáo|bị hại|nạn nhân|đối tượng|vợ|chồng|dân|vụ|tội|án)\b"
)
_BEFORE_A_SUBJECT = frozenset("những các mấy một con cây cơn trận dòng ngọn cánh bông tiếng ánh cái".split())
_CLAUSE_MARK = re.compile(r"[,;:–]|\b(?:mà|thì)\b")
_NATURE_NEAR = 160  # code points between what is told of and the words


def _is_of_nature(hit: Hit) -> bool:
    """Whether the words are said of water, weather, plants, animals, roads or sounds ("sóng hung hãn"), to which nobody did anything."""
    folded, start = hit.sentence.folded, hit.start - hit.sentence.start
    first = max(0, start - _NATURE_NEAR)
    for subject in reversed(list(_NATURE.finditer(folded, first, start))):
        before = _CLAUSE_MARK.split(folded[first : subject.start()])[-1].split()
        if _BEFORE_A_SUBJECT.issuperset(before):
            return _PEOPLE.search(folded, subject.end(), start) is None
    return False


def _is_told_of(reading: Reading, hit: Hit) -> bool:
    """Whether the words are another's, or are a name: a quotation, a party's view, a title, what a rumour says."""
    return (
        passes_on_talk(reading, hit.sentence)
        or told_by_another(reading, hit)
        or _is_reported(reading, hit)
        or _names_a_thing(reading, hit)
        or _reaches_into_name(reading, hit)
    )


_THAT_IS = re.compile(r", (?:điều|chuyện|việc) (?:đó|này|ấy)\b")  # "… vô ơn, điều đó không cần bàn cãi": one judgment


def _is_judged_already(reading: Reading, hit: Hit) -> bool:
    """Whether a judgment ("Rõ ràng, lòng tham …", "Ai cũng thấy đây là màn kịch") comes before, which the words carry on."""
    return any(
        (opinion.start == hit.sentence.start and opinion.entry.kind in ("opening", "modal"))
        or (opinion.start > hit.end and _THAT_IS.search(hit.field.folded, hit.end, opinion.end) is not None)
        or (_same_clause(opinion, hit) and _IS.search(hit.field.folded, opinion.start, hit.start))
        for opinion in reading.hits_in("opinion", hit.sentence)
        if _is_opinion(reading, opinion)
    )


_IS = re.compile(r"\blà\b")
# The word itself is spoken of ("không dùng từ rúng động"), or a work or the war: nobody's case.
_ABOUT_WORDS = re.compile(
    r"\b(?:(?:dùng|những|các|mấy|một|hai|ba|bỏ|thay|bằng|nhiều|loạt|ghi|viết|sửa|rút) từ|chữ|cụm từ|từ ngữ|giật tít|câu chữ|"
    r"nhan đề|tên gọi)\b[^.;]{0,40}$|\btừ (?:[“\"][^.;]{0,40})?$"
)  # not "từ đầu năm", which is a time
_MOCK_TRIAL = re.compile(r"phiên tòa giả định|nhân vật (?:hư cấu|trong kịch bản|[^.;]{0,80} đóng\b)|tiểu phẩm|sân khấu")
_OF_A_WORK = re.compile(
    r"\b(?:bộ phim|phim tài liệu|vở kịch|vở chèo|vở cải lương|kịch ngắn|đạo diễn|bài thơ|câu chuyện cổ|truyện cổ|thạch sanh|quân thù|giặc|đế quốc|"
    r"thực dân|thời chiến|chiến tranh|bom mỹ|bị bom|nhà tù (?:phú quốc|côn đảo)|lối viết|bản in|tiểu thuyết|hát bội|vở tuồng|diễn tuồng|diễn viên)\b"
)
_of_a_work = tells(_OF_A_WORK)
_A_WORK_FIRST = re.compile(
    r"(?:vở|bộ phim|phim|cuốn (?:sách|tiểu thuyết)|tiểu thuyết|tiểu phẩm|bài thơ)\b"
)  # a paragraph on it
_OF_WAR = re.compile(
    r"\b(?:biệt kích|bãi mìn|gỡ mìn|trận càn|chiến khu|đồn giặc|lính ngụy|pháo địch|kháng chiến chống)\b"
)
# "xin giảm nhẹ vì mẹ già, con thơ": what somebody pleads
_DEPENDENTS = re.compile(r"\bcon (?:thơ|dại|mọn|côi)\b")
_PLEADS = re.compile(r"\b(?:xin|nại|viện|trình bày|giảm nhẹ|hoàn cảnh|gia cảnh|lý do|tình tiết|nêu|khai)\b[^.;]{0,60}$")
_CALLS_NOBODY = re.compile(
    r"\b(?:không|chưa|chẳng) (?:hề )?(?:gọi|coi|xem|ví) [^,.;]{0,24}\b(?:là|như) $|"
    r"\b(?:không|chẳng|chả|đâu|nào|hổng)(?: có)? phải (?:là )?(?:một |những )?(?:(?:kẻ|người|hạng người|con người|hạng|đứa) )?$"
)  # "“Bị cáo” chẳng phải kẻ xấu xa": denied
# A court, a party or a document is said to judge so.
_SAYS_SO = re.compile(
    r"\b(?:luật sư|người bào chữa|kháng cáo|kháng nghị|cáo trạng|luận tội|bản án|kết luận (?:điều tra|giám định)|hội đồng xét xử|tòa (?:án|phúc thẩm|sơ thẩm)|viện kiểm sát|"
    r"bị cáo|bị can|bị hại|kiểm sát viên|chủ tọa|hội thẩm|đại diện)\b[^.;:]{0,60} "
    r"(?:nêu|cho rằng|nhận định|nhận xét|mô tả|(?<!lời )(?<!công )(?<!triển )khai(?! vanh| nhỏ| rành| mạc)|trình bày|lập luận|đánh giá|quy kết|xác định|ghi|(?<!công bố )kết luận|phân tích(?=:|,| rằng)|hỏi bị cáo|tự nhận|gọi [^.;:,]{2,40} là)\b"
    r"|^(?:theo|trong) (?:bản |lời |phần |nội dung )*(?:luận tội|lời khai|bào chữa|nhận định|điếu văn|đơn(?! vị)|thư(?! viện| ký)|lời cuối|kháng cáo)\b[^,.;]{0,40}, "
    r"|\b(?:cha|mẹ|con|vợ|chồng|anh|chị|em) (?:của )?(?:bị hại|nạn nhân|bị cáo)\b[^.;:,]{0,20} (?:nói|kể|cho biết)\b"
    r"|\b(?:thư|đơn) (?:của )?(?:ông|bà|anh|chị)\b[^.;:,]{0,30} gọi\b"
)


def _is_about_words(hit: Hit) -> bool:
    """Whether the words are mentioned, not used, said of a work of art or of war, or part of another ("ba-đờ-sốc")."""
    if hit.field.text[max(0, hit.start - 1) : hit.start] == "-":
        return True
    start, end = hit.field.paragraphs[hit.sentence.paragraph]
    if _MOCK_TRIAL.search(hit.field.folded, max(start, hit.start - _VIEW_WITHIN), min(end, hit.end + _VIEW_WITHIN)):
        return True
    before = hit.field.folded[max(hit.sentence.start, hit.start - 60) : hit.start]
    if _A_WORK_FIRST.match(hit.field.folded, start):
        return True
    if _DEPENDENTS.search(hit.field.folded, hit.start, hit.end) and _PLEADS.search(before):
        return True
    if _CALLS_NOBODY.search(before) or (
        hit.field.folded.startswith("bom ", hit.start) and _OF_WAR.search(hit.field.folded, start, end)
    ):
        return True
    return _ABOUT_WORDS.search(before) is not None or _of_a_work(hit.sentence.folded)


_PERCEIVED = re.compile(r"(?:nghe|nhìn|xem|thấy|đọc|chứng kiến) ")


def _is_reported(reading: Reading, hit: Hit) -> bool:
    """Whether somebody of the case, or somebody named, is said to use the words."""
    if _PERCEIVED.match(hit.sentence.folded) and hit.field.folded.endswith("mà ", 0, hit.start):
        return False  # "Nghe bị cáo trả lời nhỏ nhẹ mà rợn tóc gáy": what the writer feels
    people = reading.persons_in(hit.sentence)
    told = any(
        verb.entry.kind == "say" and verb.end <= hit.start and any(person.end <= verb.start for person in people)
        for verb in reading.hits_in("speech_verbs", hit.sentence)
    )
    place = hit.start - hit.sentence.start
    return told or _SAYS_SO.search(hit.sentence.folded, max(0, place - _VIEW_WITHIN), place) is not None


def _is_name(field: Field, sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words are capitalized within a sentence: the pass Ngoạn Mục, a person, a firm."""
    words = field.text[start:end].split()
    return start > sentence.start and len(words) > 1 and all(word.istitle() for word in words)


def _reaches_into_name(reading: Reading, hit: Hit) -> bool:
    """Whether the last of the words is a name or begins one: "Bà Thủy", "công ty may Phước Thạnh"."""
    field, words = hit.field, hit.field.text[hit.start : hit.end].split()
    if len(words) == 1 or hit.sentence.text.istitle():
        return False
    goes_on = words[-1].istitle() and field.text[hit.end : hit.end + 2].strip().istitle()
    addressed = len(words) == _ADDRESSED and reading.in_name(field, hit.end - 1, hit.end)
    return goes_on or addressed or _is_name(field, hit.sentence, hit.start, hit.end)


_ADDRESSED = 2  # words: a form of address and a name


def _names_a_thing(reading: Reading, hit: Hit) -> bool:
    """Whether the word stands in a quoted title or name, or in a statute's own words."""
    quotation = reading.quotation_at(hit.field, hit.start, hit.end)
    if quotation is None:
        return False
    before = hit.field.folded[max(0, quotation.start - 30) : quotation.start]
    return (
        re.search(
            r"(?:tình tiết|điểm|tội|phim|sách|bài|chuyên đề|chủ đề|tên|tội danh|phiên tòa giả định|tiểu phẩm|vở|kịch|truyện|chuyên án|đại án|vụ)[^.]{0,20}$",
            before,
        )
        is not None
    )


_BACKED = re.compile(
    r"(?<![\d/])(?<!ngày )(?<!tháng )\d{1,9}\s?(?:/|trên)\s?\d{1,9}(?![\d/])|\d[\d.]{0,15} ?(?:vụ|bị can|bị cáo|đơn|tin|người|kháng nghị|kiến nghị|trường hợp|lượt|bài|hồ sơ|phiên|việc|chiếc|máy|hộ|bị hại|phiếu|đại biểu|đồng chí|cử tri|án)|\bcả \d{1,4} [^\W\d_]"
)
_backed = tells(_BACKED)
_VOTE = re.compile(
    r"nhất trí|tán thành|phiếu|biểu quyết|đại biểu|bầu (?:ra|chọn|vào|ban|bí thư|cử với)|trúng cử|đồng ý"
)
_votes = tells(_VOTE)
_SUPERLATIVE = re.compile(
    r"\b([^\W\d_]+) nhất\b(?! (?:trí|quán|định|thời|thiết|là|loạt|nguyên|thống|cử|nhì|thể|hạng|tề|mực|đẳng))"
)
_NO_SUPERLATIVE = frozenset(
    (
        "thống hợp thứ giải hạng đồng duy loại đệ bậc bất ít gần mới sớm muộn lần ngày chủ cờ hội nhất là người "
        "thời khóa trước đồng trang đội nhớ chậm xa trẻ tuổi"
    ).split()
)
# Words that judge; others ("nhiều nhất", "lâu nhất") compare, and claim something of the world only with a scope.
_PRAISE = frozenset(
    (
        "tốt giỏi hay đẹp sắc quả hiệu mạnh đại tiến nghiệp việt vời tín nhanh cậy yêu mến lượng bản tâm tụy bằng bạch diện vững xịn lớn công thiện "
        "nghiêm toàn văn đạo cảm huyết hiểm bạo man xấu tệ kém đức quý mực sạch tiếng biểu chắc sáng nổ tượng tráng ích"
    ).split()
)
_AWARDED = re.compile(
    r"được (?:chọn|bầu|vinh danh|trao|xướng tên|bình)|vô địch|được tặng|trao giải|ban tổ chức|giải thưởng|thí sinh|khán giả|bình chọn"
)
# What makes a superlative a claim about the world: a scope, or being said of the subject ("là … nhất").
_SCOPE = re.compile(
    r"từ (?:trước|xưa) (?:đến|tới) (?:nay|giờ)|(?:mà|của) (?:ngành|cả|toàn|tỉnh|nước)[^.;,]{0,40} từng|(?:trong|của|trên)?\s?(?:cả nước|toàn quốc|toàn tỉnh|toàn ngành|cả tỉnh|khu vực|việt nam|thế giới|lịch sử|miền nam|miền bắc|đồng bằng|nam bộ|huyện|tỉnh|ngành|thành phố|khối|nước|tỉnh nhà|trần đời)\b|(?:mà|của|ở) [^.;,]{1,30} từng|từng (?:được|có|tổ chức|làm|thấy)|hiện nay|(?:trong|của) (?:số )?(?:các|những) [^\s,.;]+(?: [^\s,.;]+){0,2} (?:phía|miền|toàn|trong|của|cả|trên) (?:tỉnh|nam|bắc|quốc|ngành|nước|cả nước|huyện|khu vực|địa bàn)|trong (?:các |những )?(?:loại )?án\b|trong (?:số )?các (?:hình thức|cách|mô hình|đơn vị|hoạt động|phong trào|giải pháp|biện pháp)|xưa nay|bao giờ|trước nay|nhiều năm|miền (?:tây|đông|trung)|vùng|kể từ khi"
)
_SCOPE_NEAR = 16  # code points between a superlative and its scope
_SAID_OF_SUBJECT = re.compile(r"\b(?:là|trở thành|sở hữu|được coi là|đạt|có|được)\b[^,;]{0,200}$")
_LEGAL_SUPERLATIVE = re.compile(
    r"(?:mức án|mức hình phạt|hình phạt|khung|mức phạt|mức|án phí|lãi suất|thời hạn|giá|(?<!án )chức vụ|cơ quan|lệ phí|nhiệt độ|lợi ích|quyền lợi|điều kiện|yếu tố|thời gian|tuổi|cấp) (?:\w+ ){0,3}$"
)


def absolute_claim(reading: Reading) -> Iterator[Finding]:
    """An unqualified superlative or absolute offered as fact, with neither a source nor figures behind it."""
    unworded = {
        sentence: hit
        for sentence, hit in reading.judged("objectivity.absolute_claim").items()
        if not (_CLAIMS_NOTHING.search(sentence.folded) or reading.persons_in(sentence))
    }
    for field in reading.document.fields.values():
        for sentence in field.sentences:
            claims = [
                (hit.start, hit.end)
                for hit in reading.hits_in("absolute", sentence)
                if _in_scope(reading, hit, sentence)
            ]
            for first, last in _superlatives(sentence.folded):
                start, end = sentence.start + first, sentence.start + last
                if not any(a < end and start < b for a, b in claims):
                    claims.append((start, end))
            if not claims and sentence in unworded:
                claims.append((unworded[sentence].start, unworded[sentence].end))
            if claims and reading.is_doubted("objectivity.absolute_claim", sentence):
                continue
            for start, end in _joined_claims(claims, field.folded):
                if _is_name(field, sentence, start, end) or _carries_on_judgment(reading, sentence, start):
                    continue
                if _is_bare_claim(reading, sentence, start, end):
                    yield Finding(Span(field.name, start, end))


_THIS_IS = re.compile(r"(?:,? (?:rằng )?(?:đây|đó|ấy|này) (?:chính )?là)? [^,;:.]{0,60}$")


_PONDERS = ("thiết nghĩ", "thiết tưởng", "thiển nghĩ", "trộm nghĩ")  # the whole sentence is then a judgment


def _carries_on_judgment(reading: Reading, sentence: Sentence, start: int) -> bool:
    """Whether a judgment leads up to the claim ("Có thể nói, đây là nửa năm thành công ngoài mong đợi", "chắc chắn hiểu điều đó
    hơn ai hết"): one cause."""
    folded = sentence.field.folded
    return any(
        opinion.end <= start
        and (
            (
                opinion.start == sentence.start
                and (opinion.entry.phrase in _PONDERS or _THIS_IS.match(folded[opinion.end : start]) is not None)
            )
            or (opinion.entry.kind == "modal" and _CLAUSE_BREAK.search(folded, opinion.end, start) is None)
        )
        and _is_opinion(reading, opinion)
        for opinion in reading.hits_in("opinion", sentence)
    )


def _joined_claims(claims: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Return the claims with those that stand side by side made one: "tốt nhất" and "từ trước đến nay"."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(claims):
        if (
            joined
            and len(text[joined[-1][1] : start].split()) <= 2
            and not set(text[joined[-1][1] : start]) & set(".,;:")
        ):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


_SOMEBODY = re.compile(r"\b(?:khách|tôi|anh|chị|ông|bà|em|cháu|cô|chú|bác|họ|bị cáo|bị can|bị hại|người)\b")
_CLAIMS_NOTHING = re.compile(  # what befell somebody, a figure of less than all, what is not known yet
    _SOMEBODY.pattern
    + r"|(?<!\d)(?!100%)\d[\d,]{0,5}%|\bchưa (?:có|phát hiện|ghi nhận) (?:bằng chứng|căn cứ|dấu hiệu|tài liệu|thông tin|cơ sở)\b"
)


def _in_scope(reading: Reading, hit: Hit, sentence: Sentence) -> bool:
    """Whether an entry stands as a claim: "scoped" ones need a scope after them, "impersonal" ones no person before."""
    if hit.entry.kind == "impersonal":
        if hit.field.folded[: hit.start].endswith("tuyên bố ") or _is_advice(hit, sentence):
            return False
        before = hit.field.folded[max(sentence.start, hit.start - _NEAR) : hit.start]
        named = any(person.end <= hit.start for person in reading.persons_in(sentence))
        return _SOMEBODY.search(before) is None and not named
    return hit.entry.kind != "scoped" or _scope_follows(hit.field.folded[hit.end : min(sentence.end, hit.end + 40)])


_TELLS_A_FACT = re.compile(r" (?:có|còn|xảy|để|là|mất|sai|thiếu|phải|bị)\b")


def _is_advice(hit: Hit, sentence: Sentence) -> bool:
    """Whether a sentence tells its reader what not to do ("Không bao giờ đọc mật khẩu cho người gọi")."""
    opens = hit.start == sentence.start or _BULLET.fullmatch(hit.field.folded, sentence.start, hit.start) is not None
    never = hit.entry.phrase == "không bao giờ"
    return opens and never and _TELLS_A_FACT.match(hit.field.folded, hit.end) is None


_BULLET = re.compile(r"[-–•*+\d.) ]{1,8}")


def _scope_follows(after: str) -> bool:
    """Whether a scope ("trong toàn ngành") stands soon after a superlative."""
    scope = _SCOPE.search(after)
    return scope is not None and scope.start() <= _SCOPE_NEAR


# "điều làm đồng nghiệp quý nhất": one thing among those of its subject
_WHAT_ONE_VALUES = re.compile(r"\bđiều (?:làm|khiến|mà) [^.;,]{1,40}$")


@remembered
def _superlatives(folded: str) -> tuple[tuple[int, int], ...]:
    """Return the superlatives (… nhất) of a folded sentence that claim something of the world, and its "mười người thì đủ mười"."""
    every_one = tuple(match.span() for match in _EVERY_ONE.finditer(folded)) if " thì " in folded else ()
    return every_one + _found_superlatives(folded)


_EVERY_ONE = re.compile(
    r"\b(?P<many>mười|trăm|một trăm|chín|10|100) [^\W\d_]+(?: [^\W\d_]+){0,4}?,? thì (?:có |phải )?(?:đủ|cả|đúng|hết)(?: cả)? (?P=many)\b(?!(?: người)?(?: đều| cũng)? (?:thấy|cho|nghĩ|bảo|nói)\b)"
)


def _found_superlatives(folded: str) -> tuple[tuple[int, int], ...]:
    if "nhất" not in folded or _AWARDED.search(folded):
        return ()
    found = []
    for match in _SUPERLATIVE.finditer(folded):
        if match.group(1) in _NO_SUPERLATIVE or folded.endswith(("quan ", "căn ", "nhớ "), 0, match.start()):
            continue  # "quan tâm nhất", "căn bản nhất" ask, and praise nothing
        if _WHAT_ONE_VALUES.search(folded, max(0, match.start() - _NEAR), match.start()):
            continue
        before = folded[max(0, match.start() - _NEAR) : match.start()]
        after = folded[match.end() : match.end() + _NEAR]
        if _OF_A_DAY.match(after):
            continue
        if _scope_follows(after[:40]) or (match.group(1) in _PRAISE and _SAID_OF_SUBJECT.search(before)):
            found.append(match.span())
    return tuple(found)


_OF_A_DAY = re.compile(r" trong (?:ngày|tuần|buổi|bữa|xóm|nhà(?! trường| máy| nước))\b")  # of no wide world
_OF_SO_MANY = re.compile(
    r" trong (?:số )?(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,4}) "
)  # "lớn nhất trong bốn cầu"
_RATE = re.compile(r" ?/ ?\w| (?:một|mỗi) (?:năm|tháng)\b")  # "100%/năm"


def _is_bare_claim(reading: Reading, sentence: Sentence, start: int, end: int) -> bool:
    """Whether nothing stands behind the claim: no speaker, source or figures, and it is neither a goal nor a legal term."""
    if reading.in_turn(sentence) or is_anothers(reading, reading.quotation_at(sentence.field, start, end)):
        return False
    if any(
        hit.end <= start and hit.field.folded.startswith(("nghe ", "đồn ", "tin đồn "), hit.start)
        for hit in reading.hits_in("hearsay", sentence)
    ):
        return False  # "Nghe đâu … nói đâu trúng đó": what is rumoured is no claim of the writer's
    aims = any(
        hit.end <= start
        and (_AIM_ENDS.search(sentence.field.folded, hit.end, start) is None or hit.entry.phrase in _ORDERS)
        for hit in reading.hits_in("aspiration", sentence)
    )
    if aims or _reported(reading, sentence, start):
        return False
    if reading.draft.genre == "notice" and _ORDERED.match(sentence.field.folded, start):
        return False
    before = sentence.folded[max(0, start - sentence.start - _NEAR) : start - sentence.start]
    if (
        before.endswith(_NOT_SO)
        or _FOR_ME.search(before)
        or before.endswith(("như ", "như thể "))
        or (_ADVISED.search(before) and sentence.field.folded.startswith(("luôn", "không bao giờ"), start))
    ):
        return False
    if _COUNTED_OUT.match(sentence.field.folded, start):
        return False
    if _NOBODY_TO_ANYBODY.match(sentence.field.folded, start):
        return False
    superlative = sentence.field.folded.endswith("nhất", start, end)
    if superlative and (_asks(sentence.folded) or _measured(sentence.folded)):
        return False
    after = sentence.field.folded[end : min(sentence.end, end + 24)]
    if _OF_SO_MANY.match(after) or _RATE.match(after) or _I_KNOW.match(after):
        return False
    if _backed(sentence.folded) or _votes(sentence.folded):
        return False
    if "%" in sentence.field.folded[start:end] and has_source(reading, sentence):
        return False  # a figure of the report that the paragraph begins with
    return not (superlative and _LEGAL_SUPERLATIVE.search(before))


_NOT_SO = ("không phải ", "chẳng phải ", "đâu phải ", "không hẳn ", "chưa hẳn ", "chưa chắc ")
# "Tiền còn nguyên trong đó, không thiếu một tờ": what can be counted was counted
_COUNTED_OUT = re.compile(
    r"không thiếu (?:một )?(?:tờ|đồng|xu|chiếc|cái|cuốn|quyển|bao|thùng|hộp|cọc|bó|viên|chỉ|gam|gram|ký|kg|lít|con dấu|bút lục)\b(?! (?:chí|tiêu|thị|đạo|gì|giờ))"
)
# "Khó khăn lớn nhất là gì?", "cao 986 mét, là ngọn núi cao nhất Nam Bộ"
_ASKS = re.compile(r"\b(?:gì|nào|ai|đâu|sao|bao nhiêu|bao giờ)\b[^.;]{0,80}\?\W*$")
_asks = tells(_ASKS)
_MEASURE = re.compile(
    r"\b(?:cao|dài|rộng|sâu|nặng)(?: hơn| gần| khoảng| tới)? \d[\d.,]{0,12} ?(?:m|mét|km|ki-lô-mét|tầng|ha|kg|ký|tấn)\b"
)
_measured = tells(_MEASURE)
_I_KNOW = re.compile(
    r",? (?:mà )?(?:tôi|mình|chúng tôi|ông|bà|anh|chị|thầy|cô|bác|chú) (?:từng|đã) (?:đọc|gặp|thấy|biết|nghe|ăn|xem|dự)\b"
)
_NOBODY_TO_ANYBODY = re.compile(r"(?:không|chẳng|chả|hổng) ai(?: [^\s.,;:]+){1,2} ai\b")  # "không ai chê cười ai"
_ORDERED = re.compile(
    r"(?:tuyệt đối|100|duy nhất|hoàn toàn|luôn|không (?:được|bao giờ|một)|mọi|tất cả|toàn bộ)\b"
)  # what a notice asks for
_ADVISED = re.compile(r"\b(?:nên|hãy|nhớ)\b[^.;]{0,80}$")  # "Ông nên gom lại giấy tờ …, và luôn luôn giữ bản gốc"
_FOR_ME = re.compile(
    r"(?:^|[,;] )(?:với|đối với) (?:tôi|riêng tôi|chúng tôi|mình)\b|\btôi (?:tin|nghĩ|cho rằng)\b|\btrong đời (?:tôi|mình)\b"
)  # a feeling, and owned
_ORDERS = ("yêu cầu", "chỉ đạo", "quán triệt")  # "… yêu cầu các đơn vị …; mỗi Kiểm sát viên luôn luôn …"
_AIM_ENDS = re.compile(r";|, (?:việc|điều|chuyện|thứ)(?: mà)? ")  # "… sẽ sửa, việc mà chưa chi bộ nào làm được"


def _reported(reading: Reading, sentence: Sentence, start: int) -> bool:
    """Whether the sentence says whose words these are: a source, or somebody who holds so before them."""
    if reading.hits_in("attribution", sentence) or reports(reading, sentence):
        return True
    holders = _holders(reading, sentence)
    return any(
        verb.entry.phrase in _HOLDS and verb.end <= start and any(end <= verb.start for end in holders)
        for verb in reading.hits_in("speech_verbs", sentence)
    )


def _holders(reading: Reading, sentence: Sentence) -> list[int]:
    """Return where those named in a sentence, who may hold a view, end."""
    named = [hit.end for name in ("addresses", "agents") for hit in reading.hits_in(name, sentence)]
    return named + [person.end for person in reading.persons_in(sentence)]


_HOLDS = ("cho rằng", "giải thích", "nói", "đáp", "kể", "tâm sự", "nhận xét", "bày tỏ", "khoe")


def opinion(reading: Reading) -> Iterator[Finding]:
    """The writer's own judgment passed off as fact; one a clause, or a sentence that opens with it ("Rõ ràng, …")."""
    judged: list[Hit] = []
    for hit in reading.hits("opinion"):
        if not _is_opinion(reading, hit):
            continue
        if judged and not (_same_clause(judged[-1], hit) or _leads_to(judged[0], hit)):
            yield _judgment(reading, judged)
            judged = []
        judged.append(hit)
    if judged:
        yield _judgment(reading, judged)
    for hit in reading.judged("objectivity.opinion").values():
        if _is_opinion(reading, hit):
            yield Finding(hit.span)


def _judgment(reading: Reading, hits: list[Hit]) -> Finding:
    """Return the judgment of a clause, with the loaded words it ends in: "thì thật bạc bẽo"."""
    last = hits[-1]
    if last.entry.kind == "opening" and (clause := _ITS_CLAUSE.match(last.field.folded, last.end, last.sentence.end)):
        return Finding(Span(last.field.name, hits[0].start, clause.end()))  # "Nói cho cùng, con hư là tại cha mẹ"
    ends = (loaded.end for loaded in reading.hits_in("loaded", last.sentence) if loaded.start == last.end + 1)
    return Finding(Span(last.field.name, hits[0].start, max((last.end, *ends))))


_ITS_CLAUSE = re.compile(r", [^,.;:!?()“”]+")


def _is_opinion(reading: Reading, hit: Hit) -> bool:
    """Whether the words judge, and nobody else is said to do so."""
    sentence = hit.sentence
    if told_by_another(reading, hit) or _attributed_opinion(reading, hit, sentence) or in_readers_question(sentence):
        return False
    if _reaches_into_name(reading, hit):
        return False
    rumour = sentence.previous
    if rumour and reading.hits_in("hearsay", rumour) and reading.hits_in("refutation", sentence):
        return False  # "Điều này hoàn toàn sai", after a rumour, is what an editor asks for
    if hit.field.folded.endswith(_COMPARES_OR_STRESSES, hit.start, hit.end) and any(
        loaded.start == hit.end + 1 for loaded in reading.hits_in("loaded", sentence)
    ):
        return False  # "ai chứng kiến cũng lạnh toát sống lưng", "chẳng khác nào con quỷ": the tone is the fault, another code's
    if hit.field.folded.startswith("đến ", hit.start) and any(
        loaded.end == hit.start - 1 for loaded in reading.hits_in("loaded", sentence)
    ):
        return False  # "trơ trẽn đến khó tin": the tone again
    if hit.entry.kind and not _opens_clause(hit, sentence) and not (hit.entry.kind == "modal" and _is_modal(hit)):
        return False
    if _is_of_oneself(reading, hit) or _tells_what_is_due(reading, hit) or _confesses(reading, hit) or _makes_sure(hit):
        return False
    if reading.is_doubted("objectivity.opinion", sentence):
        return False
    return not (reading.draft.genre == "feature" and reading.draft.author and not _against_somebody(reading, hit))


_COMPARES_OR_STRESSES = ("cũng", "cũng thấy", "đều", "đều thấy", "quả là", "thật là", "đúng là", "khác nào", "khác gì")
_SUPPOSES = re.compile(
    r"(?:lẽ ra|đáng lẽ|đáng ra|đáng lý|lý ra|đúng ra|nhẽ ra|phải chi|giá như|giá mà|ước gì|thú thật|thú thực|thiệt tình|cũng may|nghĩ cũng|kể cũng)\b"
)
_WISHES = re.compile(r"(?:giá như|giá mà|phải chi|ước gì)\b")  # blames nobody: "giá như bà gõ cửa"
_MY_OWN = re.compile(
    r"\b(?:tôi|tui|mình|chúng tôi)\b(?! (?:nghĩ|cho|thấy|tin|mong|khẳng định|không hiểu|không thể|không khỏi|xin|đề nghị)\b)"
)
_MUSES = re.compile(r"(?: thiết)?(?: nghĩ)? (?:mãi|hoài|ngợi|tới|đến|về|mình|bụng)\b")
_MY_OWN_WITHIN = 80  # code points after the words
_KIN_WISHES = re.compile(
    r",?(?: (?:hồi|ngày|lúc|bữa) (?:đó|ấy|xưa|kia))?,? (?:có|ba|má|cha|mẹ|bố|ông nội|bà nội|ông ngoại|bà ngoại|thầy)\b"
)


def _is_of_oneself(reading: Reading, hit: Hit) -> bool:
    """Whether whoever writes looks back on his own life ("Lẽ ra tôi phải lên tỉnh", "Tôi nghĩ mãi về câu ấy"): no judgment of others."""
    folded = hit.field.folded
    if reading.hits_in("agents", hit.sentence):
        return False
    if folded.endswith("nghĩ", hit.start, hit.end):
        muses = "tôi" in folded[hit.start : hit.end] and _MUSES.match(folded, hit.end) is not None
        return muses or (not _ASKS_OF_OTHERS.search(folded, hit.end, hit.sentence.end) and reading.is_an_essay)
    end = min(hit.sentence.end, hit.end + _MY_OWN_WITHIN)
    return _SUPPOSES.match(folded, hit.start) is not None and (
        _MY_OWN.search(folded, hit.end, end) is not None or _KIN_WISHES.match(folded, hit.end) is not None
    )


def _confesses(reading: Reading, hit: Hit) -> bool:
    """Whether somebody named before is the one who owns to something: "Trần Quốc Thịnh, Kiểm tra viên, thú thật lúc đầu anh thấy kỳ"."""
    says = hit.field.folded.startswith(("thú thật", "thú thực"), hit.start)
    return says and any(person.end < hit.start for person in reading.persons_in(hit.sentence))


_ASKS_OF_OTHERS = re.compile(r"\b(?:cần|nên|phải|đáng|trách|hãy|đừng|không thể|thiếu|quá|sai|phản|mới là|vô)\b")
_DUE = re.compile(r"(?:lẽ ra|đáng lẽ|đáng lý|đúng ra) (?:đã )?(?:phải|được)$")
_BLAMES = re.compile(
    r"[^.;,]{0,30} (?:từ lâu|từ đầu|từ trước|sớm hơn|khác đi)\b| (?:biết|thấy|hiểu|nghĩ|hổ thẹn|xấu hổ|làm gương|lên tiếng|ngăn|chịu|tự|xin lỗi|nghiêm|thận trọng|sớm)\b"
)
_ONE_LIVES = re.compile(r" (?:anh|chị|ông|bà|cô|chú|em) (?![^.;]{0,60}\b(?:phải|cần|nên|đừng|không|chẳng)\b)")


def _tells_what_is_due(reading: Reading, hit: Hit) -> bool:
    """Whether "lẽ ra" only tells where something belongs ("bốn lá lẽ ra phải gửi cơ quan hành chính"), or how somebody's life might
    have gone ("Lẽ ra chị ở lại thành phố như các bạn"), and blames nobody."""
    folded = hit.field.folded
    if hit.start == hit.sentence.start:
        return (
            _SUPPOSES.fullmatch(folded, hit.start, hit.end) is not None
            and _ONE_LIVES.match(folded, hit.end) is not None
        )
    doers = [agent.start for agent in reading.hits_in("agents", hit.sentence)]
    doers += [person.start for person in reading.persons_in(hit.sentence)]
    blamed = any(start < hit.start for start in doers) or _BLAMES.match(folded, hit.end) is not None
    return _DUE.search(folded, hit.start, hit.end) is not None and not blamed


def _against_somebody(reading: Reading, hit: Hit) -> bool:
    """Whether a person is named before the words in their sentence, or after them in their clause."""
    if _WISHES.match(hit.field.folded, hit.start):
        return False
    breaks = _CLAUSE_BREAK.search(hit.field.folded, hit.end, hit.sentence.end)
    end = breaks.start() if breaks else hit.sentence.end
    return any(not person.has_initials and person.start < end for person in reading.persons_in(hit.sentence))


def _same_clause(one: Hit, other: Hit) -> bool:
    """Whether two expressions stand in one clause, and so pass one judgment."""
    folded, start = one.field.folded, one.end
    if folded.endswith(", ", 0, one.start) and folded.startswith(", ", start):
        start += len(", ")  # set in: "Mức án ấy, ai cũng thấy, là thích đáng"
    return one.sentence is other.sentence and _CLAUSE_BREAK.search(folded, start, other.start) is None


def _leads_to(one: Hit, other: Hit) -> bool:
    """Whether the first expression only opens the sentence ("Nói cho cùng, …") in which the other judges."""
    sentence, folded = one.sentence, one.field.folded
    opens = one.start == sentence.start or folded.startswith("mà nói", one.end - len("mà nói"))
    return sentence is other.sentence and opens and _SET_OFF.match(folded, one.end) is not None


_SET_OFF = re.compile(r"(?: (?:rằng|là))?,")
_CLAUSE_BREAK = re.compile(r"[,;:–]| (?:và|nhưng|song|mà|còn) ")


_VERY = re.compile(r"\b(?:rất|thật|quả|quá|cũng|vô cùng|hết sức)$")


def _opens_clause(hit: Hit, sentence: Sentence) -> bool:
    """Whether the word stands at the head of its clause ("Rõ ràng, …"), where it judges the whole of it."""
    before = _VERY.sub("", hit.field.folded[max(sentence.start, hit.start - _NEAR) : hit.start].rstrip()).rstrip()
    if hit.field.folded.startswith((" để ", ".", ";"), hit.end) and before[-1:] == ",":
        return False  # "vụ án đơn giản, rõ ràng để giải quyết": one quality of several
    return (
        not before
        or before[-1] in ',;:–-(“".!?'
        or before.endswith((" và", " nhưng", " song", "thì", " mà", " vì", " bởi", " nên", " vậy", " do đó", " chứ"))
    )


_PREDICATE = "sẽ|là|phải|đã|không|rằng|có|chưa|còn|cũng|vẫn"  # how what is judged goes on
_AFTER_MODAL = re.compile(rf" (?:(?:{_PREDICATE})\b|[^,;:.]{{1,24}} hơn\b)")  # "hiển nhiên văn minh hơn"


def _is_modal(hit: Hit) -> bool:
    """Whether the word judges what follows ("chắc chắn sẽ …") and does not describe a thing ("rào chắc chắn")."""
    reasons = " vì " in hit.field.folded[hit.end : hit.sentence.end]  # "chắc chắn có mặt ở bán kết vì hơn bốn điểm"
    return _AFTER_MODAL.match(hit.field.folded, hit.end) is not None and not reasons


def _makes_sure(hit: Hit) -> bool:
    """Whether a reader is to be sure of something ("Chỉ giao tiền khi đã xem bản gốc và chắc chắn thửa đất không bị kê biên")."""
    folded, start = hit.field.folded, max(hit.sentence.start, hit.start - _ADVICE_WITHIN)
    sure = folded.startswith("chắc chắn", hit.start) and folded.endswith(" và ", start, hit.start)
    return sure and _ADVISES.search(folded[start : hit.start]) is not None and not _CLAIMS.match(folded, hit.end)


_ADVICE_WITHIN = 90  # code points before
_ADVISES = re.compile(
    r"\bchỉ\b[^,.;:]{0,60} (?:khi|nếu)\b|(?:^|[,;:] |- )(?:hãy|nhớ)\b|\b(?:bạn|người dân|bà con|chúng ta) nên\b"
)
_CLAIMS = re.compile(rf" (?:{_PREDICATE}|đây|đó|ai|mọi)\b")


_TURNS = re.compile(r"[,;] (?:nhưng|song|thế nhưng|tuy nhiên,?) $")  # "Bị cáo khai nhận, nhưng ai nhìn vào cũng thấy …"


def _attributed_opinion(reading: Reading, hit: Hit, sentence: Sentence) -> bool:
    """Whether somebody named is said to hold the opinion (`Hội đồng xét xử nhận định …`)."""
    folded, start = sentence.folded, hit.start - sentence.start
    judging = [(one.start, one.end) for one in _beside(reading.hits_in("opinion", sentence), hit)]
    holders = _holders(reading, sentence)
    on_condition = hit.field.folded.startswith("thì ", hit.start)  # "Thấy vậy mà cứ bảo … thì thật oan": nobody says it
    turns = _TURNS.search(folded, max(0, start - _VIEW_WITHIN), start) is not None
    said = any(
        verb.end <= hit.start
        and verb.entry.kind
        and not any(first <= verb.start < last for first, last in judging)
        and not _NOUN_OF_SAYING.search(folded, max(0, verb.start - sentence.start - _NEAR), verb.start - sentence.start)
        and not _NO_VIEW.match(folded, verb.end - sentence.start)
        and not turns
        and not (verb.start == sentence.start and _THAT.match(folded, verb.end - sentence.start))
        and not (on_condition and not any(end <= verb.start for end in holders))
        for verb in _beside(reading.hits_in("speech_verbs", sentence), hit)
    )
    if said or any(
        mark.end <= hit.start and not _THE_WRITER.match(folded, mark.end - sentence.start)
        for mark in _beside(reading.hits_in("attribution", sentence), hit)
    ):
        return True
    near = max(0, start - _VIEW_WITHIN)
    return (
        _HELD_BY.search(folded, near, start) is not None
        or _ASKED.search(folded, near, start) is not None
        or _SAYS_SIMPLY.search(folded, near, start) is not None
        or _HELD_BY_AFTER.search(folded, start, min(len(folded), start + _VIEW_WITHIN)) is not None
        or _reasons_go_on(sentence)
    )


def _beside(hits: list[Hit], hit: Hit) -> list[Hit]:
    """Return those of a sentence's hits that stand near before a hit, itself among them; a few, however long the sentence."""
    return [other for other in last_up_to(hits, hit.start, _MOST_BESIDE) if other.start >= hit.start - _VIEW_WITHIN]


_MOST_BESIDE = 40  # hits
_VIEW_WITHIN = 1_000  # code points of a sentence beside a judgment that may tell whose it is


def _reasons_go_on(sentence: Sentence) -> bool:
    """Whether the sentence before, in the same paragraph, begins to give a protest's or a court's reasons."""
    return sentence.previous is not None and _gives_reasons(sentence.previous.folded) and not _rules(sentence.folded)


_RULES = re.compile(r"\btuyên (?:phạt|án|buộc|bị cáo)\b")  # the trial has gone on
_rules = tells(_RULES)
_GIVES_REASONS = re.compile(
    r"\b(?:kháng nghị|kháng cáo|bản án|cáo trạng|hội đồng xét xử|kiểm sát viên|viện kiểm sát|vksnd|luật sư)\b[^.;]{0,40} "
    r"(?<!mới )(?:nêu|lập luận|nhận định|cho rằng|chỉ ra|viện dẫn)\b"
)
_gives_reasons = tells(_GIVES_REASONS)


_NOUN_OF_SAYING = re.compile(
    r"\b(?:việc|cách|lời|câu|sự|bản|nói như|chậm|gì thì) $"
)  # "cách giải thích ấy": nobody speaks
# "khai báo như vậy là quá đáng trách": what is said is judged; "tuyên phạt 05 năm tù, một mức án …": a sentence is no view.
_NO_VIEW = re.compile(
    r"(?: báo)? (?:như vậy|như thế|kiểu đó|kiểu ấy|vậy thôi|thế thôi|vậy chứ|thế chứ) | (?:phạt|án)\b| gì thì\b"
)
_THAT = re.compile(r" (?:đó|này|ấy|trên|nói trên)\b")  # "Lập luận đó …": a noun, of what is judged
_THE_WRITER = re.compile(r" (?:tôi|chúng tôi|người viết|thiển ý)\b")
_HELD_BY = re.compile(
    r"\b(?:(?<!của bản )kháng nghị|kháng cáo|nhận thấy|xét thấy|chỉ ra|đề nghị|(?<!văn bản )kiến nghị|nhìn nhận|cáo buộc|lập luận(?! (?:của|đó|này|ấy|trên|ấy)\b)|theo ý kiến|viện dẫn|nêu lý do|nêu|quy định|nghĩ|tưởng|tự nhủ|tin rằng|thầm|(?:^|[.,;] )(?:với|đối với) (?:chị|anh|ông|bà|cô|thầy|họ)(?=,| ))\b"
    r"|\b(?:kết quả|kết luận|giám định|xác minh|dữ liệu|camera|chứng cứ)\b[^.;:]{0,40} (?:cho thấy|xác định|thể hiện|chứng minh)\b"
)
_ASKED = re.compile(r"\b(?:hỏi|thắc mắc|băn khoăn)\b[^.;?:]{0,40}:[^.;]{0,160}$")  # "bà con hỏi: … thì có khác gì …?"
_SAYS_SIMPLY = re.compile(
    r"^(?:chị|anh|ông|bà|cô|chú|bác|cụ)(?: [^\s,.;:]+){0,3} (?:nói|bảo|kể|than|lo)\b"
)  # "Chị nói điều lo nhất là gió"
_HELD_BY_AFTER = re.compile(
    r", (?:theo (?:nhận định|lời|ý kiến|đánh giá|cách nói) (?:của )?|[^,;]{0,30}(?:nhận định|đánh giá|bộc bạch|chia sẻ|giải thích|nói|cho biết|cho hay|nhấn mạnh)$)|\btheo lời\b"
)

CHECKS = (
    Check("objectivity.loaded_language", loaded_language),
    Check("objectivity.absolute_claim", absolute_claim),
    Check("objectivity.opinion", opinion),
)
