"""Texts to measure with: sentences of the corpus, shuffled by a seed and joined to the length asked."""

from __future__ import annotations

import json
import random
from functools import lru_cache
from itertools import product
from pathlib import Path

DATA = Path(__file__).parent.parent / "training" / "data"
SIZES = (150, 600, 3_000, 30_000)  # words, as white space parts them


@lru_cache(maxsize=1)
def _paragraphs() -> tuple[str, ...]:
    found: list[str] = []
    for path in sorted(DATA.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            request = json.loads(line)["request"]
            if request.get("format", "text") == "text":
                found.extend(part for part in request["body"].split("\n\n") if 20 <= len(part.split()) <= 120)
    return tuple(found)


def text(words: int, seed: int = 0) -> str:
    """Return paragraphs of about `words` words (syllables); another seed or length gives other paragraphs."""
    shuffled = random.Random(f"{seed} of {words}").sample(_paragraphs(), len(_paragraphs()))
    parts: list[str] = []
    count = 0
    while count < words:
        part = " ".join(shuffled[len(parts) % len(shuffled)].split()[: words - count])
        parts.append(part)
        count += len(part.split())
    return "\n\n".join(parts)


def draft(words: int, seed: int = 0) -> dict[str, str]:
    """Return a draft whose body has about `words` words."""
    return {
        "title": "Kết quả công tác trong tháng",
        "body": text(words, seed),
        "unit": "VKSND tỉnh Tây Ninh",
        "author": "Thu Hà",
        "date": "2026-03-10",
    }


_LETTERS = "BCDGHKLMNPQR"
_DIFFERENT = ["".join(letters) for letters in product(_LETTERS, repeat=4)]  # 20,736 words
HOSTILE = {
    "different abbreviations": "".join(f"tổ {word} họp, " for word in _DIFFERENT),
    "different names": "".join(f"Ông Lê {word.capitalize()} {word[::-1].capitalize()} dự. " for word in _DIFFERENT),
    "different units": "".join(f"VKSND huyện {word.capitalize()} họp. " for word in _DIFFERENT),
    "one word again and again": "của ",
    "opening quotation marks": "“a ",
    "opening brackets": "((((",
    "opening tags": "<a<a",
    "one endless sentence": "Viện kiểm sát và Công an tăng 5% so với cùng kỳ, ",
    "names": "Nguyễn Văn An và ",
    "dates": "ngày 12/3/2026, ",
    "citations": "khoản 1, 2 và 3 Điều 5, 6, 7 và ",
    "days that are none": "ngày 31/9 ",
    "rumours": "Bà con kháo nhau rằng chủ hụi ôm tiền bỏ trốn trong đêm, ",
    "judgments": "Chẳng có lời biện minh nào chấp nhận được, ",
    "absolutes": "Ngần ấy năm, không một tờ giấy nào thất lạc, ",
    "children": "em Trần Văn A lớp ",
    "totals": "tổng cộng 5 người ",
    "what is left": "trộm cắp 40%, còn lại 25% ",
    "figures": "120 vụ, trong đó 20 vụ, ",
    "shares": "81 vụ, chiếm 5%, ",
    "shares of many words": "trên 12/15 vụ án trộm cắp tài sản công dân ",
    "what nobody named did": "Đã giải quyết 91% số đơn. ",
    "others left": "tòa phạt 4 bị cáo, 2 bị cáo còn lại. ",
    "items of a list": "a:\n- x: 6 vụ;\n- y: 5 vụ;\n- z: 4 vụ;\n",
    "guilt": "kẻ trộm tên Hùng hắn ",
    "the saying": "công minh, chính trực, khách quan, ",
    "one letter": "a",
    "digits": "0123456789",
    "lines": "a\n",
    "spaces": " ",
}


def hostile(pattern: str, characters: int) -> str:
    """Return `pattern` repeated to a length in code points."""
    return (pattern * (characters // len(pattern) + 1))[:characters]
