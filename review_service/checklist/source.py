"""Where an item and its statements come from (family `source`); see also `figures` and `document_reference`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from review_service.checklist.attribution import has_speaker, in_readers_question, reports
from review_service.checklist.findings import WHOLE_DRAFT, Check, Finding
from review_service.checklist.lexicon import Hit, last_up_to
from review_service.checklist.quotations import Quotation
from review_service.checklist.reading import Reading
from review_service.text import Field, Sentence, Span, remembered, tells


def missing(reading: Reading) -> Iterator[Finding]:
    """Neither an author nor a source is given, and no byline or source line stands in the text."""
    draft = reading.draft
    if not draft.author and not draft.source and not any(byline.covers_text for byline in reading.bylines):
        yield WHOLE_DRAFT


def hearsay(reading: Reading) -> Iterator[Finding]:
    """A claim rests on rumour or an unnamed source, and the draft does not refute it."""
    last: Hit | None = None
    unworded = [hit for hit in reading.judged("source.hearsay").values() if _is_told(reading, hit)]
    hits = sorted([*reading.hits("hearsay"), *unworded], key=lambda hit: (hit.field.name, hit.start))
    body = reading.document.body
    cleared = [match.start() for match in _CLEARED.finditer(body.folded)] if hits else []
    begins_so = bool(cleared) and cleared[0] < body.paragraphs[0][1]
    for hit in hits:
        if not _is_rumour(reading, hit) or reading.is_doubted("source.hearsay", hit.sentence):
            continue
        if (
            cleared
            and hit.field is body
            and (hit.sentence.end <= cleared[-1] or (begins_so and _is_about_somebody_told_of(reading, hit.sentence)))
        ):
            continue  # talk of somebody whom the draft clears is part of the wrong that it tells
        if last is not None and last.sentence is hit.sentence and hit.start - last.end <= _ONE_RUMOUR:
            continue  # "theo lời một người dân xin giấu tên": one source, one issue
        again = last is not None and last.sentence is hit.sentence.previous and hit.start == hit.sentence.start
        last = hit
        if not (again and _ABOUT_A_RUMOUR.match(hit.field.folded, hit.start)):
            yield Finding(hit.span, hit.entry.replacements)


def _is_about_somebody_told_of(reading: Reading, sentence: Sentence) -> bool:
    """Whether somebody is named in the sentence, or called guilty after one that names somebody ("Cả xóm thì thầm “thủ phạm chứ ai”")."""
    before = sentence.previous if reading.hits_in("guilt", sentence) else None
    return bool(reading.persons_in(sentence) or (before and reading.persons_in(before)))


def _is_told(reading: Reading, hit: Hit) -> bool:
    """Whether somebody tells, or holds, something in the sentence, and nobody is named as its source ("Theo lời khai, …")."""
    if reading.hits_in("attribution", hit.sentence) or hit.sentence.folded.startswith("theo lời khai"):
        return False
    return "rằng" in hit.sentence.folded or bool(reading.hits_in("speech_verbs", hit.sentence))


_ABOUT_A_RUMOUR = re.compile(r"thực hư|hư thực|đúng sai|thật giả")  # said of the rumour in the sentence before


def _is_rumour(reading: Reading, hit: Hit) -> bool:
    """Whether the draft passes on what the words introduce: nobody is named, and it is neither denied nor supposed."""
    sentence = hit.sentence
    if (
        reading.in_turn(sentence)
        or _is_refuted(reading, sentence)
        or _is_denied_later(reading, hit)
        or _names_its_speaker(hit)
        or _is_testimony(reading, hit, sentence)
    ):
        return False
    if _NAMELESS.search(hit.field.folded[hit.start : hit.end]) and not _something_is_told(reading, hit):
        return False
    if hit.entry.kind == "opening" and not _opens_unsourced(reading, hit):
        return False
    if _there_is_none(hit) or _describes_somebody(reading, hit) or _is_set_aside(hit) or _is_small_talk(reading, hit):
        return False
    if hit.field.folded.endswith(" quanh", hit.start, hit.end) or _is_only_a_stir(hit):
        return False  # "Những lời đồn quanh vụ vỡ hụi": what is talked about, and nothing that is said of it
    if _BUT_SHOWN.match(hit.field.folded, hit.end, sentence.end) or _IN_THE_FILE.match(hit.field.folded, hit.end):
        return False
    if hit.entry.kind == "named" and not _is_about_somebody(reading, hit):
        return False  # "có người bảo cố lên" is no claim; "có người bảo Lực đứng sau" is one about somebody
    quotation = reading.quotation_at(hit.field, hit.start, hit.end)
    if quotation is not None and (quotation.is_spoken_of or quotation.looks_spoken or has_speaker(reading, quotation)):
        return False
    if in_readers_question(sentence) or _tells_of_views(sentence) or _TOLD_TO.search(sentence.folded, *_place(hit)):
        return False
    if _CONDITION.search(hit.field.folded, max(sentence.start, hit.start - 24), hit.start):
        return False
    return not _participants(sentence.folded)  # "chị em trả lời rôm rả, có người nói …": those present speak


def _there_is_none(hit: Hit) -> bool:
    """Whether the words are denied ("không có nguồn tin nào bị để quá hạn")."""
    folded = hit.field.folded
    return folded.startswith("có ", hit.start) and folded.endswith(("không ", "chưa ", "chẳng "), 0, hit.start)


def _is_only_a_stir(hit: Hit) -> bool:
    """Whether people are only said to talk or to be stirred ("cả vùng xôn xao, phụ huynh đứng trước cổng trường"), and nothing of what
    they say is told."""
    folded = hit.field.folded
    told = folded.startswith("nghe", hit.start) or _IS_TOLD.match(folded, hit.end) is not None
    return folded.endswith(_STIRS, hit.start, hit.end) and not told


_STIRS = ("xôn xao", "xì xào", "bàn tán")
_IS_TOLD = re.compile(r"[^,.;]|, (?:(?:cho )?rằng|cho là|nghi|đồn|bảo|nói)\b")


def _describes_somebody(reading: Reading, hit: Hit) -> bool:
    """Whether the words tell who somebody named just before is ("chị Lâm Thị Rết, một người bán vé số cho biết")."""
    place = hit.start - len(", ")
    if not hit.field.folded.startswith(", một ", place):
        return False
    return any(person.is_full and person.end == place for person in reading.persons_in(hit.sentence))


_SET_ASIDE_WITHIN = 4  # sentences after a rumour
# "Anh Bách không ghi những câu ấy vào biên bản", “Chưa rõ thì đừng nói”: whoever hears it gives it no weight.
_SETS_ASIDE = re.compile(
    r"\bkhông (?:ghi|chép|đưa|xem xét|chấp nhận|căn cứ|dựa|để tâm|bận tâm|tin)\b(?: [^\s.,;:]+){0,3} (?:câu|lời|tin|tin đồn|lời đồn|chuyện|điều|thông tin)\b"
    r"|\b(?:lời|tin) đồn (?:thì|không phải)\b|\bchưa (?:rõ|biết|kiểm chứng|chắc) thì (?:đừng|chớ|không)\b|\bthôi bàn tán\b"
    r"|\b(?:lời|tin) đồn(?: (?:kia|ấy|đó|này))?(?: [^\s.,;:]+){0,3} (?:là hết|tự tan|tan đi|lắng xuống|chấm dứt|dừng lại(?=[,.;]))(?!\w)"
)
_sets_aside = tells(_SETS_ASIDE)


def _is_set_aside(hit: Hit) -> bool:
    """Whether somebody in the next sentences gives the rumour no weight."""
    return any(_sets_aside(other.folded) for other in hit.sentence.beside(after=_SET_ASIDE_WITHIN))


# "rỉ rả với nhau chuyện mấy cái bẫy": what is talked of is things, and nothing is claimed of anybody.
_OF_THINGS = re.compile(
    r" (?:chuyện|về) (?:(?:mấy|những|các) )?(?:cái|chiếc|con (?:cá|tôm|trâu|bò|nước|đường)|cây|giá (?:lúa|cá|tôm|mía|phân|cả)|mùa|vụ (?:lúa|mùa)|thời tiết|ruộng|đồng áng|ngày xưa|học hành|bóng đá)\b"
)


_OF_OLD = re.compile(
    r"[^.;]{0,24} về (?:gốc tích|sự tích|nguồn gốc|truyền thuyết|tên (?:gọi|làng|xóm|đất))\b"
)  # a folk tale


def _is_small_talk(reading: Reading, hit: Hit) -> bool:
    """Whether people only talk of things, or of old times: nobody is named, and no wrong is told."""
    if _OF_OLD.match(hit.field.folded, hit.end):
        return True
    about = _OF_THINGS.match(hit.field.folded, hit.end) is not None
    return about and not reading.persons_in(hit.sentence) and not reading.hits_in("guilt", hit.sentence)


# "Có người bảo ông đừng đụng vào": what somebody is told to do
_TOLD_TO = re.compile(r"\b(?:ông|bà|anh|chị|em|cô|chú|bác|tôi|mình) (?:đừng|hãy|nên|cứ|thử|ráng)\b")
_TOLD_WITHIN = 12  # code points after the words


def _place(hit: Hit) -> tuple[int, int]:
    """Return where the words and what follows at once stand in their sentence."""
    start = hit.sentence.start
    return hit.start - start, hit.end - start + _TOLD_WITHIN


def _tells_of_views(sentence: Sentence) -> bool:
    """Whether a sentence tells what various people think ("Có người bảo …, có người nhầm …"): a survey, no rumour."""
    if _SOME_DO.match(sentence.folded):
        return True
    beside = [other for other in _neighbours(sentence) if _SOME_SAY.match(other.folded)]
    return _several_say(sentence.folded) or (bool(beside) and _SOME_SAY.match(sentence.folded) is not None)


def _neighbours(sentence: Sentence) -> list[Sentence]:
    """Return the sentences beside it in its paragraph."""
    beside = sentence.beside(before=1, after=1)
    return [other for other in beside if other is not sentence and other.paragraph == sentence.paragraph]


_SOME_DO = re.compile(  # "Có người trả lời nhát gừng, có người chỉ lắc đầu"
    r"có người (?!(?:nói|bảo|kể|đồn|cho)\b)[^,.;]{2,60}, có người (?!(?:nói|bảo|kể|đồn|cho)\b)"
)
_SOME_SAY = re.compile(r"(?:^|[,;] )(?:có )?(?:người|kẻ) (?:thì )?(?:bảo|nói|nhầm|đáp|cho rằng|nghĩ|tưởng|gọi)\b")


@remembered
def _several_say(folded: str) -> bool:
    return len(_SOME_SAY.findall(folded)) > 1


_BUT_SHOWN = re.compile(
    r"[^.;]{0,160}, (?:nhưng|song|tuy nhiên)\b[^.;]{0,120}\b(?<!chưa )(?<!không )(?:cho thấy|thể hiện|khẳng định|xác nhận|chứng minh)\b"
)  # "… bàn tán rằng nhà bị bán rẻ, nhưng chứng thư cho thấy …"
_IN_THE_FILE = re.compile(r" (?:trong|tại) (?:biên bản|bản khai|bản tự khai|lời khai|phiên tòa)\b")  # a witness's words


def _is_about_somebody(reading: Reading, hit: Hit) -> bool:
    """Whether what follows names somebody, or speaks of a crime or another wrong."""
    named = hit.field.text[hit.end + 1 : hit.end + 2].isupper()
    wrong = _A_WRONG.search(hit.field.folded, hit.end, hit.sentence.end) is not None
    return named or wrong or any(guilt.start >= hit.end for guilt in reading.hits_in("guilt", hit.sentence))


_A_WRONG = re.compile(
    r"\b(?:lo lót|chạy án|chạy chọt|đút lót|hối lộ|bao che|bảo kê|ăn chia|móc nối|có tay trong|ôm tiền|bỏ trốn|giật nợ|quỵt nợ|ngoại tình|dàn xếp|chống lưng|nhúng tay)\b"
)


# Somebody is cleared: what was said of them before is no rumour that the draft spreads.
_CLEARED = re.compile(
    r"\b(?:xin lỗi (?:công khai|người bị oan)|xin lỗi, cải chính|xin lỗi (?:ông|bà|anh|chị) trước|được minh oan|bị oan|hàm oan|nỗi oan|giải oan)\b"
    r"|\b(?:đình chỉ|không khởi tố)\b[^;\n]{0,80}\b(?:không phạm tội|không có sự việc phạm tội|hành vi không cấu thành|không thực hiện hành vi)"
    r"|\b(?:đình chỉ|không khởi tố)\b[^;:\n]{0,240}: (?:vì |do )?không có sự việc phạm tội\b"
)


_NAMELESS = re.compile(r"(?:giấu tên|không nêu (?:danh tính|tên)|giữ kín (?:danh tính|tên)|giữ bí mật danh tính)$")


def _something_is_told(reading: Reading, hit: Hit) -> bool:
    """Whether whoever keeps the name back says something: a donor "giấu tên" spreads no rumour."""
    folded = hit.sentence.folded
    return (
        any(
            verb.start >= hit.end or verb.end == hit.start - 1 for verb in reading.hits_in("speech_verbs", hit.sentence)
        )
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


_PARTICIPANTS = re.compile(
    r"\b(?:trả lời|thảo luận|giơ tay|phát biểu|trao đổi|bàn luận) (?:rôm rả|sôi nổi|hào hứng|thẳng thắn)"
)
_participants = tells(_PARTICIPANTS)
_ONE_RUMOUR = 80  # code points between two expressions for one source


def _is_refuted(reading: Reading, sentence: Sentence) -> bool:
    """Whether this sentence, the next two or the one before say that the rumour is false or warn against it.

    What is denied where another rumour is told is that one.
    """
    sentences = sentence.field.sentences
    near = [
        other
        for other in sentence.beside(before=1, after=2)
        if other is sentence
        or (other.index > sentence.index and other.goes_on_from(sentence) and not _tells_another(reading, other))
        or (other.index < sentence.index and other.paragraph == sentence.paragraph)
    ]
    following = sentences[sentence.index + 1] if sentence.index + 1 < len(sentences) else None
    if following is not None and _SHORT_DENIAL.match(following.folded):
        return True
    title = sentence.field.name != "title" and reading.document.title
    near += title.sentences if title else []  # "Không có chuyện nộp tiền để được tạm hoãn": the item is the denial
    return any(
        _refutes(hit)
        for other in near
        for hit in reading.hits_in("refutation", other)
        if other.field is sentence.field or _DENIES.search(other.field.folded, hit.start, hit.end)
    )


_CLAIM_WITHIN = 300  # code points after the words that introduce a rumour
_DENIED_WITHIN = 12  # sentences after a rumour


def _is_denied_later(reading: Reading, hit: Hit) -> bool:
    """Whether one of the next sentences denies what the rumour says, in its words ("Tin hai trẻ bị bắt cóc là không đúng sự thật")."""
    sentence = hit.sentence
    said = _pairs(sentence.field, hit.end, min(sentence.end, hit.end + _CLAIM_WITHIN))
    later = sentence.field.sentences[sentence.index + 1 : sentence.index + 1 + _DENIED_WITHIN]
    return len(said) > 1 and any(
        _refutes(denial)
        and _DENIES.search(other.folded, denial.start - other.start, denial.end - other.start)
        and len(said & _pairs(other.field, other.start, other.end)) > 1
        for other in later
        for denial in reading.hits_in("refutation", other)
    )


def _pairs(field: Field, start: int, end: int) -> set[tuple[str, str]]:
    """Return the syllables that stand side by side, save those of names."""
    words = [word.strip(_PUNCTUATION) for word in field.text[start:end].split()]
    return {(one, other) for one, other in pairwise(words) if one.islower() and other.islower()}


_PUNCTUATION = ".,;:!?…()“”\"'–-"


_DENIES = re.compile(
    r"không|sai|bác bỏ|giả|bịa|sự thật|đính chính|đồn|thất thiệt"
)  # a title may warn, and deny nothing


def _refutes(hit: Hit) -> bool:
    """Whether the words deny: "Thực tế, …" does at the head of its sentence, not after "thời gian lái xe"; "trên thực tế" at
    that of its clause."""
    folded = hit.field.folded
    heads = hit.start == hit.sentence.start or folded.endswith(", ", hit.sentence.start, hit.start)
    return (hit.entry.kind != "opening" or hit.start == hit.sentence.start) and (
        heads or not folded.startswith(("thực chất", "trên thực tế"), hit.start)
    )


def _tells_another(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence adds a rumour of its own: "Cũng có tin … nói …; đại diện hãng đã bác bỏ tin này"."""
    return _ALSO.search(sentence.folded) is not None and bool(reading.hits_in("hearsay", sentence))


_ALSO = re.compile(
    r"^(?:trong khi đó|lại|ngoài ra|bên cạnh đó|chưa hết)\b|\bcũng (?:có|lan|rộ|xuất hiện|râm ran|đồn)\b"
)
_SHORT_DENIAL = re.compile(
    r"\W*(?:(?:điều|chuyện|tin) (?:này|đó|ấy) )?(?:là )?(?:hoàn toàn )?(?:không đúng|không có(?: thật)?|không phải(?: vậy| thế)?|sai|nhầm)\W*$"
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
    verbs = reading.hits_in("speech_verbs", sentence)
    said = [verb for verb in last_up_to(verbs, hit.start, _VERBS_BEFORE) if verb.start < hit.start <= verb.end + 12]
    if said and (folded.startswith("nghe", start) or "khai" in folded[max(0, start - 16) : start]):
        return True
    if _TO_THOSE_WHO_ASK.match(folded, hit.end - sentence.start):
        return True
    hears = folded.startswith("nghe", start) and _HEARER.search(folded, max(0, start - 40), start) is not None
    return hears and (
        _HEARER_NAMED.search(folded, max(0, start - 40), start) is not None
        or _sees_person(reading, hit)
        or _A_CHARACTER.search(folded, max(0, start - 40), start) is not None
    )


def _sees_person(reading: Reading, hit: Hit) -> bool:
    """Whether a person's name ends right before the words."""
    return any(person.end == hit.start - 1 for person in reading.persons_in(hit.sentence))


_VERBS_BEFORE = 4  # of so many in an endless sentence, those right before
_TO_THOSE_WHO_ASK = re.compile(
    r" với (?:tổ (?:công tác|tuần tra|xác minh)|đoàn (?:kiểm tra|kiểm sát|xác minh)|công an|cơ quan điều tra|điều tra viên|kiểm sát viên)\b"
)  # "một bà hàng xóm nói với tổ công tác rằng"
_A_CHARACTER = re.compile(r"\bnhân vật [^\s.,;:]+ $")
_HEARER = re.compile(r"[^\W\d_] $")
_HEARER_NAMED = re.compile(
    r"\b(?:anh|chị|ông|bà|em|cháu|cô|chú|bác|bị can|bị cáo|bị hại|nạn nhân|anh ta|chị ta|người này)(?: (?:này|đã|vì|do))? $"
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
                and not _is_a_saying(reading, quotation)
                and not has_speaker(reading, quotation)
            ):
                yield Finding(quotation.span)


def _is_a_saying(reading: Reading, quotation: Quotation) -> bool:
    """Whether the words are a saying that everybody knows whose it is, quoted right or nearly."""
    words = quotation.field.text[quotation.start : quotation.end].strip('“”" ')
    canon = reading.knowledge.canon
    return canon.holds(words) or bool(canon.slips(words))


_FIRST_PERSON = re.compile(
    r"\b(?:tôi|chúng tôi|chúng ta|mình|tụi|em|cháu|con (?=(?:tôi|đã|không|xin|thấy|sợ|biết|sẽ))|tao|mày|bà con|tui)\b"
)


def _is_speech(reading: Reading, quotation: Quotation) -> bool:
    """Whether the quoted words are somebody's speech and not the name of a thing, a motto or a cited text."""
    if quotation.is_heading:
        return False
    field = quotation.field
    sentence = field.sentence_at(quotation.start)
    named = [
        hit
        for hit in reading.hits_in("quoted_names", sentence)
        if hit.end <= quotation.start and field.folded[hit.end : quotation.start].strip(' :,."“”') == ""
    ]
    before = field.folded[max(sentence.start, quotation.start - _LED_WITHIN) : max(sentence.start, quotation.start)]
    if before.endswith(("tội ", "tội danh ")):
        return False  # an offence by its name, children and parents in it
    if (named or _WRITTEN.search(before)) and not _FIRST_PERSON.search(quotation.words):
        return False
    if reading.knowledge.canon.holds(quotation.words):
        return False
    return quotation.looks_spoken or _FIRST_PERSON.search(quotation.words) is not None


_LED_WITHIN = 100  # code points before a quotation that tell what is quoted
# What is written, asked or hung up is nobody's speech: "treo một khung gỗ cũ: “…”", "câu hỏi chỉ có một dòng: “…”".
_WRITTEN = re.compile(
    r"\b(?:dòng|dòng chữ|hàng chữ|chữ|câu hỏi|câu đố|khẩu hiệu|băng rôn|biểu ngữ|pa nô|áp phích|tờ rơi|tờ quảng cáo|bảng hiệu|mẩu quảng cáo|tấm bảng|bảng|biển|khung|thông điệp|chủ đề|chuyên đề|tiêu đề|nhan đề|tựa đề|mục|"
    r"nội dung|tin nhắn|tờ giấy|mảnh giấy|bức thư|nội quy|phương châm|tiêu chí|quy tắc|điều luật|điều lệ|đề bài|tên gọi|tên)\b[^.!?“”]{0,40}:? ?$"
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
    return any(_PICTURES.search((value or "").lower()) for value in (reading.draft.author, reading.draft.source))


_PICTURES = re.compile(r"\bảnh\b")  # not "Cảnh sát"


def image_caption(reading: Reading) -> Iterator[Finding]:
    """A picture with no caption."""
    for number, image in enumerate(reading.draft.images):
        if not (image.caption and image.caption.strip()):
            yield Finding(Span(f"images[{number}].caption", 0, 0))


CHECKS = (
    Check("source.missing", missing),
    Check("source.hearsay", hearsay),
    Check("source.unattributed_quote", unattributed_quote),
    Check("source.image_credit", image_credit),
    Check("source.image_caption", image_caption),
)
