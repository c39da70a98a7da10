"""Where the proceedings that a draft describes stand: has anybody been convicted by a judgment in legal effect?

Presumption of innocence: Constitution 2013, Article 31 clause 1; Criminal Procedure Code 2015, Article 13. A judgment at
first instance is not in effect while it can be appealed or protested (Articles 333, 337, 343); an appellate judgment is
in effect from the day it is pronounced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from review_service.text import Sentence, remembered

_IN_EFFECT = re.compile(
    r"(?:bản án|án|quyết định)[^.;]{0,60}?(?:đã |đang )?(?:có hiệu lực(?: pháp luật)?)"
    r"|đang (?:chấp hành|thụ|thi hành)(?: hình phạt| án| bản án| án phạt| mức án)"
    r"|\bngười bị kết án\b|\bngười chấp hành án\b"
    r"|(?:không (?:có )?kháng cáo|hết thời hạn kháng cáo|hết hạn kháng cáo)[^.;]{0,60}"
    r"|(?:tòa|tand|hội đồng xét xử|hđxx|cấp|bản án|phiên tòa)[^.;]{0,90}phúc thẩm[^.;]{0,140}?(?:tuyên|giữ nguyên|y án|bác (?:toàn bộ )?kháng cáo|không chấp nhận (?:toàn bộ )?kháng cáo|chấp nhận (?:một phần |toàn bộ )?kháng (?:cáo|nghị)|xử phạt|sửa (?:bản )?án|tăng hình phạt|giảm hình phạt)"
    r"|(?:giữ nguyên|y) (?:toàn bộ )?(?:bản )?án sơ thẩm"
    r"|bản án phúc thẩm|án phúc thẩm (?:đã|tuyên)"
    r"|thi hành án tử hình"
)
_NOT_IN_EFFECT = re.compile(
    r"chưa (?:có|phát sinh) hiệu lực|khi (?:có )?bản án|trước khi (?:có )?bản án|cho đến khi|đến khi có|nếu bản án|chưa có bản án|có bản án[^.;]{0,40}(?:mới|thì)"
    r"|đề nghị[^.;]{0,40}(?:giữ nguyên|y án)|kháng nghị[^.;]{0,30}đề nghị|sẽ xét xử phúc thẩm|chờ (?:xét xử )?phúc thẩm|hồ sơ phúc thẩm|phúc thẩm tới|hủy (?:bản )?án"
    r"|(?:chờ|chưa|trước khi) (?:hết (?:thời )?hạn kháng cáo|bản án có hiệu lực)|còn (?:trong )?(?:thời )?hạn kháng cáo"
    r"|(?:vụ|vụ án|vụ việc|nhóm|đường dây|đối tượng|bị cáo|người) khác\b"
    r"|tiền án|tiền sự|trước đó|từng bị|bản án (?:trước|cũ|năm \d{4})|chấp hành xong"
    r"|tạm giam[^.;]{0,80}phạm nhân|tạm giữ[^.;]{0,80}phạm nhân|phạm nhân (?:vẫn )?(?:bị |đang bị )(?:tạm giữ|tạm giam|điều tra)"
)
_OPEN_STAGE = re.compile(
    r"khởi tố|tạm giữ|tạm giam|bắt (?:giữ|khẩn cấp|quả tang|bị can)|kết luận điều tra|cáo trạng|truy tố|sơ thẩm|đang (?:được )?điều tra|bị can|bị cáo|truy nã|đầu thú|tự thú|khám xét"
)


_MAY_TELL = ("hiệu lực", "chấp hành", "thụ", "thi hành", "kết án", "kháng cáo", "phúc thẩm", "án sơ thẩm")


@dataclass(frozen=True, slots=True)
class Proceedings:
    """The stage a draft tells of; `convicted` are the given names (folded) that stand with a judgment in effect."""

    in_effect: bool
    open_stage: bool
    convicted: frozenset[str]


@remembered
def _tells_of_effect(folded: str) -> bool:
    """Whether a folded sentence tells of a judgment in legal effect."""
    may_tell = any(word in folded for word in _MAY_TELL)
    return may_tell and _IN_EFFECT.search(folded) is not None and _NOT_IN_EFFECT.search(folded) is None


@remembered
def _tells_of_open_stage(folded: str) -> bool:
    return _OPEN_STAGE.search(folded) is not None


def read_proceedings(sentences: Iterable[Sentence], given_names: dict[tuple[str, int], frozenset[str]]) -> Proceedings:
    """Read the stage from a draft's sentences; `given_names` are the people of each (field, sentence)."""
    in_effect = open_stage = False
    convicted: set[str] = set()
    for sentence in sentences:
        if _tells_of_effect(sentence.folded):
            in_effect = True
            convicted |= given_names.get((sentence.field.name, sentence.index), frozenset())
        open_stage = open_stage or _tells_of_open_stage(sentence.folded)
    return Proceedings(in_effect, open_stage, frozenset(convicted))
