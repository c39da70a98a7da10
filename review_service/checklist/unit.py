"""Which unit an item comes from and speaks of (family `unit`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance.Levenshtein import distance

from review_service.checklist.findings import WHOLE_DRAFT, Check, Finding
from review_service.checklist.reading import Reading
from review_service.checklist.units import UnitMention, declared
from review_service.text import Sentence, Span, fold


def missing(reading: Reading) -> Iterator[Finding]:
    """No procuracy unit is given, nor named in the byline or anywhere in the text."""
    if reading.draft.unit or reading.declared_units:
        return
    if not any(
        mention.is_specific
        or _signs(reading, mention)
        or (mention.level == "province" and _place_is_named(reading, mention))
        for mention in reading.units
    ):
        yield WHOLE_DRAFT


def _signs(reading: Reading, mention: UnitMention) -> bool:
    """Whether the mention stands in the byline and names a unit there, however short ("Phòng 7 VKS tỉnh")."""
    return bool(mention.level or mention.department) and reading.in_byline(mention.field, mention.start, mention.end)


def ambiguous(reading: Reading) -> Iterator[Finding]:
    """The first mention of a unit that neither the text nor `unit` lets a reader resolve."""
    known = [mention for mention in (*reading.declared_units, *reading.units) if mention.is_specific]
    for mention in reading.units:
        if reading.in_byline(mention.field, mention.start, mention.end):
            continue
        if mention.is_specific:
            unclear = _shares_its_name(reading, mention)
        elif _WITH_OTHERS.match(mention.field.folded, mention.end):
            unclear = False
        elif _NEIGHBOUR.match(mention.field.folded, mention.end):
            unclear = True
        else:
            unclear = not _resolves(mention, known, reading) and not _is_institution(reading, mention)
        if unclear:
            yield Finding(mention.span)
            return
    if not known:
        for hit in reading.hits("own_unit"):
            yield Finding(hit.span)
            return


_NEIGHBOUR = re.compile(r" bạn\b(?! đọc| bè)")  # "Viện kiểm sát huyện bạn": whichever

# "VKSND và TAND tỉnh Quảng Trị": the place follows the other body.
_WITH_OTHERS = re.compile(
    r"(?:,| và| -|-) ?(?:tand|tòa án(?: nhân dân)?|công an|ubnd)(?:(?:,| và| -|-) ?(?:tand|tòa án(?: nhân dân)?|công an|ubnd|cơ quan \w+))? "
    r"(?:tỉnh|huyện|thành phố|thị xã|quận|tp\.?|khu vực) ?\w"
)


def _shares_its_name(reading: Reading, mention: UnitMention) -> bool:
    """Whether two provinces of the registry have a unit of this name and nothing in the draft tells which is meant."""
    provinces = {fold(unit.province) for unit in reading.knowledge.registry.called(mention)}
    if len(provinces) < 2 or mention.level != "district":
        return False
    said = [fold(value) for value in (reading.draft.unit, reading.draft.source, reading.draft.author) if value]
    said.extend(field.folded for field in reading.document.prose)
    return not any(province in text for province in provinces for text in said)


def _resolves(mention: UnitMention, known: list[UnitMention], reading: Reading) -> bool:
    """Whether a specific unit named in the draft tells which one the words mean."""
    if reading.draft.unit and not reading.declared_units:
        return True  # the unit field names a department or a short form the registry does not know
    if mention.level in ("", "two_level"):
        return bool(known) or _follows_another_body(reading, mention)
    if mention.level == "two_level" and mention.place:
        return True
    levels = {other.level for other in known}
    if mention.level in ("district", "region") and _are_several(mention, known, reading):
        return False
    if mention.level in levels or (mention.level == "province" and levels & {"district", "region"}):
        return True  # a district or region belongs to one province
    return _place_is_named(reading, mention)


_SAME_LEVEL = re.compile(r" cùng cấp\b")
_OTHER_BODY = re.compile(
    r"(?:[Cc]ông an|[Tt]òa án(?: nhân dân)?|TAND) (?:tỉnh|huyện|thị xã|thành phố|TP\.?|khu vực) (?=[A-ZĐÂÊÔƠƯÁÀẢÃẠ\d])"
)


def _follows_another_body(reading: Reading, mention: UnitMention) -> bool:
    """Whether "Viện kiểm sát cùng cấp" is that of a police or a court which the draft names with its place."""
    return _SAME_LEVEL.match(mention.field.folded, mention.end) is not None and any(
        _OTHER_BODY.search(field.standard) for field in reading.document.prose
    )


def _are_several(mention: UnitMention, known: list[UnitMention], reading: Reading) -> bool:
    """Whether several units of the mention's level are named, none of them the draft's own: then it may mean any."""
    if any(other.level == mention.level for other in reading.declared_units):
        return False
    if _ACTING.match(mention.field.folded[mention.end : mention.end + _NEAR]) is None:
        return False
    return len({other.place for other in known if other.level == mention.level}) > 1


_LEVEL_PLACE = {
    "district": re.compile(
        r"(?:huyện|thị xã|quận|thành phố|tp\.?)(?: (?:đảo|vùng cao|miền núi|biên giới|ven biển|ngoại thành|nghèo|lỵ))? (?=[A-ZĐÂÊÔƠƯÁÀẢÃẠ])"
    ),
    "province": re.compile(r"(?:tỉnh|thành phố|tp\.?) (?=[A-ZĐÂÊÔƠƯÁÀẢÃẠ])"),
    "region": re.compile(r"khu vực \d"),
}


def _place_is_named(reading: Reading, mention: UnitMention) -> bool:
    """Whether the text names a place of the mention's level ("huyện Tân Biên" for "VKSND huyện")."""
    pattern = _LEVEL_PLACE.get(mention.level)
    if pattern is None:
        return False
    if mention.level == "province" and _DATELINE.match(reading.document.body.standard):
        return True
    return any(pattern.search(field.standard) for field in reading.document.prose)


# "(Tây Ninh) …", "Tây Ninh – Ngày …": newspapers open with the province they write from.
_DATELINE = re.compile(
    r"\s*(?:\((?!Ảnh|Tin|Bài|Nguồn)[A-ZĐ][^\W\d_]{1,9}(?: [A-ZĐ][^\W\d_]{0,9}){1,3}\)"
    r"|[A-ZĐ][^\W\d_]{1,9}(?: [A-ZĐ][^\W\d_]{0,9}){1,3}(?:, ngày \d[\d/.-]{0,9})? [-–—] )"
)


_INSTITUTION = re.compile(
    r"quy định|theo luật|điều \d|bộ luật|hiến pháp|chức năng|nhiệm vụ|có quyền|có trách nhiệm|thẩm quyền|vai trò|vị trí|nguyên tắc|"
    r"\bngành\b|là cơ quan|cán bộ(?:,| )|công chức|giả danh|tự xưng|mạo danh|người dân|nếu |trường hợp|khi có|các viện kiểm sát|hệ thống|"
    r"luật tổ chức|tư pháp|tố tụng|kỷ niệm|truyền thống|ngày thành lập|đơn vị của|hình ảnh|lời dạy"
)
_EVERY_ONE = re.compile(r" (?:nào|có thẩm quyền|tiếp nhận nhiệm vụ|bất kỳ|khác|mới|nói chung)\b")
_WHEREVER = re.compile(
    r" (?:(?:tại |ở )?nơi (?!đây|này|ấy|đó)|gần nhất\b)"
)  # of whoever asks: "Viện kiểm sát nơi cư trú"
_SEVERAL = re.compile(
    r"(?:quyền [^\s,.;]+(?: [^\s,.;]+)? của|\btrưởng các (?:phòng|đơn vị)(?:,| và) viện trưởng|\b(?:phòng|ban) (?:và|,)|\b(?:các|những) (?:phòng|ban|đơn vị|cơ quan)(?: [^\s,.;]+){0,3}(?:,| và)|(?:\d{1,3}|các) (?:điểm cầu|đơn vị|đầu cầu)|toàn bộ|tất cả|các|những|một số|nhiều|\d{1,9}%?|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mười hai|thay cho|mọi|mỗi|từng|thành lập|lập|bỏ|đơn vị|chuẩn bị cho) $"
)
_ACTING = re.compile(
    r"^(?: (?:sở tại|địa phương|nơi đây|cùng cấp))?(?: (?:cùng|và|phối hợp với) (?:công an|tòa án|cơ quan|ubnd|chính quyền|lực lượng)(?: [^\s,.;]+){0,3}?)?(?: (?:đã|vừa|mới|đang|cũng|sẽ|tiếp tục|kịp thời|trực tiếp|tiến hành)){0,4} (?:phê chuẩn|khuyến cáo|cảnh báo|lưu ý|trao đổi|chủ trì|phân công|nghiên cứu|thống nhất|rà soát|truy tố|kháng nghị|kiến nghị|ban hành|ra quyết định|tổ chức|phối hợp|đề nghị|yêu cầu|kiểm sát|thụ lý|hoàn tất|tống đạt|công bố|cho biết|khẳng định|nhận định|xác định|chấp nhận|trả hồ sơ|cử|tiếp|trao|giữ quyền|cáo buộc|tham gia|khởi tố|hủy bỏ|đình chỉ|nhận được|triển khai|giải quyết|khen thưởng|xem xét|bố trí|tiếp nhận|tuyên truyền|gửi|ký)"
)
_PARTICULAR = re.compile(
    r"\bngày \d|\bsáng \d|\bchiều \d|\d{1,2}/\d{1,2}(?:/\d{4})?|vừa|\bđã\b|(?:^|[,;] )hiện\b(?! hành| đại| trường| vật| thực| diện| tượng)|\bqua (?:kiểm tra|rà soát|xác minh|đối chiếu|nghiên cứu hồ sơ|làm việc)|\b(?:ấy|này|trên) (?:hiện )?đang được\b|hôm|sáng nay|mới đây|vừa qua|phiên tòa|vụ án(?! (?:dân sự|hành chính|hình sự)\b(?! (?:số|về|thụ lý|trên|này)))"
)


_PARTICULAR_ACT = re.compile(
    r"\bngày \d|\d/\d|\b(?:đã|vừa) (?:hoàn tất|phê chuẩn|ban hành|truy tố|kháng nghị|kiến nghị|thụ lý|chuyển|trả|ra)\b"
)
_ASKS = re.compile(
    r" [^.;?]{0,30}?\b(?:là gì|làm gì|là ai|phía ai|thế nào|ra sao|khi nào|vì sao|tại sao)\b[^.;?]{0,60}\?"
)  # whoever it is
_WHY = ("vì sao ", "tại sao ", "khi nào ")
_ITS_PEOPLE = re.compile(
    r"\b(?:(?:đại diện|lãnh đạo|phía|đội|đội bóng|chi bộ|chi đoàn|công đoàn|báo cáo viên|trụ sở|xe|văn phòng|bộ phận)(?: của)?|(?:đoàn viên|hội viên|thanh niên) của(?: [^\s.;]+){1,8} và|đoàn(?: công tác| kiểm sát| cán bộ)?(?: của)?) $"
)
_CASE_GOES_TO = re.compile(
    r"\b(?:hồ sơ|vụ án|vụ việc|kết luận điều tra|đơn)(?: [^\s,.;]+){0,5} (?:cho|sang|đến|tới|qua) $"
)
_NEAR = 400  # code points beside a name that tell what it means; longer sentences are lists
_TIER = re.compile(r"các cấp|cấp trên|cấp dưới|ba cấp|3 cấp|03 cấp|(?P<one>cấp (?:huyện|tỉnh|khu vực))")
# The tiers spoken of as such, where the law makes or moves them.
_REORGANISED = re.compile(
    r"ba cấp|thẩm quyền của|mô hình|(?:năm|tháng|đi vào) vận hành|các phòng (?:thuộc|của|nghiệp vụ)|tổ chức lại|sắp xếp|kết thúc hoạt động|mỗi đơn vị|chuyển giao|trước đây thụ lý|luật (?:tổ chức|sửa đổi)|nhiệm vụ của"
)


def _is_institution(reading: Reading, mention: UnitMention) -> bool:
    """Whether the bare name means the procuracy as an institution, not one unit that did something."""
    if mention.department and not mention.level:
        return False  # "Văn phòng VKS": somebody's office
    sentence = mention.field.sentence_at(mention.start)
    after = mention.field.folded[mention.end : min(sentence.end, mention.end + 200)]
    act = _ACTING.match(after)
    before = mention.field.folded[max(sentence.start, mention.start - 60) : mention.start]
    near = mention.field.folded[slice(*sentence.around(mention.start, mention.end, _NEAR))]
    asked = mention.field.folded.endswith(_WHY, 0, mention.start) or _ASKS.match(mention.field.folded, mention.end)
    general = asked or _SAME_LEVEL.match(mention.field.folded, mention.end) or _WHEREVER.match(after)
    if general and not _PARTICULAR_ACT.search(sentence.folded):
        return True
    if mention.level == "two_level":
        tier = _TIER.search(mention.text.lower())
        somebodys = _ITS_PEOPLE.search(before) or _CASE_GOES_TO.search(before)
        return tier is not None and not (act and tier["one"]) and not (somebodys and tier.group() == "cấp trên")
    if mention.level:
        return (
            _SEVERAL.search(before) is not None
            or _REORGANISED.search(near) is not None
            or _EVERY_ONE.match(after) is not None
        )
    if _ITS_PEOPLE.search(before) or _CASE_GOES_TO.search(before):
        return False
    return _stands_for_all(reading, sentence, near, act)


def _stands_for_all(reading: Reading, sentence: Sentence, near: str, act: re.Match[str] | None) -> bool:
    """Whether "Viện kiểm sát" alone, with what it is told to do and the words `near` it, means every procuracy."""
    genre = reading.draft.genre
    if genre == "legal_education" and _AS_A_RULE.search(near) and not _PARTICULAR_ACT.search(near):
        return True
    if act and _WARNS.search(act.group()) and genre in (None, "news", "notice"):
        return False
    particular = (
        _PARTICULAR.search(near) is not None
        or bool(reading.persons_in(sentence))
        or (act is not None and " đang " in act.group())
    )
    if _INSTITUTION.search(near) and not (act and particular):
        return True
    return not (act and (particular or genre != "legal_education")) and not particular


_AS_A_RULE = re.compile(r"\b(?:luật định|trong (?:những |các )?trường hợp)\b")
_WARNS = re.compile(r"(?:khuyến cáo|cảnh báo|lưu ý)$")  # some one office does
_TOLD_AS_PAST = re.compile(
    r"(?:trước|tính đến|đến hết) (?:ngày )?(?:0?1/0?7/2025|30/0?6/2025)|\btừ năm (?:19|20)\d\d (?:đến|-) "
)
_YEAR = re.compile(
    r"(?<!\d)(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-]|\bquý (?P<quarter>i{1,3}|iv|[1-4])(?:/| năm ))?((?:19|20)\d\d)(?!\d)"
)


def outdated(reading: Reading) -> Iterator[Finding]:
    """A unit that did not exist on the draft's date is named as acting then: the first mention of each name."""
    seen: set[tuple[str, str]] = set()
    for mention in reading.units:
        key = (mention.level, mention.place)
        if key in seen or not mention.place:
            continue
        registry = reading.knowledge.registry
        if not registry.ceased(mention, reading.date) and not registry.not_yet(mention, reading.date):
            continue
        history = _is_history(reading, mention, mention.field.sentence_at(mention.start))
        if not history and not _is_person(reading, mention):
            seen.add(key)
            yield Finding(mention.span, registry.successors(mention))


def _is_history(reading: Reading, mention: UnitMention, sentence: Sentence) -> bool:
    """Whether the sentence tells of a time at which the unit existed."""
    registry = reading.knowledge.registry
    if registry.not_yet(mention, reading.date):
        return re.search(r"sẽ|dự kiến|từ ngày 0?1/0?7/2025|chuẩn bị|thành lập|quân sự", sentence.folded) is not None
    if mention.field.folded.endswith(("đang được ", "hiện được ", "đang do "), 0, mention.start):
        return False
    told = _TOLD_AS_PAST.search(sentence.folded)
    within = told.span() if told else (0, 0)
    dates = [
        match
        for match in _YEAR.finditer(sentence.folded)
        if not within[0] <= match.start() < within[1]
        and not _OF_A_LAW.search(sentence.folded, max(0, match.start() - 60), match.start())
    ]
    before = [match for match in dates if match.end() <= mention.start - sentence.start]
    # "Năm 2010, chị về VKSND huyện …; sau ngày 01/7/2025, …": the date before it is the unit's.
    after = [
        match
        for match in dates
        if not _SINCE.search(sentence.folded, max(0, match.start() - _SINCE_WITHIN), match.start())
    ]
    years = [_date_key(match) for match in (before[-1:] or after)]
    end = registry.end_of(mention)
    limit = (end.year, end.month, end.day)
    following = mention.field.folded[mention.end : min(sentence.end, mention.end + 60)]
    acts = _ACTING.match(following) or _TOGETHER.match(following)
    if acts and ((years and min(years) >= limit) or (not years and _THIS_YEAR.search(sentence.folded))):
        return False  # "Sáng 14/8/2025, VKSND thị xã … tổ chức bàn giao": handing over does not make it history
    speaks = _SPEAKS.search(
        sentence.folded, mention.end - sentence.start
    )  # "… cho biết, hai bên từng …": it speaks now
    until = sentence.start + speaks.start() if speaks else sentence.end
    if told or any(hit.start < until for hit in reading.hits_in("history", sentence)):
        return True
    since = [match for match in dates if match not in after and match.start() > mention.end - sentence.start]
    if not years and since and all(_date_key(match)[:2] == limit[:2] for match in since):
        return True  # "Vụ án do VKSND tỉnh Long An thụ lý; sau ngày 01/7/2025, …"
    if not years and _FROM_NOW.search(sentence.folded):
        return False
    if years:
        return all(year < limit for year in years)
    return _paragraph_is_past(sentence, limit) or (not acts and _ends_next(sentence, limit))


def _ends_next(sentence: Sentence, limit: tuple[int, int, int]) -> bool:
    """Whether the next sentence of the paragraph tells that the units came to their end: "biển tên đổi thành VKSND thị xã …. Ngày
    30/6/2025, đơn vị cấp huyện kết thúc hoạt động"."""
    following = sentence.field.sentences[sentence.index + 1 : sentence.index + 2]
    return any(
        other.paragraph == sentence.paragraph
        and _ENDED.search(other.folded) is not None
        and any(_date_key(match) <= limit for match in _YEAR.finditer(other.folded))
        for other in following
    )


_ENDED = re.compile(r"\b(?:kết thúc|chấm dứt|dừng) hoạt động\b|\b(?:giải thể|sáp nhập|hợp nhất|sắp xếp lại)\b")
_SINCE_WITHIN = 16  # code points
_SINCE = re.compile(r"\b(?:từ|kể từ|sau) (?:ngày )?$")  # "…; từ ngày 01/7/2025 được chuyển giao"
_TOGETHER = re.compile(
    r"(?:,? tỉnh [^\s,]+ [^\s,]+)? (?:cùng|phối hợp với|phối hợp cùng) (?:tand|tòa|công an|ubnd|ủy ban)\b"
)
_THIS_YEAR = re.compile(r"\b(?:hôm|sáng|trưa|chiều|tối|ngày) (?:ngày )?\d{1,2}/\d{1,2}(?![/\d])")
_SPEAKS = re.compile(r"\b(?:cho biết|cho hay)\b")
_FROM_NOW = re.compile(
    r"\b(?:lần này|hiện nay|sắp tới|tới đây|(?:tuần|hôm) (?:rồi|qua|trước)|vừa (?:qua|rồi)|mới đây)\b"
)
_OF_A_LAW = re.compile(r"\b(?:luật|nghị quyết|nghị định|thông tư)\b[^.;,]{0,50} năm $")
_OF_A_DOCUMENT = re.compile(
    r"\bsinh\b[^.;,]{0,50}$|\b(?:luật|nghị quyết|nghị định|thông tư|chỉ thị|kế hoạch|quyết định|hiến pháp)\b[^.;]{0,50}$"
)


def _paragraph_is_past(sentence: Sentence, limit: tuple[int, int, int]) -> bool:
    """Whether the last date told before the sentence, in its paragraph, lies before the reform."""
    earlier = sentence.field.sentences[max(0, sentence.index - _LOOK_BACK) : sentence.index]
    for other in reversed(earlier):
        if other.paragraph != sentence.paragraph:
            break
        dates = [
            match
            for match in _YEAR.finditer(other.folded)
            if not _OF_A_DOCUMENT.search(other.folded, max(0, match.start() - 60), match.start())
        ]
        if dates:
            return _date_key(dates[-1]) < limit
    return False


_LOOK_BACK = 20  # sentences


def _date_key(match: re.Match[str]) -> tuple[int, int, int]:
    day, month, quarter, year = match.groups()
    if quarter:
        month = 3 * _QUARTERS.index(quarter) + 1 if quarter in _QUARTERS else 3 * int(quarter) - 2
    return int(year), int(month or 1), int(day or 1)


_QUARTERS = ("i", "ii", "iii", "iv")


_NEAREST = 2


def unknown(reading: Reading) -> Iterator[Finding]:
    """A unit of the registry's province that is not in the registry: the first mention of each name."""
    registry = reading.knowledge.registry
    of_home = _is_home(reading)
    seen: set[tuple[str, str]] = set()
    for mention in reading.units:
        key = (mention.level, mention.place)
        if mention.level not in ("district", "region", "commune") or not mention.place or key in seen:
            continue
        if mention.text.isupper():
            continue  # in a heading in capitals nobody can tell where the name ends
        if registry.find(mention) is not None or (not mention.province and registry.is_elsewhere(mention)):
            continue
        nearest = tuple(unit.name for unit in registry.called(mention)) or _nearest(reading, mention)
        at_home = (
            mention.level == "commune"
            or mention.province in registry.home
            or (of_home and not mention.province and _speaks_of_home(reading, mention))
        )
        if (at_home or (nearest and not mention.province)) and not _is_person(reading, mention):
            seen.add(key)
            yield Finding(mention.span, nearest)


_ITS_OFFICER = re.compile(r"\b(?:viện trưởng|viện phó|kiểm sát viên|kiểm tra viên|cán bộ|chuyên viên|thư ký) $")


def _is_person(reading: Reading, mention: UnitMention) -> bool:
    """Whether what follows the level is the name of its officer: "Viện trưởng VKSND huyện Lư Minh Thành"."""
    officer = _ITS_OFFICER.search(mention.field.folded, max(0, mention.start - 24), mention.start) is not None
    syllables = mention.place.split()
    named = (
        mention.level == "district"
        and officer
        and len(syllables) > 2
        and syllables[0] in reading.knowledge.family_names
    )
    return named and not _nearest(reading, mention)


def _speaks_of_home(reading: Reading, mention: UnitMention) -> bool:
    """Whether a unit named without its province must be the registry's: nothing beside it points elsewhere."""
    if re.search(r"\bquận\b", mention.text.lower()):
        return False  # the province has no urban districts
    sentence = mention.field.sentence_at(mention.start)
    named = {fold(match) for match in _PROVINCE.findall(sentence.field.standard[sentence.start : sentence.end])}
    return mention.level == "region" or named <= reading.knowledge.registry.home


_PROVINCE = re.compile(r"(?:tỉnh|thành phố|TP\.?) ((?:[A-ZĐ][^\W\d_]*)(?: [A-ZĐ][^\W\d_]*)*)")


def _is_home(reading: Reading) -> bool:
    registry = reading.knowledge.registry
    named = [*reading.declared_units, *reading.units]
    return any(
        mention.province in registry.home
        or (mention.level == "province" and mention.place in registry.home)
        or (mention.level == "district" and not registry.is_elsewhere(mention) and registry.find(mention) is not None)
        for mention in named
    )


def _nearest(reading: Reading, mention: UnitMention) -> tuple[str, ...]:
    """Return the names of registry units whose place is spelled nearly like the mention's."""
    if mention.level == "region":
        return ()
    near = [
        (distance(place, mention.place, score_cutoff=_NEAREST), name)
        for place, name in reading.knowledge.registry.places(mention.level)
        if abs(len(place) - len(mention.place)) <= _NEAREST
    ]
    return tuple(name for gap, name in sorted(near) if 0 < gap <= _NEAREST and gap * 3 <= len(mention.place))[:2]


def conflict(reading: Reading) -> Iterator[Finding]:
    """The `unit` field and the byline name different units."""
    if not reading.draft.unit:
        return
    named = declared(reading.draft.unit)
    if not named:
        return
    for mention in declared(reading.draft.author or ""):
        if _differ(named[0], mention):
            yield Finding(Span("author", mention.start, mention.end), values={"unit": reading.draft.unit})
            return
    for byline in reading.bylines:
        if byline.field.folded.startswith("nguồn", byline.start) and reading.draft.author:
            continue  # where the text was taken from, not who contributes it
        for mention in reading.units:
            inside = mention.field is byline.field and byline.start <= mention.start and mention.end <= byline.end
            if inside and _differ(named[0], mention):
                yield Finding(mention.span, values={"unit": reading.draft.unit})
                return


def _differ(one: UnitMention, other: UnitMention) -> bool:
    """Whether two mentions cannot be the same unit."""
    if not (one.is_specific and other.is_specific):
        return bool(
            one.level and other.level and one.level != other.level and "two_level" not in (one.level, other.level)
        )
    if one.level != other.level or one.place != other.place:
        return True
    if one.province and other.province and one.province != other.province:
        return True
    numbers = [re.search(r"\d{1,9}", mention.department) for mention in (one, other)]
    return all(numbers) and numbers[0].group() != numbers[1].group()  # type: ignore[union-attr]


CHECKS = (
    Check("unit.missing", missing),
    Check("unit.ambiguous", ambiguous),
    Check("unit.outdated", outdated),
    Check("unit.unknown", unknown),
    Check("unit.conflict", conflict),
)
