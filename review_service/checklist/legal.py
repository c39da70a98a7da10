"""The law as cited (family `legal`): articles that exist, offences that match, law in force, titles that fit the stage."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from review_service.checklist.citations import Citation, StatuteMention
from review_service.checklist.findings import Check, Finding
from review_service.checklist.reading import Reading
from review_service.checklist.statutes import PENAL_CODE, Offence, Statute
from review_service.text import Field, Sentence, remembered


def _statutes_cited(reading: Reading) -> Iterator[tuple[Citation, Statute | None]]:
    """Yield each citation with the statute cited: the one named beside the article, or where the draft cites that article
    elsewhere, or the last one cited in the paragraph; after an offence's name it is the Penal Code."""
    by_article: dict[str, StatuteMention] = {}
    for citation in reading.citations:
        if citation.statute is not None:
            for article in citation.articles:
                by_article.setdefault(article, citation.statute)
    laws = _laws_by_paragraph(reading)
    last: dict[tuple[str, int], StatuteMention] = {}  # the one cited last in each paragraph
    for citation in reading.citations:
        place = (citation.field.name, citation.field.sentence_at(citation.start).paragraph)
        if citation.statute is not None:
            last[place] = citation.statute
            yield citation, citation.statute.at(reading.date)
        elif citation.articles[0] in by_article:
            yield citation, by_article[citation.articles[0]].at(reading.date)
        else:
            goes_on = last[place].at(reading.date) if place in last and len(laws[place]) == 1 else None
            has_article = goes_on and reading.knowledge.statutes.has(goes_on, citation.articles[0])
            yield citation, goes_on if has_article else _penal_code(reading, citation)


def _penal_code(reading: Reading, citation: Citation) -> Statute | None:
    """Return the Penal Code when the article cited follows an offence: "tội “Cướp tài sản” theo khoản 1 Điều 168"."""
    offences = reading.offences_in(citation.field.sentence_at(citation.start))
    if reading.date < _IN_FORCE or not any(_follows(citation, end) for _, _, end in offences):
        return None
    return reading.knowledge.statutes.by_id[PENAL_CODE]


_IN_FORCE = datetime.date(2018, 1, 1)  # of the Penal Code of 2015


def _laws_by_paragraph(reading: Reading) -> dict[tuple[str, int], set[tuple[Statute, ...]]]:
    """Return the laws named in each paragraph."""
    laws: dict[tuple[str, int], set[tuple[Statute, ...]]] = defaultdict(set)
    for name, mentions in reading.statute_mentions.items():
        for mention in mentions:
            laws[name, mention.field.sentence_at(mention.start).paragraph].add(mention.statutes)
    return laws


def citation_invalid(reading: Reading) -> Iterator[Finding]:
    """An article, clause or point that the cited law does not have."""
    statutes = reading.knowledge.statutes
    for citation, statute in _statutes_cited(reading):
        if statute is None:
            continue
        clauses = citation.clauses if len(citation.articles) == 1 else ()
        points = citation.points if len(clauses) == 1 else ()
        missing = not all(statutes.has(statute, article) for article in citation.articles)
        missing = missing or not all(statutes.has(statute, citation.articles[0], clause) for clause in clauses)
        missing = missing or not all(
            statutes.has(statute, citation.articles[0], clauses[0], point, reading.date) for point in points
        )
        if missing:
            yield Finding(citation.span, values={"law": statute.full_name})


_FIRST_OFFENCE, _LAST_OFFENCE = 108, 425


_TOLD_BY_ITSELF = re.compile(r" về (?:việc|hành vi) ")  # "Điều 264 về việc giao xe …", beside another article's offence


# "…, hành vi tàng trữ, vận chuyển bị xử lý theo Điều 191": another article's, told by what is done
_ANOTHER_ACT = re.compile(
    r"[,;] (?:còn |riêng )?hành vi (?!trên|này|đó|ấy)[^.;“”]{3,60} (?:theo|tại)(?: quy định(?: tại)?)? $"
)


def offence_mismatch(reading: Reading) -> Iterator[Finding]:
    """The offence named and the article cited for it do not belong together."""
    for citation, statute in _statutes_cited(reading):
        sentence = citation.field.sentence_at(citation.start)
        if statute is not None and statute.id != PENAL_CODE:
            continue
        if _TOLD_BY_ITSELF.match(citation.field.folded, citation.end):
            continue
        if _ANOTHER_ACT.search(citation.field.folded, max(sentence.start, citation.start - _CASE_NEAR), citation.start):
            continue
        if statute is None and (citation.statute is not None or reading.date < _IN_FORCE):
            continue
        offences = reading.offences_in(sentence)
        if not offences and statute is not None and _DEALT_WITH.search(sentence.folded):
            only = reading.only_offence
            if only and all(article != only.article and _is_offence(article) for article in citation.articles):
                yield _mismatch(citation, {only.article}, [only])
        if not offences or any(offence.doubtful for offence, _, _ in offences):
            continue
        if _is_of_another(reading, citation, offences):
            continue
        one = len(citation.articles) == 1
        right = {offence.article for offence, _, end in offences if one and _follows(citation, end)}
        right = right or {offence.article for offence, _, _ in offences}
        wrong = [article for article in citation.articles if _is_offence(article) and article not in right]
        if wrong and _cited_for(sentence, offences, citation):
            yield _mismatch(citation, right, [offence for offence, _, _ in offences])


def _is_of_another(reading: Reading, citation: Citation, offences: Sequence[tuple[Offence, int, int]]) -> bool:
    """Whether the offences of the sentence have their articles beside this one, which is cited for an act told in other words
    ("về tội “Lừa đảo …” theo Điều 174 và 02 năm tù theo Điều 341")."""
    if any(_follows(citation, end) for _, _, end in offences):
        return False
    sentence = citation.field.sentence_at(citation.start)
    others = [other for other in reading.citations_in(sentence, sentence.end) if other is not citation]
    cited = {article for other in others for article in other.articles}
    return all(offence.article in cited for offence, _, _ in offences)


def _mismatch(citation: Citation, right: set[str], offences: Sequence[Offence]) -> Finding:
    expected = " / ".join(f"Điều {article}" for article in sorted(right, key=_article_number))
    names = ", ".join(dict.fromkeys(offence.names[0] for offence in offences))
    return Finding(citation.span, (expected,), {"offence": names, "expected": expected})


# What is done to somebody by an article: "đề nghị áp dụng khoản 1 Điều 250"; not by an earlier judgment, nor by another law.
_DEALT_WITH = re.compile(
    r"^(?!.*\b(?:từng|tiền án|tiền sự|trước đó|trước đây|chuyển(?! khoản)|thay vì|khác|đồng phạm|không phải)\b)"
    r".*\b(?:áp dụng|tuyên phạt|xử phạt|truy tố|khởi tố|kết án)\b"
)


_THEREUPON = re.compile(r"^[”\"’»]?,? ?\(?(?:được )?(?:quy định )?(?:theo|tại|ở)? ?$")


def _follows(citation: Citation, end: int) -> bool:
    """Whether the citation follows an offence that ends at `end` at once: “…” theo Điều …"""
    return end <= citation.start and _THEREUPON.match(citation.field.folded[end : citation.start]) is not None


def _is_offence(article: str) -> bool:
    return _FIRST_OFFENCE <= _article_number(article) <= _LAST_OFFENCE


def _article_number(article: str) -> int:
    match = re.match(r"\d{1,9}", article)
    return int(match.group()) if match else 0


_OTHER_RULE = re.compile(
    r"chưa được xóa án tích|thuộc trường hợp|so với|khác với|phân biệt|chuyển (?:tội danh|từ)|từ tội"
)


def _cited_for(sentence: Sentence, offences: Sequence[tuple[Offence, int, int]], citation: Citation) -> bool:
    """Whether the citation stands for one of the offences: after it in the same stretch, or before it in brackets."""
    folded = citation.field.folded
    if all(
        _LISTED_AFTER.search(folded[citation.end : start]) for _, start, _ in offences if start >= citation.end
    ) and all(start >= citation.end for _, start, _ in offences):
        return False
    if _IN_THAT_CASE.search(folded, max(sentence.start, citation.start - _CASE_NEAR), citation.start):
        return False
    nearest = min(min(abs(citation.start - end), abs(start - citation.end)) for _, start, end in offences)
    return nearest <= 90 and _OTHER_RULE.search(sentence.folded) is None


# "…, nếu nạn nhân dưới 16 tuổi thì theo Điều 151": the article of another offence, told by what makes it another
_IN_THAT_CASE = re.compile(
    r"\b(?:nếu|trường hợp)\b[^.;]{0,60}\bthì (?:bị |được |phải )?(?:xử lý |áp dụng |xử )?(?:theo )?$"
)
_CASE_NEAR = 100  # code points before a citation
_LISTED_AFTER = re.compile(r"^ và ")  # "Điều 249 và tội …": another offence beside the article


_STILL_APPLIED = re.compile(r"\bvẫn (?:được )?(?:[^\s,.;]+ ){0,3}(?:vận dụng|áp dụng|căn cứ)\b")
_NOT_APPLIED = re.compile(
    r"thay thế|thay cho|sửa đổi(?!,? bổ sung (?:năm )?\d)|có hiệu lực (?:khi|lúc|tại|vào lúc|ở) |bãi bỏ|hết hiệu lực|trước đây|so với(?! thời hạn)|quy định cũ|luật cũ|kế thừa|kể từ (?!khi|lúc|thời|ngày (?!\d))|ban hành năm|lịch sử|"
    r"ra đời|cụ thể hóa|khi đó|lúc đó|thời điểm (?:đó|ấy|này|xảy ra|phạm tội|giao|ký|lập|thực hiện)|tại thời điểm(?! kiểm (?:sát|tra))|trước kia|trước đó là|khác với|điểm mới|hoàn thiện|tổng kết|chuyển tiếp|thông qua|(?:từ|vào) thời\b|(?:còn|đang) (?:có )?hiệu lực|"
    r"\b(?:viện dẫn|áp dụng|căn cứ) (?:sai|nhầm|không đúng)"
)
_BEFORE_A_DAY = re.compile(r"(?<!kết quả )(?<!báo cáo )(?<!hoàn thành )(?<!khắc phục )(?<!xong )\btrước ngày\b")
_APPLIED_THEN = re.compile(  # "Do quyết định được ban hành trước ngày 01/8/2024, … pháp luật áp dụng là …"
    r"\btrước ngày \d{1,2}/\d{1,2}/\d{4}\b[^.;]{0,80}\bpháp luật (?:được )?áp dụng\b"
)
# Code points beside a law's name within which "trước ngày" tells when it applied, not a term set under it.
_NEAR_LAW = 50
_DATE = re.compile(r"(?<![\d/.-])(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?((?:19|20)\d\d)(?![\d/-])")
_NOT_A_FACT = re.compile(
    r"(?:sinh (?:ngày|năm)?|năm sinh|sn|luật[^.;,:]{0,60}|bộ luật[^.;,:]{0,40}|hiến pháp|số[^.;,]{0,14}|(?:quyết định|chỉ thị|kế hoạch|chương trình(?: công tác)?|báo cáo|thông báo|thông tư|nghị quyết|nghị định|hướng dẫn|quy chế|quy định|công văn) số [^.;,]{1,30} ngày|/|có hiệu lực(?: pháp luật)?(?: kể)? từ(?: ngày| tháng)?)\s{0,4}(?:năm )?$"
)


def law_outdated(reading: Reading) -> Iterator[Finding]:
    """A law no longer in force on the date of the facts is cited as the one applied."""
    for name in reading.statute_mentions:
        for mention in reading.statute_mentions[name]:
            statute = mention.at(reading.date) if mention.year else None
            if statute is None or statute.in_force_to is None:
                continue
            sentence = mention.field.sentence_at(mention.start)
            near = sentence.around(mention.start, mention.end, _NEAR_LAW)
            past = (
                (_NOT_APPLIED.search(sentence.folded) and not _STILL_APPLIED.search(sentence.folded))
                or _BEFORE_A_DAY.search(mention.field.folded, *near)
                or _APPLIED_THEN.search(sentence.folded)
            )
            if past or not _facts_are_after(reading, mention, sentence, statute.in_force_to):
                continue
            successor = reading.knowledge.statutes.by_id.get(statute.replaced_by or "")
            yield Finding(
                mention.span, (successor.full_name,) if successor else (), {"until": f"{statute.in_force_to:%d/%m/%Y}"}
            )


_DONE_BEFORE = re.compile(  # "bởi hợp đồng được giao kết và thực hiện xong trước ngày 01/01/2017"
    r"\b(?:xác lập|ký kết|giao kết|xảy ra)(?: [^\s,.;]+){0,4} trước ngày (?P<day>\d{1,2}/\d{1,2}/\d{4})\b"
)


def _was_done_under(sentence: Sentence, end: datetime.date) -> bool:
    """Whether the sentence tells that what the law is applied to was done before its end, `end`."""
    told = _DONE_BEFORE.search(sentence.folded)
    days = _fact_dates(told["day"]) if told else []
    after = end + datetime.timedelta(days=1)
    return any(day <= (after.year, after.month, after.day) for day in days)


def _facts_are_after(reading: Reading, mention: StatuteMention, sentence: Sentence, end: datetime.date) -> bool:
    """Whether the facts that the citation is about lie wholly after the law's end."""
    field = mention.field
    start, stop = field.paragraphs[sentence.paragraph]
    text = _without_statutes(reading, field)
    if _DEMANDED.search(sentence.folded):
        return reading.date > end
    told = _fact_dates(text[sentence.start : sentence.end]) if _OFFICE_ACTS.search(sentence.folded) else []
    told = told or _fact_dates(text[start:stop])
    advises = reading.draft.genre == "legal_education" and _ADVICE.search(sentence.folded) is not None
    procedural = "Tố tụng" in mention.statutes[0].name  # applied on the day of the proceedings, whatever they look into
    if not procedural and _was_done_under(sentence, end):
        return False
    if _LOOKS_BACK.search(sentence.folded):
        told = []  # what a protest or a judgment finds fault with was done before
    if not told and not advises and not procedural and not _NOW.search(sentence.folded):
        texts = [_without_statutes(reading, other) for other in reading.document.prose]
        told = [date for other in texts for act in _DECIDED.finditer(other) for date in _fact_dates(act["day"])]
        told = told or [date for other in texts for date in _fact_dates(other)]
    told = told or [(reading.date.year, reading.date.month, reading.date.day)]
    return min(told) > (end.year, end.month, end.day) and reading.date > end


_LOOKS_BACK = re.compile(
    r"\bqua kiểm sát bản án,|\btheo (?:quyết định )?(?:kháng nghị|bản án|hồ sơ|quyết định giám đốc thẩm)\b[^.;]{0,20},"
)
# The decision that a case is about: the law is that of its day, whatever its evidence goes back to.
_DECIDED = re.compile(
    r"\bquyết định (?:số )?\d{1,5}/qđ-(?:ubnd|ctubnd|xpvphc|xphc)(?:,? của [^,.;]{1,60})?,? ngày (?P<day>\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d)"
)
# What is to be done, or is done this year, is of the draft's own day.
_NOW = re.compile(
    r"\b(?:năm nay|hiện nay|hiện hành|từ nay|sẽ (?:được |phải )?(?:căn cứ|áp dụng|thực hiện)|phải (?:được |có |bảo đảm|tuân)|cần (?:được |phải)|trong thời gian tới|(?:đây|đó) là (?:bước|thủ tục|điều kiện|quy định|nghĩa vụ)|bắt buộc theo)\b"
)
_ADVICE = re.compile(  # what a reader is told to do
    r"\b(?:nộp (?:hồ sơ|đơn)|làm thủ tục|đăng ký (?:biến động|kết hôn|khai sinh|đất|quyền)|gửi đơn|khởi kiện|lập văn bản|có thể yêu cầu|cần chuẩn bị)\b"
)
# What is demanded is done after the draft's day.
_DEMANDED = re.compile(
    r"\b(?:yêu cầu|đề nghị|kiến nghị)\b[^.;]{0,80}\b(?:khắc phục|thực hiện|chấp hành|giải quyết)\b[^.;]{0,24} theo "
)
# An office's own act, with its day in the sentence; what an inspection or a trial looks into lies further back.
_OFFICE_ACTS = re.compile(
    r"^(?!.{0,1000}\b(?:xét xử|bản án|kháng nghị|phát hiện|nghiên cứu|kiểm sát|rà soát|giai đoạn)\b).{0,400}\b(?:ban hành|lập biên bản|cấp giấy|ra (?:quyết định|thông báo)|thu hồi|xử phạt|kê biên|cưỡng chế)\b"
)


def _without_statutes(reading: Reading, field: Field) -> str:
    """Return a field's folded text with the names of statutes, and so their years, blanked out."""
    text = field.folded
    for mention in reading.statute_mentions[field.name]:
        dated = _DATED.match(text, mention.end)
        own = dated is not None and str(mention.year) in dated.group()
        end = dated.end() if dated and own else mention.end
        text = text[: mention.start] + " " * (end - mention.start) + text[end:]
    return text


_DATED = re.compile(r",? ?ngày \d{1,2}[/.-]\d{1,2}[/.-]\d{4}")  # the date of the law itself


def _fact_dates(text: str) -> list[tuple[int, int, int]]:
    """Return the dates told in `text`, without years of birth, of laws and of document numbers."""
    dates = []
    for match in _DATE.finditer(text):
        if _NOT_A_FACT.search(text[max(0, match.start() - 70) : match.start()]):
            continue
        if text[match.start() - 1 : match.end() + 1] == f"({match.group()})":
            continue  # "(1977)" after a name: a year of birth
        day, month, year = match.groups()
        dates.append((int(year), int(month or 12), int(day or 31)))
    return dates


_INVESTIGATION = re.compile(
    r"khởi tố|kết luận điều tra|đề nghị truy tố|lệnh bắt|bắt tạm giam|tạm giữ|gia hạn tạm giam|hỏi cung|giai đoạn điều tra|thực nghiệm (?:điều tra|hiện trường)|đi thực nghiệm|cơ quan (?:cảnh sát )?điều tra|cơ quan điều tra"
)
_TRIAL = re.compile(
    r"xét xử|phiên tòa|\btòa\b|tand|tòa án|tuyên|hội đồng xét xử|hđxx|luận tội|kháng cáo|phúc thẩm|sơ thẩm|bản án|nói lời sau cùng|xét hỏi|bào chữa"
)
_IN_CUSTODY_LIST = re.compile(
    r"(?:người bị tạm giữ|người bị tạm giam|tạm giữ, tạm giam|can phạm|bị can)[^.;]{0,60}phạm nhân|phạm nhân[^.;]{0,60}(?:người bị tạm giữ|người bị tạm giam)|trại giam|đang chấp hành"
)
_CHARGED = re.compile(
    r"(?:khởi tố|ra quyết định khởi tố|phê chuẩn(?: quyết định| lệnh)?[^.;,]{0,40}(?:khởi tố|bắt|tạm giam|tạm giữ)|đề nghị truy tố|truy tố|bắt(?: (?:tạm giam|khẩn cấp|giữ))?|hỏi cung|phúc cung|(?:lấy|ghi) lời khai|gia hạn tạm giam|lệnh tạm giam)(?: (?:vụ án|hình sự|quyết định|lệnh|và|bắt|tạm giam|để|đối với|các|hai|ba|bốn|năm|0?\d|[^\s,.;:]+)){0,6}? (?P<title>bị cáo(?! buộc)|phạm nhân|người bị kết án)\b"
)
_SENTENCED = re.compile(
    r"(?:tuyên phạt|xử phạt|tuyên án|tuyên bố|(?<!hình )phạt|tuyên|(?<!để )(?<!đề nghị tòa án )(?<!đề nghị tand )(?<!đề nghị tòa )xét xử|luận tội|kết án)(?: (?:các|sơ thẩm|phúc thẩm|lưu động|đối với|vụ án|công khai|cả|hai|ba|bốn|năm|0?\d|hình sự|lời|như sau)){0,4}[: ]+(?P<title>bị can)\b(?! (?:đã|từng) bị khởi tố)"
    r"|(?:tuyên phạt|xử phạt)(?: [^\W\d_]+){0,2}[: ]+(?P<at>phạm nhân|người bị kết án)\b"
    r"|(?:tuyên phạt|xử phạt)\b[^.;]{0,120}, (?:và )?(?:các |những |hai |ba |bốn )?(?P<others>bị can) (?:còn lại|khác)\b"
    r"|(?:tạm ngừng|hoãn|mở) phiên tòa(?: [^\s,.;]+){0,3} đối với (?P<on>bị can)\b"
    r"|quyết định(?: của tòa án)? đưa vụ án ra xét xử[^.;,]{0,40}, (?P<held>bị can)\b"
)
_COURT_FINDS = r"(?:hội đồng xét xử|hđxx|chủ tọa)(?: [^\s,.;]+){0,4}? (?:nhận định|cho rằng|đánh giá|hỏi|giải thích|ghi nhận|nhận thấy|xét thấy|xác định)(?: rằng)?,? (?:các )?"
_AT_TRIAL = re.compile(
    _COURT_FINDS
    + r"(?P<asked>bị can)\b|(?:tại phiên(?: tòa| phúc thẩm| sơ thẩm)(?: [^\s,.;]+){0,3}|(?:phần|lượt) (?:tranh luận|tranh tụng|xét hỏi|đối đáp|luận tội)(?: [^\s,.;]+){0,3}|nói lời sau cùng(?: [^\s,.;]+){0,8}|(?:nghe|sau khi|khi|lúc) (?:chủ tọa|tòa|hội đồng xét xử|hđxx)(?: phúc thẩm| sơ thẩm)? tuyên(?: [^\s,.;]+){0,6}), (?:các |hai )?(?P<at>bị can)\b|"
    r"\bđề nghị (?:hội đồng xét xử|hđxx)(?: [^\s,.;]+){1,8}? (?:cho|đối với|phạt) (?P<taken>bị can)\b|(?P<on>\bbị can)(?: [^\s,.;]+){1,4} (?:(?:nhận mức án|lĩnh án|lĩnh mức án|lãnh án|lãnh mức án) (?:từ )?\d|bị phạt \d|được hưởng án treo|(?:sẽ |còn )?phải chấp hành (?:hình phạt|bản án|mức án))\b|(?P<title>\bbị can\b)(?: [^\s,.;]+){0,6}? (?:khai tại tòa|khai trước tòa|(?:trả lời|trình bày|khai|thừa nhận) (?:trước|tại) (?:tòa|hội đồng xét xử|hđxx|phiên tòa)|nói lời sau cùng|kháng cáo|có quyền kháng cáo|được nói lời sau cùng|tại phiên tòa|bị tuyên phạt|bị tòa|bị hội đồng xét xử)|(?:trả lời|trình bày với|trước) (?:câu hỏi của )?(?:hội đồng xét xử|hđxx|chủ tọa)[^.;,]{0,20}, (?:các )?(?P<held>bị can)\b"
)
_PRISONER = re.compile(
    r"\btạm (?:giam|giữ)[;,][^.]{0,60} (?P<others>phạm nhân) (?:này|đó|ấy|nói trên)\b|(?:bồi thường|xin lỗi|minh oan)(?: [^\s,.;]+){0,4} cho (?P<sentenced>phạm nhân) (?:vừa |đã |mới )?được (?:đình chỉ|minh oan)\b|(?:tại|trước|ở) cơ quan (?:cảnh sát |an ninh )?điều tra, (?:các )?(?P<at>phạm nhân)\b|sau khi bị (?:khởi tố|bắt|tạm giữ)[^.;,]{0,24}, (?P<on>phạm nhân)\b|(?:trong thời gian |khi |lúc )bị tạm (?:giam|giữ)[^.;,]{0,24}, (?P<held>phạm nhân)\b|(?:tại|trong|ở) (?:phòng|buổi) (?:hỏi cung|lấy lời khai), (?P<asked>phạm nhân)\b|(?P<named>\bphạm nhân\b)(?: [^\s,.;]+){1,4}, (?:vừa|mới) bị (?:khởi tố|bắt|tạm giữ|tạm giam)\b|(?P<title>\bphạm nhân\b)(?: (?:[a-zđ]\.){1,4},?)?(?:(?: [^\s,.;]+){0,4}, người|(?: [^\s,.;]+){0,8}?,?)(?: (?:bị |đang bị |vẫn bị |hiện bị |được |đã bị |mới bị |vừa bị )?(?<!trại )(?<!nhà )(?<!buồng )(?<!phục vụ )(?:tạm giữ|tạm giam|khởi tố|điều tra|truy tố|bắt giữ|bắt khẩn cấp|cho tại ngoại|tại ngoại)|(?: [^\s,.;]+){0,12}? chờ (?:hết (?:thời )?hạn kháng cáo|(?:ngày )?xét xử))\b|khi (?:điều tra viên|cơ quan điều tra|công an) (?:lấy lời khai|hỏi cung|làm việc), (?P<taken>phạm nhân)\b"
)
_SERVING = re.compile(  # who serves a sentence is no longer accused
    r"\b(?:cho|đối với)(?: (?:các|những|hơn|\d{1,4}|hai|ba|bốn|năm))? (?P<title>bị can|bị cáo(?! buộc))(?P<at>)\b"
)
_SERVES = re.compile(
    r"\b(?P<title>bị can|bị cáo)(?P<at>)(?: (?:này|(?:[a-zđ]\.){1,4})| [^\s,.;]+ [^\s,.;]+(?: [^\s,.;]+){0,2})?,? (?:người |hiện |vốn )?đang (?:chấp hành (?:án|hình phạt|bản án)|cải tạo|thụ án)\b"
    r"|\b(?:ở|trong|tại|ra|rời) (?:trại giam|trại), (?P<on>bị can|bị cáo)\b"
    r"|(?P<held>\bbị can|\bbị cáo)(?: [^\s,.;]+){0,4} (?:đang |được )?(?:hưởng án treo từ|thử thách án treo|trong thời gian thử thách)\b"
    r"|(?P<taken>\bphạm nhân)(?:(?: [^\s,.;]+){0,5} (?:đang|hiện))? được hưởng án treo\b"
    r"|(?P<sentenced>\bbị can|\bbị cáo(?! buộc))[^.;]{0,60}? (?:có|nhận)(?: được)? quyết định thi hành (?:bản )?án phạt tù\b"
)
_PRISONER_AT_TRIAL = re.compile(
    r"(?:\b(?:phần|giờ|khi|lúc|thời gian) (?:nghị án|xét hỏi|tranh luận|tranh tụng|tuyên án)|\b(?:trong )?lời nói sau cùng|\bnói lời sau cùng(?: [^\s,.;]+){0,8}|\btại phiên tòa(?: [^\s,.;]+){0,3}),? (?:các |hai )?(?P<at>phạm nhân)\b"
    r"|" + _COURT_FINDS + r"(?P<asked>phạm nhân)\b"
    r"|(?P<title>\bphạm nhân)(?: [^\s,.;]+){0,6}? (?:(?:không |xin )?tranh luận|nói lời sau cùng|có quyền kháng cáo|kháng cáo|khai tại tòa|khai trước tòa|bị tuyên phạt|bị hội đồng xét xử|được (?:dẫn giải|áp giải|đưa) (?:vào|đến|tới) (?:phòng xử|phiên tòa|tòa))\b"
)
_LOOKED_ON = re.compile(r"\b(?:làm chứng|nhân chứng|dự khán|theo dõi|tham dự|giả định|đang chấp hành)\b")
_REDUCED = re.compile(r"\bgiảm (?:thời hạn|thời gian) chấp hành\b|\bđặc xá\b|\btha tù trước\b")
_INDICTED = re.compile(
    r"(?:cáo trạng|quyết định truy tố)[^.;]{0,40}? ?truy tố (?:các |hai |ba |bốn )?(?P<title>bị cáo)\b(?! buộc)"
    r"|(?P<held>\bbị cáo)(?! buộc)[^.;]{0,60} chờ tòa(?: án)? thụ lý\b"
    r"|(?:giao|tống đạt|trao)(?: [^\s,.;]+){0,2} cáo trạng cho (?:các |hai |ba |bốn )?(?P<at>bị cáo)\b(?! buộc)"
)
_DEFENDANT_EARLY = re.compile(
    r"(?P<title>\bbị cáo\b(?! buộc))(?: (?!khi\b|trước\b|sau\b|từ\b)[^\s,.;]+){0,8}? (?:bị |đã bị |vừa bị |đang bị )(?:(?:cơ quan (?:cảnh sát )?điều tra )?đề nghị truy tố|khởi tố|tạm giữ|bắt (?:tạm giam|giữ|khẩn cấp)|tạm giam[^.;,]{0,30} (?:để )?(?:phục vụ )?(?:công tác )?điều tra)"
)
_STILL_INVESTIGATED = re.compile(
    r"(?P<title>\bbị cáo)(?! buộc)(?: [^\s,.;]+){0,8}? (?:gia hạn )?tạm giam (?:để |nhằm )(?:phục vụ )?(?:công tác )?điều tra\b"
)
_POLICE_PROSECUTE = re.compile(
    r"(?:công an|cơ quan (?:cảnh sát |an ninh )?điều tra)(?: (?!đề nghị|viện|vksnd)[^\s,.;]+){0,5}? (?:đã |vừa |cũng )?(?P<title>truy tố)\b"
)
_PROCURACY_SENTENCE = re.compile(
    r"(?:viện kiểm sát|vksnd|kiểm sát viên)(?: (?!đề nghị|tòa|tand|hội đồng|hđxx|bị|ngày|khi|sau|trước)[^\s,.;]+){0,8}? (?:đã |vừa )?(?P<title>tuyên phạt|tuyên án|(?<!không )(?<!biên bản )(?<!quyết định )(?<!việc )(?<!mức )(?<!bị )xử phạt(?! (?:vi phạm|hành chính)\b))\b"
)
_MISTAKEN = re.compile(r"\b(?:nghĩ|tưởng|ngỡ|nhầm|lầm|hiểu sai|không phải)\b")  # what people take a prosecutor for
_RIGHT = {
    "bị cáo": "bị can",
    "phạm nhân": "bị can",
    "người bị kết án": "bị can",
    "bị can": "bị cáo",
    "truy tố": "đề nghị truy tố",
}


_NOT_CHARGED = re.compile(
    r"(?P<on>\b(?<!khởi tố )bị can|\bbị cáo(?! buộc))\b[^.;]{0,60}, (?:vụ án|vụ việc) chưa (?:được |bị )?khởi tố\b|\bchưa (?:được |có quyết định |bị )?khởi tố\b[^.;]{0,40}?(?P<title>\b(?<!khởi tố )bị can|\bbị cáo(?! buộc)|\bphạm nhân)\b"
)


_TITLED = (
    "title",
    "named",
    "asked",
    "sentenced",
    "held",
    "others",
    "taken",
    "on",
    "at",
)  # the groups, one to an alternative, that hold the wrong title
_TITLES = ("bị can", "bị cáo", "phạm nhân", "kết án", "truy tố", "tuyên", "xử phạt")


def stage_term(reading: Reading) -> Iterator[Finding]:
    """A title that contradicts the stage told in the same sentence (Criminal Procedure Code 2015, Articles 57-61, 179, 243)."""
    for sentence in reading.document.sentences():
        for start, end, right in _stage_slips(sentence.folded):
            if _PLAYED.search(sentence.folded):
                continue  # a part in a play
            if right == "bị can" and _in_a_trial(sentence) and not _charged(sentence):
                continue  # "giờ bị cáo ở quán net …; biên bản hỏi cung": a trial goes over the investigation
            if not reading.quoted(sentence.field, sentence.start + start, sentence.start + end):
                yield Finding(sentence.span(start, end), (right,), {"right": right})


_PLAYED = re.compile(r"\b(?:vở (?:diễn|kịch)|tiểu phẩm|vào vai|đóng vai|thủ vai)\b")


def _charged(sentence: Sentence) -> bool:
    """Whether the sentence tells of a measure of the investigation; of the indictment a trial's report may speak looking back."""
    match = _CHARGED.search(sentence.folded)
    return match is not None and not match.group().startswith("truy tố")


def _in_a_trial(sentence: Sentence) -> bool:
    """Whether another sentence tells of a trial: one of the paragraph before it, one of the two before, or the next."""
    beside = sentence.beside(before=_TRIAL_WITHIN, after=1)
    return any(
        other is not sentence
        and (other.paragraph == sentence.paragraph or other.index >= sentence.index - 2)
        and _HEARD.search(other.folded) is not None
        for other in beside
    )


_TRIAL_WITHIN = 8  # sentences


_HEARD = re.compile(
    r"phiên tòa|(?:đưa|đem) (?:bị cáo|vụ án) [^.;]{1,140} ra xét xử|xét xử (?:sơ thẩm|phúc thẩm)|hội đồng xét xử|hđxx|luật sư (?!tham gia|có mặt|được)|xét hỏi|tranh luận|luận tội|tại tòa|trước tòa|\btòa\b[^.;]{0,20}\b(?:tuyên|hủy|trả)\b"
)


@remembered
def _stage_slips(folded: str) -> tuple[tuple[int, int, str], ...]:
    """Return (start, end, right title) of each slip in a folded sentence."""
    return tuple(_find_stage_slips(folded)) if any(title in folded for title in _TITLES) else ()


def _find_stage_slips(folded: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, right title) of each slip in a folded sentence, each place once."""
    seen: set[int] = set()
    at_trial = _TRIAL.search(folded) is not None
    patterns = [(_SENTENCED, True), (_AT_TRIAL, True), (_POLICE_PROSECUTE, True)]
    patterns.append((_PROCURACY_SENTENCE, _MISTAKEN.search(folded) is None))
    patterns.append((_INDICTED, re.search(r"(?<!để )(?<!ra )xét xử|phiên tòa|tuyên|luận tội", folded) is None))
    patterns += [(_CHARGED, not at_trial or "khởi tố" in folded), (_DEFENDANT_EARLY, not at_trial)]
    patterns.append((_SERVING, _REDUCED.search(folded) is not None))
    patterns += [(_SERVES, True), (_NOT_CHARGED, True), (_STILL_INVESTIGATED, True)]
    patterns.append((_PRISONER_AT_TRIAL, _LOOKED_ON.search(folded) is None))
    patterns.append((_PRISONER, _IN_CUSTODY_LIST.search(folded) is None))
    for pattern, applies in patterns:
        for match in pattern.finditer(folded) if applies else ():
            start, end = match.span(next(name for name in _TITLED if match.groupdict().get(name)))
            if start not in seen:
                seen.add(start)
                yield start, end, _right_title(match, folded[start:end])
    if not at_trial and _INVESTIGATION.search(folded):
        for match in re.finditer(
            r"(?<!chưa phải )(?<!không phải )(?<!bị can, )(?<!bị can và )(?<!bị can hoặc )(?<!gia đình )(?<!người nhà )(?<!thân nhân )\bbị cáo\b(?! buộc)",
            folded,
        ):
            if match.start() not in seen and "truy tố" not in folded:
                seen.add(match.start())
                yield match.start(), match.end(), "bị can"


def _right_title(match: re.Match[str], title: str) -> str:
    """Return what belongs where `title` was found wrong."""
    if match.re is _SERVES and (match.group("held") or match.group("taken")):
        return "người được hưởng án treo"
    if match.re in (_SERVING, _SERVES):
        return "phạm nhân"
    if match.re is _NOT_CHARGED:
        return "người bị tố giác"
    if match.re is _PRISONER_AT_TRIAL or (match.re is _SENTENCED and match.group("at")):
        return "bị cáo"
    if title == "phạm nhân" and "khởi tố" not in match.string:
        return "người bị tạm giam" if "tạm giam" in match.string else "người bị tạm giữ"
    return _RIGHT.get(title, "đề nghị xử phạt")


CHECKS = (
    Check("legal.citation_invalid", citation_invalid),
    Check("legal.offence_mismatch", offence_mismatch),
    Check("legal.law_outdated", law_outdated),
    Check("legal.stage_term", stage_term),
)
